package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/discover"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

// linter is one run of sfnctl lint.
type linter struct {
	env   *Env
	flags *lintFlags
	all   []*lint.Rule
	jobs  []*job
	base  *config.Config // what governs the run as a whole
	files *workspace
	only  map[string]string // by path, the one state machine that FILE#NAME asks for
}

// job is one file to check.
type job struct {
	source        discover.Source
	path          string // of the source; for standard input, where its name would lie
	runner        *lint.Runner
	kind          asl.WorkflowType
	hasKind       bool // the command line or the configuration says which
	substitutions map[string]string
	content       []byte // as it is checked; --fix replaces it
	contents      *contents

	machines int
	findings []diag.Diagnostic
	failure  error
}

func runLint(ctx context.Context, env *Env, flags *lintFlags, args []string) error {
	l := &linter{env: env, flags: flags, all: rules.All()}
	outputs, err := l.outputs()
	if err != nil {
		return err
	}
	if err := l.plan(args); err != nil {
		return err
	}
	l.resolve(ctx)
	if err := l.nothingFound(); err != nil {
		return err
	}
	if flags.explainFlow {
		return l.explainFlow()
	}
	l.check(ctx, l.jobs)
	if flags.diff || flags.fix != "" {
		if err := l.fix(ctx); err != nil || flags.diff {
			return err
		}
	}
	findings, err := l.accepted(ctx)
	if err != nil {
		return err
	}
	if err := l.write(outputs, findings); err != nil {
		return err
	}
	l.hintDrawing(outputs, findings)
	return l.verdict(findings)
}

// plan finds the files and decides what holds for each.
func (l *linter) plan(args []string) error {
	configs, err := l.configs()
	if err != nil {
		return err
	}
	if l.files, err = newWorkspace(l.env, &l.flags.templateFlags); err != nil {
		return err
	}
	args = l.splitNames(args)
	if l.base, err = configs.For(filepath.Join(l.env.Dir, "any")); err != nil {
		return err
	}
	sources, err := discover.Find(args, discover.Options{
		Dir: l.env.Dir, StdinName: l.flags.stdinFilename, Exclude: l.flags.exclude,
		Sniff: holdsMachine, Skipped: l.skipped,
	})
	if err != nil {
		return err
	}
	for _, source := range sources {
		if err := l.addJob(source, configs); err != nil {
			return err
		}
	}
	if len(l.jobs) == 0 && !l.flags.allowEmpty {
		return usagef("nothing to check: no definition in %s; name a file, or use --allow-empty", nameAll(args))
	}
	if l.base, err = configs.For(filepath.Join(l.env.Dir, ".") + string(filepath.Separator)); err != nil {
		return err
	}
	return nil
}

func nameAll(args []string) string {
	if len(args) == 0 {
		return "this directory"
	}
	return strings.Join(args, ", ")
}

// configs returns the finder that the flags ask for.
func (l *linter) configs() (*config.Finder, error) {
	name := l.flags.config
	if name == "" {
		name = l.env.Getenv("SFNCTL_CONFIG")
	}
	switch {
	case l.flags.noConfig && l.flags.config != "":
		return nil, usagef("--config and --no-config exclude each other")
	case l.flags.noConfig:
		return config.NewFixedFinder(&config.Config{}), nil
	case name == "":
		return config.NewFinder(), nil
	}
	fixed, err := config.Read(l.env.path(name), name)
	if os.IsNotExist(err) {
		return nil, usagef("%s: no such configuration file", name)
	}
	if err != nil {
		return nil, err
	}
	return config.NewFixedFinder(fixed), nil
}

func (l *linter) addJob(source discover.Source, configs *config.Finder) error {
	path := source.Path
	if source.Stdin() {
		path = l.env.path(source.Name)
	}
	if l.excludes(l.base, source.Name, path, source.Explicit) {
		return nil
	}
	governing, err := configs.For(path)
	if err != nil {
		return err
	}
	if l.excludes(governing, source.Name, path, source.Explicit) {
		return nil
	}
	settings := governing.For(path)
	runner, err := l.runner(governing, settings)
	if err != nil {
		return err
	}
	kind, err := workflowType(l.flags.workflowType, settings.Type)
	if err != nil {
		return err
	}
	l.say("%s: configuration %s", source.Name, orNone(governing.Path))
	l.jobs = append(l.jobs, &job{
		source: source, path: path, runner: runner, kind: kind, hasKind: l.flags.workflowType+settings.Type != "",
		substitutions: settings.Substitutions, content: source.Content,
	})
	return nil
}

