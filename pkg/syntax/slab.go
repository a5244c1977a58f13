package syntax

// slab hands out values from blocks, so that a tree of thousands of nodes costs
// some tens of allocations.
type slab[T any] struct {
	free []T
	size int
}

const (
	firstBlock = 4
	lastBlock  = 256
)

// one returns a zero T.
func (s *slab[T]) one() *T { return &s.take(1)[0] }

// take returns n zero values in a row; appending to them copies.
func (s *slab[T]) take(n int) []T {
	if n > len(s.free) {
		s.size = max(firstBlock, min(2*s.size, lastBlock))
		s.free = make([]T, max(n, s.size))
	}
	taken := s.free[:n:n]
	s.free = s.free[n:]
	return taken
}

// nodes is where a parser takes its nodes from.
type nodes struct {
	objects slab[Object]
	arrays  slab[Array]
	strings slab[String]
	numbers slab[Number]
	members slab[Member]
	items   slab[Node]
}

func (n *nodes) object(span Span, members []Member) *Object {
	o := n.objects.one()
	o.span = span
	if len(members) > 0 {
		o.Members = n.members.take(len(members))
		copy(o.Members, members)
	}
	return o
}

func (n *nodes) array(span Span, items []Node) *Array {
	a := n.arrays.one()
	a.span = span
	if len(items) > 0 {
		a.Items = n.items.take(len(items))
		copy(a.Items, items)
	}
	return a
}

func (n *nodes) string(span Span, value string) *String {
	s := n.strings.one()
	s.span, s.Value = span, value
	return s
}

func (n *nodes) number(span Span, text string) *Number {
	x := n.numbers.one()
	x.span, x.Text = span, text
	return x
}
