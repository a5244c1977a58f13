package syntax

// NewObject makes an object. It is for packages that build trees of text in
// other notations, and for tests; so are the other constructors.
func NewObject(span Span, members ...Member) *Object {
	return &Object{base: base{span}, Members: members}
}

// NewArray makes an array.
func NewArray(span Span, items ...Node) *Array {
	return &Array{base: base{span}, Items: items}
}

// NewString makes a string whose value stands in the source as it is, with or
// without a quote on each side.
func NewString(span Span, value string) *String {
	return &String{base: base{span}, Value: value}
}

// NewStringAt makes a string whose bytes stand at the given places: places[i]
// is the offset in the source of value[i], and one more may say where the value
// ends. It is for notations with escapes of their own.
func NewStringAt(span Span, value string, places []int) *String {
	s := NewString(span, value)
	for i, place := range places {
		if i == 0 || place != places[i-1]+1 {
			s.origins = append(s.origins, origin{i, place})
		}
	}
	return s
}

// NewNumber makes a number of its JSON text.
func NewNumber(span Span, text string) *Number { return &Number{base{span}, text} }

// NewBool makes true or false.
func NewBool(span Span, value bool) *Bool { return &Bool{base{span}, value} }

// NewNull makes null.
func NewNull(span Span) *Null { return &Null{base{span}} }

// NewBad makes the node that stands where a value could not be read.
func NewBad(span Span) *Bad { return &Bad{base{span}} }
