package jsonpath

import (
	"strings"
	"unicode/utf16"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// filtering is the evaluation of one filter. Paths that start with $ do not
// depend on the element and are evaluated once.
type filtering struct {
	*walker
	fromRoot map[*Path]value.Value
}

func (e *And) holds(f *filtering, item value.Value) bool {
	return e.Left.holds(f, item) && e.Right.holds(f, item)
}

func (e *Or) holds(f *filtering, item value.Value) bool {
	return e.Left.holds(f, item) || e.Right.holds(f, item)
}

func (e *Not) holds(f *filtering, item value.Value) bool { return !e.Operand.holds(f, item) }

func (e *Exists) holds(f *filtering, item value.Value) bool {
	v := f.resolve(e.Path, item)
	if !e.Path.definite {
		return v.Len() > 0
	}
	return !v.IsAbsent() && !v.IsNull()
}

func (e *Comparison) holds(f *filtering, item value.Value) bool {
	*f.budget--
	left, right := f.operand(&e.Left, item), f.operand(&e.Right, item)
	if e.Operator == Matches {
		return f.matches(e, left, right)
	}
	if left.IsAbsent() || right.IsAbsent() {
		return false
	}
	switch e.Operator {
	case Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual:
		return compares(e.Operator, left, right)
	}
	return f.relates(e.Operator, left, right)
}

// operand returns the value of an operand; absent when its path finds nothing.
func (f *filtering) operand(o *Operand, item value.Value) value.Value {
	if o.Path != nil {
		return f.resolve(o.Path, item)
	}
	return o.compared
}

func (f *filtering) resolve(p *Path, item value.Value) value.Value {
	if p.Root == RootItem {
		return f.inner(p, item)
	}
	v, seen := f.fromRoot[p]
	if !seen {
		v = f.inner(p, f.root)
		if f.fromRoot == nil {
			f.fromRoot = map[*Path]value.Value{}
		}
		f.fromRoot[p] = v
	}
	return v
}

// inner evaluates a path of the filter within the budget of the whole.
func (f *filtering) inner(p *Path, root value.Value) value.Value {
	if !p.definite {
		w := walker{root: f.root, budget: f.budget}
		w.walk(p.Steps, root)
		if w.err != nil {
			f.err = w.err
		}
		return value.Array(w.found...)
	}
	for i := range p.Steps {
		root = p.Steps[i].child(root)
	}
	return root
}

func (f *filtering) matches(e *Comparison, left, right value.Value) bool {
	pattern, target := e.Right.Pattern, left
	if pattern == nil {
		pattern, target = e.Left.Pattern, right
	}
	if pattern.err != nil {
		f.err = pattern.err
		return false
	}
	if target.IsAbsent() || target.IsNull() {
		return false
	}
	return pattern.compiled.MatchString(plainText(target))
}

// plainText is the text of a value: a string's content, anything else as JSON.
func plainText(v value.Value) string {
	if v.Kind() == value.KindString {
		return v.Str()
	}
	return v.Compact()
}

// relates evaluates the operators that are words.
func (f *filtering) relates(operator Operator, left, right value.Value) bool {
	switch operator {
	case In:
		return f.contains(right, left)
	case NotIn:
		return !f.contains(right, left)
	case SubsetOf:
		return left.Kind() == value.KindArray && f.count(left, right) == left.Len()
	case All:
		return left.Kind() == value.KindArray && f.count(right, left) == right.Len()
	case AnyOf:
		return f.count(left, right) > 0
	case NoneOf:
		return left.Kind() == value.KindArray && f.count(left, right) == 0
	case SizeIs:
		size, ok := sizeOf(left)
		return ok && compares(Equal, value.Int(int64(size)), right)
	case Empty:
		size, ok := sizeOf(left)
		return ok && (size == 0) == (plainText(right) == "true")
	case Contains:
		return f.contains(left, right)
	}
	return false
}

// count returns how many elements of items the array set contains.
func (f *filtering) count(items, set value.Value) int {
	n := 0
	for _, item := range items.Items() {
		if f.contains(set, item) {
			n++
		}
	}
	return n
}

// contains reports whether an array has an element equal to v, or a string the
// text of v in it.
func (f *filtering) contains(container, v value.Value) bool {
	if container.Kind() == value.KindString && v.Kind() == value.KindString {
		return strings.Contains(container.Str(), v.Str())
	}
	for _, item := range container.Items() {
		if *f.budget--; *f.budget <= 0 {
			return false
		}
		if compares(Equal, v, item) {
			return true
		}
	}
	return false
}

// sizeOf counts elements, members or UTF-16 units.
func sizeOf(v value.Value) (int, bool) {
	switch v.Kind() {
	case value.KindArray, value.KindObject:
		return v.Len(), true
	case value.KindString:
		n := 0
		for _, r := range v.Str() {
			n += max(utf16.RuneLen(r), 1)
		}
		return n, true
	}
	return 0, false
}
