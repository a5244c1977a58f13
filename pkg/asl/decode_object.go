package asl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// object is an object of the definition with the table of its fields. Its
// values are read through the methods of decode_field.go.
type object struct {
	d        *decoder
	node     *syntax.Object
	table    *spec.Table
	types    spec.Types    // of the state; 0 when it is no state
	language spec.Language // in effect; Both when it is not known
	misspelt []string      // the fields that unknown ones were meant to be
}

// open judges which fields an object has: unknown ones, ones that belong
// elsewhere, missing ones, and ones that exclude each other.
func (d *decoder) open(node *syntax.Object, table *spec.Table, types spec.Types, language spec.Language) *object {
	o := &object{d: d, node: node, table: table, types: types, language: language}
	for i := range node.Members {
		o.judgeMember(node.Members[i].Key)
	}
	o.judgeMissing()
	o.judgeGroups()
	return o
}

// get returns the value of a field that the object may have; nil when it is
// absent, misplaced, or could not be read.
func (o *object) get(name string) syntax.Node {
	value := o.node.Get(name)
	if value == nil {
		return nil
	}
	if _, broken := value.(*syntax.Bad); broken {
		return nil
	}
	if field := o.table.Find(name); field == nil || !o.accepts(field) {
		return nil
	}
	return value
}

func (o *object) accepts(field *spec.Field) bool {
	return (field.Types == 0 || field.Types&o.types != 0) && o.speaks(field)
}

func (o *object) speaks(field *spec.Field) bool {
	return field.Language == spec.Both || o.language == spec.Both || field.Language == o.language
}

func (o *object) judgeMember(key *syntax.String) {
	field := o.table.Find(key.Value)
	switch {
	case field == nil && o.isOperator(key.Value), HasSubstitution(key.Value):
	case field == nil && isForeignObject(o.table, key.Value):
		o.reportElsewhere(key)
	case field == nil:
		o.reportUnknown(key)
	case field.Types != 0 && field.Types&o.types == 0:
		o.reportWrongStateType(key, field)
	case !o.speaks(field):
		o.reportWrongLanguage(key, field)
	}
}

// isOperator reports whether name is a comparison operator in a Choice Rule,
// which its own decoder reads.
func (o *object) isOperator(name string) bool {
	if o.table != &spec.ChoiceRule && o.table != &spec.NestedRule {
		return false
	}
	operator, _ := spec.FindOperator(name)
	return operator != nil
}

func (o *object) reportUnknown(key *syntax.String) {
	meant := o.d.suggest(key.Value, o.candidates())
	if meant != "" {
		o.misspelt = append(o.misspelt, meant)
	}
	help := didYouMean(meant)
	if help == "" && len(o.table.Fields) <= 9 {
		help = o.table.Name + " has the fields " + list(o.fieldNames(), "and")
	}
	o.d.report(RuleUnknownField, key.Span(), fmt.Sprintf("%s has no field %s", o.d.subject(), quote(key.Value)), help).
		schema(o.node.Span(), "Field '%s' is not supported", key.Value).
		replacing(key, meant)
}

// fieldNames lists the fields that such an object can have.
func (o *object) fieldNames() []string {
	var names []string
	for i := range o.table.Fields {
		if field := &o.table.Fields[i]; o.accepts(field) {
			names = append(names, field.Name)
		}
	}
	return names
}

// candidates are the names that an unknown field may have been meant to be:
// those of the fields that are not there yet.
func (o *object) candidates() []string {
	names := slices.DeleteFunc(o.fieldNames(), o.has)
	if o.table == &spec.ChoiceRule || o.table == &spec.NestedRule {
		names = append(names, spec.OperatorNames()...)
	}
	return names
}

