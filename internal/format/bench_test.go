package format

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// chain is a state machine of so many states, its fields out of order.
func chain(states int, yaml bool) []byte {
	var b strings.Builder
	if yaml {
		b.WriteString("States:\n")
	} else {
		b.WriteString(`{"States": {`)
	}
	for i := range states {
		if yaml {
			fmt.Fprintf(&b, "  S%d:\n    # goes on\n    Next: S%d\n    Retry:\n    - MaxAttempts: 1\n      ErrorEquals: [States.ALL]\n    Parameters:\n      a: 1\n    Resource: r\n    Type: Task\n", i, i+1)
			continue
		}
		fmt.Fprintf(&b, `"S%d": {"Next": "S%d", "Retry": [{"MaxAttempts": 1, "ErrorEquals": ["States.ALL"]}], "Parameters": {"a": 1}, "Resource": "r", "Type": "Task"},`, i, i+1)
	}
	if yaml {
		fmt.Fprintf(&b, "  S%d:\n    Type: Succeed\nStartAt: S0\n", states)
	} else {
		fmt.Fprintf(&b, `"S%d": {"Type": "Succeed"}}, "StartAt": "S0"}`, states)
	}
	return []byte(b.String())
}

func BenchmarkSource(b *testing.B) {
	for _, name := range []string{"x.json", "x.yaml"} {
		for _, states := range []int{100, 1000, 10000} {
			src := chain(states, name == "x.yaml")
			b.Run(fmt.Sprintf("%s/%d", name, states), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					if _, err := Source(syntax.NewFile(name, src), Style{}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func TestDeepAndWideTextsTakeNoLongTime(t *testing.T) {
	for name, text := range map[string]string{
		"deep.json":     `{"Type": "Pass", "Result": ` + strings.Repeat("[", 900) + strings.Repeat("]", 900) + `}`,
		"wide.json":     `{"Type": "Pass", "Result": [` + strings.Repeat("1,", 200_000) + `1]}`,
		"comments.yaml": "Type: Pass\n" + strings.Repeat("# x\n", 50_000) + "End: true\n",
		"blank.yaml":    "Type: Pass\nResult:\n" + strings.Repeat("\n", 100_000) + "  a: 1\n",
		"items.yaml":    "Type: Pass\nResult:\n" + strings.Repeat("- a: 1\n", 20_000),
		"nested.yaml":   "Type: Pass\nResult:\n" + nest(200),
	} {
		if _, err := Source(syntax.NewFile(name, []byte(text)), Style{}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func nest(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String() + strings.Repeat(" ", depth+1) + "a: 1\n"
}
