package spec

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func resource(name string) Resource { return ParseResource("arn:aws:states:::" + name) }

func TestEffectsFollowTheAPI(t *testing.T) {
	for _, test := range []struct {
		resource string
		want     Effect
	}{
		{"dynamodb:getItem", Read}, {"dynamodb:putItem", Write}, {"aws-sdk:dynamodb:batchGetItem", Read},
		{"aws-sdk:dynamodb:batchWriteItem", Write}, {"aws-sdk:dynamodb:transactGetItems", Read},
		{"aws-sdk:rds:createDBInstance", Write}, {"aws-sdk:rds:describeDBInstances", Read},
		{"sns:publish", Notification}, {"sqs:sendMessage.waitForTaskToken", Notification}, {"events:putEvents", Notification},
		{"aws-sdk:eventbridge:putEvents", Notification}, {"aws-sdk:cloudwatch:putMetricData", Notification},
		{"lambda:invoke", UnknownEffect}, {"states:startExecution.sync", UnknownEffect}, {"ecs:runTask.sync", UnknownEffect},
		{"http:invoke", UnknownEffect}, {"aws-sdk:sts:getCallerIdentity", Read}, {"bedrock:invokeModel", Read},
		{"aws-sdk:s3:headObject", Read}, {"aws-sdk:s3:copyObject", Write}, {"aws-sdk:s3:selectObjectContent", Read},
		{"aws-sdk:cognitoidentityprovider:adminGetUser", Read}, {"aws-sdk:cognitoidentityprovider:adminCreateUser", Write},
		{"aws-sdk:rekognition:detectLabels", Read}, {"aws-sdk:dynamodb:madeUpAction", Write},
		{"aws-sdk:transcribe:startTranscriptionJob", UnknownEffect}, {"aws-sdk:glue:startCrawler", UnknownEffect},
		{"aws-sdk:ec2:startInstances", Write}, {"aws-sdk:rds:startDBInstance", Write}, {"mediaconvert:createJob", UnknownEffect},
	} {
		if got := EffectOf(resource(test.resource)); got != test.want {
			t.Errorf("%s: got %d, want %d", test.resource, got, test.want)
		}
	}
	if got := EffectOf(ParseResource("arn:aws:lambda:us-east-1:123456789012:function:f")); got != UnknownEffect {
		t.Errorf("a function: got %d", got)
	}
}

func TestInverseActionsAreFound(t *testing.T) {
	for _, test := range []struct {
		action, undo string
		want         bool
	}{
		{"dynamodb:putItem", "dynamodb:deleteItem", true},
		{"aws-sdk:dynamodb:putItem", "dynamodb:deleteItem", true},
		{"dynamodb:deleteItem", "dynamodb:putItem", false},
		{"dynamodb:updateItem", "dynamodb:updateItem", false},
		{"aws-sdk:ec2:runInstances", "aws-sdk:ec2:terminateInstances", true},
		{"aws-sdk:ec2:attachVolume", "aws-sdk:ec2:detachVolume", true},
		{"aws-sdk:ec2:detachVolume", "aws-sdk:ec2:attachVolume", true},
		{"aws-sdk:ec2:authorizeSecurityGroupIngress", "aws-sdk:ec2:revokeSecurityGroupIngress", true},
		{"aws-sdk:ec2:authorizeSecurityGroupIngress", "aws-sdk:ec2:revokeSecurityGroupEgress", false},
		{"aws-sdk:cognitoidentityprovider:adminCreateUser", "aws-sdk:cognitoidentityprovider:adminDeleteUser", true},
		{"aws-sdk:cognitoidentityprovider:adminAddUserToGroup", "aws-sdk:cognitoidentityprovider:adminRemoveUserFromGroup", true},
		{"states:startExecution", "aws-sdk:sfn:stopExecution", true},
		{"elasticmapreduce:createCluster.sync", "elasticmapreduce:terminateCluster", true},
		{"aws-sdk:rds:createDBInstance", "aws-sdk:rds:deleteDBInstance", true},
		{"aws-sdk:rds:createDBInstance", "aws-sdk:rds:deleteDBCluster", false},
		{"aws-sdk:s3:putObject", "aws-sdk:s3:deleteObjects", true},
		{"aws-sdk:sns:subscribe", "aws-sdk:sns:unsubscribe", true},
		{"aws-sdk:sns:createTopic", "aws-sdk:sqs:deleteQueue", false},
		{"lambda:invoke", "lambda:invoke", false},
	} {
		if _, got := Undoes(resource(test.undo), resource(test.action)); got != test.want {
			t.Errorf("%s undone by %s: got %t", test.action, test.undo, got)
		}
	}
}

func TestInverseActionsNameTheirTarget(t *testing.T) {
	for _, test := range []struct {
		action, undo string
		want         []TargetField
	}{
		{"dynamodb:putItem", "dynamodb:deleteItem",
			[]TargetField{{Action: "TableName", Undo: "TableName"}, {Action: "Item", Undo: "Key", Within: true}}},
		{"aws-sdk:rds:createDBInstance", "aws-sdk:rds:deleteDBInstance",
			[]TargetField{{Action: "DbInstanceIdentifier", Undo: "DbInstanceIdentifier"}}},
		{"aws-sdk:sqs:createQueue", "aws-sdk:sqs:deleteQueue", nil},
		{"states:startExecution", "aws-sdk:sfn:stopExecution", nil},
	} {
		got, _ := Undoes(resource(test.undo), resource(test.action))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s undone by %s (-want +got):\n%s", test.action, test.undo, diff)
		}
	}
}

func TestReservedErrorsAreFound(t *testing.T) {
	if reserved, found := LookupReservedError("States.Http.StatusCode.404"); !found || !reserved.HTTP || reserved.Task {
		t.Errorf("a status: %+v, %t", reserved, found)
	}
	for _, name := range []string{"States.Http.StatusCode.4040", "States.All", "States", "Lambda.Unknown"} {
		if _, found := LookupReservedError(name); found {
			t.Errorf("%s is taken for reserved", name)
		}
	}
}

func TestJobsHaveAnIntegrationThatWaits(t *testing.T) {
	for _, test := range []struct{ resource, want string }{
		{"aws-sdk:glue:startJobRun", "glue:startJobRun"},
		{"aws-sdk:sfn:startExecution", "states:startExecution"},
		{"aws-sdk:emr:runJobFlow", "elasticmapreduce:createCluster"},
		{"athena:startQueryExecution", "athena:startQueryExecution"},
		{"athena:getQueryExecution", ""},
		{"lambda:invoke", ""},
	} {
		got := ""
		if integration := JobIntegration(resource(test.resource)); integration != nil {
			got = integration.Service + ":" + integration.Action
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.resource, got, test.want)
		}
	}
}
