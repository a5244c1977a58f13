package spec

// ShapeKind is the kind of values that a [Shape] describes.
type ShapeKind uint8

// The kinds of shapes. tools/apimodels numbers them alike.
const (
	Structure ShapeKind = iota // an object with named members
	List
	MapOf // an object with free keys
	String
	Blob // bytes: text, or Base64
	Boolean
	Integer
	Float
	Timestamp
	Document // any JSON
)

// Shape describes a parameter or a result of an API. Shapes are shared and
// must not be changed. They may contain themselves: a walker follows a value,
// not the shape.
type Shape struct {
	Kind     ShapeKind
	Min, Max *float64 // of a number its value, of String, Blob, List and MapOf its length; nil without a bound
	Enum     []string // String: the values it can have; nil when it is free
	Members  []Member // Structure
	Element  *Shape   // List: the elements; MapOf: the values
}

// Member is a named member of a Structure.
type Member struct {
	Name       string
	Required   bool
	Deprecated bool
	Shape      *Shape
}

// Member returns the member named name, nil when there is none.
func (s *Shape) Member(name string) *Member {
	for i := range s.Members {
		if s.Members[i].Name == name {
			return &s.Members[i]
		}
	}
	return nil
}

// MemberNames returns the names of the members in the order of the API.
func (s *Shape) MemberNames() []string {
	names := make([]string, len(s.Members))
	for i := range s.Members {
		names[i] = s.Members[i].Name
	}
	return names
}
