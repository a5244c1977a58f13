package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// fixer makes fixes in the files that the user edits: definitions, and the
// templates and other files that hold them.
type fixer struct {
	*Set
	all     bool               // fixes that can change a run that succeeds, too
	changes map[string]*Change // by path
}

// Change is what fixing makes of one file.
type Change struct {
	Name, Path    string // as messages call it, and where it lies; no path for standard input
	Before, After []byte
}

// fixRounds bounds how often files are checked and fixed again: a fix can make
// another one possible.
const fixRounds = 10

// Fix applies the fixes of the findings until nothing is left to fix, and
// returns the changes, sorted by path. Unless all are wanted it applies those
// only that cannot change a run that succeeds. It writes nothing.
func (s *Set) Fix(ctx context.Context, all bool) ([]*Change, error) {
	f := &fixer{Set: s, all: all, changes: map[string]*Change{}}
	for range fixRounds {
		changed := f.round()
		if len(changed) == 0 {
			break
		}
		s.check(ctx, changed)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return f.made(), nil
}

// proposal is a fix of one finding.
type proposal struct {
	diag.ProposedFix
	file *syntax.File // of the finding: the definition
	path string       // of the file that the user edits
}

// round is the edits of one round.
type round struct {
	selection *diag.FixSelection
	inner     map[*syntax.File][]syntax.Edit // in definitions
	outer     map[string][]syntax.Edit       // in the files of the user, by path
}

// round applies to each file the fixes that do not conflict, and returns the
// documents to check again.
func (f *fixer) round() []*Document {
	selection := diag.NewFixSelection(func(fix diag.Fix) bool { return fix.Safe || f.all })
	made := round{selection, map[*syntax.File][]syntax.Edit{}, map[string][]syntax.Edit{}}
	done := map[string]bool{}
	for _, d := range f.Documents {
		for i := range d.Findings {
			p, ok := f.choose(&d.Findings[i], selection)
			if ok && f.apply(d, p, made) {
				selection.Take(p.ProposedFix)
				done[p.path] = true
			}
		}
	}
	return f.affected(done)
}

// choose returns the fix of a finding to make in this round.
func (f *fixer) choose(finding *diag.Diagnostic, selection *diag.FixSelection) (proposal, bool) {
	chosen, ok := selection.Propose(finding)
	if !ok {
		return proposal{}, false
	}
	_, path := f.locationOf(chosen.File)
	return proposal{ProposedFix: chosen, file: finding.File, path: path}, path != ""
}

// apply adds the edits to those of the file. In a template the text that they
// put in must be written as the notation around wants it; of the ways to write
// it, the one is taken after which the definition reads as the fix wants it.
func (f *fixer) apply(d *Document, p proposal, made round) bool {
	if d.Contents.Kind == extract.Plain && p.file == p.File {
		made.outer[p.path] = append(made.outer[p.path], p.Outer...)
		return f.write(p, made.outer[p.path])
	}
	inner := slices.Concat(made.inner[p.file], p.Edits)
	for _, written := range spellings(p.File, p.Outer) {
		all := slices.Concat(made.outer[p.path], written)
		content, err := syntax.Apply(p.File.Src, all)
		if err == nil && f.readsAs(d, p, inner, content) {
			made.outer[p.path], made.inner[p.file] = all, inner
			return f.write(p, all)
		}
	}
	f.restore(p)
	return false
}

// spellings returns the ways to write edits inside of another notation: as they
// are, as a part of a JSON string, with the indentation of the line, and with
// literal ${ escaped.
func spellings(outer *syntax.File, edits []syntax.Edit) [][]syntax.Edit {
	rewrite := func(change func(syntax.Edit) string) []syntax.Edit {
		list := slices.Clone(edits)
		for i := range list {
			list[i].Text = change(list[i])
		}
		return list
	}
	indent := func(edit syntax.Edit) string {
		line := outer.LineSpan(outer.Position(edit.Span.Start, syntax.Bytes).Line)
		text := outer.Text(line)
		blank := text[:len(text)-len(strings.TrimLeft(text, " "))]
		return strings.ReplaceAll(edit.Text, "\n", "\n"+blank)
	}
	return [][]syntax.Edit{
		edits,
		rewrite(func(edit syntax.Edit) string {
			quoted, _ := json.Marshal(edit.Text)
			return string(quoted[1 : len(quoted)-1])
		}),
		rewrite(indent),
	}
}

// readsAs reports whether the file, with its new content, still reads as well as
// before, and the definition as it is after the edits.
func (f *fixer) readsAs(d *Document, p proposal, inner []syntax.Edit, content []byte) bool {
	source := d.Content
	if p.path == d.Location {
		source = content
	} else {
		f.project(d.Location).Add(p.path, p.File.Name, content)
	}
	found := f.Decode(d.Location, d.Name, source, d.substitutions)
	if len(found.Faults) > len(d.Contents.Faults) || readable(found.Definitions) < readable(d.Contents.Definitions) {
		return false
	}
	if p.file.Outer == nil {
		return true
	}
	want, err := syntax.Apply(p.file.Src, inner)
	return err == nil && slices.ContainsFunc(found.Definitions, func(d Definition) bool {
		return d.Machine != nil && bytes.Equal(d.Machine.File().Src, want)
	})
}

func readable(definitions []Definition) int {
	n := 0
	for _, d := range definitions {
		if d.Machine != nil {
			n++
		}
	}
	return n
}

// write records the content of a file after the edits.
func (f *fixer) write(p proposal, edits []syntax.Edit) bool {
	content, err := syntax.Apply(p.File.Src, edits)
	if err != nil || bytes.Equal(content, p.File.Src) {
		return false
	}
	if f.changes[p.path] == nil {
		f.changes[p.path] = &Change{Name: p.File.Name, Path: p.path, Before: p.File.Src}
	}
	f.changes[p.path].After = content
	return true
}

// restore takes back what an attempt told the project.
func (f *fixer) restore(p proposal) {
	content := p.File.Src
	if c := f.changes[p.path]; c != nil {
		content = c.After
	}
	project, _ := f.locationOf(p.File)
	project.Add(p.path, p.File.Name, content)
}

// affected gives the changed files their new content and returns the documents that
// read them.
func (f *fixer) affected(done map[string]bool) []*Document {
	if len(done) == 0 {
		return nil
	}
	var documents []*Document
	for _, d := range f.Documents {
		reads := done[d.Location]
		for i := range d.Contents.Definitions {
			reads = reads || done[d.Contents.Definitions[i].Path]
		}
		if !reads {
			continue
		}
		for path := range done {
			if path == d.Location {
				d.Content = f.changes[path].After
				continue
			}
			f.project(path).Add(path, f.changes[path].Name, f.changes[path].After)
		}
		d.read = false
		documents = append(documents, d)
	}
	return documents
}

// made returns the changes, sorted by path.
func (f *fixer) made() []*Change {
	var changes []*Change
	for _, path := range slices.Sorted(maps.Keys(f.changes)) {
		c := f.changes[path]
		if bytes.Equal(c.Before, c.After) {
			continue
		}
		for _, d := range f.Documents {
			if d.Location == path && d.Stdin() {
				c.Path = ""
			}
		}
		changes = append(changes, c)
	}
	return changes
}
