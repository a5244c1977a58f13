package spec

import (
	"slices"
	"strings"
	"sync"
)

// optimized is a row of the table of optimized integrations. Parameters and
// results are those of the API it wraps, but for what the row says.
type optimized struct {
	service string
	prefix  string   // of error names; empty when no recording or page shows it
	actions string   // separated by blanks
	also    string   // patterns besides request response: "sync", "sync:2", "token"
	sdk     string   // the wrapped service's name in SDK integrations, when it is another one
	api     string   // the wrapped action, when it is another one
	input   *Shape   // parameters when no API is wrapped as it stands
	more    []Member // parameters that the API gained after our table
	// free lists the members, of parameters and result, that take any JSON here:
	// what the API wants as text is serialised, what it returns as text is parsed.
	free   string
	opaque bool // the result is not the API's
	place  Place
}

// optimizedRows is the table. Source: Developer Guide, "Integrating optimized
// services", and the page of each service.
var optimizedRows = []optimized{
	{service: "apigateway", prefix: "ApiGateway", actions: "invoke", also: "token", input: apiGatewayInput},
	{service: "athena", prefix: "Athena", actions: "startQueryExecution", also: "sync"},
	{service: "athena", prefix: "Athena", actions: "stopQueryExecution getQueryExecution getQueryResults"},
	{service: "batch", prefix: "Batch", actions: "submitJob", also: "sync"},
	{service: "bedrock", actions: "createModelCustomizationJob", also: "sync"},
	{service: "bedrock", actions: "invokeModel", also: "token", input: bedrockInput},
	{service: "bedrockagentcore", actions: "invokeHarness", input: anyInput},
	{service: "codebuild", prefix: "CodeBuild", actions: "startBuild startBuildBatch retryBuildBatch", also: "sync"},
	{service: "codebuild", prefix: "CodeBuild",
		actions: "stopBuild stopBuildBatch deleteBuildBatch batchDeleteBuilds batchGetReports"},
	{service: "databrew", actions: "startJobRun", also: "sync"},
	{service: "dynamodb", prefix: "DynamoDB", actions: "getItem putItem deleteItem updateItem"},
	{service: "ecs", prefix: "ECS", actions: "runTask", also: "sync token"},
	{service: "eks", prefix: "EKS", actions: "createCluster deleteCluster createFargateProfile " +
		"deleteFargateProfile createNodegroup deleteNodegroup", also: "sync"},
	{service: "eks", prefix: "EKS", actions: "runJob", also: "sync token", input: eksJobInput},
	{service: "eks", prefix: "EKS", actions: "call", input: eksCallInput},
	{service: "elasticmapreduce", sdk: "emr", prefix: "ElasticMapReduce", actions: "createCluster", also: "sync", api: "runJobFlow", opaque: true},
	{service: "elasticmapreduce", sdk: "emr", prefix: "ElasticMapReduce", actions: "terminateCluster", also: "sync", input: emrClusterInput},
	{service: "elasticmapreduce", sdk: "emr", prefix: "ElasticMapReduce", actions: "addStep", also: "sync", input: emrStepInput},
	{service: "elasticmapreduce", sdk: "emr", prefix: "ElasticMapReduce", actions: "setClusterTerminationProtection cancelStep " +
		"modifyInstanceFleetByName modifyInstanceGroupByName", input: emrChangeInput},
	{service: "emr-containers", sdk: "emrcontainers", actions: "createVirtualCluster"},
	{service: "emr-containers", sdk: "emrcontainers", actions: "deleteVirtualCluster startJobRun", also: "sync"},
	{service: "emr-serverless", sdk: "emrserverless", actions: "createApplication startApplication " +
		"stopApplication deleteApplication startJobRun cancelJobRun", also: "sync"},
	{service: "events", sdk: "eventbridge", prefix: "EventBridge", actions: "putEvents", also: "token"},
	{service: "glue", prefix: "Glue", actions: "startJobRun", also: "sync"},
	{service: "http", actions: "invoke", input: httpInput},
	{service: "lambda", prefix: "Lambda", actions: "invoke", also: "token", free: "Payload",
		more: []Member{optional("TenantId", text)}},
	{service: "mediaconvert", actions: "createJob", also: "sync"},
	{service: "sagemaker", prefix: "SageMaker", actions: "createHyperParameterTuningJob createLabelingJob " +
		"createProcessingJob createTrainingJob createTransformJob", also: "sync"},
	{service: "sagemaker", prefix: "SageMaker", actions: "createEndpoint createEndpointConfig createModel updateEndpoint"},
	{service: "sns", prefix: "SNS", actions: "publish", also: "token", free: "Message"},
	{service: "sqs", prefix: "SQS", actions: "sendMessage", also: "token", free: "MessageBody"},
	{service: "states", sdk: "sfn", prefix: "StepFunctions", actions: "startExecution", also: "sync sync:2 token", free: "Input"},
	{service: "s3", actions: "getObject listObjectsV2", place: InItemReader},
	{service: "s3", actions: "putObject", place: InResultWriter},
}

