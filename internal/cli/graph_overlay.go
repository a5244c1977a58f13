package cli

import (
	"path/filepath"
	"strings"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
	"github.com/sfnctl/sfnctl/pkg/graph/render/overlay"
)

// overlay adds what the flags ask for on top of a picture. It returns the graph
// to draw.
func (d *drawer) overlay(s *subject, options *render.Options) (*graph.Graph, error) {
	switch {
	case d.flags.path != "":
		shown, err := overlay.Path(s.graph, d.flags.path)
		if err != nil {
			return nil, usagef("--path: %w", err)
		}
		shown.Apply(options)
	case d.flags.findings:
		shown, others := overlay.Findings(s.graph, s.check())
		shown.Apply(options)
		for _, finding := range others {
			d.env.note("%s: %s (%s)", s.name, finding.Message, finding.Rule)
		}
	case d.flags.history != "":
		return s.graph, d.showHistory(s, options)
	case d.flags.diff != "":
		return s.graph, d.showDiff(s, options)
	}
	return s.graph, nil
}

func (d *drawer) showHistory(s *subject, options *render.Options) error {
	data, err := d.env.readFile(d.ctx, "--history", d.flags.history)
	if err != nil {
		return err
	}
	shown, execution, err := overlay.History(s.graph, data)
	if err != nil {
		return usagef("--history: %s: %w", d.flags.history, err)
	}
	if len(execution.Unknown) > 0 {
		d.env.note("%s lacks states that the execution entered: %s; is it the history of another revision?",
			s.name, strings.Join(execution.Unknown, ", "))
	}
	shown.Apply(options)
	if d.flags.title == "" {
		options.Title += " · " + execution.Summary()
	}
	return nil
}

func (d *drawer) showDiff(s *subject, options *render.Options) error {
	old, err := d.oldRevision(s)
	if err != nil {
		return err
	}
	shown, changes := overlay.Diff(old.graph, s.graph)
	shown.Apply(options)
	if d.flags.title == "" {
		options.Title += " · " + changes.String()
	}
	return nil
}

// oldRevision reads what --diff compares with: a file, else the same file in a
// git revision.
func (d *drawer) oldRevision(s *subject) (*subject, error) {
	old := d.flags.diff
	if old == "-" {
		return d.load(old)
	}
	if d.env.files.Exists(d.env.path(old)) {
		return d.load(old)
	}
	if s.path == "" || strings.HasPrefix(old, "-") {
		return nil, usagef("--diff: %s: no such file", old)
	}
	dir, name := filepath.Split(s.path)
	content, err := git(d.ctx, dir, "show", old+":./"+name)
	if err != nil {
		return nil, usagef("--diff: %s is no file, and no git revision that has %s", old, name)
	}
	w, err := d.flags.workspace(d.ctx, d.env)
	if err != nil {
		return nil, err
	}
	found, err := workspace.Choose(w.Decode(s.path, old+":"+name, []byte(content), nil).Definitions, old+":"+name, s.definition.Name)
	if err != nil {
		return nil, err
	}
	return &subject{name: old + ":" + name, machine: found.Machine, graph: graph.Build(found.Machine)}, nil
}
