package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/discover"
	"github.com/sfnctl/sfnctl/internal/editorconfig"
	"github.com/sfnctl/sfnctl/internal/format"
	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// formatter is one run of sfnctl fmt.
type formatter struct {
	env     *Env
	flags   *formatFlags
	styles  *editorconfig.Finder
	only    map[string]string // by path, the one state machine that FILE#NAME asks for
	failed  failures          // files that could not be read or written
	refused int
	changed int // files that are not in layout
	written int
}

func runFormat(ctx context.Context, env *Env, flags *formatFlags, args []string) error {
	f := &formatter{env: env, flags: flags, styles: editorconfig.NewFinder(env.files), only: map[string]string{}}
	sources, err := f.find(ctx, args)
	if err != nil {
		return err
	}
	for i, source := range sources {
		if ctx.Err() != nil {
			return &partialError{i, len(sources), "files"}
		}
		f.failed.add(f.one(ctx, source))
	}
	if f.written > 0 {
		fmt.Fprintf(env.Stderr, "changed %s\n", count(f.written, "file", "files"))
	}
	if err := f.failed.err(env, len(sources)); err != nil {
		return err
	}
	if f.refused > 0 || f.changed > 0 && (flags.check || flags.diff) {
		return errFault()
	}
	return nil
}

// find returns the files to format: those that lint would check.
func (f *formatter) find(ctx context.Context, args []string) ([]discover.Source, error) {
	w := workspace.Workspace{Options: workspace.Options{Files: f.env.files, Dir: f.env.Dir}}
	names := make([]string, len(args))
	for i, argument := range args {
		file, name := w.SplitName(argument)
		names[i] = file
		if name != "" {
			f.only[f.env.path(file)] = name
		}
	}
	found, err := discover.Find(ctx, names, discover.Options{
		Files: f.env.files, Dir: f.env.Dir, StdinName: f.flags.stdinFilename, Exclude: f.flags.exclude,
		Sniff: discover.LooksLikeDefinition, Skipped: f.skipped,
	})
	if err != nil {
		return nil, err
	}
	configs := config.NewFinder(f.env.files)
	var sources []discover.Source
	for _, source := range found {
		if !source.Explicit && !source.Stdin() {
			governing, err := configs.For(ctx, source.Path)
			if err != nil {
				return nil, err
			}
			if governing.Excludes(source.Path) {
				f.skipped(source.Name, "excluded by "+governing.Path)
				continue
			}
		}
		sources = append(sources, source)
	}
	if len(sources) == 0 {
		return nil, usagef("nothing to format: no definition in %s; name a file", workspace.NameAll(args))
	}
	return sources, nil
}

func (f *formatter) skipped(name, reason string) {
	if f.flags.verbose {
		fmt.Fprintf(f.env.Stderr, "%s: passed over: %s\n", printable.Line(name), printable.Line(reason))
	}
}

// one formats one file. A file that is refused is reported, and the rest goes on.
func (f *formatter) one(ctx context.Context, source discover.Source) error {
	content, err := f.read(ctx, source)
	if err != nil {
		return err
	}
	style, err := f.style(ctx, source)
	if err != nil {
		return err
	}
	file := syntax.NewFile(source.Name, content)
	if err := checkMachine(file, style.Machine); err != nil {
		return err
	}
	result, err := format.Source(file, style)
	var refusal *format.Refusal
	switch {
	case errors.As(err, &refusal) && refusal.NoDefinition && !source.Explicit && !source.Stdin():
		f.skipped(source.Name, refusal.Message)
		return nil
	case errors.As(err, &refusal):
		f.refused++
		fmt.Fprintf(f.env.Stderr, "%s %s\n", f.env.palette(f.env.Stderr).Error("sfnctl:"), printable.Text(refusal.Error()))
		return nil
	case err != nil:
		return err
	}
	return f.deliver(ctx, source, content, result)
}

func (f *formatter) read(ctx context.Context, source discover.Source) ([]byte, error) {
	if source.Content != nil {
		return source.Content, nil
	}
	if source.Stdin() {
		return f.env.files.ReadStream(ctx, f.env.Stdin, source.Name)
	}
	return f.env.files.Read(ctx, source.Path, source.Name)
}

// checkMachine refuses the name of a state machine that a template does not hold.
func checkMachine(file *syntax.File, name string) error {
	names := format.Machines(file)
	switch {
	case name == "" || slices.Contains(names, name):
		return nil
	case len(names) == 0:
		return usagef("%s holds no state machine %q whose definition is written as an object", file.Name, name)
	}
	return usagef("%s holds no state machine %q; it holds %s", file.Name, name, strings.Join(names, ", "))
}

// style returns the layout that .editorconfig asks for.
func (f *formatter) style(ctx context.Context, source discover.Source) (format.Style, error) {
	path := source.Path
	if source.Stdin() {
		if f.flags.stdinFilename == "" {
			return format.Style{}, nil
		}
		path = f.env.path(source.Name)
	}
	settings, err := f.styles.For(ctx, path)
	if err != nil {
		return format.Style{}, err
	}
	return format.Style{Indent: settings.Indent, Width: settings.Width, Newline: settings.Newline, Machine: f.only[path]}, nil
}

// deliver does with a result what the flags ask for.
func (f *formatter) deliver(ctx context.Context, source discover.Source, before, result []byte) error {
	same := bytes.Equal(before, result)
	if !same {
		f.changed++
	}
	var err error
	switch {
	case f.flags.diff && !same:
		err = f.env.printDiff(source.Name, before, result)
	case f.flags.diff:
	case f.flags.check && !same:
		_, err = fmt.Fprintln(f.env.Stdout, printable.Line(source.Name))
	case f.flags.check:
	case source.Stdin() || !f.flags.write:
		_, err = f.env.Stdout.Write(result)
	case !same:
		if err = f.env.files.Replace(ctx, source.Path, source.Name, before, result); err == nil {
			f.written++
		}
	}
	return err
}