// excludes reports whether a configuration keeps a file out of walks.
func (l *linter) excludes(by *config.Config, name, path string, explicit bool) bool {
	if explicit || !by.Excludes(path) {
		return false
	}
	l.skipped(name, "excluded by "+by.Path)
	return true
}

func orNone(path string) string {
	if path == "" {
		return "none"
	}
	return path
}

// runner selects the rules for a file: flags over configuration over defaults.
func (l *linter) runner(governing *config.Config, settings config.Settings) (*lint.Runner, error) {
	selection := lint.Selection{Preset: lint.Preset(settings.Preset), Only: l.flags.only, Settings: settings.Rules}
	if l.flags.preset != "" {
		selection.Preset = lint.Preset(l.flags.preset)
	}
	var layer []lint.Setting
	for _, text := range l.flags.rules {
		target, level, found := strings.Cut(text, "=")
		if !found {
			level = string(lint.On)
		}
		layer = append(layer, lint.Setting{Target: target, Level: lint.Level(level)})
	}
	lint.SortSettings(layer)
	selection.Settings = slices.Concat(selection.Settings, layer)
	set, err := lint.Select(l.all, selection)
	if err != nil {
		return nil, err
	}
	flow := governing.Flow()
	flow.Strict = selection.Preset == lint.Strict
	return &lint.Runner{Rules: set, Options: lint.Options{Strict: flow.Strict, Flow: flow}, Fixes: l.wantsFixes()}, nil
}

// workflowType reads the type from the flag, else from the configuration.
func workflowType(flag, configured string) (asl.WorkflowType, error) {
	text := strings.ToUpper(flag)
	if text == "" {
		text = configured
	}
	switch text {
	case "", asl.Standard.String():
		return asl.Standard, nil
	case asl.Express.String():
		return asl.Express, nil
	}
	return 0, usagef("unknown workflow type %q; there are STANDARD and EXPRESS", flag)
}

// check reads and checks files, as many at a time as there are processors.
func (l *linter) check(ctx context.Context, jobs []*job) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		group.Go(func() error {
			if j.failure = ctx.Err(); j.failure == nil {
				j.failure = l.checkOne(j)
			}
			return nil
		})
	}
	_ = group.Wait() // failures stay with their jobs, so that the others are reported
}

func (l *linter) checkOne(j *job) (err error) {
	defer recoverFault(j, &err)
	if err := l.read(j); err != nil {
		return err
	}
	j.machines, j.findings = 0, j.runner.Admit(slices.Clone(j.contents.faults))
	for i := range j.contents.definitions {
		j.machines++
		j.findings = append(j.findings, j.check(&j.contents.definitions[i])...)
	}
	return nil
}

// recoverFault turns a panic into an error, so that other files are checked.
func recoverFault(j *job, err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%s: this is a fault of sfnctl, not of your file: %v\n%s", j.source.Name, fault, debug.Stack())
	}
}

// check returns the findings on one state machine of the job.
func (j *job) check(d *definition) []diag.Diagnostic {
	if d.machine == nil {
		return j.runner.Admit(slices.Clone(d.findings))
	}
	return j.runner.Check(lint.Target{Machine: d.machine, Type: j.typeOf(d), Decoded: d.findings, Deployment: d.deployment})
}

// typeOf returns the type of a state machine: what the command line or the
// configuration says, else the template.
func (j *job) typeOf(d *definition) asl.WorkflowType {
	if d.hasType && !j.hasKind {
		return d.kind
	}
	return j.kind
}

// maxFileSize bounds what is read into memory: the service takes 1 MiB.
const maxFileSize = 64 << 20

func (l *linter) load(j *job) error {
	if j.content != nil {
		return nil
	}
	source := l.env.Stdin
	if !j.source.Stdin() {
		file, err := os.Open(j.source.Path)
		if err != nil {
			return err
		}
		defer file.Close()
		source = file
	}
	content, err := io.ReadAll(io.LimitReader(source, maxFileSize+1))
	if err != nil {
		return fmt.Errorf("%s: %w", j.source.Name, err)
	}
	if len(content) > maxFileSize {
		return fmt.Errorf("%s: larger than %d MiB, which is no definition", j.source.Name, maxFileSize>>20)
	}
	j.content = content
	return nil
}

func (l *linter) say(format string, arguments ...any) {
	if l.flags.verbose {
		fmt.Fprintf(l.env.Stderr, format+"\n", arguments...)
	}
}

func (l *linter) skipped(name, reason string) { l.say("%s: passed over: %s", name, reason) }
