package workspace

import (
	"context"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/discover"
	"github.com/sfnctl/sfnctl/internal/extract"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// Set is the files that one command works on.
type Set struct {
	*Workspace
	Documents []*Document
	Base      *config.Config // what governs the run as a whole
}

// Document is one file: its text, the state machines in it, and what the linter
// finds.
type Document struct {
	discover.Source
	Location string   // where it lies; for standard input, where its name would
	Content  []byte   // as it is checked; fixing replaces it
	Contents Contents // valid once it is read
	Runner   *lint.Runner

	Machines int // state machines that were checked
	Findings []diag.Diagnostic
	Failure  error // what keeps the file from being read or checked

	read          bool
	only          string // the one state machine that FILE#NAME asks for
	kind          asl.WorkflowType
	hasKind       bool // the options or the configuration say which
	substitutions map[string]string
}

// NameOf is what a state machine of the document is called.
func (d *Document) NameOf(found *Definition) string {
	if found.Name == "" {
		return d.Name
	}
	return d.Name + "#" + found.Name
}

// Open finds the files that the arguments name, reads them, and leaves out those
// met in a walk that are checked with a template that refers to them. A file
// that cannot be read has a Failure and stays in the set.
func (w *Workspace) Open(ctx context.Context, arguments []string) (*Set, error) {
	s, err := w.find(ctx, arguments)
	if err != nil {
		return nil, err
	}
	s.readAll(ctx)
	s.leaveOutReferred()
	return s, s.nothingFound()
}

// find finds the files and decides what holds for each.
func (w *Workspace) find(ctx context.Context, arguments []string) (*Set, error) {
	s := &Set{Workspace: w}
	names, only := w.splitNames(arguments)
	var err error
	if s.Base, err = w.configs.For(ctx, filepath.Join(w.Dir, ".sfnctl.yaml")); err != nil {
		return nil, err
	}
	sources, err := discover.Find(ctx, names, discover.Options{
		Files: w.Files, Dir: w.Dir, StdinName: w.StdinName, Exclude: w.Exclude, Sniff: holdsMachine, Skipped: w.skipped,
	})
	if err != nil {
		return nil, err
	}
	for _, source := range sources {
		document, err := s.document(ctx, source)
		if err != nil {
			return nil, err
		}
		if document != nil {
			document.only = only[document.Location]
			s.Documents = append(s.Documents, document)
		}
	}
	if len(s.Documents) == 0 && !w.Optional {
		return nil, mistakef("nothing to check: no definition in %s; name a file, or use --allow-empty", NameAll(names))
	}
	return s, nil
}

// NameAll names the arguments of a command in a message.
func NameAll(arguments []string) string {
	if len(arguments) == 0 {
		return "this directory"
	}
	return strings.Join(arguments, ", ")
}

// holdsMachine tells whether a file met in a walk is wanted.
func holdsMachine(name string, content []byte) bool {
	return extract.HoldsMachine(name, content) || discover.LooksLikeDefinition(name, content)
}

// document returns nil for a file that the configuration keeps out of walks.
func (s *Set) document(ctx context.Context, source discover.Source) (*Document, error) {
	path := source.Path
	if source.Stdin() {
		path = s.path(source.Name)
	}
	if s.excludes(s.Base, source.Name, path, source.Explicit) {
		return nil, nil
	}
	governing, err := s.configs.For(ctx, path)
	if err != nil {
		return nil, err
	}
	if s.excludes(governing, source.Name, path, source.Explicit) {
		return nil, nil
	}
	settings := governing.For(path)
	runner, err := s.runner(governing, settings)
	if err != nil {
		return nil, err
	}
	kind, err := workflowType(s.Type, settings.Type)
	if err != nil {
		return nil, err
	}
	s.Say("%s: configuration %s", source.Name, orNone(governing.Path))
	return &Document{
		Source: source, Location: path, Content: source.Content, Runner: runner,
		kind: kind, hasKind: s.Type+settings.Type != "", substitutions: settings.Substitutions,
	}, nil
}

// excludes reports whether a configuration keeps a file out of walks.
func (w *Workspace) excludes(by *config.Config, name, path string, explicit bool) bool {
	if explicit || !by.Excludes(path) {
		return false
	}
	w.skipped(name, "excluded by "+by.Path)
	return true
}

func (w *Workspace) skipped(name, reason string) { w.Say("%s: passed over: %s", name, reason) }

func orNone(path string) string {
	if path == "" {
		return "none"
	}
	return path
}

// runner selects the rules for a file: options over configuration over defaults.
func (w *Workspace) runner(governing *config.Config, settings config.Settings) (*lint.Runner, error) {
	selection := lint.Selection{Preset: lint.Preset(settings.Preset), Only: w.Only, Settings: settings.Rules}
	if w.Preset != "" {
		selection.Preset = lint.Preset(w.Preset)
	}
	var layer []lint.Setting
	for _, text := range w.Rules {
		target, level, found := strings.Cut(text, "=")
		if !found {
			level = string(lint.On)
		}
		layer = append(layer, lint.Setting{Target: target, Level: lint.Level(level)})
	}
	lint.SortSettings(layer)
	selection.Settings = slices.Concat(selection.Settings, layer)
	set, err := lint.Select(w.rules, selection)
	if err != nil {
		return nil, err
	}
	flow := governing.Flow()
	flow.Strict = selection.Preset == lint.Strict
	return &lint.Runner{Rules: set, Options: lint.Options{Strict: flow.Strict, Flow: flow}, Fixes: w.Fixes, Consequences: w.Consequences}, nil
}

// workflowType reads the type from the options, else from the configuration.
func workflowType(wanted, configured string) (asl.WorkflowType, error) {
	text := strings.ToUpper(wanted)
	if text == "" {
		text = configured
	}
	switch text {
	case "", asl.Standard.String():
		return asl.Standard, nil
	case asl.Express.String():
		return asl.Express, nil
	}
	return 0, mistakef("unknown workflow type %q; there are STANDARD and EXPRESS", wanted)
}

// readAll reads the documents, as many at a time as there are processors.
func (s *Set) readAll(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range s.Documents {
		group.Go(func() error {
			d.Failure = s.read(ctx, d)
			return nil
		})
	}
	_ = group.Wait() // failures stay with their documents, so that the others are reported
}

// read reads the state machines of a document.
func (s *Set) read(ctx context.Context, d *Document) (err error) {
	defer recoverFault(d, &err)
	if d.read {
		return nil
	}
	if d.Content == nil {
		if d.Content, err = s.load(ctx, d); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if !d.Stdin() {
		s.Files.Note(d.Path)
	}
	found := s.Decode(d.Location, d.Name, d.Content, d.substitutions)
	if d.only != "" {
		chosen, err := Choose(found.Definitions, d.Name, d.only)
		if err != nil {
			return err
		}
		found = Contents{Kind: found.Kind, Definitions: []Definition{*chosen}}
	}
	d.Contents, d.read = found, true
	return nil
}

func (s *Set) load(ctx context.Context, d *Document) ([]byte, error) {
	if d.Stdin() {
		return s.Files.ReadStream(ctx, s.Stdin, d.Name)
	}
	return s.Files.Read(ctx, d.Path, d.Name)
}

// leaveOutReferred leaves out definitions met in a walk that a template refers
// to: they are checked with that template.
func (s *Set) leaveOutReferred() {
	owners := map[string]string{}
	for _, d := range s.Documents {
		if !d.read || d.Contents.Kind == extract.Plain {
			continue
		}
		s.sayWhat(d)
		for _, found := range d.Contents.Definitions {
			if found.Machine != nil && found.Path != d.Location {
				owners[found.Path] = d.Name
			}
		}
	}
	s.Documents = slices.DeleteFunc(s.Documents, func(d *Document) bool {
		owner := owners[d.Location]
		if owner == "" || d.Explicit || !d.read || d.Contents.Kind != extract.Plain {
			return false
		}
		s.skipped(d.Name, "checked with "+owner+", which refers to it")
		return true
	})
}

// sayWhat tells what was found in a template, and what could not be read.
func (s *Set) sayWhat(d *Document) {
	for i := range d.Contents.Definitions {
		found := &d.Contents.Definitions[i]
		if found.Machine == nil {
			s.Say("%s: not read (%s): %s", d.NameOf(found), found.Form, found.Unread)
			continue
		}
		s.Say("%s: %s, %s", d.NameOf(found), d.Contents.Kind, found.Form)
	}
	if len(d.Contents.Definitions) == 0 {
		s.Say("%s: %s without a state machine", d.Name, d.Contents.Kind)
	}
}

// nothingFound is the mistake of naming only templates without a state machine.
func (s *Set) nothingFound() error {
	var names []string
	for _, d := range s.Documents {
		if !d.read || len(d.Contents.Definitions)+len(d.Contents.Faults) > 0 {
			return nil
		}
		names = append(names, d.Name)
	}
	if s.Optional || len(names) == 0 {
		return nil
	}
	return mistakef("nothing to check: no state machine in %s; name a file, or use --allow-empty", NameAll(names))
}
