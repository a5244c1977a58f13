package generate

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// unknown is a value that has not been chosen yet, such as a member of the
// input, with everything that its readers ask of it.
type unknown struct {
	name    string      // of the member that holds it, for example texts
	likely  value.Value // what it is when nobody asks for more; absent when nothing is known
	kind    value.Kind  // what it must be; KindAbsent when it can be anything
	missing bool        // it must not be there
	tests   []test
	members []*unknown // by name, in the order in which they were first read
	element *unknown   // what every element of the array must be
	length  int        // how many elements the array has at least
	content *unknown   // the value whose JSON text the string is
}

// test is a condition on a value, with values that may meet it.
type test struct {
	holds      func(value.Value) bool
	candidates []value.Value
}

// equals is the test that a value is another.
func equals(wanted value.Value) test {
	return test{func(v value.Value) bool { return value.Equal(v, wanted) }, []value.Value{wanted}}
}

// solver changes unknowns in such a way that every change can be taken back.
type solver struct{ changes []func() }

func (s *solver) mark() int { return len(s.changes) }

// back takes all changes since the mark back.
func (s *solver) back(mark int) {
	for len(s.changes) > mark {
		s.changes[len(s.changes)-1]()
		s.changes = s.changes[:len(s.changes)-1]
	}
}

func change[T any](s *solver, place *T, to T) {
	old := *place
	*place = to
	s.changes = append(s.changes, func() { *place = old })
}

// member returns the member of an object; false when the value cannot have it.
func (s *solver) member(u *unknown, name string) (*unknown, bool) {
	if !s.ofKind(u, value.KindObject) {
		return nil, false
	}
	for _, member := range u.members {
		if member.name == name {
			return member, !member.missing
		}
	}
	member := &unknown{name: name, likely: u.likely.Get(name)}
	change(s, &u.members, append(u.members[:len(u.members):len(u.members)], member))
	return member, true
}

// withoutMember requires that an object has no member of that name.
func (s *solver) withoutMember(u *unknown, name string) bool {
	if u.missing || u.kind != value.KindAbsent && u.kind != value.KindObject {
		return true
	}
	for _, member := range u.members {
		if member.name == name {
			return member.missing
		}
	}
	member, ok := s.member(u, name)
	if ok {
		change(s, &member.missing, true)
	}
	return ok
}

// elementOf returns what stands for every element of an array of at least
// length elements.
func (s *solver) elementOf(u *unknown, length int) (*unknown, bool) {
	if !s.ofKind(u, value.KindArray) {
		return nil, false
	}
	if u.element == nil {
		change(s, &u.element, &unknown{name: singular(u.name), likely: u.likely.Index(0)})
	}
	if length > maxLength {
		return nil, false
	}
	if u.length < length {
		change(s, &u.length, length)
	}
	return u.element, true
}

// maxLength bounds the arrays that are made because of an index.
const maxLength = 1000

func singular(name string) string { return strings.TrimSuffix(name, "s") }

// contentOf returns the value whose JSON text a string is.
func (s *solver) contentOf(u *unknown) (*unknown, bool) {
	if !s.ofKind(u, value.KindString) {
		return nil, false
	}
	if u.content == nil {
		likely, err := value.ParseCompact(u.likely.Str())
		if err != nil {
			likely = value.Object()
		}
		change(s, &u.content, &unknown{name: u.name, likely: likely})
	}
	return u.content, true
}

// ofKind requires a kind of value.
func (s *solver) ofKind(u *unknown, kind value.Kind) bool {
	if u.missing || u.kind != value.KindAbsent && u.kind != kind {
		return false
	}
	if u.kind == kind {
		return true
	}
	change(s, &u.kind, kind)
	return u.consistent()
}

// require adds a test; false when no value is known that meets all tests.
func (s *solver) require(u *unknown, t test) bool {
	if u.missing {
		return false
	}
	change(s, &u.tests, append(u.tests[:len(u.tests):len(u.tests)], t))
	return u.consistent()
}

func (u *unknown) consistent() bool { return len(u.tests) == 0 || u.meets(u.value()) }

func (u *unknown) meets(v value.Value) bool {
	if u.kind != value.KindAbsent && v.Kind() != u.kind {
		return false
	}
	for _, t := range u.tests {
		if !t.holds(v) {
			return false
		}
	}
	return true
}

// value chooses a value: the likely one where it will do.
func (u *unknown) value() value.Value {
	switch {
	case u.content != nil:
		return value.String(u.content.value().Compact())
	case len(u.members) > 0:
		return u.object()
	case u.element != nil:
		return u.array()
	}
	if !u.likely.IsAbsent() && u.meets(u.likely) {
		return u.likely
	}
	for _, t := range u.tests {
		for _, candidate := range t.candidates {
			if example := u.exampleText(); candidate.Kind() == value.KindString && u.meets(example) {
				return example // any text will do
			}
			if u.meets(candidate) {
				return candidate
			}
		}
	}
	return u.example()
}

// example is a value of the right kind for want of a better one.
func (u *unknown) example() value.Value {
	examples := []value.Value{
		u.exampleText(), value.Int(1), value.Bool(true), value.Bool(false), value.Object(), value.Array(),
	}
	for _, example := range examples {
		if u.meets(example) {
			return example
		}
	}
	return examples[0]
}

func (u *unknown) exampleText() value.Value {
	return value.String(strings.TrimSpace("example " + u.name))
}

func (u *unknown) object() value.Value {
	v := u.likely
	if v.Kind() != value.KindObject {
		v = value.Object()
	}
	for _, member := range u.members {
		if member.missing {
			v = v.Without(member.name)
		} else {
			v = v.With(member.name, member.value())
		}
	}
	return v
}

func (u *unknown) array() value.Value {
	items := make([]value.Value, max(u.length, len(u.likely.Items())))
	for i := range items {
		items[i] = u.element.value()
	}
	return value.Array(items...)
}
