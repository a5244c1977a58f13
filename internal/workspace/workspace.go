// Package workspace finds the definitions that a user means, reads and decodes
// them with the templates and the configuration around them, checks them and
// fixes them. It works on any file system, with the texts of an editor in the
// place of files that are not saved yet, and stops when its context ends. It
// neither prints nor reads the environment.
package workspace

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/extract"
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Options say where a workspace lies and what the user wants of it. What is not
// set is left to the configuration.
type Options struct {
	Files *files.Door
	Dir   string    // an absolute path, where relative ones start
	Stdin io.Reader // what "-" means

	ConfigFile string // instead of the nearest .sfnctl.yaml
	NoConfig   bool

	Preset string
	Only   []string // rules and categories
	Rules  []string // NAME=LEVEL
	Type   string   // STANDARD or EXPRESS
	Fixes  bool     // findings carry their fixes

	Consequences bool // also find what the service answers because of other findings

	Exclude   []string // patterns of paths that walks pass over
	StdinName string   // that standard input goes by
	Optional  bool     // finding no definition at all is no mistake

	Substitutions map[string]string // what ${NAME} stands for
	Parameters    map[string]string // of templates
	AllowOutside  bool              // let templates refer to files outside of the project

	// Say is told what was found where, and why. It may be nil.
	Say func(format string, arguments ...any)
}

// Workspace reads the state machines in files. It is safe for concurrent use.
type Workspace struct {
	Options
	configs *config.Finder
	rules   []*lint.Rule

	mutex    sync.Mutex
	projects map[string]*host.Project // by root
}

// New returns a workspace whose rules are chosen from those given. It fails when
// the configuration that the options name cannot be used.
func New(ctx context.Context, options Options, rules []*lint.Rule) (*Workspace, error) {
	w := &Workspace{Options: options, rules: rules, projects: map[string]*host.Project{}}
	if w.Say == nil {
		w.Say = func(string, ...any) {}
	}
	var err error
	w.configs, err = w.findConfigs(ctx)
	return w, err
}

// findConfigs returns the finder that the options ask for.
func (w *Workspace) findConfigs(ctx context.Context) (*config.Finder, error) {
	switch {
	case w.NoConfig:
		return config.NewFixedFinder(&config.Config{}), nil
	case w.ConfigFile == "":
		return config.NewFinder(w.Files), nil
	}
	fixed, err := config.Read(ctx, w.Files, w.path(w.ConfigFile), w.ConfigFile)
	if isMissing(err) {
		return nil, mistakef("%s: no such configuration file", w.ConfigFile)
	}
	if err != nil {
		return nil, err
	}
	return config.NewFixedFinder(fixed), nil
}

// ConfigFor returns the configuration that governs the file at a path, and an
// empty one where there is none.
func (w *Workspace) ConfigFor(ctx context.Context, path string) (*config.Config, error) {
	return w.configs.For(ctx, path)
}

// path resolves a path that the user gave.
func (w *Workspace) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(w.Dir, name)
}

// project returns the project that a file belongs to: its repository or the
// working directory, whichever is larger, else its own directory.
func (w *Workspace) project(path string) *host.Project {
	root := w.root(path)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	project := w.projects[root]
	if project == nil {
		project = host.NewProject(root, w.AllowOutside)
		project.Door = w.Files
		w.projects[root] = project
	}
	return project
}

// root looks at places after symbolic links: a directory may be reached by
// another name than that of its repository.
func (w *Workspace) root(path string) string {
	dir, base := w.Files.Resolve(filepath.Dir(path)), w.Files.Resolve(w.Dir)
	root := w.repositoryOf(dir)
	relative, err := filepath.Rel(base, dir)
	inside := err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
	if inside && (root == "" || len(base) < len(root)) {
		return base
	}
	if root == "" {
		return dir
	}
	return root
}

// repositoryOf returns the root of the repository around a directory, "" when
// there is none.
func (w *Workspace) repositoryOf(dir string) string {
	for ; ; dir = filepath.Dir(dir) {
		if w.Files.Exists(filepath.Join(dir, ".git")) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// Definition is one state machine that a file holds, with what reading it found.
type Definition struct {
	Machine    *asl.Machine // nil when the definition could not be read
	Findings   []diag.Diagnostic
	Name       string // in its template; "" for a plain definition
	Form       string // how the template writes it
	Unread     string // why it could not be read
	Type       asl.WorkflowType
	HasType    bool // the template says which type
	Deployment *lint.Deployment
	Path       string // of the file that the definition stands in
}

// Contents is what one file holds.
type Contents struct {
	Kind        extract.Kind
	Definitions []Definition
	Faults      []diag.Diagnostic // of a template, outside of its definitions
}

// Decode finds the state machines in a text. path is where it lies, name what
// messages call it; substitutions are those of the configuration.
func (w *Workspace) Decode(path, name string, content []byte, substitutions map[string]string) Contents {
	project := w.project(path)
	file := project.Add(path, name, content)
	request := &host.Request{Project: project, File: file, Substitutions: w.merged(substitutions), Parameters: w.Parameters}
	result := extract.Machines(request)
	if result.Kind == extract.Plain {
		tree := extract.Definition(request)
		machine, findings := asl.Parse(tree)
		return Contents{Definitions: []Definition{{Machine: machine, Findings: findings, Path: path}}}
	}
	c := Contents{Kind: result.Kind}
	for i := range result.Machines {
		c.Definitions = append(c.Definitions, newDefinition(&result.Machines[i], project))
	}
	for _, fault := range result.Faults {
		c.Faults = append(c.Faults, diag.FromSyntax(file, fault))
	}
	return c
}

func newDefinition(m *host.Machine, project *host.Project) Definition {
	d := Definition{
		Name: m.Name, Form: m.Form, Unread: m.Unread, Type: m.Type, HasType: m.HasType, Deployment: m.Deployment,
		Findings: m.Findings, Path: project.Path(m.Definition),
	}
	if m.Tree != nil {
		machine, findings := asl.Parse(m.Tree)
		d.Machine, d.Findings = machine, append(findings, m.Findings...)
	}
	return d
}

// merged adds the substitutions of the options, which are stronger.
func (w *Workspace) merged(configured map[string]string) map[string]string {
	if len(configured) == 0 {
		return w.Substitutions
	}
	all := map[string]string{}
	for _, source := range []map[string]string{configured, w.Substitutions} {
		for name, value := range source {
			all[name] = value
		}
	}
	return all
}

// locationOf returns the path of the file that the user edits.
func (w *Workspace) locationOf(file *syntax.File) (*host.Project, string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, project := range w.projects {
		if path := project.Path(file); path != "" {
			return project, path
		}
	}
	return nil, ""
}
