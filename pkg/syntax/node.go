package syntax

// Node is a part of a tree: *[Object], *[Array], *[String], *[Number],
// *[Bool], *[Null] or *[Bad].
type Node interface {
	// Span is the source of the node, quotes and brackets included.
	Span() Span
	node()
}

type base struct{ span Span }

func (b *base) Span() Span { return b.span }
func (*base) node()        {}

// Object is a JSON object or a YAML mapping. Members stand in source order and
// members with the same key are all kept.
type Object struct {
	base
	Members []Member
}

// Member is one member of an object. Value is never nil: a missing one is a *[Bad].
type Member struct {
	Key   *String
	Value Node
}

// Get returns the value of the last member named key, nil when there is none.
// (Of duplicate members the service uses the last.)
func (o *Object) Get(key string) Node {
	if o == nil {
		return nil
	}
	for i := len(o.Members) - 1; i >= 0; i-- {
		if o.Members[i].Key.Value == key {
			return o.Members[i].Value
		}
	}
	return nil
}

// Array is a JSON array or a YAML sequence.
type Array struct {
	base
	Items []Node
}

// String is a string. Value is decoded: escapes replaced, quotes removed.
type String struct {
	base
	Value   string
	origins []origin // how offsets in Value map to the source; nil when they map one to one
}

// origin says that the byte at offset value of a decoded string comes from the
// byte at offset source of the file, and so on up to the next origin.
type origin struct{ value, source int }

// Number is a number; Text is as written.
type Number struct {
	base
	Text string
}

// Bool is true or false.
type Bool struct {
	base
	Value bool
}

// Null is null.
type Null struct{ base }

// Bad stands where a value could not be read or is missing. What could be
// read inside it, if anything, is lost; an [Error] says why.
type Bad struct{ base }

// Kind names what n is, for messages: "object", "array", "string", "number",
// "boolean", "null" or "broken value".
func Kind(n Node) string {
	switch n.(type) {
	case *Object:
		return "object"
	case *Array:
		return "array"
	case *String:
		return "string"
	case *Number:
		return "number"
	case *Bool:
		return "boolean"
	case *Null:
		return "null"
	}
	return "broken value"
}

// aKind is Kind with its article.
func aKind(n Node) string {
	kind := Kind(n)
	if kind == "object" || kind == "array" {
		return "an " + kind
	}
	return "a " + kind
}

// Format is the notation of a source text.
type Format uint8

// The notations that a [Tree] can be parsed from.
const (
	JSON Format = iota
	YAML
)

// Tree is a parsed source text. Root is never nil.
type Tree struct {
	File     *File
	Format   Format
	Root     Node
	Errors   []Error   // in source order
	Comments []Comment // YAML only, in source order
	text     string    // of File, which its parser has made; "" when it is a part of another text
	tags     map[Node]string
	whole    *Tree // the tree of which this is a part
}

// Tag returns the application's tag of n, such as "!Sub" of CloudFormation's
// short forms, and "" when it has none. A scalar with such a tag is a *[String].
func (t *Tree) Tag(n Node) string { return t.tags[n] }

// Error is a violation of the notation, such as a missing comma or a member
// that stands twice.
type Error struct {
	Span    Span
	Code    ErrorCode
	Message string // what is wrong
	Help    string // what to do; may be empty
	Related Span   // the other place, such as the first of two equal members; zero when there is none
}

// ErrorCode tells kinds of [Error] apart.
type ErrorCode uint8

// The kinds of syntax errors.
const (
	Malformed    ErrorCode = iota // the text is not JSON or YAML
	DuplicateKey                  // two members of one object have the same key
	TooDeep                       // nested beyond the limit
	BadEncoding                   // not UTF-8, or a NUL byte
	AliasBomb                     // YAML aliases that expand beyond the limit
	Substitution                  // a placeholder such as ${Name} outside of quotes; the text is JSON once it is filled in
)

// Comment is a YAML comment, its text without the leading "#" and blanks.
type Comment struct {
	Span Span
	Text string
}
