package cli

import (
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/pflag"

	"github.com/sfnctl/sfnctl/internal/extract"
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// templateFlags say how templates are read; several commands have them.
type templateFlags struct {
	substitute   []string
	parameters   string
	allowOutside bool
}

func (f *templateFlags) register(set *pflag.FlagSet) {
	set.StringArrayVar(&f.substitute, "substitute", nil, "NAME=VALUE, what ${NAME} stands for; may be given several times")
	set.StringVar(&f.parameters, "parameters", "", "file with the values of a template's parameters: JSON, YAML or .tfvars")
	set.BoolVar(&f.allowOutside, "allow-outside", false, "let templates refer to files outside of the project")
}

// workspace finds the state machines in files. It is safe for concurrent use.
type workspace struct {
	env           *Env
	allowOutside  bool
	substitutions map[string]string // of the command line
	parameters    map[string]string

	mutex    sync.Mutex
	projects map[string]*host.Project // by root
}

func newWorkspace(env *Env, flags *templateFlags) (*workspace, error) {
	w := &workspace{env: env, allowOutside: flags.allowOutside, substitutions: map[string]string{}, projects: map[string]*host.Project{}}
	for _, text := range flags.substitute {
		name, value, found := strings.Cut(text, "=")
		if !found || name == "" {
			return nil, usagef("--substitute is %q; it must be NAME=VALUE", text)
		}
		w.substitutions[name] = value
	}
	if flags.parameters == "" {
		return w, nil
	}
	content, err := env.readFile(flags.parameters)
	if os.IsNotExist(err) {
		return nil, usagef("--parameters: %s: no such file", flags.parameters)
	}
	if err != nil {
		return nil, err
	}
	if w.parameters, err = extract.ReadParameters(flags.parameters, content); err != nil {
		return nil, usagef("--parameters: %w", err)
	}
	return w, nil
}

// project returns the project that a file belongs to: its repository or the
// working directory, whichever is larger, else its own directory.
func (w *workspace) project(path string) *host.Project {
	root := w.root(path)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	project := w.projects[root]
	if project == nil {
		project = host.NewProject(root, w.allowOutside)
		w.projects[root] = project
	}
	return project
}

func (w *workspace) root(path string) string {
	root := repositoryOf(path)
	relative, err := filepath.Rel(w.env.Dir, path)
	inside := err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
	if inside && (root == "" || len(w.env.Dir) < len(root)) {
		return w.env.Dir
	}
	if root == "" {
		return filepath.Dir(path)
	}
	return root
}

// repositoryOf returns the root of the repository around a file, "" when there
// is none.
func repositoryOf(path string) string {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// definition is one state machine that a file holds, with what reading it
// found.
type definition struct {
	machine    *asl.Machine // nil when the definition could not be read
	findings   []diag.Diagnostic
	name       string // in its template; "" for a plain definition
	form       string // how the template writes it
	unread     string // why it could not be read
	kind       asl.WorkflowType
	hasType    bool // the template says which type
	deployment *lint.Deployment
	path       string // of the file that the definition stands in
}

// contents is what one file holds.
type contents struct {
	kind        extract.Kind
	definitions []definition
	faults      []diag.Diagnostic // of a template, outside of its definitions
}

// read finds the state machines in a file. path is where it lies, name what
// messages call it; substitutions are those of the configuration.
func (w *workspace) read(path, name string, content []byte, substitutions map[string]string) contents {
	project := w.project(path)
	file := project.Add(path, name, content)
	request := &host.Request{Project: project, File: file, Substitutions: w.merged(substitutions), Parameters: w.parameters}
	result := extract.Machines(request)
	if result.Kind == extract.Plain {
		tree := extract.Definition(request)
		machine, findings := asl.Parse(tree)
		return contents{definitions: []definition{{machine: machine, findings: findings, path: path}}}
	}
	c := contents{kind: result.Kind}
	for i := range result.Machines {
		c.definitions = append(c.definitions, newDefinition(&result.Machines[i], project))
	}
	for _, fault := range result.Faults {
		c.faults = append(c.faults, diag.FromSyntax(file, fault))
	}
	return c
}

func newDefinition(m *host.Machine, project *host.Project) definition {
	d := definition{
		name: m.Name, form: m.Form, unread: m.Unread, kind: m.Type, hasType: m.HasType, deployment: m.Deployment,
		findings: m.Findings, path: project.Path(m.Definition),
	}
	if m.Tree != nil {
		machine, findings := asl.Parse(m.Tree)
		d.machine, d.findings = machine, append(findings, m.Findings...)
	}
	return d
}

// merged adds the substitutions of the command line, which are stronger.
func (w *workspace) merged(configured map[string]string) map[string]string {
	if len(configured) == 0 {
		return w.substitutions
	}
	all := map[string]string{}
	for _, source := range []map[string]string{configured, w.substitutions} {
		for name, value := range source {
			all[name] = value
		}
	}
	return all
}

// locationOf returns the path of the file that the user edits.
func (w *workspace) locationOf(file *syntax.File) (*host.Project, string) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, project := range w.projects {
		if path := project.Path(file); path != "" {
			return project, path
		}
	}
	return nil, ""
}
