package security

import (
	"iter"
	"regexp"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// constant is a text of a state, with the key it stands under.
type constant struct {
	state *asl.State
	key   string
	text  *syntax.String
}

// constants yields the texts in the definition of each state, without Comments
// and those of the states inside it.
func constants(machine *asl.Machine) iter.Seq[constant] { return textsOf(machine, false) }

// texts yields the constants of each state and its Comment.
func texts(machine *asl.Machine) iter.Seq[constant] { return textsOf(machine, true) }

func textsOf(machine *asl.Machine, comments bool) iter.Seq[constant] {
	return func(yield func(constant) bool) {
		for state := range machine.States() {
			if state.Node == nil {
				continue
			}
			for i := range state.Node.Members {
				member := &state.Node.Members[i]
				switch member.Key.Value {
				case "Branches", "ItemProcessor", "Iterator":
					continue
				case "Comment":
					if !comments {
						continue
					}
				}
				if !yieldTexts(state, member.Key.Value, member.Value, yield) {
					return
				}
			}
		}
	}
}

func yieldTexts(state *asl.State, key string, node syntax.Node, yield func(constant) bool) bool {
	switch node := node.(type) {
	case *syntax.String:
		return yield(constant{state, key, node})
	case *syntax.Array:
		for _, item := range node.Items {
			if !yieldTexts(state, key, item, yield) {
				return false
			}
		}
	case *syntax.Object:
		for i := range node.Members {
			if !yieldTexts(state, node.Members[i].Key.Value, node.Members[i].Value, yield) {
				return false
			}
		}
	}
	return true
}

// pattern returns a regular expression that is compiled when it is first used.
// Few definitions need one, and compiling all of them takes longer than linting.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
