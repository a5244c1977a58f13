package asl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func (o *object) judgeGroups() {
	for i := range o.table.Groups {
		group := &o.table.Groups[i]
		if o.types == unknownType || group.Types != 0 && group.Types&o.types == 0 {
			continue
		}
		o.judgeGroup(group)
	}
}

func (o *object) judgeGroup(group *spec.Group) {
	var present []*syntax.String
	for i := range o.node.Members {
		member := &o.node.Members[i]
		if slices.Contains(group.Fields, member.Key.Value) && !isAbsent(member) && o.accepts(o.table.Find(member.Key.Value)) {
			present = appendKey(present, member.Key)
		}
	}
	switch {
	case len(present) > 1:
		o.reportExclusive(group, present)
	case len(present) == 0 && group.Required && !o.isExcused(group):
		o.reportNone(group)
	}
}

// appendKey adds a key unless it is a duplicate of one already there.
func appendKey(keys []*syntax.String, key *syntax.String) []*syntax.String {
	if slices.ContainsFunc(keys, func(k *syntax.String) bool { return k.Value == key.Value }) {
		return keys
	}
	return append(keys, key)
}

// isAbsent reports whether a member counts as not there: "End": false.
func isAbsent(member *syntax.Member) bool {
	end, ok := member.Value.(*syntax.Bool)
	return ok && !end.Value && member.Key.Value == "End"
}

// isExcused reports whether the absence of a group follows from what has been
// reported already, or may be filled in by a substitution.
func (o *object) isExcused(group *spec.Group) bool {
	for _, name := range group.Fields {
		if slices.Contains(o.misspelt, name) {
			return true
		}
		if field := o.table.Find(name); o.has(name) && !o.speaks(field) {
			return true
		}
	}
	return o.hasSubstitutedKey()
}

func (o *object) reportExclusive(group *spec.Group, present []*syntax.String) {
	names := make([]string, len(present))
	for i, key := range present {
		names[i] = key.Value
	}
	both := "both "
	if len(names) > 2 {
		both = ""
	}
	message := fmt.Sprintf("%s has %s%s", o.d.subject(), both, list(names, "and"))
	o.d.report(RuleExclusiveFields, present[1].Span(), message, "keep one of them").
		schema(o.node.Span(), "There should only be one of the following fields: [%s]", strings.Join(group.Fields, ", ")).
		related(present[0].Span(), "the other one")
}

func (o *object) reportNone(group *spec.Group) {
	names := o.spoken(group.Fields)
	message := fmt.Sprintf("%s has neither %s", o.d.subject(), list(names, "nor"))
	if len(names) > 2 {
		message = fmt.Sprintf("%s has none of %s", o.d.subject(), list(names, "and"))
	}
	found := o.d.report(RuleMissingField, o.span(), message, groupHelp(group))
	if group.Either {
		found.schema(o.node.Span(), "This object should have only one of the following fields: [%s]", strings.Join(group.Fields, ", "))
	} else {
		found.schema(o.node.Span(), "There should only be one of the following fields: [%s]", strings.Join(group.Fields, ", "))
	}
}

// spoken picks those of names that exist in the query language of the object,
// in the order of the table.
func (o *object) spoken(names []string) []string {
	var spoken []string
	for i := range o.table.Fields {
		if field := &o.table.Fields[i]; slices.Contains(names, field.Name) && o.speaks(field) {
			spoken = append(spoken, field.Name)
		}
	}
	return spoken
}

func groupHelp(group *spec.Group) string {
	switch group.Fields[0] {
	case "Next":
		return `add "Next" with the name of the state to go to, or "End": true`
	case "ItemProcessor":
		return `add "ItemProcessor": {"StartAt": ..., "States": {...}}`
	case "SecondsPath":
		return `say how long to wait, such as "Seconds": 10`
	}
	return "add one of them"
}
