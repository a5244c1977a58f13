package cli

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// drawer is one run of sfnctl graph.
type drawer struct {
	ctx    context.Context
	env    *Env
	flags  *graphFlags
	format render.Format
	stale  []string // files that --check finds out of date
}

// subject is one state machine to draw, with what is told of it.
type subject struct {
	name       string // of the file, as the user gave it, with #NAME in a template
	path       string // of the file the definition stands in; "" for standard input
	machine    *asl.Machine
	graph      *graph.Graph
	analysis   *graph.Analysis
	document   *workspace.Document
	definition *workspace.Definition
}

// noTitle is the --title of a picture without one.
const noTitle = "none"

// newDrawer checks the flags before any work is done.
func newDrawer(ctx context.Context, env *Env, flags *graphFlags) (*drawer, error) {
	d := &drawer{ctx: ctx, env: env, flags: flags}
	return d, d.checkFlags()
}

func (d *drawer) checkFlags() error {
	flags := d.flags
	if err := d.checkWords(); err != nil {
		return err
	}
	overlays := 0
	for _, given := range []bool{flags.history != "", flags.findings, flags.path != "", flags.diff != ""} {
		if given {
			overlays++
		}
	}
	switch {
	case overlays > 1:
		return usagef("a picture shows one of --history, --findings, --path and --diff")
	case flags.check && len(flags.update) == 0 && flags.output == "":
		return usagef("--check needs to know what to check: --update FILE or -o FILE")
	case flags.scale <= 0:
		return usagef("--scale must be more than 0")
	}
	return nil
}

// checkWords reads the flags whose values are words.
func (d *drawer) checkWords() error {
	switch d.flags.engine {
	case "own", "dot":
	default:
		return usagef("unknown engine %q; there are own and dot", d.flags.engine)
	}
	switch render.Theme(d.flags.theme) {
	case render.Auto, render.Light, render.Dark:
	default:
		return usagef("unknown theme %q; there are auto, light and dark", d.flags.theme)
	}
	if d.flags.format == "" {
		return nil
	}
	format, err := parseFormat(d.flags.format)
	d.format = format
	return err
}

func parseFormat(name string) (render.Format, error) {
	for _, format := range render.Formats() {
		if name == string(format) {
			return format, nil
		}
	}
	names := words(render.Formats())
	return "", usagef("unknown format %q; there are %s%s", name, strings.Join(names, ", "), hint(name, names, "", ""))
}

// file draws one state machine.
func (d *drawer) file(argument string) error {
	format, err := d.formatFor(d.flags.output)
	if err != nil {
		return err
	}
	subject, err := d.load(argument)
	if err != nil {
		return err
	}
	picture, err := d.draw(subject, format, d.linksFrom(d.flags.output, subject))
	if err != nil {
		return err
	}
	if d.flags.output == "" {
		_, err := d.env.Stdout.Write(picture)
		return err
	}
	if err := d.put(d.flags.output, picture); err != nil {
		return err
	}
	return d.verdict()
}

// formatFor decides the format: --format, else the suffix of the output, else text.
func (d *drawer) formatFor(output string) (render.Format, error) {
	format := d.format
	switch byName, known := render.FormatOf(output); {
	case format == "" && output == "":
		format = render.Text
	case format == "" && !known:
		return "", usagef("no format goes by the suffix of %s; use --format", output)
	case format == "":
		format = byName
	}
	if format == render.PNG && output == "" && d.env.IsTerminal(d.env.Stdout) {
		return "", usagef("a png is nothing for a terminal; use -o FILE.png")
	}
	if d.flags.engine == "dot" && format != render.SVG && format != render.PNG {
		return "", usagef("--engine dot draws svg and png; --format dot writes what Graphviz reads")
	}
	return format, nil
}

// load reads the one state machine that an argument names.
func (d *drawer) load(argument string) (*subject, error) {
	subjects, err := d.loadAll(argument)
	if err != nil {
		return nil, err
	}
	switch len(subjects) {
	case 0:
		return nil, faultf("%s holds no state machine that can be read; sfnctl lint says why", argument)
	case 1:
	default:
		var names []string
		for _, s := range subjects {
			names = append(names, s.name)
		}
		return nil, usagef("%s holds %d state machines; name one: %s", argument, len(subjects), strings.Join(names, ", "))
	}
	first := subjects[0]
	if len(first.graph.Nodes) == 0 {
		return nil, faultf("%s has no states to draw; sfnctl lint says why", first.name)
	}
	for _, finding := range first.definition.Findings {
		if finding.Severity == diag.Error {
			d.env.note("%s has errors; the picture shows what could be read, and sfnctl lint says more", first.name)
			break
		}
	}
	return first, nil
}

