package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/pflag"

	"github.com/sfnctl/sfnctl/internal/extract"
	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

// workspaceFlags say where definitions are found and what governs them; several
// commands have them.
type workspaceFlags struct {
	config        string
	noConfig      bool
	stdinFilename string

	substitute   []string
	parameters   string
	allowOutside bool
}

// registerTemplates adds the flags that say how templates are read.
func (f *workspaceFlags) registerTemplates(set *pflag.FlagSet) {
	set.StringArrayVar(&f.substitute, "substitute", nil, "NAME=VALUE, what ${NAME} stands for; may be given several times")
	set.StringVar(&f.parameters, "parameters", "", "file with the values of a template's parameters: JSON, YAML or .tfvars")
	set.BoolVar(&f.allowOutside, "allow-outside", false, "let templates refer to files outside of the project")
}

// options returns what the flags and the environment say about a workspace.
func (f *workspaceFlags) options(ctx context.Context, env *Env) (workspace.Options, error) {
	o := workspace.Options{
		Files: env.files, Dir: env.Dir, Stdin: env.Stdin, StdinName: f.stdinFilename,
		ConfigFile: f.config, NoConfig: f.noConfig,
		Substitutions: map[string]string{}, AllowOutside: f.allowOutside,
	}
	if f.noConfig && f.config != "" {
		return o, usagef("--config and --no-config exclude each other")
	}
	if o.ConfigFile == "" {
		o.ConfigFile = env.Getenv("SFNCTL_CONFIG")
	}
	for _, text := range f.substitute {
		name, value, found := strings.Cut(text, "=")
		if !found || name == "" {
			return o, usagef("--substitute is %q; it must be NAME=VALUE", text)
		}
		o.Substitutions[name] = value
	}
	if f.parameters == "" {
		return o, nil
	}
	content, err := env.readFile(ctx, "--parameters", f.parameters)
	if err != nil {
		return o, err
	}
	if o.Parameters, err = extract.ReadParameters(f.parameters, content); err != nil {
		return o, usagef("--parameters: %w", err)
	}
	return o, nil
}

// workspace opens the workspace that the flags describe.
func (f *workspaceFlags) workspace(ctx context.Context, env *Env) (*workspace.Workspace, error) {
	options, err := f.options(ctx, env)
	if err != nil {
		return nil, err
	}
	return workspace.New(ctx, options, rules.All())
}

// readFile reads a file that a flag names, "-" being standard input. A file that
// is not there, or is not one, is a mistake of the command line.
func (e *Env) readFile(ctx context.Context, flag, name string) ([]byte, error) {
	var content []byte
	var err error
	if name == "-" {
		content, err = e.files.ReadStream(ctx, e.Stdin, "standard input")
	} else {
		content, err = e.files.Read(ctx, e.path(name), name)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("%s: %s: no such file", flag, name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	return content, nil
}

// writeFile writes a file that the user named. The standard streams go by the
// names that the system has for them.
func (e *Env) writeFile(ctx context.Context, name string, content []byte) error {
	switch name {
	case "-", "/dev/stdout", "/dev/fd/1":
		_, err := e.Stdout.Write(content)
		return err
	case "/dev/stderr", "/dev/fd/2":
		_, err := e.Stderr.Write(content)
		return err
	}
	if e.files.IsInput(e.path(name)) {
		return usagef("%s is read as well; the output needs a file of its own", name)
	}
	return e.files.Write(ctx, e.path(name), name, content)
}
