package spec

import "slices"

// ResultOf returns the shape of what a Task with the resource answers, nil when
// it is not known: functions, activities, callbacks and HTTP calls answer what
// they like, and the tables do not know every API. The shape is an object; stable
// says that it has all the members there are, so that the API has gained none.
func ResultOf(r Resource) (shape *Shape, stable bool) {
	key := r.Service + ":" + r.Action
	switch {
	case r.Kind == OptimizedIntegration && r.Pattern == RequestResponse && stableResults[key] != nil:
		return stableResults[key], true
	case r.Kind == OptimizedIntegration && r.Pattern.IsJob():
		return jobResult(r, key)
	case r.Pattern != RequestResponse:
		return nil, false
	}
	integration, verdict := Lookup(r)
	if verdict != Known || integration.Output == nil || integration.Output.Kind != Structure {
		return nil, false
	}
	return answered(integration.Output.Members), false
}

// answered returns the object of a result: besides what the API returns, it can
// say how the call went.
func answered(members []Member) *Shape {
	return object(append(slices.Clip(members), optional("SdkHttpMetadata", anything), optional("SdkResponseMetadata", anything))...)
}

func resultWith(names ...string) *Shape {
	members := make([]Member, len(names))
	for i, name := range names {
		members[i] = optional(name, anything)
	}
	return answered(members)
}

// stableResults are the results of the integrations that are used most, kept up
// to date by hand. Source: API references of the services, and for API Gateway
// and HTTP the pages of the integrations.
var stableResults = map[string]*Shape{
	"lambda:invoke":         resultWith("DurableExecutionArn", "ExecutedVersion", "FunctionError", "LogResult", "Payload", "StatusCode"),
	"sqs:sendMessage":       resultWith("MessageId", "MD5OfMessageBody", "MD5OfMessageAttributes", "MD5OfMessageSystemAttributes", "SequenceNumber"),
	"sns:publish":           resultWith("MessageId", "SequenceNumber"),
	"dynamodb:getItem":      resultWith("Item", "ConsumedCapacity"),
	"dynamodb:putItem":      resultWith("Attributes", "ConsumedCapacity", "ItemCollectionMetrics"),
	"dynamodb:updateItem":   resultWith("Attributes", "ConsumedCapacity", "ItemCollectionMetrics"),
	"dynamodb:deleteItem":   resultWith("Attributes", "ConsumedCapacity", "ItemCollectionMetrics"),
	"events:putEvents":      resultWith("Entries", "FailedEntryCount"),
	"states:startExecution": resultWith("ExecutionArn", "StartDate"),
	"apigateway:invoke":     resultWith("Headers", "ResponseBody", "StatusCode", "StatusText"),
	"http:invoke":           resultWith("Headers", "ResponseBody", "StatusCode", "StatusText"),
}

// description is the action that describes a job, with the member of its result
// that is the result of the job; the first element, where that is a list.
type description struct{ service, action, member string }

// jobDescriptions tells what a Task that waits for a job answers: the description
// of the job when it has ended. Source: Developer Guide, "Integrating optimized
// services", and the sample projects.
var jobDescriptions = map[string]description{
	"athena:startQueryExecution":              {"athena", "getQueryExecution", ""},
	"batch:submitJob":                         {"batch", "describeJobs", "Jobs"},
	"ecs:runTask":                             {"ecs", "describeTasks", "Tasks"},
	"elasticmapreduce:addStep":                {"emr", "describeStep", ""},
	"glue:startJobRun":                        {"glue", "getJobRun", "JobRun"},
	"sagemaker:createHyperParameterTuningJob": {"sagemaker", "describeHyperParameterTuningJob", ""},
	"sagemaker:createLabelingJob":             {"sagemaker", "describeLabelingJob", ""},
	"sagemaker:createProcessingJob":           {"sagemaker", "describeProcessingJob", ""},
	"sagemaker:createTrainingJob":             {"sagemaker", "describeTrainingJob", ""},
	"sagemaker:createTransformJob":            {"sagemaker", "describeTransformJob", ""},
	"states:startExecution":                   {"sfn", "describeExecution", ""},
}

func jobResult(r Resource, key string) (shape *Shape, stable bool) {
	from, known := jobDescriptions[key]
	if !known {
		return nil, false
	}
	integration, verdict := lookupSDK(from.service, from.action)
	if verdict != Known || integration.Output == nil {
		return nil, false
	}
	shape = integration.Output
	if from.member != "" {
		shape = shape.Member(from.member).Shape
	}
	if shape.Kind == List {
		shape = shape.Element
	}
	members := slices.Clone(shape.Members)
	for i := range members {
		if r.Pattern == Sync2 && (members[i].Name == "Input" || members[i].Name == "Output") {
			members[i].Shape = anything // JSON text, which :2 parses
		}
	}
	return answered(members), false
}
