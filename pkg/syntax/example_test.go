package syntax_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func ExampleParse() {
	file := syntax.NewFile("flow.asl.json", []byte(`{
  "StartAt": "A"
  "States": {"A": {"Type": 'Pass',}}
}`))
	tree := syntax.Parse(file)
	for _, e := range tree.Errors {
		at := file.Position(e.Span.Start, syntax.CodePoints)
		fmt.Printf("%d:%d %s; %s\n", at.Line, at.Column, e.Message, e.Help)
	}
	fmt.Println(tree.Find("/States/A/Type").(*syntax.String).Value)
	// Output:
	// 2:17 expected a comma between this and "States"; add a comma
	// 3:28 the text stands in single quotes; JSON knows double quotes only; write "Pass"
	// 3:34 trailing comma before "}"; remove the comma
	// Pass
}

func ExampleString_SpanOf() {
	file := syntax.NewFile("x.json", []byte(`{"Output": "{% \"é\" & $x %}"}`))
	s := syntax.Parse(file).Find("/Output").(*syntax.String)
	fmt.Println(s.Value[10:12], file.Text(s.SpanOf(10, 12)))
	// Output: $x $x
}

func ExampleTree_PointerAt() {
	tree := syntax.Parse(syntax.NewFile("x.yaml", []byte("States:\n  A/B:\n    Catch: [x, y]\n")))
	fmt.Println(tree.PointerAt(tree.Find("/States/A~1B/Catch/1").Span()))
	// Output: /States/A~1B/Catch/1
}

func ExampleTree_InsertMember() {
	src := []byte("A:\n  Type: Choice # why\nB: 1\n")
	tree := syntax.Parse(syntax.NewFile("x.yaml", src))
	edit, _ := tree.InsertMember(tree.Find("/A").(*syntax.Object), "Default", `"B"`)
	result, _ := syntax.Apply(src, []syntax.Edit{edit})
	fmt.Print(string(result))
	// Output:
	// A:
	//   Type: Choice # why
	//   Default: B
	// B: 1
}
