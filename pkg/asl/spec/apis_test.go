package spec

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryServiceDecodes reads the whole table: each action has a structure as
// input, every reference leads to a shape, and the numbers are those of the index.
func TestEveryServiceDecodes(t *testing.T) {
	actions := 0
	for _, service := range SDKServices() {
		for _, action := range SDKActions(service) {
			integration, verdict := lookupSDK(service, action)
			if verdict == NotOffered {
				continue
			}
			if verdict != Known || integration.Input == nil || integration.Input.Kind != Structure {
				t.Fatalf("%s:%s: verdict %d", service, action, verdict)
			}
			actions++
			checkShape(t, service+":"+action, integration.Input, map[*Shape]bool{})
			checkShape(t, service+":"+action, integration.Output, map[*Shape]bool{})
		}
	}
	if actions < 15_000 {
		t.Errorf("only %d actions", actions)
	}
}

func checkShape(t *testing.T, at string, shape *Shape, seen map[*Shape]bool) {
	if shape == nil || seen[shape] {
		return
	}
	seen[shape] = true
	if (shape.Kind == List || shape.Kind == MapOf) && shape.Element == nil {
		t.Errorf("%s: a list or map without elements", at)
	}
	checkShape(t, at, shape.Element, seen)
	for _, member := range shape.Members {
		if member.Name == "" || member.Shape == nil {
			t.Errorf("%s: member %q has no shape", at, member.Name)
		}
		checkShape(t, at, member.Shape, seen)
	}
}

func TestEveryOptimizedIntegrationIsFound(t *testing.T) {
	for _, service := range OptimizedServices() {
		for _, action := range OptimizedActions(service) {
			integration, verdict := Lookup(ParseResource("arn:aws:states:::" + service + ":" + action))
			if verdict != Known || integration.Input == nil {
				t.Errorf("%s:%s: verdict %d", service, action, verdict)
				continue
			}
			if integration.Input == anyInput && service != "bedrockagentcore" {
				t.Errorf("%s:%s: nothing is known of its parameters", service, action)
			}
		}
	}
}

func TestLookupTellsWhatIsUnknown(t *testing.T) {
	for _, test := range []struct {
		resource string
		want     Verdict
	}{
		{"aws-sdk:dynamodb:putItem", Known},
		{"aws-sdk:dynamodb:PutItem", UnknownAction},
		{"aws-sdk:dynamo:putItem", UnknownService},
		{"aws-sdk:sts:assumeRole", NotOffered},
		{"aws-sdk:s3tables:createTable", Uncharted},
		{"dynamodb:query", UnknownAction},
		{"lambda:listFunctions", UnknownAction},
		{"rds:createDBInstance", UnknownService},
		{"aws-sdk:kinesis:subscribeToShard", NotOffered},
	} {
		if _, got := Lookup(ParseResource("arn:aws:states:::" + test.resource)); got != test.want {
			t.Errorf("%s: got %d, want %d", test.resource, got, test.want)
		}
	}
}

func TestParametersAreThoseOfTheGuide(t *testing.T) {
	for _, test := range []struct{ resource, required string }{
		{"lambda:invoke", "FunctionName"},
		{"sqs:sendMessage", "QueueUrl MessageBody"},
		{"sns:publish", "Message"},
		{"dynamodb:putItem", "TableName Item"},
		{"dynamodb:getItem", "TableName Key"},
		{"states:startExecution", "StateMachineArn"},
		{"events:putEvents", "Entries"},
		{"ecs:runTask", "TaskDefinition"},
		{"glue:startJobRun", "JobName"},
		{"batch:submitJob", "JobName JobQueue JobDefinition"},
		{"apigateway:invoke", "ApiEndpoint Method"},
	} {
		integration, verdict := Lookup(ParseResource("arn:aws:states:::" + test.resource))
		if verdict != Known {
			t.Fatalf("%s is unknown", test.resource)
		}
		var required []string
		for _, member := range integration.Input.Members {
			if member.Required {
				required = append(required, member.Name)
			}
		}
		want := strings.Fields(test.required)
		slices.Sort(required)
		slices.Sort(want)
		if !slices.Equal(required, want) {
			t.Errorf("%s: got %v, want %v", test.resource, required, want)
		}
	}
}

func TestRecursiveShapesEndInThemselves(t *testing.T) {
	integration, _ := Lookup(ParseResource("arn:aws:states:::dynamodb:putItem"))
	attribute := integration.Input.Member("Item").Shape.Element
	if attribute.Member("M").Shape.Element != attribute {
		t.Error("a map attribute does not hold attributes")
	}
	for _, name := range []string{"BOOL", "Bool", "S", "SS", "Ss", "NULL", "Nul"} {
		if attribute.Member(name) == nil {
			t.Errorf("attribute type %s is unknown", name)
		}
	}
}

func TestErrorsCarryTheirServicesPrefix(t *testing.T) {
	for _, test := range []struct{ resource, want string }{
		{"dynamodb:putItem", "DynamoDB.ConditionalCheckFailedException"},
		{"aws-sdk:dynamodb:putItem", "DynamoDb.ConditionalCheckFailedException"},
		{"aws-sdk:s3:getObject", "S3.NoSuchKeyException"},
		{"lambda:invoke", "Lambda.TooManyRequestsException"},
		{"states:startExecution", "StepFunctions.StateMachineDoesNotExistException"},
		{"aws-sdk:rds:deleteDBInstance", "Rds.DbInstanceNotFoundException"},
	} {
		integration, _ := Lookup(ParseResource("arn:aws:states:::" + test.resource))
		if !slices.Contains(integration.Errors(), test.want) {
			t.Errorf("%s: %v lacks %s", test.resource, integration.Errors(), test.want)
		}
	}
}
