package intrinsic

import "testing"

func BenchmarkEval(b *testing.B) {
	input := mustValue(b, `{"name":"Ada","n":41,"csv":"a,b,c","list":[1,2,3,4,5,6,7,8],"a":{"x":1},"b":{"y":2}}`)
	for _, text := range []string{
		"States.Format('Hello {}, you are {}', $.name, $.n)", "States.MathAdd($.n, 1)", "States.StringSplit($.csv, ',')", "States.ArrayPartition($.list, 3)", "States.JsonMerge($.a, $.b, false)", "States.Hash($.name, 'SHA-256')",
		"States.ArrayGetItem(States.StringSplit($.csv, ','), 1)",
	} {
		call := mustParse(b, text)
		env := &testEnv{input: input}
		b.Run(call.Name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := call.Eval(env); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("States.Format('Hello {}, you are {}', $.name, States.MathAdd($.n, 1))"); err != nil {
			b.Fatal(err)
		}
	}
}
