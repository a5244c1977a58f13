package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestResourcesAreTakenApart(t *testing.T) {
	for _, test := range []struct {
		text string
		want Resource
	}{
		{"arn:aws:states:::dynamodb:putItem",
			Resource{Kind: OptimizedIntegration, Partition: "aws", Service: "dynamodb", Action: "putItem"}},
		{"arn:aws:states:::states:startExecution.sync:2",
			Resource{Kind: OptimizedIntegration, Partition: "aws", Service: "states", Action: "startExecution", Pattern: Sync2, Suffix: ".sync:2"}},
		{"arn:aws-cn:states:::aws-sdk:sqs:sendMessage.waitForTaskToken",
			Resource{Kind: SDKIntegration, Partition: "aws-cn", Service: "sqs", Action: "sendMessage", Pattern: WaitForTaskToken, Suffix: ".waitForTaskToken"}},
		{"arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject",
			Resource{Kind: SDKIntegration, Partition: "aws", Region: "us-east-1", Account: "123456789012", Service: "s3", Action: "getObject"}},
		{"arn:${AWS::Partition}:states:::ecs:runTask.sync",
			Resource{Kind: OptimizedIntegration, Partition: "${AWS::Partition}", Service: "ecs", Action: "runTask", Pattern: Sync, Suffix: ".sync"}},
		{"arn:aws:states:::http:invoke",
			Resource{Kind: OptimizedIntegration, Partition: "aws", Service: "http", Action: "invoke"}},
		{"arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
			Resource{Kind: LambdaFunction, Partition: "aws", Region: "us-east-1", Account: "123456789012", Service: "lambda", Name: "f", Qualifier: "$LATEST", HasQualifier: true}},
		{"arn:aws:states:us-east-1:123456789012:activity:a",
			Resource{Kind: Activity, Partition: "aws", Region: "us-east-1", Account: "123456789012", Service: "states", Name: "a"}},
		{"arn:aws:states:us-east-1:123456789012:stateMachine:m",
			Resource{Kind: ForeignResource, Partition: "aws", Region: "us-east-1", Account: "123456789012"}},
		{"arn:aws:swf:us-east-1:123456789012:task:X",
			Resource{Kind: ForeignResource, Partition: "aws", Region: "us-east-1", Account: "123456789012"}},
		{"arn:aws:states:::lambda:invoke.Sync",
			Resource{Kind: OptimizedIntegration, Partition: "aws", Service: "lambda", Action: "invoke", Pattern: UnknownPattern, Suffix: ".Sync"}},
		{"${FunctionArn}", Resource{Kind: SubstitutedResource}},
		{"${FunctionArn}:live", Resource{Kind: SubstitutedResource}},
		{"arn:aws:states:::${Service}:putItem",
			Resource{Kind: SubstitutedResource, Partition: "aws", Service: "${Service}", Action: "putItem"}},
		{"HelloWorld", Resource{Kind: InvalidResource}},
		{"", Resource{Kind: InvalidResource}},
		{"arn:aws:states", Resource{Kind: InvalidResource}},
	} {
		test.want.Text = test.text
		if diff := cmp.Diff(test.want, ParseResource(test.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestEventsNameResourcesAsRecorded(t *testing.T) {
	for _, test := range []struct{ text, kind, name string }{
		{"arn:aws:states:::aws-sdk:dynamodb:query", "aws-sdk:dynamodb", "query"},
		{"arn:aws:states:::sns:publish.waitForTaskToken", "sns", "publish.waitForTaskToken"},
		{"arn:aws:states:::states:startExecution.sync:2", "states", "startExecution.sync:2"},
	} {
		r := ParseResource(test.text)
		if r.EventType() != test.kind || r.EventResource() != test.name {
			t.Errorf("%s: got %s, %s", test.text, r.EventType(), r.EventResource())
		}
	}
}

func FuzzParseResource(f *testing.F) {
	for _, seed := range []string{
		"arn:aws:states:::dynamodb:putItem.sync:2", "arn:aws:lambda:r:a:function:n:q", "arn:${A::B}:states:::x", "}{${",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := ParseResource(text)
		if r.Text != text {
			t.Errorf("the text changed: %q", r.Text)
		}
		if r.IsIntegration() && (r.Pattern != UnknownPattern) != (r.Suffix == r.Pattern.Suffix()) {
			t.Errorf("%q: pattern %d does not fit suffix %q", text, r.Pattern, r.Suffix)
		}
		Lookup(r)
		EffectOf(r)
		ErrorPrefix(r)
	})
}