func (o *object) reportWrongStateType(key *syntax.String, field *spec.Field) {
	stateType := o.d.state.Type.String()
	message := fmt.Sprintf("%s is %s state, which has no field %s", o.d.subject(), withArticle(stateType), quote(key.Value))
	help := fmt.Sprintf("%s belongs in %s states", quote(key.Value), join(field.Types.Names(), "and"))
	if field.Types == spec.Piping {
		help = fmt.Sprintf("all states but %s have %s", stateType, quote(key.Value))
	}
	o.d.report(RuleMisplacedField, key.Span(), message, help).
		schema(o.node.Span(), "Field '%s' is not supported", key.Value)
}

// reportElsewhere reports a field that other objects have.
func (o *object) reportElsewhere(key *syntax.String) {
	message := fmt.Sprintf("%s has no field %s", o.d.subject(), quote(key.Value))
	help := placeOf(o.table, key.Value)
	o.d.report(RuleMisplacedField, key.Span(), message, help).
		schema(o.node.Span(), "Field '%s' is not supported", key.Value)
}

// judgeMissing reports the required fields that are absent, all in one finding,
// as the service does. A field that an unknown one was meant to be is not missing.
func (o *object) judgeMissing() {
	var missing []string
	for i := range o.table.Fields {
		field := &o.table.Fields[i]
		if field.Required && o.requires(field) && !o.has(field.Name) && !slices.Contains(o.misspelt, field.Name) && !o.endsInstead(field) {
			missing = append(missing, field.Name)
		}
	}
	if len(missing) > 0 && !o.hasSubstitutedKey() {
		o.reportMissing(missing...)
	}
}

// endsInstead reports whether an object that must lead on has an End in the
// place of its Next, which is reported.
func (o *object) endsInstead(field *spec.Field) bool {
	return field.Name == "Next" && o.has("End") && o.table != &spec.State
}

// requires reports whether a field that is required somewhere is so here. Of a
// state whose Type is not known only the Type itself is.
func (o *object) requires(field *spec.Field) bool {
	return o.accepts(field) && (o.types != unknownType || field.Types == spec.All)
}

// unknownType marks the object of a state whose Type is not known: it may have
// every field and needs none.
const unknownType = spec.All

func (o *object) reportMissing(names ...string) finding {
	word := "field"
	if len(names) > 1 {
		word = "fields"
	}
	return o.d.report(RuleMissingField, o.span(), fmt.Sprintf("%s lacks the %s %s", o.d.subject(), word, list(names, "and")), o.missingHelp(names)).
		schema(o.node.Span(), "These fields are required: [%s]", strings.Join(names, ", "))
}

// missingHelp shows what to write for the first of the missing fields.
func (o *object) missingHelp(names []string) string {
	if names[0] == "Type" && o.d.state.Type != Unknown {
		return fmt.Sprintf(`add "Type": %s`, quote(o.d.state.Type.String()))
	}
	example := map[string]string{
		"Type":        `"Type" with one of Task, Wait, Pass, Succeed, Fail, Choice, Parallel and Map`,
		"Resource":    `"Resource": "arn:aws:states:::lambda:invoke"`,
		"StartAt":     `"StartAt" with the name of the first state`,
		"States":      `"States": {...}`,
		"Choices":     `"Choices": [{...}]`,
		"Branches":    `"Branches": [{"StartAt": ..., "States": {...}}]`,
		"ErrorEquals": `"ErrorEquals": ["States.ALL"]`,
		"Next":        `"Next" with the name of the state to go to`,
	}[names[0]]
	if example == "" || len(names) > 1 {
		return ""
	}
	return "add " + example
}

// span is the place for what concerns the object as a whole: the name of a
// state, else the object.
func (o *object) span() syntax.Span {
	if o.table == &spec.State {
		return o.d.state.NameNode.Span()
	}
	return o.node.Span()
}

func (o *object) has(name string) bool { return o.node.Get(name) != nil }

// hasSubstitutedKey reports whether a key of the object is a ${...}, behind
// which any field can hide.
func (o *object) hasSubstitutedKey() bool {
	return slices.ContainsFunc(o.node.Members, func(m syntax.Member) bool { return HasSubstitution(m.Key.Value) })
}
