package mockcheck

import (
	"math"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Example returns a result that a Task with the resource could have, for a mock
// to start from. It passes [Check] in the strict mode. Where nothing is known of
// the result it is an empty object.
func Example(r spec.Resource) value.Value {
	switch {
	case r.IsHTTP(), r.Service == "apigateway" && r.Kind == spec.OptimizedIntegration:
		return httpExample
	case r.Service == "states" && r.Pattern.IsJob():
		return executionExample(r.Pattern)
	}
	if shape := resultOf(r); shape != nil {
		return example("", shape, 0)
	}
	if shape, _ := spec.ResultOf(r); shape != nil && r.Pattern.IsJob() {
		return example("", shape, jobDepth).Without("SdkHttpMetadata").Without("SdkResponseMetadata")
	}
	return value.Object()
}

// jobDepth is at which depth the description of a job begins: it has so many
// members that only the outer ones are worth showing.
const jobDepth = maxExampleDepth - 3

var httpExample = value.Object(
	value.Member{Key: "Headers", Value: value.Object(
		value.Member{Key: "Content-Type", Value: value.Array(value.String("application/json"))})},
	value.Member{Key: "ResponseBody", Value: value.Object()},
	value.Member{Key: "StatusCode", Value: value.Int(200)},
	value.Member{Key: "StatusText", Value: value.String("OK")},
)

// executionExample is the description of a nested execution that has ended; with
// .sync its output is text.
func executionExample(pattern spec.Pattern) value.Value {
	output := value.Object()
	if pattern == spec.Sync {
		output = value.String("{}")
	}
	return value.Object(
		value.Member{Key: "ExecutionArn", Value: value.String("arn:aws:states:us-east-1:123456789012:execution:example:example")},
		value.Member{Key: "Output", Value: output},
		value.Member{Key: "Status", Value: value.String("SUCCEEDED")},
	)
}

// Members that are only there when something went wrong or is not finished stay
// out of examples, and so does what lies deeper than a reader wants to see.
const maxExampleDepth = 4

func isExceptional(name string) bool {
	for _, word := range []string{
		"Error", "Fail", "Unprocessed", "Invalid", "Rejected", "NextToken", "NextMarker",
		"LogResult",
	} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func example(name string, shape *spec.Shape, depth int) value.Value {
	switch shape.Kind {
	case spec.Structure:
		return exampleStructure(shape, depth)
	case spec.List:
		return exampleList(name, shape, depth)
	case spec.MapOf, spec.Document:
		return value.Object()
	case spec.Boolean:
		return value.Bool(true)
	case spec.Integer, spec.Float:
		return exampleNumber(name, shape)
	case spec.Timestamp:
		return value.String("2025-01-01T00:00:00Z")
	}
	return value.String(exampleText(name, shape))
}

// exampleStructure leaves out what is optional beyond a depth, so that shapes
// which contain themselves come to an end.
func exampleStructure(shape *spec.Shape, depth int) value.Value {
	var members []value.Member
	for _, member := range shape.Members {
		optional := !member.Required
		if optional && (depth >= maxExampleDepth || isExceptional(member.Name) || member.Deprecated) || depth > 4*maxExampleDepth {
			continue
		}
		members = append(members, value.Member{Key: member.Name, Value: example(member.Name, member.Shape, depth+1)})
	}
	return value.Object(members...)
}

func exampleList(name string, shape *spec.Shape, depth int) value.Value {
	length := 1
	if shape.Min != nil {
		length = max(length, int(math.Min(*shape.Min, 10)))
	}
	if depth >= maxExampleDepth && shape.Min == nil {
		length = 0
	}
	items := make([]value.Value, length)
	for i := range items {
		items[i] = example(strings.TrimSuffix(name, "s"), shape.Element, depth+1)
	}
	return value.Array(items...)
}

func exampleNumber(name string, shape *spec.Shape) value.Value {
	number := 1.0
	switch name {
	case "StatusCode":
		number = 200
	case "ExitCode":
		number = 0
	}
	if shape.Min != nil {
		number = math.Max(number, *shape.Min)
	}
	if shape.Max != nil {
		number = math.Min(number, *shape.Max)
	}
	return value.Float(number)
}

// exampleText takes an enumerated value that stands for success when there is
// one, else a text that shows what belongs there.
func exampleText(name string, shape *spec.Shape) string {
	for _, wanted := range []string{"SUCCEEDED", "COMPLETED", "ACTIVE", "AVAILABLE", "Succeeded", "Completed", "available"} {
		if contains(shape.Enum, wanted) {
			return wanted
		}
	}
	if len(shape.Enum) > 0 {
		return shape.Enum[0]
	}
	text := "example"
	if name == "LastStatus" || name == "DesiredStatus" { // of a container task that is over
		return "STOPPED"
	}
	if name != "" {
		text = strings.ToLower(name[:1]) + name[1:]
	}
	if strings.HasSuffix(name, "Arn") {
		text = "arn:aws:service:us-east-1:123456789012:" + text
	}
	return fit(text, shape)
}

// fit gives the text a length that the shape allows.
func fit(text string, shape *spec.Shape) string {
	if shape.Min != nil {
		for float64(len(text)) < *shape.Min && len(text) < 1<<12 {
			text += "x"
		}
	}
	if shape.Max != nil && float64(len(text)) > *shape.Max {
		text = text[:int(math.Max(*shape.Max, 0))]
	}
	return text
}