// optimizedIndex finds integrations. Making one reads the model of the API it
// wraps, so that is done when it is first asked for.
type optimizedIndex struct {
	actions map[string]map[string]func() *Integration // by service and action
	sdk     map[string]string                         // service to its name in SDK integrations
	jobs    map[apiAction]func() *Integration         // by the API that starts the job
}

// apiAction names an action of an API as SDK integrations do.
type apiAction struct{ service, action string }

var optimizedTable = sync.OnceValue(func() *optimizedIndex {
	index := &optimizedIndex{
		actions: map[string]map[string]func() *Integration{}, sdk: map[string]string{}, jobs: map[apiAction]func() *Integration{},
	}
	for i := range optimizedRows {
		index.add(&optimizedRows[i])
	}
	return index
})

func (index *optimizedIndex) add(row *optimized) {
	if index.actions[row.service] == nil {
		index.actions[row.service] = map[string]func() *Integration{}
	}
	index.sdk[row.service] = row.sdkService()
	for _, action := range strings.Fields(row.actions) {
		made := sync.OnceValue(func() *Integration { return row.integration(action) })
		index.actions[row.service][action] = made
		if row.patterns().Has(Sync) {
			index.jobs[apiAction{row.sdkService(), action}] = made
			index.jobs[apiAction{row.sdkService(), row.sdkAction(action)}] = made
		}
	}
}

// OptimizedServices returns the names of the services with optimized
// integrations, sorted.
func OptimizedServices() []string {
	var names []string
	for _, row := range optimizedRows {
		names = append(names, row.service)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// OptimizedActions returns the actions of an optimized service, sorted; nil when
// it has none.
func OptimizedActions(service string) []string {
	var names []string
	for _, row := range optimizedRows {
		if row.service == service {
			names = append(names, strings.Fields(row.actions)...)
		}
	}
	slices.Sort(names)
	return names
}

func (row *optimized) integration(action string) *Integration {
	made := &Integration{
		Service: row.service, Action: action, Optimized: true, Prefix: row.prefix, Patterns: row.patterns(),
		Input: row.input, Method: "POST", Place: row.place,
	}
	wrapped, verdict := lookupSDK(row.sdkService(), row.sdkAction(action))
	if verdict == Known {
		made.errors, made.Method = wrapped.errors, wrapped.Method
	}
	if verdict == Known && row.input == nil {
		made.Input, made.Output = row.adapt(wrapped.Input, row.more), row.adapt(wrapped.Output, nil)
		if row.opaque {
			made.Output = nil
		}
	}
	if made.Input == nil {
		made.Input = anyInput
	}
	return made
}

func (row *optimized) sdkService() string {
	if row.sdk != "" {
		return row.sdk
	}
	return row.service
}

func (row *optimized) sdkAction(action string) string {
	if row.api != "" {
		return row.api
	}
	return action
}

func (row *optimized) patterns() Patterns {
	patterns := Patterns(1 << RequestResponse)
	for _, name := range strings.Fields(row.also) {
		switch name {
		case "sync":
			patterns |= 1 << Sync
		case "sync:2":
			patterns |= 1 << Sync2
		case "token":
			patterns |= 1 << WaitForTaskToken
		}
	}
	return patterns
}

// adapt applies the row to a structure of the wrapped API.
func (row *optimized) adapt(shape *Shape, more []Member) *Shape {
	if shape == nil || row.free == "" && more == nil {
		return shape
	}
	adapted := *shape
	adapted.Members = append(slices.Clone(shape.Members), more...)
	for i := range adapted.Members {
		if slices.Contains(strings.Fields(row.free), adapted.Members[i].Name) {
			adapted.Members[i].Shape = anything
		}
	}
	return &adapted
}

// SDKService returns the name under which SDK integrations know the service of
// an integration: optimized ones call EventBridge "events" and Step Functions
// "states".
func (r *Resource) SDKService() string {
	if r.Kind == OptimizedIntegration {
		if name := optimizedTable().sdk[r.Service]; name != "" {
			return name
		}
	}
	return r.Service
}

// JobIntegration returns the optimized integration that does what r does and can
// wait for the job that it starts; nil when there is none.
func JobIntegration(r Resource) *Integration {
	if !r.IsIntegration() {
		return nil
	}
	if made := optimizedTable().jobs[apiAction{r.SDKService(), r.Action}]; made != nil {
		return made()
	}
	return nil
}
