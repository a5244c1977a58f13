package regex

// node is one part of a parsed pattern.
type node interface{}

type (
	runeNode     struct{ r rune }
	anyNode      struct{}
	classNode    struct{ set *class }
	sequenceNode struct{ parts []node }
	choiceNode   struct{ options []node }
	groupNode    struct {
		index int
		body  node
	} // index 0: not capturing
	backNode      struct{ group int }
	assertionNode struct{ op opcode }
	lookNode      struct {
		body            node
		behind, negated bool
	}
	repeatNode struct {
		body        node
		min, max    int // max < 0: no upper bound
		lazy        bool
		first, last int // the capturing groups inside: first <= index < last
	}
)
