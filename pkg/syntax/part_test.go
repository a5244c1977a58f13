package syntax

import "testing"

const partSource = `A: 1
Definition:
  # about the definition
  StartAt: A
  States:
    A: {Type: Pass}
Other: {x: 1, x: 2}
`

func TestAPartKnowsOnlyWhatIsInside(t *testing.T) {
	tree := ParseYAML(NewFile("t.yaml", []byte(partSource)))
	node := tree.Root.(*Object).Get("Definition")
	part := tree.Part(node, node)
	if len(tree.Errors) != 1 || len(part.Errors) != 0 {
		t.Errorf("errors: %v in all, %v inside", tree.Errors, part.Errors)
	}
	if got := part.PointerAt(part.Find("/States/A").Span()); got != "/States/A" {
		t.Errorf("the pointer is %s", got)
	}
}

func TestEditsOfAPartAreMadeInTheWhole(t *testing.T) {
	tree := ParseYAML(NewFile("t.yaml", []byte("Definition:\n  States:\n    A: {Type: Pass}\n    B: !Sub x\nOther: 1\n")))
	node := tree.Root.(*Object).Get("Definition").(*Object)
	states := node.Get("States").(*Object)
	// B is filled in, so that the part has nodes of its own around it.
	filled := NewObject(states.Span(), states.Members[0], Member{states.Members[1].Key, NewString(states.Members[1].Value.Span(), "filled")})
	root := NewObject(node.Span(), Member{node.Members[0].Key, filled})
	part := tree.Part(root, node)
	edit, ok := part.InsertMember(filled.Get("A").(*Object), "End", "true")
	if !ok {
		t.Fatal("no edit")
	}
	got, err := Apply(tree.File.Src, []Edit{edit})
	if want := "Definition:\n  States:\n    A: {Type: Pass, End: true}\n    B: !Sub x\nOther: 1\n"; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	if _, ok := part.ReplaceValue(filled.Get("B"), `"y"`); ok {
		t.Error("a value that a function gives is replaced")
	}
	if _, ok := part.RenameKey(NewString(Span{1, 3}, "x"), "y"); ok {
		t.Error("a key that is not there is renamed")
	}
}
