package spec

import (
	"slices"
	"strings"
)

// TargetField names the parameters of an action and of its inverse that say
// what they work on.
type TargetField struct {
	Action, Undo string
	// Within says that the undo's value is only a part of the action's: the Key
	// of a deleteItem is found in the Item of the putItem.
	Within bool
}

// Undoes reports whether, by its API, undo takes back what action does. Optimized
// and SDK spellings of a service mix freely. The caller compares the parameters
// in target: where both tasks have one they must agree, or the two work on
// different things; one that only the undo has comes from the action's result.
func Undoes(undo, action Resource) (target []TargetField, ok bool) {
	if !undo.IsIntegration() || !action.IsIntegration() || undo.SDKService() != action.SDKService() {
		return nil, false
	}
	if pair := findPair(action.SDKService(), action.Action, undo.Action); pair != nil {
		return pair.target, true
	}
	if !areInverse(splitWords(action.Action), splitWords(undo.Action)) {
		return nil, false
	}
	return commonTarget(action, undo), true
}

// inversePair is a pair of actions that the names do not give away, or whose
// target has several parts.
type inversePair struct {
	service, action, undo string
	target                []TargetField
}

var (
	itemOfPut   = []TargetField{{Action: "TableName", Undo: "TableName"}, {Action: "Item", Undo: "Key", Within: true}}
	itemByKey   = []TargetField{{Action: "TableName", Undo: "TableName"}, {Action: "Key", Undo: "Key"}}
	objectByKey = []TargetField{{Action: "Bucket", Undo: "Bucket"}, {Action: "Key", Undo: "Key"}}
	bucketOnly  = []TargetField{{Action: "Bucket", Undo: "Bucket"}}
	clusterOnly = []TargetField{{Action: "Cluster", Undo: "Cluster"}}
	stackSet    = []TargetField{{Action: "StackSetName", Undo: "StackSetName"}}
)

var inversePairs = []inversePair{
	{"dynamodb", "putItem", "deleteItem", itemOfPut},
	{"dynamodb", "updateItem", "deleteItem", itemByKey},
	{"s3", "putObject", "deleteObject", objectByKey},
	{"s3", "copyObject", "deleteObject", objectByKey},
	{"s3", "completeMultipartUpload", "deleteObject", objectByKey},
	{"s3", "createMultipartUpload", "abortMultipartUpload", objectByKey},
	{"s3", "putObject", "deleteObjects", bucketOnly},
	{"ecs", "runTask", "stopTask", clusterOnly},
	{"ecs", "startTask", "stopTask", clusterOnly},
	{"batch", "submitJob", "cancelJob", nil},
	{"batch", "submitJob", "terminateJob", nil},
	{"ssm", "sendCommand", "cancelCommand", nil},
	{"glue", "startJobRun", "batchStopJobRun", []TargetField{{Action: "JobName", Undo: "JobName"}}},
	{"emr", "runJobFlow", "terminateJobFlows", nil},
	{"emr", "createCluster", "terminateCluster", nil},
	{"emr", "addStep", "cancelStep", []TargetField{{Action: "ClusterId", Undo: "ClusterId"}}},
	{"emrserverless", "startJobRun", "cancelJobRun", []TargetField{{Action: "ApplicationId", Undo: "ApplicationId"}}},
	{"emrcontainers", "startJobRun", "cancelJobRun", []TargetField{{Action: "VirtualClusterId", Undo: "VirtualClusterId"}}},
	{"ec2", "requestSpotInstances", "cancelSpotInstanceRequests", nil},
	{"ec2", "allocateHosts", "releaseHosts", nil},
	{"cloudformation", "createStackInstances", "deleteStackInstances", stackSet},
	{"organizations", "createAccount", "closeAccount", nil},
	{"sfn", "startSyncExecution", "stopExecution", nil},
	{"iam", "createPolicyVersion", "deletePolicyVersion", []TargetField{{Action: "PolicyArn", Undo: "PolicyArn"}}},
}

func findPair(service, action, undo string) *inversePair {
	for i := range inversePairs {
		pair := &inversePairs[i]
		if pair.service == service && pair.action == action && pair.undo == undo {
			return pair
		}
	}
	return nil
}

// undoVerbs gives the verbs that take back what a verb did.
var undoVerbs = map[string][]string{
	"accept":    {"reject", "delete"},
	"activate":  {"deactivate"},
	"add":       {"remove", "delete"},
	"allocate":  {"release", "deallocate"},
	"assign":    {"unassign"},
	"associate": {"disassociate"},
	"attach":    {"detach"},
	"authorize": {"revoke"},
	"begin":     {"end", "rollback"},
	"copy":      {"delete"},
	"create":    {"delete", "terminate", "cancel", "remove", "deregister", "close", "release"},
	"detach":    {"attach"},
	"disable":   {"enable"},
	"enable":    {"disable"},
	"enter":     {"exit"},
	"grant":     {"revoke"},
	"import":    {"delete"},
	"invite":    {"delete", "remove"},
	"lock":      {"unlock"},
	"open":      {"close"},
	"pause":     {"resume"},
	"provision": {"terminate", "deprovision", "release"},
	"publish":   {"delete", "unpublish"},
	"purchase":  {"delete", "release"},
	"put":       {"delete", "remove"},
	"register":  {"deregister", "unregister", "delete"},
	"remove":    {"add"},
	"request":   {"cancel", "delete"},
	"reserve":   {"release", "cancel"},
	"restore":   {"delete"},
	"run":       {"terminate", "stop", "cancel"},
	"schedule":  {"cancel", "unschedule"},
	"set":       {"delete", "unset"},
	"start":     {"stop", "cancel", "abort"},
	"stop":      {"start"},
	"submit":    {"cancel", "terminate"},
	"subscribe": {"unsubscribe"},
	"suspend":   {"resume"},
	"tag":       {"untag"},
	"upload":    {"delete"},
}

// areInverse reports whether two actions differ in one verb only, and those
// verbs are each other's inverse: adminCreateUser and adminDeleteUser,
// attachVolume and detachVolume, runInstances and terminateInstances.
func areInverse(action, undo []string) bool {
	if len(action) != len(undo) {
		return false
	}
	verbs := 0
	for i := range action {
		did, undid := strings.ToLower(action[i]), strings.ToLower(undo[i])
		switch {
		case sameNoun(did, undid):
		case slices.Contains(undoVerbs[did], undid):
			verbs++
		default:
			return false
		}
	}
	return verbs == 1
}

// sameNoun compares words but for their number, and takes addUserToGroup and
// removeUserFromGroup for the same.
func sameNoun(a, b string) bool {
	return strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") || a == "to" && b == "from" || a == "from" && b == "to"
}

// commonTarget returns the parameters that both actions have and that name
// something: those the undo requires, and names, ARNs, keys and ids.
func commonTarget(action, undo Resource) []TargetField {
	did, verdict := Lookup(action)
	undid, undoVerdict := Lookup(undo)
	if verdict != Known || undoVerdict != Known {
		return nil
	}
	var target []TargetField
	for _, member := range undid.Input.Members {
		if did.Input.Member(member.Name) != nil && (member.Required || namesSomething(member.Name)) {
			target = append(target, TargetField{Action: member.Name, Undo: member.Name})
		}
	}
	return target
}

func namesSomething(parameter string) bool {
	switch words := splitWords(parameter); words[len(words)-1] {
	case "Arn", "Name", "Id", "Identifier", "Key", "Bucket", "Url", "Cluster":
		return !strings.HasPrefix(parameter, "Client")
	}
	return false
}
