package syntax

// Embedding tells where the text of a [File] stands in another file: a
// definition inside a template, possibly cut into pieces, each with its own
// place.
type Embedding struct {
	File     *File     // the outer file
	Segments []Segment // in order of Inner, without gaps
}

// Segment maps a range of the inner text to the outer file. When Exact, the
// two ranges have the same bytes and offsets shift by a constant; otherwise
// all of Inner comes from Outer as a whole (a substitution, an escape).
type Segment struct {
	Inner, Outer Span
	Exact        bool
}

// Locate returns the file a user edits and the place in it that s stands for;
// exact is false when the place is only the surroundings of s. A file that is
// not embedded returns itself.
func (f *File) Locate(s Span) (outer *File, place Span, exact bool) {
	if f.Outer == nil {
		return f, s, true
	}
	start, startExact := f.Outer.locate(s.Start, false)
	end, endExact := f.Outer.locate(s.End, true)
	outer, place, exact = f.Outer.File.Locate(Span{start, max(start, end)})
	return outer, place, exact && startExact && endExact
}

// locate maps one offset; atEnd says that it ends a span, so that at a seam it
// belongs to the segment before.
func (e *Embedding) locate(offset int, atEnd bool) (int, bool) {
	for _, segment := range e.Segments {
		inside := offset < segment.Inner.End || atEnd && offset == segment.Inner.End
		if !inside {
			continue
		}
		if segment.Exact {
			return segment.Outer.Start + offset - segment.Inner.Start, true
		}
		if atEnd {
			return segment.Outer.End, offset == segment.Inner.End
		}
		return segment.Outer.Start, offset == segment.Inner.Start
	}
	if n := len(e.Segments); n > 0 {
		return e.Segments[n-1].Outer.End, true
	}
	return 0, false
}
