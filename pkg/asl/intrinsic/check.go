package intrinsic

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf16"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Problem is a fault of a call that the service accepts when the state machine
// is created, and fails on whenever the call is evaluated.
type Problem struct {
	Start, End int    // byte offsets of the fault
	Message    string // what is wrong and what to write instead
	Suggestion string // what to write between Start and End, when there is one obvious thing
}

// Check looks for faults that show before anything runs: the number of
// arguments, and literal arguments that cannot be right. Nested calls are
// checked as well.
func (c *Call) Check() []Problem {
	var problems []Problem
	c.Walk(func(call *Call) { problems = append(problems, call.check()...) })
	return problems
}

func (c *Call) check() []Problem {
	if message := c.Function.arityMessage(len(c.Args)); message != "" {
		return []Problem{{c.Start, c.End, message, ""}}
	}
	var problems []Problem
	for i := range c.Args {
		argument := &c.Args[i]
		parameter := c.Function.parameter(i)
		if message := argument.mismatch(parameter); message != "" {
			problems = append(problems, Problem{argument.Start, argument.End, c.Name + ": " + message, c.suggestion(i)})
		}
	}
	if len(problems) == 0 {
		problems = c.checkTogether()
	}
	return problems
}

func (f *Function) arityMessage(n int) string {
	switch {
	case n >= f.MinArgs && (n <= f.MaxArgs || f.MaxArgs < 0):
		return ""
	case f.MinArgs == f.MaxArgs:
		return fmt.Sprintf("%s takes %s, not %d", f.Name, countArguments(f.MinArgs), n)
	case f.MaxArgs < 0:
		return fmt.Sprintf("%s takes at least %s, not %d", f.Name, countArguments(f.MinArgs), n)
	}
	return fmt.Sprintf("%s takes %d to %d arguments, not %d", f.Name, f.MinArgs, f.MaxArgs, n)
}

func countArguments(n int) string {
	switch n {
	case 0:
		return "no arguments"
	case 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// mismatch tells what is wrong with an argument whose value, or at least its
// kind, is known; "" when nothing is.
func (a *Argument) mismatch(p parameter) string {
	switch a.Kind {
	case ArgumentLiteral:
		return p.accepts(a.Literal)
	case ArgumentCall:
		kind := a.Call.Function.resultKind()
		if p.kind != value.KindAbsent && kind != value.KindAbsent && kind != p.kind {
			return fmt.Sprintf("the %s must be %s, but %s returns %s", p.name, withArticle(p.kind), a.Call.Name, withArticle(kind))
		}
	}
	return ""
}

// resultKind returns the kind of value the function returns, absent when that
// depends on its arguments.
func (f *Function) resultKind() value.Kind {
	switch f.Name {
	case "States.ArrayGetItem", "States.StringToJson":
		return value.KindAbsent
	case "States.Array", "States.ArrayPartition", "States.ArrayRange", "States.ArrayUnique", "States.StringSplit":
		return value.KindArray
	case "States.ArrayContains":
		return value.KindBool
	case "States.ArrayLength", "States.MathAdd", "States.MathRandom":
		return value.KindNumber
	case "States.JsonMerge":
		return value.KindObject
	}
	return value.KindString
}

func (c *Call) suggestion(i int) string {
	if c.Name == "States.Hash" && i == 1 && c.Args[i].Kind == ArgumentLiteral {
		if near := nearestAlgorithm(c.Args[i].Literal.Str()); near != "" {
			return "'" + near + "'"
		}
	}
	return ""
}

// checkTogether judges arguments that must fit each other: it runs the
// function when all of them are literals, and counts the placeholders of a
// literal template.
func (c *Call) checkTogether() []Problem {
	literals := make([]value.Value, len(c.Args))
	for i := range c.Args {
		if c.Args[i].Kind != ArgumentLiteral {
			literals = nil
			break
		}
		literals[i] = c.Args[i].Literal
	}
	var message string
	switch {
	case c.Name == "States.Format" && c.Args[0].Kind == ArgumentLiteral:
		message = templateMessage(literalTemplate(&c.Args[0]), len(c.Args)-1)
	case literals != nil && c.Name == "States.MathRandom":
		message = boundsMessage(literals)
	case len(literals) > 0:
		if _, err := c.Function.evaluate(&evaluation{whole: c}, c, literals); err != nil {
			message = "these arguments always fail: " + err.(*Failure).Message
		}
	}
	if message == "" {
		return nil
	}
	return []Problem{{c.Start, c.End, c.Name + ": " + message, ""}}
}

const (
	maxCharacters = 10_000 // of Base64Encode, Base64Decode and Hash
	maxRange      = 1000   // elements of ArrayRange
)

func checkLength(v value.Value) string {
	if n := utf16Length(plainText(v)); n > maxCharacters {
		return fmt.Sprintf("the text has %d characters, at most %d are allowed", n, maxCharacters)
	}
	return ""
}

func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

func checkInt32(v value.Value) string {
	if f := v.Float(); math.Floor(f+0.5) > math.MaxInt32 || math.Floor(f+0.5) < math.MinInt32 {
		return "the number must lie between -2147483648 and 2147483647"
	}
	return ""
}

func checkChunkSize(v value.Value) string {
	if v.Float() < 1 {
		return "the chunk size must be at least 1"
	}
	return ""
}

func checkStep(v value.Value) string {
	if math.Trunc(v.Float()) == 0 {
		return "the step must not be 0"
	}
	return ""
}

func checkIndex(v value.Value) string {
	if math.Trunc(v.Float()) < 0 {
		return "the index must not be negative"
	}
	return ""
}

func checkShallow(v value.Value) string {
	if v.Bool() {
		return "deep merge is not supported by the service; write false"
	}
	return ""
}

func checkAlgorithm(v value.Value) string {
	if newHash(v.Str()) == nil {
		return fmt.Sprintf("unknown algorithm '%s'; write one of %s", v.Str(), strings.Join(algorithms[:], ", "))
	}
	return ""
}

// nearestAlgorithm ignores case and hyphens: sha256 means SHA-256.
func nearestAlgorithm(name string) string {
	bare := func(s string) string { return strings.ToUpper(strings.NewReplacer("-", "", "_", "").Replace(s)) }
	for _, algorithm := range algorithms {
		if bare(name) == bare(algorithm) {
			return algorithm
		}
	}
	return ""
}