// loadAll reads the state machines in a file or directory, with the
// configuration that governs each.
func (d *drawer) loadAll(argument string) ([]*subject, error) {
	w, err := d.flags.workspace(d.ctx, d.env)
	if err != nil {
		return nil, err
	}
	set, err := w.Open(d.ctx, []string{argument})
	if err != nil {
		return nil, err
	}
	if err := set.Failure(); err != nil {
		return nil, err
	}
	var subjects []*subject
	for _, document := range set.Documents {
		for i := range document.Contents.Definitions {
			if found := &document.Contents.Definitions[i]; found.Machine != nil {
				subjects = append(subjects, newSubject(document, found))
			}
		}
	}
	return subjects, nil
}

func newSubject(document *workspace.Document, found *workspace.Definition) *subject {
	g := graph.Build(found.Machine)
	s := &subject{
		name: document.NameOf(found), path: document.Path, machine: found.Machine, graph: g,
		analysis: graph.Analyze(g, document.Runner.Options.Flow), document: document, definition: found,
	}
	if !document.Stdin() && found.Path != "" {
		s.path = found.Path
	}
	return s
}

// check returns the findings of the linter for a subject.
func (s *subject) check() []diag.Diagnostic {
	return s.document.Check(s.definition)
}

// draw draws a subject with its overlay.
func (d *drawer) draw(s *subject, format render.Format, links func(*graph.Node) string) ([]byte, error) {
	options := d.options(s)
	options.Links = links
	g, err := d.overlay(s, &options)
	if err != nil {
		return nil, err
	}
	if d.flags.engine == "dot" {
		return d.drawWithGraphviz(g, format, options)
	}
	var picture bytes.Buffer
	if err := render.Render(&picture, format, g, options); err != nil {
		return nil, usagef("%s: %w", s.name, err)
	}
	return picture.Bytes(), nil
}

// options says how to draw a subject: its classes and undos as lint sees them.
func (d *drawer) options(s *subject) render.Options {
	options := render.Options{
		Title: d.flags.title, Theme: render.Theme(d.flags.theme), Scale: d.flags.scale,
		Implicit: d.flags.implicit, Legend: !d.flags.noLegend,
		Classes: map[*graph.Node]graph.Class{}, Undoes: map[*graph.Node][]string{},
	}
	switch options.Title {
	case "":
		options.Title = filepath.Base(s.name)
	case noTitle:
		options.Title = ""
	}
	for _, terminal := range s.analysis.Terminals.All {
		if terminal.Node != nil {
			options.Classes[terminal.Node] = terminal.Class
		}
	}
	for _, pair := range s.analysis.Pairs.All {
		options.Undoes[pair.Undo] = append(options.Undoes[pair.Undo], pair.Action.Name())
	}
	return options
}

// linksFrom says where the states of a picture in a file lead: to their line of
// the source, seen from there.
func (d *drawer) linksFrom(output string, s *subject) func(*graph.Node) string {
	pattern := d.flags.link
	file := filepath.ToSlash(s.name)
	switch {
	case pattern == "none" || pattern == "" && (output == "" || s.path == ""):
		return nil
	case pattern == "":
		relative, err := filepath.Rel(filepath.Dir(d.env.path(output)), s.path)
		if err != nil {
			return nil
		}
		pattern, file = "{file}#L{line}", filepath.ToSlash(relative)
	}
	return func(node *graph.Node) string {
		at := node.State.NameNode
		if at == nil {
			return ""
		}
		line := s.machine.File().Position(at.Span().Start, syntax.Bytes).Line
		return strings.NewReplacer("{file}", escapePath(file), "{line}", strconv.Itoa(line)).Replace(pattern)
	}
}

// put writes a file, or with --check notes that it is out of date. A file that
// is current already is left alone.
func (d *drawer) put(name string, content []byte) error {
	old, err := d.env.files.Look(d.ctx, d.env.path(name), name)
	if err == nil && bytes.Equal(old, content) {
		return nil
	}
	if d.flags.check {
		d.stale = append(d.stale, name)
		return nil
	}
	if slices.Contains(d.flags.update, name) { // read in order to be written
		return d.env.files.Write(d.ctx, d.env.path(name), name, content)
	}
	return d.env.writeFile(d.ctx, name, content)
}

// verdict tells with --check what is out of date.
func (d *drawer) verdict() error {
	if len(d.stale) == 0 {
		return nil
	}
	return faultf("out of date: %s; the same command without --check redraws it", strings.Join(d.stale, ", "))
}
