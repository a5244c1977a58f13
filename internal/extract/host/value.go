package host

import (
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Value is what a substitution stands for.
type Value struct {
	Text  string  // what stands in its place, with a ${...} for what is not known
	Known bool    // nothing of it is unknown
	List  []Value // the items, when it is a list whose items can be told apart
}

// Known returns a value that the template itself tells.
func Known(text string) Value { return Value{Text: text, Known: true} }

// Unknown returns the placeholder of a value that only the deployment knows.
// Name says where it comes from, such as "Table.Arn" or "var.region".
func Unknown(name string) Value { return Value{Text: "${" + safeName(name) + "}"} }

// Partly returns a value of which only a part is known; the rest are
// placeholders in the text.
func Partly(text string) Value { return Value{Text: text, Known: !strings.Contains(text, "${")} }

// safeName keeps a name from breaking the string that the placeholder may
// stand in.
func safeName(name string) string {
	const longest = 100
	name = strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == '{' || r == '}' || r == '\\':
			return -1
		case r == '"':
			return '\''
		}
		return r
	}, name)
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "")
	}
	if name == "" {
		return "?"
	}
	return name
}

// Substitution is one ${...} in a text.
type Substitution struct {
	Name    string // what stands between the braces
	Literal bool   // written ${!Name}, which the deployment turns into ${Name}
	Bare    bool   // outside of quotes in JSON, where the text is none before it is filled in
	Place   syntax.Span
}

// Expand returns the text with its substitutions replaced by what lookup says;
// where lookup reports false, they stay. Escape says whether ${!Name} means a
// literal ${Name}, as in Fn::Sub.
func Expand(t *Text, notation syntax.Format, escape bool, lookup func(Substitution) (Value, bool)) *Text {
	out := NewText(t.file)
	out.Expand(t, notation, escape, lookup)
	return out
}

// Expand appends the text as the function of the same name returns it.
func (out *Text) Expand(t *Text, notation syntax.Format, escape bool, lookup func(Substitution) (Value, bool)) {
	source := string(t.src)
	done := 0
	for _, p := range t.pieces {
		if p.settled {
			continue
		}
		for at := max(done, p.Inner.Start); at < p.Inner.End; {
			start, end, ok := findSubstitution(source, at)
			if !ok || start >= p.Inner.End {
				break
			}
			at = end
			s := Substitution{Name: source[start+2 : end-1], Place: t.Place(start, end)}
			if escape {
				s.Name, s.Literal = strings.CutPrefix(s.Name, "!")
			}
			if s.Literal {
				out.AppendPart(t, done, start, s.Place)
				out.AppendPart(t, start, start+2, s.Place)
				out.AppendPart(t, start+3, end, s.Place)
				done = end
				continue
			}
			out.AppendPart(t, done, start, s.Place)
			done = start
			s.Bare = notation == syntax.JSON && !out.quoted && !out.plain
			value, found := lookup(s)
			if !found {
				continue
			}
			out.AppendValue(value, s.Place, notation)
			done = end
		}
	}
	out.AppendPart(t, done, len(source), syntax.Span{})
}

// findSubstitution finds the next ${...} from at on; its end is after the brace.
func findSubstitution(text string, at int) (start, end int, ok bool) {
	for at < len(text) {
		i := strings.Index(text[at:], "${")
		if i < 0 {
			return 0, 0, false
		}
		start = at + i
		i = strings.IndexAny(text[start+2:], "{}\n")
		if i > 0 && text[start+2+i] == '}' {
			return start, start + 2 + i + 1, true
		}
		at = start + 2
	}
	return 0, 0, false
}

// ReplacePattern returns the text with every match of a pattern replaced;
// $1 in the replacement stands for what a group matched.
func ReplacePattern(t *Text, pattern *regexp.Regexp, replacement string) *Text {
	out := NewText(t.file)
	done := 0
	for _, match := range pattern.FindAllSubmatchIndex(t.src, -1) {
		place := t.Place(match[0], match[1])
		out.AppendPart(t, done, match[0], place)
		out.AppendAt(string(pattern.Expand(nil, []byte(replacement), t.src, match)), place)
		done = match[1]
	}
	out.AppendPart(t, done, len(t.src), syntax.Span{})
	return out
}

// Replace returns the text with every occurrence of a word replaced.
func Replace(t *Text, before string, after Value, notation syntax.Format) *Text {
	out := NewText(t.file)
	source := string(t.src)
	done := 0
	for {
		i := strings.Index(source[done:], before)
		if i < 0 {
			out.AppendPart(t, done, len(source), syntax.Span{})
			return out
		}
		start, end := done+i, done+i+len(before)
		place := t.Place(start, end)
		out.AppendPart(t, done, start, place)
		out.AppendValue(after, place, notation)
		done = end
	}
}

// Relocate returns a copy of a tree in which everything stands at span.
func Relocate(n syntax.Node, span syntax.Span) syntax.Node {
	switch n := n.(type) {
	case *syntax.Object:
		members := make([]syntax.Member, 0, len(n.Members))
		for _, member := range n.Members {
			members = append(members, syntax.Member{Key: Placed(span, member.Key.Value), Value: Relocate(member.Value, span)})
		}
		return syntax.NewObject(span, members...)
	case *syntax.Array:
		items := make([]syntax.Node, 0, len(n.Items))
		for _, item := range n.Items {
			items = append(items, Relocate(item, span))
		}
		return syntax.NewArray(span, items...)
	case *syntax.String:
		return Placed(span, n.Value)
	case *syntax.Number:
		return syntax.NewNumber(span, n.Text)
	case *syntax.Bool:
		return syntax.NewBool(span, n.Value)
	case *syntax.Null:
		return syntax.NewNull(span)
	}
	return syntax.NewBad(span)
}

// Placed makes a string all of which stands for span.
func Placed(span syntax.Span, value string) *syntax.String {
	places := make([]int, len(value)+1)
	for i := range places {
		places[i] = span.Start
	}
	places[len(value)] = span.End
	return syntax.NewStringAt(span, value, places)
}
