package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// graphFlags are the flags of sfnctl graph.
type graphFlags struct {
	format string
	output string
	engine string
	theme  string
	scale  float64

	title    string
	implicit bool
	noLegend bool
	link     string

	history  string
	findings bool
	path     string
	diff     string

	update []string
	check  bool

	workspaceFlags
}

func newGraphCommand(env *Env) *cobra.Command {
	flags := &graphFlags{}
	command := &cobra.Command{
		Use:   "graph [flags] PATH",
		Short: "Draw a state machine: how it runs, and how it can end",
		Long: `graph draws a state machine. Its terminal states show how an execution can end:
in success, in a known failure, in an unknown failure. Dashed lines are caught
errors, dotted lines lead from a compensation to the action it undoes.

PATH is a file, FILE#NAME for one of several state machines in a template, - for
standard input, or a directory, which gives an index page in Markdown or HTML
with a picture of every state machine in it.

Formats: ` + strings.Join(words(render.Formats()), ", ") + ` (default text; -o picks by suffix).

Exit codes: 0 drawn; 1 there is nothing to draw, or --check finds something
stale; 2 wrong arguments, history or configuration; 3 a file could not be read or written.`,
		Example: strings.Join([]string{
			"  sfnctl graph orders.asl.json",
			"  sfnctl graph orders.asl.json -o orders.svg",
			"  sfnctl graph orders.asl.json --implicit --theme dark -o orders.png",
			"  sfnctl graph orders.asl.json --findings --format mermaid",
			"  sfnctl graph orders.asl.json --path ValidateEmail,AddUser -o path.svg",
			"  sfnctl graph orders.asl.json --diff workflows/trip.asl.json -o change.svg",
			"  sfnctl graph workflows -o workflows.html",
			"  cat orders.asl.json | sfnctl graph --format dot -",
		}, "\n"),
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runGraph(cmd.Context(), env, flags, args)
		},
	}
	flags.register(command)
	return command
}

func (f *graphFlags) register(command *cobra.Command) {
	set := command.Flags()
	set.StringVarP(&f.format, "format", "f", "", "the notation: "+strings.Join(words(render.Formats()), ", "))
	set.StringVarP(&f.output, "output", "o", "", "write to this file; its suffix picks the format")
	set.StringVar(&f.engine, "engine", "own", "who lays the picture out: own, or dot for an installed Graphviz (svg and png)")
	set.StringVar(&f.theme, "theme", "auto", "colours of svg and png: light, dark, or auto, which follows the reader (svg)")
	set.Float64Var(&f.scale, "scale", 2, "pixels of a png for one unit of length")

	set.StringVar(&f.title, "title", "", "what stands above the picture; none for nothing (default the name of the file)")
	set.BoolVar(&f.implicit, "implicit", false, "also draw errors that nobody catches, and Choices that nothing may match")
	set.BoolVar(&f.noLegend, "no-legend", false, "leave the legend out")
	set.StringVar(&f.link, "link", "", "where a state in an svg leads, with {file} and {line} in it; none for nowhere (default the source, seen from -o)")

	set.StringVar(&f.history, "history", "", "show an execution: what get-execution-history or simulate --format json prints")
	set.BoolVar(&f.findings, "findings", false, "mark the states that lint has something to say about")
	set.StringVar(&f.path, "path", "", "show this way: names with commas between them, or a path as lint prints it")
	set.StringVar(&f.diff, "diff", "", "show what changed since OLD, a file or a git revision")

	set.StringArrayVar(&f.update, "update", nil, "redraw the blocks between <!-- sfnctl:graph PATH --> and <!-- /sfnctl:graph --> in this Markdown file; may be given several times")
	set.BoolVar(&f.check, "check", false, "write nothing; exit with 1 when --update or -o would change something")

	set.StringVar(&f.config, "config", "", "the configuration file, instead of the nearest .sfnctl.yaml")
	set.BoolVar(&f.noConfig, "no-config", false, "read no configuration file")
	set.StringVar(&f.stdinFilename, "stdin-filename", "", "the name that standard input goes by")
	f.registerTemplates(set)
	for flag, values := range map[string][]string{
		"format": words(render.Formats()), "engine": {"own", "dot"}, "theme": {"auto", "light", "dark"},
	} {
		_ = command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	}
}

func runGraph(ctx context.Context, env *Env, flags *graphFlags, args []string) error {
	d, err := newDrawer(ctx, env, flags)
	switch {
	case err != nil:
		return err
	case len(flags.update) > 0:
		return d.updateDocuments(args)
	case len(args) == 0:
		return usagef("sfnctl graph needs a definition, a directory, or --update; sfnctl graph --help shows examples")
	case flags.check && flags.output == "":
		return usagef("--check needs to know what to check: --update FILE or -o FILE")
	case env.isDirectory(args[0]):
		return d.index(args[0])
	}
	return d.file(args[0])
}

func (e *Env) isDirectory(name string) bool {
	if name == "-" {
		return false
	}
	info, err := e.files.Stat(e.path(name))
	return err == nil && info.IsDir()
}
