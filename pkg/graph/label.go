package graph

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// maxConditionLength is how many characters of a condition a label shows.
const maxConditionLength = 80

// ConditionText returns the condition of a Choice Rule as a person would say
// it: `$.total > 100 and $.kind is "x"`. Long conditions are cut and end in "…".
func ConditionText(rule *asl.ChoiceRule) string {
	return Shorten(conditionText(rule, false), maxConditionLength)
}

func conditionText(rule *asl.ChoiceRule, nested bool) string {
	if rule == nil {
		return ""
	}
	return asl.Match(rule, asl.RuleCases[string]{
		And:  func(parts []*asl.ChoiceRule) string { return joinConditions(parts, " and ", nested) },
		Or:   func(parts []*asl.ChoiceRule) string { return joinConditions(parts, " or ", nested) },
		Not:  func(part *asl.ChoiceRule) string { return "not (" + conditionText(part, false) + ")" },
		Test: ruleText,
	})
}

func ruleText(rule *asl.ChoiceRule) string {
	switch {
	case rule.Condition != nil:
		return sourceText(rule.Condition)
	case rule.Comparison != nil:
		return comparisonText(sourceText(rule.Variable), rule.Comparison)
	}
	return ""
}

func joinConditions(rules []*asl.ChoiceRule, word string, nested bool) string {
	var b strings.Builder
	for i, rule := range rules {
		if i > 0 {
			b.WriteString(word)
		}
		// A label shows the beginning only; what follows need not be rendered.
		if b.Len() > 4*maxConditionLength {
			break
		}
		b.WriteString(conditionText(rule, len(rules) > 1))
	}
	if nested && len(rules) > 1 {
		return "(" + b.String() + ")"
	}
	return b.String()
}

// comparisonText renders a data-test rule. Operators that compare text and
// numbers are told apart by the quotes of what stands on the right.
func comparisonText(variable string, comparison *asl.Comparison) string {
	operator := strings.TrimSuffix(comparison.Operator, "Path")
	if text, ok := testText(operator, comparison.Value); ok {
		return variable + " " + text
	}
	word := "is"
	for _, c := range comparisons {
		if !strings.HasSuffix(operator, c.ending) {
			continue
		}
		if word = c.word; strings.HasPrefix(operator, "Timestamp") {
			word = c.timeWord
		}
		break
	}
	if operator == "NumericEquals" {
		word = "="
	}
	return variable + " " + word + " " + sourceText(comparison.Value)
}

// tests are the operators that ask what a value is, with what they say when the
// answer asked for is yes and when it is no.
var tests = map[string][2]string{
	"IsPresent":   {"is present", "is absent"},
	"IsNull":      {"is null", "is not null"},
	"IsNumeric":   {"is a number", "is no number"},
	"IsString":    {"is a string", "is no string"},
	"IsBoolean":   {"is a boolean", "is no boolean"},
	"IsTimestamp": {"is a timestamp", "is no timestamp"},
}

// testText renders the operators that ask what a value is.
func testText(operator string, operand *asl.Expression) (string, bool) {
	texts, ok := tests[operator]
	if operand != nil && operand.Kind == asl.Literal && !operand.Literal.Bool() {
		return texts[1], ok
	}
	return texts[0], ok
}

// comparisons are the endings of the other operators, the longer ones first.
var comparisons = []struct{ ending, word, timeWord string }{
	{"LessThanEquals", "<=", "is not after"},
	{"GreaterThanEquals", ">=", "is not before"},
	{"LessThan", "<", "is before"},
	{"GreaterThan", ">", "is after"},
	{"Matches", "matches", ""},
	{"Equals", "is", "is"},
}

// sourceText returns an expression as written, on one line; a literal as JSON.
func sourceText(e *asl.Expression) string {
	if e == nil {
		return "?"
	}
	if e.Kind == asl.Literal {
		return e.Literal.Text()
	}
	text := e.Source
	if text == "" {
		if s, ok := e.Node.(*syntax.String); ok {
			text = s.Value
		}
	}
	return strings.Join(strings.Fields(text), " ")
}

// Shorten cuts text to at most n characters; a cut text ends in "…".
func Shorten(text string, n int) string {
	count := 0
	for i := range text {
		if count == n-1 {
			if rest := []rune(text[i:]); len(rest) > 1 {
				return strings.TrimRight(text[:i], " ") + "…"
			}
			return text
		}
		count++
	}
	return text
}

// joinShort joins the first n names and counts the others.
func joinShort(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}
