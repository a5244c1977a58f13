package asl

import "github.com/sfnctl/sfnctl/pkg/diag"

// The names of the rules under which decoding reports.
const (
	RuleInvalidSyntax        = diag.InvalidSyntax
	RuleDuplicateKey         = diag.DuplicateKey
	RuleUnquotedSubstitution = "unquoted-substitution"
	RuleMissingField         = "missing-field"
	RuleUnknownField         = "unknown-field"
	RuleMisplacedField       = "misplaced-field"
	RuleWrongType            = "wrong-type"
	RuleExclusiveFields      = "exclusive-fields"
	RuleInvalidValue         = "invalid-value"
	RuleQueryLanguage        = "query-language"
	RuleDuplicateState       = "duplicate-state"
	RuleInvalidStateName     = "invalid-state-name"
	RuleUndefinedTarget      = "undefined-target"
	RuleInvalidErrorEquals   = "invalid-error-equals"
	RuleInvalidChoiceRule    = "invalid-choice-rule"
	RuleInvalidPath          = "invalid-path"
	RuleInvalidReferencePath = "invalid-reference-path"
	RuleInvalidIntrinsic     = "invalid-intrinsic"
	RuleInvalidTemplate      = "invalid-template"
	RuleInvalidJSONata       = "invalid-jsonata"
	RuleUnsupportedJSONata   = "unsupported-jsonata"
	RuleInvalidVariableName  = "invalid-variable-name"
	RuleInvalidLabel         = "invalid-label"
)

// RuleInfo describes a rule that decoding itself checks.
type RuleInfo struct {
	Name     string
	Category string
	Summary  string // one sentence, lower-case, no full stop
}

// Rules lists the rules that decoding checks, in the order of their categories.
func Rules() []RuleInfo {
	return []RuleInfo{
		{RuleInvalidSyntax, "syntax", "the text is not JSON or YAML that can be read"},
		{RuleDuplicateKey, "syntax", "two members of one object have the same key, of which only the last counts"},
		{RuleUnquotedSubstitution, "syntax", "a substitution outside of quotes makes the file a template, of which only the rest is checked"},
		{RuleMissingField, "structure", "a required field is absent"},
		{RuleUnknownField, "structure", "the language has no such field"},
		{RuleMisplacedField, "structure", "the field exists, but not in this place or not in this query language"},
		{RuleWrongType, "structure", "the value of a field is of another JSON type than the field takes"},
		{RuleExclusiveFields, "structure", "two fields stand together that exclude each other"},
		{RuleInvalidValue, "structure", "the value of a field is outside of what the field accepts"},
		{RuleQueryLanguage, "structure", "a state may not go back to JSONPath in a JSONata state machine"},
		{RuleDuplicateState, "structure", "two states of the machine have the same name"},
		{RuleInvalidStateName, "structure", "a state name is empty or longer than 80 characters"},
		{RuleInvalidLabel, "structure", "the Label of a Map is too long, holds a forbidden character or occurs twice"},
		{RuleUndefinedTarget, "flow", "a transition leads to a state that does not exist in its States object"},
		{RuleInvalidErrorEquals, "errors", "an ErrorEquals list that the service refuses, such as States.ALL beside other names"},
		{RuleInvalidChoiceRule, "flow", "a Choice Rule without exactly one test"},
		{RuleInvalidPath, "data", "a JSONPath expression that does not parse or is not allowed in its field"},
		{RuleInvalidReferencePath, "data", "a path that must name exactly one place does not"},
		{RuleInvalidIntrinsic, "data", "an intrinsic function call that the service refuses"},
		{RuleInvalidTemplate, "data", "a Payload Template whose .$ fields cannot be evaluated"},
		{RuleInvalidJSONata, "data", "a JSONata string that does not parse or is not closed"},
		{RuleUnsupportedJSONata, "data", "a JSONata expression reads what Step Functions does not offer in its place"},
		{RuleInvalidVariableName, "data", "a variable name that Assign does not take"},
	}
}

func categoryOf(rule string) string {
	for _, info := range Rules() {
		if info.Name == rule {
			return info.Category
		}
	}
	return ""
}
