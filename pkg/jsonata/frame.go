package jsonata

import "github.com/sfnctl/sfnctl/pkg/value"

// frame holds the variables of one entry into a scope: of a block, a function
// body or a tuple of a path.
type frame struct {
	parent *frame
	slots  []value.Value
}

// unbound is in the slot of a variable until something is bound to it; until
// then a variable of the same name further out is seen.
var unbound = value.Value{}.WithTag(tagUnbound)

// newFrame makes a frame whose slots from number bound on are unbound. Small
// ones take a single allocation.
func newFrame(parent *frame, size, bound int) *frame {
	var f *frame
	switch {
	case size <= 2:
		small := &struct {
			frame
			buf [2]value.Value
		}{}
		f, small.slots = &small.frame, small.buf[:size]
	case size <= 5:
		medium := &struct {
			frame
			buf [5]value.Value
		}{}
		f, medium.slots = &medium.frame, medium.buf[:size]
	default:
		f = &frame{slots: make([]value.Value, size)}
	}
	f.parent = parent
	for i := bound; i < size; i++ {
		f.slots[i] = unbound
	}
	return f
}

// up returns the frame so many scopes further out.
func (f *frame) up(hops int) *frame {
	for ; hops > 0; hops-- {
		f = f.parent
	}
	return f
}
