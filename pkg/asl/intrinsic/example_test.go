package intrinsic_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// inputOnly resolves every path on the state's data.
type inputOnly struct{ input value.Value }

func (e inputOnly) Resolve(path *jsonpath.Path) (value.Value, error) { return path.Eval(e.input) }
func (e inputOnly) Random() float64                                  { return 0 }
func (e inputOnly) UUID() string                                     { return "" }

func ExampleCall_Eval() {
	input, _ := value.Parse(`{"name":"Ada","visits":41}`)
	call, err := intrinsic.Parse("States.Format('{} was here {} times', $.name, States.MathAdd($.visits, 1))")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(call.Eval(inputOnly{input}))
	// Output: "Ada was here 42 times" <nil>
}

func ExampleCall_Check() {
	call, _ := intrinsic.Parse("States.Hash($.name, 'sha256')")
	for _, problem := range call.Check() {
		fmt.Println(problem.Message)
		fmt.Println("write", problem.Suggestion)
	}
	// Output:
	// States.Hash: unknown algorithm 'sha256'; write one of MD5, SHA-1, SHA-256, SHA-384, SHA-512
	// write 'SHA-256'
}

func ExampleParse_suggestion() {
	_, err := intrinsic.Parse("States.ArrayLenght($.a)")
	fmt.Println(err)
	// Output: there is no function 'States.ArrayLenght'; did you mean States.ArrayLength? (at byte 0)
}
