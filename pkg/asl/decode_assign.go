package asl

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// decodeAssign reads the Assign of a state, a Catcher or a Choice Rule.
func (d *decoder) decodeAssign(o *object) *Assign {
	body := o.member("Assign")
	if body == nil {
		return nil
	}
	defer d.pop(d.push("Assign"))
	assign := &Assign{Node: body, Variables: make([]*Variable, 0, len(body.Members))}
	for _, member := range d.templateMembers(body) {
		d.judgeVariableName(member)
		assign.Variables = append(assign.Variables, &Variable{NameNode: member.KeyNode, Name: member.Key, Value: member.Value})
	}
	return assign
}

// judgeVariableName checks the name of a variable. Source: Amazon States
// Language, "Assigning variables": ID_Start, then ID_Continue, at most 80
// characters.
func (d *decoder) judgeVariableName(member *TemplateMember) {
	name, span := member.Key, member.KeyNode.Span()
	switch {
	case HasSubstitution(name):
	case name == "states":
		d.report(RuleInvalidVariableName, span, d.subject()+` sets the variable "states", which the service reserves`, "choose another name").
			aws(span, awsReservedName, "Cannot assign to reserved variable '$states'.")
	case utf8.RuneCountInString(name) > spec.MaxVariableName:
		d.report(RuleInvalidVariableName, span,
			fmt.Sprintf("%s sets a variable whose name has more than %d characters", d.subject(), spec.MaxVariableName), "")
	case !isVariableName(name):
		found := d.report(RuleInvalidVariableName, span, fmt.Sprintf("%s sets a variable named %s", d.subject(), quote(name)), variableNameHelp(name)).
			aws(span, awsVariableName, "Invalid variable name '%s': the variable name contains invalid characters.", name)
		if isVariableName(strings.TrimLeft(name, "_")) {
			found.warning() // the specification refuses a leading _; of the service it is not known
		}
	}
}

func isVariableName(name string) bool {
	for i, r := range name {
		if i == 0 && !isIDStart(r) || i > 0 && !isIDContinue(r) {
			return false
		}
	}
	return name != ""
}

func isIDStart(r rune) bool {
	return unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r)
}

func isIDContinue(r rune) bool {
	return isIDStart(r) || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue)
}

func variableNameHelp(name string) string {
	if strings.ContainsAny(name, ".[") {
		return "only a whole variable can be set, not a part of its value"
	}
	if strings.HasPrefix(name, "$") {
		return "write the name without $"
	}
	return "a variable name is a letter followed by letters, digits and _"
}
