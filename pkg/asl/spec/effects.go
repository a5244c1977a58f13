package spec

import "strings"

// Effect says what calling an API does to the world.
type Effect uint8

// The effects.
const (
	UnknownEffect Effect = iota // the API runs what the user tells it, or nobody knows
	Read                        // nothing changes
	Write                       // something changes that a failure later on should undo
	Notification                // a message goes out; nothing can be undone
)

// EffectOf returns the effect of a Task by the API it calls. Functions,
// activities, nested executions and jobs do what the user tells them, and an HTTP
// call depends on its method (see [MethodEffect]): their effect is unknown here.
func EffectOf(r Resource) Effect {
	if !r.IsIntegration() {
		return UnknownEffect
	}
	service, action := r.SDKService(), r.Action
	switch {
	case isListed(userCode, service, action) || startsJob(action):
		return UnknownEffect
	case isListed(notifications, service, action):
		return Notification
	case isListed(pureCalls, service, action) || readVerbs[strings.ToLower(verbOf(action))]:
		return Read
	}
	if integration, verdict := Lookup(r); verdict == Known && integration.Method == "GET" {
		return Read
	}
	return Write
}

// MethodEffect returns the effect of an HTTP request: the Method parameter of
// http:invoke, apigateway:invoke and eks:call.
func MethodEffect(method string) Effect {
	switch strings.ToUpper(method) {
	case "GET", "HEAD", "OPTIONS":
		return Read
	case "POST", "PUT", "PATCH", "DELETE":
		return Write
	}
	return UnknownEffect
}

// readVerbs are first words of actions that change nothing.
var readVerbs = wordSet(`get list describe query scan head search select validate check lookup count estimate
	preview view filter detect analyze compare classify recognize retrieve receive read simulate predict infer
	decode discover explain evaluate is poll test peek download browse`)

// verbOf is the word that says what an action does: batchGetItem, adminGetUser
// and transactGetItems get.
func verbOf(action string) string {
	action, _, _ = strings.Cut(action, "-") // as the command line spells it: get-parameter
	words := splitWords(action)
	if len(words) > 1 && (words[0] == "batch" || words[0] == "admin" || words[0] == "transact") {
		return words[1]
	}
	return words[0]
}

// startsJob reports whether the action starts work that ends by itself and leaves
// a result: a transcription, a crawl, an import. There is nothing to stop once it
// is done, and whether the result must go depends on the workflow.
func startsJob(action string) bool {
	words := splitWords(action)
	switch last := words[len(words)-1]; words[0] {
	case "create", "submit":
		return last == "Job"
	case "start":
		return jobNouns[last]
	}
	return false
}

var jobNouns = wordSet(`Job Jobs Run Task Query Crawler Detection Analysis Recognition Search Moderation Tracking
	Evaluation Execution Export Import Scan`)

// The lists below name services as SDK integrations do. A "*" stands for every
// action of the service.

var userCode = actionSet(`
	apigateway invoke
	athena startQueryExecution
	batch submitJob
	bedrockagentcore *
	codebuild startBuild startBuildBatch retryBuild retryBuildBatch
	databrew startJobRun
	ecs runTask startTask
	eks call runJob
	emr addStep addJobFlowSteps
	emrcontainers startJobRun
	emrserverless startJobRun
	glue startJobRun startWorkflowRun
	http invoke
	lambda invoke
	rdsdata executeStatement batchExecuteStatement
	redshiftdata executeStatement batchExecuteStatement
	sagemaker createTrainingJob createProcessingJob createTransformJob createHyperParameterTuningJob createLabelingJob
	sagemakerruntime invokeEndpoint invokeEndpointAsync
	sfn startExecution startSyncExecution
	ssm sendCommand startAutomationExecution
	dynamodb executeStatement executeTransaction batchExecuteStatement
`)

var notifications = actionSet(`
	apigatewaymanagementapi postToConnection
	cloudwatch putMetricData
	cloudwatchlogs putLogEvents createLogStream createLogGroup
	eventbridge putEvents
	firehose putRecord putRecordBatch
	iotdataplane publish
	kinesis putRecord putRecords
	pinpoint sendMessages sendUsersMessages
	pinpointsmsvoicev2 sendTextMessage sendVoiceMessage
	ses sendEmail sendRawEmail sendTemplatedEmail sendBulkTemplatedEmail
	sesv2 sendEmail sendBulkEmail
	sfn sendTaskSuccess sendTaskFailure sendTaskHeartbeat
	sns publish publishBatch
	sqs sendMessage sendMessageBatch
	xray putTraceSegments putTelemetryRecords
`)

// pureCalls compute something from what they are given.
var pureCalls = actionSet(`
	bedrock invokeModel
	bedrockruntime *
	bedrockagentruntime *

	kms encrypt decrypt reEncrypt sign verify generateDataKey generateDataKeyWithoutPlaintext generateRandom generateMac verifyMac
	polly synthesizeSpeech
	sts *
	translate translateText translateDocument
`)

// actionSet reads lines of a service and its actions.
func actionSet(lines string) map[string]map[string]bool {
	set := map[string]map[string]bool{}
	for line := range strings.Lines(lines) {
		if words := strings.Fields(line); len(words) > 0 {
			set[words[0]] = wordSet(strings.Join(words[1:], " "))
		}
	}
	return set
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

func isListed(set map[string]map[string]bool, service, action string) bool {
	return set[service][action] || set[service]["*"]
}
