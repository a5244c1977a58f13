package spec

import "testing"

func TestResultsAreDescribedByWhatTheServiceAnswers(t *testing.T) {
	for _, c := range []struct {
		resource    string
		has, hasNot string
		stable      bool
	}{
		{"arn:aws:states:::lambda:invoke", "Payload", "id", true},
		{"arn:aws:states:::apigateway:invoke", "ResponseBody", "Body", true},
		{"arn:aws:states:::glue:startJobRun.sync", "JobRunState", "JobRun", false},
		{"arn:aws:states:::glue:startJobRun", "JobRunId", "JobRunState", false},
		{"arn:aws:states:::batch:submitJob.sync", "JobId", "Jobs", false},
		{"arn:aws:states:::ecs:runTask.sync", "TaskArn", "Tasks", false},
		{"arn:aws:states:::athena:startQueryExecution.sync", "QueryExecution", "QueryExecutionId", false},
		{"arn:aws:states:::elasticmapreduce:addStep.sync", "Step", "ClusterId", false},
		{"arn:aws:states:::states:startExecution.sync", "Output", "Payload", false},
		{"arn:aws:states:::aws-sdk:dynamodb:query", "Items", "items", false},
	} {
		shape, stable := ResultOf(ParseResource(c.resource))
		if shape == nil {
			t.Errorf("nothing is known of %s", c.resource)
			continue
		}
		if shape.Member(c.has) == nil || shape.Member(c.hasNot) != nil || stable != c.stable {
			t.Errorf("%s answers %v (stable: %v); want %s and not %s", c.resource, shape.MemberNames(), stable, c.has, c.hasNot)
		}
		if shape.Member("SdkHttpMetadata") == nil {
			t.Errorf("%s does not say how the call went", c.resource)
		}
	}
}

func TestOnlyTheSecondFormOfSyncParsesTheOutputOfAChild(t *testing.T) {
	for suffix, kind := range map[string]ShapeKind{".sync": String, ".sync:2": Document} {
		shape, _ := ResultOf(ParseResource("arn:aws:states:::states:startExecution" + suffix))
		if got := shape.Member("Output").Shape.Kind; got != kind {
			t.Errorf("Output of %s is of kind %d, want %d", suffix, got, kind)
		}
	}
}

func TestNothingIsKnownOfWhatOthersAnswer(t *testing.T) {
	for _, resource := range []string{
		"arn:aws:lambda:eu-west-1:123456789012:function:f", "arn:aws:states:eu-west-1:123456789012:activity:a",
		"arn:aws:states:::lambda:invoke.waitForTaskToken", "arn:aws:states:::ecs:runTask.waitForTaskToken",
		"arn:aws:states:::elasticmapreduce:createCluster.sync", "arn:aws:states:::aws-sdk:nosuch:thing", "${Resource}",
	} {
		if shape, _ := ResultOf(ParseResource(resource)); shape != nil {
			t.Errorf("%s is said to answer %v", resource, shape.MemberNames())
		}
	}
}
