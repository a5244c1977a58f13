package cloudformation

import (
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// numbers finds text that a Definition in a template gets where a number
// belongs: a substitution in an object is always in quotes, and SAM makes a
// substitution of every intrinsic function.
type numbers struct {
	template *template
	machine  *host.Machine
	sam      bool
}

func (n *numbers) check(member syntax.Member) {
	if n == nil || !isNumberField(member.Key.Value) {
		return
	}
	message := ""
	if c, ok := n.template.function(member.Value); ok && n.sam && c.name != "Fn::If" {
		message = "SAM puts text in the place of " + c.name + ", and AWS refuses text as " + quote(member.Key.Value)
	} else if s, ok := member.Value.(*syntax.String); ok && !c.tagged && isPlaceholder(s.Value) {
		message = "a substitution inside of a Definition stays text, and AWS refuses text as " + quote(member.Key.Value)
	}
	if message == "" {
		return
	}
	n.machine.Report(diag.Diagnostic{
		Rule: lint.TextAsNumber, Severity: diag.Error, File: n.template.file, Span: member.Value.Span(),
		Message: message, Help: "write the number itself, or keep the definition in a file of its own, where " + member.Key.Value + ": ${Name} without quotes works",
	})
}

// isPlaceholder reports whether a text is one ${Name} of CloudFormation.
func isPlaceholder(text string) bool {
	name, found := strings.CutPrefix(text, "${")
	name, closed := strings.CutSuffix(name, "}")
	return found && closed && likeAName.MatchString(name)
}

// isNumberField reports whether a field of the language takes a number only.
func isNumberField(name string) bool {
	for _, table := range []*spec.Table{&spec.Machine, &spec.State, &spec.Retrier} {
		if field := table.Find(name); field != nil {
			return field.Kind == spec.IntegerValue || field.Kind == spec.NumberValue
		}
	}
	return false
}

// isPayload reports whether the value of a field may hold anything.
func isPayload(name string) bool {
	switch name {
	case "Parameters", "Arguments", "ResultSelector", "Result", "Output", "Assign", "ItemSelector":
		return true
	}
	return false
}
