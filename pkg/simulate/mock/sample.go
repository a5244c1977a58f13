package mock

import (
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Sample returns a plausible result of a task.
func Sample(r *simulate.Resource) value.Value {
	text, known := samples[r.Service+":"+r.Action]
	if !known {
		return value.Object()
	}
	v, err := value.ParseCompact(text)
	if err != nil {
		return value.Object()
	}
	return v
}

// samples are results of the actions that workflows call most, cut to what they
// usually read.
var samples = map[string]string{
	"lambda:invoke":         `{"ExecutedVersion":"$LATEST","Payload":{},"StatusCode":200}`,
	"dynamodb:getItem":      `{"Item":{"id":{"S":"1"}}}`,
	"dynamodb:putItem":      `{}`,
	"dynamodb:updateItem":   `{}`,
	"dynamodb:deleteItem":   `{}`,
	"sqs:sendMessage":       `{"MD5OfMessageBody":"9af2f8218b150c351ad802c6f3d66abe","MessageId":"11111111-1111-4111-8111-111111111111"}`,
	"sns:publish":           `{"MessageId":"11111111-1111-4111-8111-111111111111"}`,
	"events:putEvents":      `{"Entries":[{"EventId":"11111111-1111-4111-8111-111111111111"}],"FailedEntryCount":0}`,
	"states:startExecution": `{"ExecutionArn":"arn:aws:states:us-east-1:123456789012:execution:Machine:name","StartDate":1700000000000}`,
	"http:invoke":           `{"Headers":{"content-type":["application/json"]},"ResponseBody":{},"StatusCode":200,"StatusText":"OK"}`,
	"apigateway:invoke":     `{"Headers":{"Content-Type":["application/json"]},"ResponseBody":{},"StatusCode":200,"StatusText":"OK"}`,
	"glue:startJobRun":      `{"JobName":"job","JobRunId":"jr_1","JobRunState":"SUCCEEDED"}`,
	"batch:submitJob":       `{"JobId":"11111111-1111-4111-8111-111111111111","JobName":"job","Status":"SUCCEEDED"}`,
	"ecs:runTask":           `{"Failures":[],"Tasks":[{"LastStatus":"STOPPED","TaskArn":"arn:aws:ecs:us-east-1:123456789012:task/cluster/1"}]}`,
}
