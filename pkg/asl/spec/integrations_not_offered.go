package spec

import (
	"slices"
	"strings"
)

// notOffered lists the actions that the guide excludes from SDK integrations.
// Source: Developer Guide, "Learning to use AWS service SDK integrations",
// unsupported API actions.
var notOffered = map[string]string{
	"applicationdiscovery": "describeExportConfigurations exportConfigurations",
	"bedrockagentruntime":  "invokeAgent invokeFlow invokeInlineAgent optimizePrompt retrieveAndGenerateStream",
	"bedrockruntime":       "invokeModelWithResponseStream converseStream",
	"cloudwatchlogs":       "startLiveTail",
	"codedeploy": "batchGetDeploymentInstances getDeploymentInstance listDeploymentInstances " +
		"skipWaitTimeForInstanceTermination",
	"comprehendmedical": "detectEntities",
	"dataexchange":      "sendApiAsset",
	"directconnect": "allocateConnectionOnInterconnect describeConnectionLoa describeConnectionsOnInterconnect " +
		"describeInterconnectLoa",
	"efs":               "createTags",
	"elastictranscoder": "testRole",
	"emr":               "describeJobFlows",
	"iot":               "attachPrincipalPolicy listPrincipalPolicies detachPrincipalPolicy listPolicyPrincipals",
	"iotdeviceadvisor":  "listTestCases",
	"iotsitewise":       "invokeAssistant",
	"kinesis":           "subscribeToShard",
	"lambda":            "invokeAsync invokeWithResponseStream",
	"lexruntimev2":      "startConversation",
	"mediapackage":      "rotateChannelCredentials",
	"qbusiness":         "chat",
	"rdsdata":           "executeSql",
	"s3":                "selectObjectContent",
	"s3control":         "selectObjectContent",
	"sagemakerruntime":  "invokeEndpointWithResponseStream",
	"shield":            "deleteSubscription",
	"sts":               "assumeRole assumeRoleWithSAML assumeRoleWithWebIdentity",
}

func isNotOffered(service, action string) bool {
	return slices.Contains(strings.Fields(notOffered[service]), action)
}
