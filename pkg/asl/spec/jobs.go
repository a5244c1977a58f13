package spec

// jobsThatLeave are the actions that can wait for what they start (.sync), by the
// service of the SDK, whose result stays and costs when the call is over: the job was to make
// it. What the others start is over when it has ended: a query, a build, a run
// of a task.
var jobsThatLeave = map[apiAction]bool{
	{"emr", "createCluster"}:                  true,
	{"emr", "runJobFlow"}:                     true,
	{"emrcontainers", "createVirtualCluster"}: true,
	{"emrserverless", "createApplication"}:    true,
	{"emrserverless", "startApplication"}:     true,
	{"eks", "createCluster"}:                  true,
	{"eks", "createNodegroup"}:                true,
	{"eks", "createFargateProfile"}:           true,
	{"sagemaker", "createEndpoint"}:           true,
	{"sfn", "startExecution"}:                 true, // nobody knows what the workflow made
}

// JobLeaves reports whether something stays of what the resource starts, when
// the job that makes it has ended.
func JobLeaves(r Resource) bool {
	return jobsThatLeave[apiAction{r.SDKService(), r.Action}]
}
