package integrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func unknownIntegration() *lint.Rule {
	return &lint.Rule{
		Name: "unknown-integration", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "Step Functions does not offer the service or the action that a Resource names",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				checkIntegration(p, task)
			}
		},
	}
}

func checkIntegration(p *lint.Pass, t *task) {
	integration, verdict := spec.Lookup(t.resource)
	switch {
	case verdict == spec.UnknownService && t.resource.Kind == spec.SDKIntegration:
		t.reportUnknown(p, fmt.Sprintf("names an AWS service that Step Functions does not know: %q", t.resource.Service), diag.Error, t.knownService())
	case verdict == spec.UnknownService:
		t.reportUnknown(p, fmt.Sprintf("names a service without an optimized integration: %q", t.resource.Service), diag.Error, t.otherIntegration())
	case verdict == spec.UnknownAction && t.resource.Kind == spec.OptimizedIntegration:
		t.reportUnknown(p, fmt.Sprintf("calls an action that %s does not offer as an optimized integration: %q", t.resource.Service, t.resource.Action), diag.Error, t.knownAction())
	case verdict == spec.UnknownAction:
		t.reportUnknownAction(p)
	case verdict == spec.NotOffered:
		t.reportUnknown(p, fmt.Sprintf("calls an action that Step Functions excludes from its SDK integrations: %q", call(t.resource)), diag.Error, "")
	case verdict == spec.Known && integration.Place != spec.InTask:
		t.reportUnknown(p, fmt.Sprintf("calls %q, which only the ItemReader or ResultWriter of a Map can", call(t.resource)), diag.Error, sdkResource(t.resource))
	}
}

// reportUnknownAction reports an action of an SDK service. The table of actions
// is older than the newest ones, so that only a name next to a known one is
// wrong for certain.
func (t *task) reportUnknownAction(p *lint.Pass) {
	known := nearestMiss(t.resource.Action, spec.SDKActions(t.resource.Service))
	if known != "" {
		t.reportUnknown(p, fmt.Sprintf("calls an action that %s does not have: %q", t.resource.Service, t.resource.Action), diag.Error, t.withAction(known))
		return
	}
	t.reportUnknown(p, fmt.Sprintf("calls an action of %s that is not in the table of AWS APIs (%s): %q", t.resource.Service, tableMonth(), t.resource.Action), diag.Warning, t.knownAction())
}

const resourceSpelling = "a Resource spells services in lower case without punctuation, and actions in camelCase, " +
	"as in aws-sdk:secretsmanager:getSecretValue"

// reportUnknown reports the resource; suggestion is the resource that was
// probably meant, "" when there is none.
func (t *task) reportUnknown(p *lint.Pass, what string, severity diag.Severity, suggestion string) {
	finding := diag.Diagnostic{
		Span: t.node.Span(), Severity: severity, Message: t.subject() + " " + what, AWS: t.unrecognized(),
		Help: resourceSpelling,
	}
	if suggestion != "" {
		finding.Help = didYouMean(suggestion)
		p.Fix(&finding, func() []diag.Fix { return rewriting(t.node, t.node.Value, suggestion, "call %s instead") })
	}
	if severity == diag.Warning {
		finding.AWS = nil
	}
	t.report(p, finding)
}

// tableMonth is the month of the table of APIs, for messages that depend on it.
func tableMonth() string {
	_, _, date := spec.ModelSource()
	return date[:len("2006-01")]
}

// knownService suggests the service that was meant.
func (t *task) knownService() string {
	name := t.resource.Service
	known := otherNames[strings.ToLower(name)]
	if known == "" {
		known = diag.Suggest(strings.ReplaceAll(strings.ToLower(name), "-", ""), spec.SDKServices())
	}
	if known == "" {
		return ""
	}
	return strings.Replace(t.node.Value, ":aws-sdk:"+name+":", ":aws-sdk:"+known+":", 1)
}

// otherNames gives the name of a service for one it has elsewhere: in ARNs, in
// IAM policies, in the AWS CLI, or in optimized integrations.
var otherNames = map[string]string{
	"ce": "costexplorer", "cognito-idp": "cognitoidentityprovider", "cognitoidp": "cognitoidentityprovider",
	"ddb": "dynamodb", "dms": "databasemigration", "ds": "directory", "elasticfilesystem": "efs",
	"elasticmapreduce": "emr", "elb": "elasticloadbalancing", "elbv2": "elasticloadbalancingv2", "email": "ses",
	"es": "elasticsearch", "events": "eventbridge", "cloudwatchevents": "eventbridge", "logs": "cloudwatchlogs",
	"monitoring": "cloudwatch", "parameterstore": "ssm", "rds-data": "rdsdata", "rdsdataservice": "rdsdata",
	"sagemaker-runtime": "sagemakerruntime", "secretmanager": "secretsmanager", "states": "sfn",
	"stepfunctions": "sfn", "stepfunction": "sfn", "systemsmanager": "ssm", "emr-containers": "emrcontainers",
	"emr-serverless": "emrserverless", "streams.dynamodb": "dynamodbstreams",
}

// knownAction suggests an action of the same service, or the SDK integration
// when that has the action.
func (t *task) knownAction() string {
	r := t.resource
	if r.Kind == spec.SDKIntegration {
		return t.withAction(diag.Suggest(r.Action, spec.SDKActions(r.Service)))
	}
	if near := nearestMiss(r.Action, spec.OptimizedActions(r.Service)); near != "" {
		return t.withAction(near)
	}
	if sdk := sdkResource(r); sdk != "" {
		return sdk
	}
	return t.withAction(diag.Suggest(r.Action, spec.OptimizedActions(r.Service)))
}

func (t *task) withAction(action string) string {
	if action == "" {
		return ""
	}
	return strings.Replace(t.node.Value, ":"+t.resource.Action, ":"+action, 1)
}

// otherIntegration suggests an optimized service of a similar name, or the SDK
// integration.
func (t *task) otherIntegration() string {
	r := t.resource
	for _, service := range spec.OptimizedServices() {
		if nearMiss(r.Service, service) && slices.Contains(spec.OptimizedActions(service), r.Action) {
			return strings.Replace(t.node.Value, ":"+r.Service+":", ":"+service+":", 1)
		}
	}
	return sdkResource(r)
}

// sdkResource returns the SDK integration that calls the same API, "" when there
// is none. It has no job pattern.
func sdkResource(r spec.Resource) string {
	service := strings.ToLower(r.Service)
	if known := otherNames[service]; known != "" {
		service = known
	}
	suffix := r.Suffix
	if r.Pattern != spec.WaitForTaskToken {
		suffix = ""
	}
	action := nearestMiss(r.Action, spec.SDKActions(service))
	if action == "" {
		return ""
	}
	return fmt.Sprintf("arn:%s:states:::aws-sdk:%s:%s%s", r.Partition, service, action, suffix)
}
