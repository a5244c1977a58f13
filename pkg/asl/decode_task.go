package asl

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// decodeTask reads the fields of a Task. What its Resource is stays with the
// checks of integrations.
func (d *decoder) decodeTask(o *object) *TaskFields {
	task := &TaskFields{
		Resource:         o.text("Resource"),
		Credentials:      d.decodeCredentials(o),
		TimeoutSeconds:   o.expression("TimeoutSeconds"),
		TimeoutPath:      o.expression("TimeoutSecondsPath"),
		HeartbeatSeconds: o.expression("HeartbeatSeconds"),
		HeartbeatPath:    o.expression("HeartbeatSecondsPath"),
	}
	d.judgeHeartbeat(task)
	if task.Credentials != nil && task.Resource != nil && isActivity(task.Resource.Value) {
		d.report(RuleMisplacedField, task.Credentials.Node.Span(), d.subject()+" has Credentials, which an activity does not take", "workers of an activity use credentials of their own").
			schema(o.node.Span(), "The field 'Credentials' is not supported for activities")
	}
	return task
}

// isActivity reports whether a Resource names an activity:
// arn:PARTITION:states:REGION:ACCOUNT:activity:NAME.
func isActivity(resource string) bool {
	parts := strings.SplitN(resource, ":", 7)
	return len(parts) == 7 && parts[2] == "states" && parts[5] == "activity"
}

// judgeHeartbeat holds HeartbeatSeconds below TimeoutSeconds where both are
// constant. Source: Amazon States Language, "Timeouts".
func (d *decoder) judgeHeartbeat(task *TaskFields) {
	heartbeat, ok := constantNumber(task.HeartbeatSeconds)
	if !ok {
		return
	}
	timeout, ok := constantNumber(task.TimeoutSeconds)
	if !ok || heartbeat < timeout || timeout < 1 {
		return
	}
	d.report(RuleInvalidValue, task.HeartbeatSeconds.Node.Span(),
		d.subjectOf("HeartbeatSeconds")+" must be smaller than TimeoutSeconds",
		"a heartbeat that is not shorter than the timeout can never be missed").
		related(task.TimeoutSeconds.Node.Span(), "the timeout")
}

func constantNumber(e *Expression) (float64, bool) {
	if e == nil || e.Kind != Literal {
		return 0, false
	}
	number, ok := e.Node.(*syntax.Number)
	if !ok {
		return 0, false
	}
	return e.Literal.Float(), number != nil
}

// decodeCredentials reads Credentials: an object whose RoleArn is the role to
// assume. Activities take none.
func (d *decoder) decodeCredentials(o *object) *Expression {
	if isSubstituted(o.get("Credentials")) || o.isJSONata("Credentials") {
		return o.expression("Credentials")
	}
	credentials := o.member("Credentials")
	if credentials == nil {
		return nil
	}
	defer d.pop(d.push("Credentials"))
	if credentials.Get("RoleArn") == nil && credentials.Get("RoleArn.$") == nil {
		d.report(RuleMissingField, credentials.Span(), d.subject()+` lacks the field "RoleArn"`, credentialsHelp(credentials)).
			schema(credentials.Span(), "The field 'RoleArn' is required but was missing")
	}
	switch role := credentials.Get("RoleArn").(type) {
	case nil, *syntax.String, *syntax.Bad:
	default:
		defer d.pop(d.push("RoleArn"))
		d.reportType(role, d.subject(), "a string", "String")
		return d.broken(credentials)
	}
	return d.template(credentials)
}

func credentialsHelp(credentials *syntax.Object) string {
	for _, member := range credentials.Members {
		if strings.EqualFold(member.Key.Value, "RoleArn") || strings.EqualFold(member.Key.Value, "RoleArn.$") {
			return didYouMean("RoleArn")
		}
	}
	return "name the role to assume"
}

// isJSONata reports whether a JSONata state computes the field as a whole.
func (o *object) isJSONata(name string) bool {
	text, ok := o.get(name).(*syntax.String)
	return ok && o.language != specLanguage(JSONPath) && strings.HasPrefix(text.Value, jsonataOpen)
}
