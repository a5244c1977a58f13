package mock

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Sample returns a plausible result of a task: of the actions that workflows
// call most what they usually read, of the others what the API promises.
func Sample(r spec.Resource) value.Value {
	if text, known := samples[r.Service+":"+r.Action]; known && r.Kind == spec.OptimizedIntegration && !r.Pattern.IsJob() {
		if v, err := value.ParseCompact(text); err == nil {
			return v
		}
	}
	return mockcheck.Example(r)
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
