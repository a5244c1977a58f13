package asl

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func specLanguage(language QueryLanguage) spec.Language {
	if language == JSONata {
		return spec.JSONataOnly
	}
	return spec.JSONPathOnly
}

// machineLanguage returns the language that the state machine names, the
// default when it names none. When what it says is no language, each state tells
// by its fields, so that one slip does not make every field look wrong.
func (d *decoder) machineLanguage(o *object) (language QueryLanguage, guess bool) {
	text := o.text("QueryLanguage")
	if text == nil {
		text = strayLanguage(o.node)
	}
	switch {
	case text != nil:
		language, known := languageNamed(text.Value)
		return language, !known
	case o.has("QueryLanguage"):
		return JSONPath, true
	}
	return JSONPath, false
}

// strayLanguage returns a QueryLanguage that has slipped into States, where it
// is reported: what was meant is clear.
func strayLanguage(root *syntax.Object) *syntax.String {
	states, _ := root.Get("States").(*syntax.Object)
	stray, _ := states.Get("QueryLanguage").(*syntax.String)
	return stray
}

// languageNamed returns the language of that name, whatever its case.
func languageNamed(name string) (language QueryLanguage, known bool) {
	switch {
	case strings.EqualFold(name, JSONata.String()):
		return JSONata, true
	case strings.EqualFold(name, JSONPath.String()):
		return JSONPath, true
	}
	return JSONPath, false
}

// stateLanguage returns the language that a state is written in: its own, else
// that of the state machine. That of an owning Map or Parallel does not count.
func (d *decoder) stateLanguage(body *syntax.Object) QueryLanguage {
	switch own := body.Get("QueryLanguage").(type) {
	case nil:
		if !d.guessing {
			return d.machine.QueryLanguage
		}
	case *syntax.String:
		if language, known := languageNamed(own.Value); known {
			return language
		}
	}
	return guessLanguage(body, d.machine.QueryLanguage)
}

// guessLanguage tells the language of a state from the fields that only one of
// the two has, in the state itself or in its Choice Rules.
func guessLanguage(body *syntax.Object, otherwise QueryLanguage) QueryLanguage {
	for _, member := range body.Members {
		if language, known := languageOf(&spec.State, member.Key.Value); known {
			return language
		}
	}
	rules, _ := body.Get("Choices").(*syntax.Array)
	if rules == nil {
		return otherwise
	}
	for _, item := range rules.Items {
		rule, _ := item.(*syntax.Object)
		if rule == nil {
			continue
		}
		for _, member := range rule.Members {
			if language, known := languageOf(&spec.ChoiceRule, member.Key.Value); known {
				return language
			}
		}
	}
	return otherwise
}

// languageOf returns the only language that has a field; known is false for a
// field of both or none.
func languageOf(table *spec.Table, name string) (language QueryLanguage, known bool) {
	field := table.Find(name)
	if field == nil || field.Language == spec.Both {
		return JSONPath, false
	}
	if field.Language == spec.JSONataOnly {
		return JSONata, true
	}
	return JSONPath, true
}

func (d *decoder) judgeLanguage(o *object) {
	text := o.text("QueryLanguage")
	if text == nil || text.Value != JSONPath.String() || d.machine.QueryLanguage != JSONata {
		return
	}
	d.report(RuleQueryLanguage, text.Span(),
		d.subject()+` sets QueryLanguage "JSONPath" in a state machine whose QueryLanguage is "JSONata"`,
		`to mix languages, leave the state machine at JSONPath and set "QueryLanguage": "JSONata" in single states`).
		schema(o.node.Span(), "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine")
}
