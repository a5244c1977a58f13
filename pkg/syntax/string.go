package syntax

import "sort"

// Offset returns the place in the source of byte i of the decoded value; i may
// be the length of the value. Where an escape or a folded line stands for the
// byte, it is the start of that.
func (s *String) Offset(i int) int {
	i = max(0, min(i, len(s.Value)))
	if len(s.origins) == 0 {
		quote := (s.span.Len() - len(s.Value)) / 2 // one on each side, or none
		return s.clamp(s.span.Start + quote + i)
	}
	next := sort.Search(len(s.origins), func(k int) bool { return s.origins[k].value > i })
	if next == 0 {
		return s.clamp(s.origins[0].source)
	}
	at := s.origins[next-1].source + i - s.origins[next-1].value
	if next < len(s.origins) {
		at = min(at, s.origins[next].source)
	}
	return s.clamp(at)
}

// SpanOf returns the place in the source of the bytes from start to end of the
// decoded value: what an error inside an expression points at.
func (s *String) SpanOf(start, end int) Span {
	from := s.Offset(start)
	return Span{from, max(from, s.Offset(end))}
}

func (s *String) clamp(at int) int { return max(s.span.Start, min(at, s.span.End)) }
