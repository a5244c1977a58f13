package signature

import "github.com/sfnctl/sfnctl/pkg/value"

// Check matches arguments against the signature. It returns the arguments as
// the function is to get them: the context put in for a missing one, single
// values wrapped for array parameters. The result may share args.
func (s *Signature) Check(args []value.Value, context value.Value) ([]value.Value, error) {
	if s.fitsPlainly(args) {
		return args, nil
	}
	attempt := matching{parameters: s.parameters, whole: true}
	if !attempt.run(args) {
		return nil, s.mismatch(args)
	}
	return s.arrange(args, context, attempt.counts)
}

// fitsPlainly reports whether the arguments can be passed on as they are: each
// parameter takes the one in its place, and only optional ones are left out.
func (s *Signature) fitsPlainly(args []value.Value) bool {
	if len(args) > len(s.parameters) {
		return false
	}
	for i := range s.parameters {
		p := &s.parameters[i]
		switch {
		case i >= len(args):
			if !p.optional || p.context {
				return false
			}
		case p.repeated || !p.fits(args[i]):
			return false
		}
	}
	return true
}

// fits reports whether the parameter takes arg without converting it.
func (p *parameter) fits(arg value.Value) bool {
	kind := KindOf(arg)
	if p.accepts&kind == 0 {
		return false
	}
	return p.letter != 'a' || kind == Missing || kind == Array && (!p.typed || p.holdsOnly(arg))
}

// matching finds how many arguments each parameter takes: as many as possible,
// fewer when the rest does not fit otherwise.
type matching struct {
	parameters []parameter
	whole      bool // no argument may be left over
	counts     []int
	failed     []bool // by parameter and arguments left: known not to match
	args       int
}

func (m *matching) run(args []value.Value) bool {
	m.counts = make([]int, len(m.parameters))
	m.failed = make([]bool, (len(m.parameters)+1)*(len(args)+1))
	m.args = len(args)
	return m.match(args, 0)
}

func (m *matching) match(args []value.Value, at int) bool {
	if at == len(m.counts) {
		return len(args) == 0 || !m.whole
	}
	state := at*(m.args+1) + len(args)
	if m.failed[state] {
		return false
	}
	p := &m.parameters[at]
	most, least := 1, 1
	if p.repeated {
		most = len(args)
	}
	if p.optional {
		least = 0
	}
	taken := 0
	for taken < most && taken < len(args) && p.accepts&KindOf(args[taken]) != 0 {
		taken++
	}
	for ; taken >= least; taken-- {
		m.counts[at] = taken
		if m.match(args[taken:], at+1) {
			return true
		}
	}
	m.failed[state] = true
	return false
}

// mismatch finds the first argument that does not fit: the one at which adding
// a parameter makes the beginning fail.
func (s *Signature) mismatch(args []value.Value) error {
	good := 0
	for n := 1; n <= len(s.parameters); n++ {
		attempt := matching{parameters: s.parameters[:n]}
		if !attempt.run(args) {
			break
		}
		good = 0
		for _, count := range attempt.counts {
			good += count
		}
	}
	err := &Error{Code: "T0410", Index: good + 1}
	if good < len(args) {
		err.Value = args[good]
	}
	return err
}

func (s *Signature) arrange(args []value.Value, context value.Value, counts []int) ([]value.Value, error) {
	out := make([]value.Value, 0, len(args)+1)
	next := 0
	for i, count := range counts {
		p := &s.parameters[i]
		switch {
		case count == 0 && p.context:
			if p.accepts&KindOf(context) == 0 {
				return nil, &Error{Code: "T0411", Value: context, Index: next + 1}
			}
			out = append(out, context)
			continue
		case count == 0: // an optional parameter that is left out still counts
			count = 1
		}
		for range count {
			arg := value.Value{}
			if next < len(args) {
				arg = args[next]
			}
			next++
			arg, err := p.convert(arg, next)
			if err != nil {
				return nil, err
			}
			out = append(out, arg)
		}
	}
	return out, nil
}

// convert wraps a single value for an array parameter and checks the elements.
func (p *parameter) convert(arg value.Value, index int) (value.Value, error) {
	kind := KindOf(arg)
	if p.letter != 'a' || kind == Missing {
		return arg, nil
	}
	if p.typed {
		fits := kind == Array && p.holdsOnly(arg) || kind != Array && len(p.subtype) == 1 && letterKind(p.subtype[0]) == kind
		if !fits {
			return value.Value{}, &Error{Code: "T0412", Value: arg, Index: index, Expected: plurals[p.subtype]}
		}
	}
	if kind != Array {
		arg = value.Array(arg)
	}
	return arg, nil
}

// holdsOnly reports whether all elements have the type in the angle brackets;
// of a longer one only the first letter counts.
func (p *parameter) holdsOnly(array value.Value) bool {
	items := array.Items()
	if len(items) == 0 {
		return true
	}
	if p.subtype == "" {
		return false
	}
	want := letterKind(p.subtype[0])
	for i := range items {
		if KindOf(items[i]) != want {
			return false
		}
	}
	return true
}

var plurals = map[string]string{
	"a": "arrays", "b": "booleans", "f": "functions", "n": "numbers", "o": "objects", "s": "strings",
}
