package mock

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Sample returns a plausible result of a task: of the actions that workflows
// call most what they usually read, of the others what the API promises.
func Sample(r spec.Resource) value.Value {
	if text, known := samples[r.Service+":"+r.Action]; known && r.Kind == spec.OptimizedIntegration {
		if v, err := value.ParseCompact(text); err == nil {
			return v
		}
	}
	if shape := outputShape(r); shape != nil {
		return sampleOf(shape, 0)
	}
	return value.Object()
}

var samples = map[string]string{
	"lambda:invoke":         `{"ExecutedVersion":"$LATEST","Payload":{},"StatusCode":200}`,
	"dynamodb:getItem":      `{"Item":{"id":{"S":"1"}}}`,
	"dynamodb:putItem":      `{}`,
	"dynamodb:updateItem":   `{}`,
	"dynamodb:deleteItem":   `{}`,
	"sqs:sendMessage":       `{"MD5OfMessageBody":"9af2f8218b150c351ad802c6f3d66abe","MessageId":"11111111-1111-4111-8111-111111111111"}`,
	"sns:publish":           `{"MessageId":"11111111-1111-4111-8111-111111111111"}`,
	"events:putEvents":      `{"Entries":[{"EventId":"11111111-1111-4111-8111-111111111111"}],"FailedEntryCount":0}`,
	"states:startExecution": `{"ExecutionArn":"arn:aws:states:us-east-1:123456789012:execution:Machine:name","StartDate":"2030-01-01T00:00:00.000Z"}`,
	"http:invoke":           `{"Headers":{"content-type":["application/json"]},"ResponseBody":{},"StatusCode":200,"StatusText":"OK"}`,
	"apigateway:invoke":     `{"Headers":{"Content-Type":["application/json"]},"ResponseBody":{},"StatusCode":200,"StatusText":"OK"}`,
}

// A sample goes this deep, and shows this many members that need not be there.
const (
	sampleDepth    = 3
	sampleOptional = 4
)

// sampleOf returns a value of a shape: all members that are required and a few
// of the others.
func sampleOf(shape *spec.Shape, depth int) value.Value {
	switch shape.Kind {
	case spec.Structure:
		return sampleStructure(shape, depth)
	case spec.List:
		if depth >= sampleDepth || shape.Element == nil {
			return value.Array()
		}
		return value.Array(sampleOf(shape.Element, depth+1))
	case spec.Boolean:
		return value.Bool(true)
	case spec.Integer, spec.Float:
		if shape.Min != nil {
			return value.Float(*shape.Min)
		}
		return value.Int(1)
	case spec.Timestamp:
		return value.String("2030-01-01T00:00:00Z")
	case spec.String:
		if len(shape.Enum) > 0 {
			return value.String(shape.Enum[0])
		}
		return value.String("example")
	case spec.Blob:
		return value.String("ZXhhbXBsZQ==")
	}
	return value.Object()
}

func sampleStructure(shape *spec.Shape, depth int) value.Value {
	var members []value.Member
	optional := 0
	for i := range shape.Members {
		m := &shape.Members[i]
		if !m.Required {
			if optional == sampleOptional || depth >= sampleDepth || m.Deprecated {
				continue
			}
			optional++
		} else if depth > 2*sampleDepth {
			continue
		}
		members = append(members, value.Member{Key: m.Name, Value: sampleOf(m.Shape, depth+1)})
	}
	return value.Object(members...)
}
