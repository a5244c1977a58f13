package integrations

import (
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func invalidResource() *lint.Rule {
	return &lint.Rule{
		Name: "invalid-resource", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "the Resource of a Task is not the ARN of something that a Task can run",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				checkResource(p, task)
			}
		},
	}
}

func checkResource(p *lint.Pass, t *task) {
	checkARN(p, t)
	switch t.resource.Kind {
	case spec.InvalidResource:
		if isPlaceholder(t.node.Value) {
			return
		}
		t.report(p, diag.Diagnostic{
			Span:    t.node.Span(),
			Message: fmt.Sprintf("%s has a Resource that is no ARN: %q", t.subject(), t.node.Value),
			Help:    resourceForms,
			AWS:     &diag.AWS{Code: awsCode, Message: "Value is not a valid resource ARN", Span: t.node.Span()},
		})
	case spec.ForeignResource:
		t.report(p, diag.Diagnostic{
			Span:    t.node.Span(),
			Message: fmt.Sprintf("%s has a Resource that no Task can run: %q", t.subject(), t.node.Value),
			Help:    foreignHelp(t.node.Value),
			AWS:     t.unrecognized(),
		})
	case spec.LambdaFunction:
		if fault := functionFault(t.resource); fault != "" {
			t.report(p, diag.Diagnostic{
				Span:    t.node.Span(),
				Message: fmt.Sprintf("%s names a Lambda function with %s: %q", t.subject(), fault, t.node.Value),
				Help:    "a function is arn:aws:lambda:REGION:ACCOUNT:function:NAME, with :VERSION or :ALIAS behind it if need be",
				AWS:     &diag.AWS{Code: awsCode, Message: "Value is not a valid resource ARN", Span: t.node.Span()},
			})
		}
	}
}

// wordsForParts finds the words of documentation that stand for a part of an ARN.
var wordsForParts = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(^|:)<?(your[-_ ]?)?(aws[-_]?)?(partition|region|account([-_]?(id|number))?)>?(:|$)`)
})

// The parts of an ARN. Source: AWS General Reference, "Amazon Resource Names".
var (
	partition = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^aws(-[a-z]+)*$`) })
	digits    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+$`) })
)

// accountLength is how many digits the number of an account has.
const accountLength = 12

// checkARN judges what stands before the service's own part: a partition that
// does not exist is refused, and a word of documentation left in is to be filled in.
func checkARN(p *lint.Pass, t *task) {
	r := t.resource
	if r.Kind == spec.InvalidResource || r.Kind == spec.ForeignResource || r.Kind == spec.SubstitutedResource || asl.HasSubstitution(r.Partition+r.Region+r.Account) {
		return
	}
	finding := diag.Diagnostic{Span: t.node.Span()}
	switch {
	case wordsForParts().MatchString(r.Partition + ":" + r.Region + ":" + r.Account):
		finding.Severity = diag.Info
		finding.Message = fmt.Sprintf("%s has a Resource with a part to be filled in: %q", t.subject(), t.node.Value)
		finding.Help = "write the partition, region and account, or let the template insert them"
	case isPlaceholder(r.Partition):
		return
	case !partition().MatchString(r.Partition):
		finding.Message = fmt.Sprintf("%s has a Resource in a partition that does not exist, %q: %q", t.subject(), r.Partition, t.node.Value)
		finding.Help = "an ARN begins with arn:aws:, arn:aws-cn: or arn:aws-us-gov:"
		finding.AWS = &diag.AWS{Code: awsCode, Message: "Value is not a valid resource ARN", Span: t.node.Span()}
	case digits().MatchString(r.Account) && len(r.Account) != accountLength:
		finding.Severity = diag.Warning
		finding.Message = fmt.Sprintf("%s has a Resource in an account of %d digits: %q", t.subject(), len(r.Account), t.node.Value)
		finding.Help = "the number of an account has 12 digits"
	default:
		return
	}
	t.report(p, finding)
}

const resourceForms = "name a Lambda function or an activity by its ARN, or a service as arn:aws:states:::SERVICE:ACTION"

func foreignHelp(text string) string {
	switch {
	case strings.Contains(text, ":stateMachine:"):
		return `start a state machine with "Resource": "arn:aws:states:::states:startExecution.sync:2" and its ARN in "StateMachineArn"`
	case strings.Contains(text, ":lambda:"):
		return "a function is arn:aws:lambda:REGION:ACCOUNT:function:NAME"
	}
	return resourceForms
}

// A function's name and qualifier. Source: Lambda API, Invoke.
var (
	functionName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]+$`) })
	qualifier    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\$LATEST(\.PUBLISHED)?|[A-Za-z0-9_-]+)$`) })
)

// functionFault says what is wrong with the name of a function; "" when nothing
// is, or when a placeholder hides it.
func functionFault(r spec.Resource) string {
	switch {
	case isPlaceholder(r.Name) || isPlaceholder(r.Qualifier):
		return ""
	case !functionName().MatchString(r.Name):
		return "an invalid name"
	case r.HasQualifier && r.Qualifier == "":
		return "an empty version or alias"
	case r.HasQualifier && !qualifier().MatchString(r.Qualifier):
		return "an invalid version or alias"
	}
	return ""
}

// isPlaceholder reports whether text is meant to be filled in before AWS sees it:
// ${...}, {{...}}, <...>, #{...}, %...%.
func isPlaceholder(text string) bool {
	for _, marks := range []string{"{}", "<>", "%%"} {
		if _, inside, found := strings.Cut(text, marks[:1]); found && strings.Contains(inside, marks[1:]) {
			return true
		}
	}
	return strings.Contains(text, "...")
}
