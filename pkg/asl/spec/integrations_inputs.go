package spec

// Parameters of the optimized integrations that wrap no API as it stands.
// Source: the page of each service in the Developer Guide.

var (
	text     = &Shape{Kind: String}
	flag     = &Shape{Kind: Boolean}
	anything = &Shape{Kind: Document}
	freeMap  = &Shape{Kind: MapOf, Element: anything}
	methods  = oneOf("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
	lists    = &Shape{Kind: MapOf, Element: &Shape{Kind: List, Element: text}}
	// anyInput stands for parameters that nothing is known about.
	anyInput = freeMap
)

func required(name string, shape *Shape) Member {
	return Member{Name: name, Required: true, Shape: shape}
}
func optional(name string, shape *Shape) Member { return Member{Name: name, Shape: shape} }
func object(members ...Member) *Shape           { return &Shape{Kind: Structure, Members: members} }
func oneOf(values ...string) *Shape             { return &Shape{Kind: String, Enum: values} }

var apiGatewayInput = object(
	required("ApiEndpoint", text), required("Method", methods), optional("Headers", lists), optional("Stage", text),
	optional("Path", text), optional("QueryParameters", lists), optional("RequestBody", anything),
	optional("AllowNullValues", flag), optional("AuthType", oneOf("NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY")),
)

var httpInput = object(
	required("ApiEndpoint", text), required("Method", methods),
	optional("Authentication", object(required("ConnectionArn", text))),
	optional("InvocationConfig", object(required("ConnectionArn", text))),
	optional("Headers", freeMap), optional("QueryParameters", freeMap), optional("RequestBody", anything),
	optional("Transform", object(
		optional("RequestBodyEncoding", oneOf("NONE", "URL_ENCODED")),
		optional("RequestEncodingOptions", object(
			optional("ArrayFormat", oneOf("INDICES", "REPEAT", "COMMAS", "BRACKETS", "NONE")))),
	)),
)

var bedrockInput = object(
	required("ModelId", text), optional("Body", anything), optional("Accept", text), optional("ContentType", text),
	optional("Input", object(required("S3Uri", text))), optional("Output", object(required("S3Uri", text))),
	optional("GuardrailIdentifier", text), optional("GuardrailVersion", text), optional("Trace", text),
	optional("PerformanceConfigLatency", text),
)

var eksJobInput = object(
	required("ClusterName", text), required("CertificateAuthority", text), required("Endpoint", text),
	required("Job", anything), optional("Namespace", text),
	optional("LogOptions", object(
		optional("RetrieveLogs", flag), optional("RawLogs", flag), optional("LogParameters", anything))),
)

var eksCallInput = object(
	required("ClusterName", text), required("CertificateAuthority", text), required("Endpoint", text),
	required("Method", methods), required("Path", text), optional("QueryParameters", anything),
	optional("RequestBody", anything),
)

var emrClusterInput = object(required("ClusterId", text))

var emrStepInput = object(
	required("ClusterId", text), required("Step", anything), optional("ExecutionRoleArn", text))

var emrChangeInput = object(
	required("ClusterId", text), optional("TerminationProtected", flag), optional("StepId", text),
	optional("InstanceFleetName", text), optional("InstanceFleet", anything), optional("InstanceGroupName", text),
	optional("InstanceGroup", anything),
)
