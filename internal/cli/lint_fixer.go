package cli

import (
	"bytes"
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
	*linter
	changes map[string]*change // by path
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
// jobs to check again.
func (f *fixer) round() []*job {
	selection := diag.NewFixSelection(func(fix diag.Fix) bool { return fix.Safe || f.flags.fix == fixAll })
	made := round{selection, map[*syntax.File][]syntax.Edit{}, map[string][]syntax.Edit{}}
	done := map[string]bool{}
	for _, j := range f.jobs {
		for i := range j.findings {
			p, ok := f.choose(&j.findings[i], selection)
			if ok && f.apply(j, p, made) {
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
	_, path := f.files.locationOf(chosen.File)
	return proposal{ProposedFix: chosen, file: finding.File, path: path}, path != ""
}

// apply adds the edits to those of the file. In a template the text that they
// put in must be written as the notation around wants it; of the ways to write
// it, the one is taken after which the definition reads as the fix wants it.
func (f *fixer) apply(j *job, p proposal, made round) bool {
	if j.contents.kind == extract.Plain && p.file == p.File {
		made.outer[p.path] = append(made.outer[p.path], p.Outer...)
		return f.write(p, made.outer[p.path])
	}
	inner := slices.Concat(made.inner[p.file], p.Edits)
	for _, written := range spellings(p.File, p.Outer) {
		all := slices.Concat(made.outer[p.path], written)
		content, err := syntax.Apply(p.File.Src, all)
		if err == nil && f.readsAs(j, p, inner, content) {
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
func (f *fixer) readsAs(j *job, p proposal, inner []syntax.Edit, content []byte) bool {
	source := j.content
	if p.path == j.path {
		source = content
	} else {
		f.files.project(j.path).Add(p.path, p.File.Name, content)
	}
	found := f.files.read(j.path, j.source.Name, source, j.substitutions)
	if len(found.faults) > len(j.contents.faults) || readable(found.definitions) < readable(j.contents.definitions) {
		return false
	}
	if p.file.Outer == nil {
		return true
	}
	want, err := syntax.Apply(p.file.Src, inner)
	return err == nil && slices.ContainsFunc(found.definitions, func(d definition) bool {
		return d.machine != nil && bytes.Equal(d.machine.File().Src, want)
	})
}

func readable(definitions []definition) int {
	n := 0
	for _, d := range definitions {
		if d.machine != nil {
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
		f.changes[p.path] = &change{name: p.File.Name, path: p.path, before: p.File.Src}
	}
	f.changes[p.path].after = content
	return true
}

// restore takes back what an attempt told the project.
func (f *fixer) restore(p proposal) {
	content := p.File.Src
	if c := f.changes[p.path]; c != nil {
		content = c.after
	}
	project, _ := f.files.locationOf(p.File)
	project.Add(p.path, p.File.Name, content)
}

// affected gives the changed files their new content and returns the jobs that
// read them.
func (f *fixer) affected(done map[string]bool) []*job {
	if len(done) == 0 {
		return nil
	}
	var jobs []*job
	for _, j := range f.jobs {
		reads := done[j.path]
		for _, d := range j.contents.definitions {
			reads = reads || done[d.path]
		}
		if !reads {
			continue
		}
		for path := range done {
			if path == j.path {
				j.content = f.changes[path].after
				continue
			}
			f.files.project(path).Add(path, f.changes[path].name, f.changes[path].after)
		}
		j.contents = nil
		jobs = append(jobs, j)
	}
	return jobs
}

// made returns the changes, sorted by path.
func (f *fixer) made() []*change {
	var changes []*change
	for _, path := range slices.Sorted(maps.Keys(f.changes)) {
		c := f.changes[path]
		if bytes.Equal(c.before, c.after) {
			continue
		}
		for _, j := range f.jobs {
			if j.path == path && j.source.Stdin() {
				c.path = ""
			}
		}
		changes = append(changes, c)
	}
	return changes
}
