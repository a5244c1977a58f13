package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/internal/report"
)

// lintFlags are the flags of sfnctl lint.
type lintFlags struct {
	formats   []string
	template  string
	failLevel string

	preset       string
	only         []string
	rules        []string
	workflowType string

	exclude    []string
	allowEmpty bool

	fix           string
	diff          bool
	baseline      string
	writeBaseline string
	newFromRev    string
	verbose       bool
	explainFlow   bool

	workspaceFlags
}

func newLintCommand(env *Env) *cobra.Command {
	flags := &lintFlags{}
	command := &cobra.Command{
		Use:   "lint [flags] [PATH...]",
		Short: "Check definitions: what AWS would refuse, and what hurts on call",
		Long: `lint checks state machine definitions. A PATH is a file, a directory that is
walked, a glob, or - for standard input; without one the current directory is
walked. Walks take *.asl.json, *.asl.yaml, *.asl.yml and *.asl, other JSON and YAML
files that hold StartAt and States, and templates with state machines in them: AWS
CloudFormation, AWS SAM, Serverless Framework and Terraform. A definition in a file
of its own is checked with the template that refers to it. FILE#NAME means one
state machine of a template.

Formats:
` + report.Describe() + `
Exit codes: 0 nothing at or above --fail-level; 1 findings; 2 wrong arguments or
configuration; 3 a file could not be read or written.`,
		Example: strings.Join([]string{
			"  sfnctl lint orders.asl.json",
			"  sfnctl lint --preset strict workflows",
			"  sfnctl lint --format text --format sarif=sfnctl.sarif 'workflows/**/*.asl.json'",
			"  sfnctl lint --rule choice-without-default=off --rule flow=error orders.asl.json",
			"  sfnctl lint --diff orders.asl.json",
			"  sfnctl lint --explain-flow orders.asl.json",
			"  cat orders.asl.json | sfnctl lint --stdin-filename orders.asl.json -",
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runLint(cmd.Context(), env, flags, args)
		},
	}
	flags.register(command)
	return command
}

func (f *lintFlags) register(command *cobra.Command) {
	set := command.Flags()
	set.StringArrayVarP(&f.formats, "format", "f", []string{"text"}, "the output: FORMAT, or FORMAT=FILE; may be given several times")
	set.StringVar(&f.template, "template", "", "text/template over the JSON report, or @FILE; for --format template")
	set.StringVar(&f.failLevel, "fail-level", "", "exit with 1 from this severity on: error, warning, info or never (default warning)")

	set.StringVar(&f.preset, "preset", "", "the rules to start from: spec, recommended or strict (default recommended)")
	set.StringSliceVar(&f.only, "only", nil, "run only these rules or categories")
	set.StringArrayVar(&f.rules, "rule", nil, "NAME or CATEGORY, =off, =on, =info, =warning or =error; may be given several times")
	set.StringVar(&f.workflowType, "type", "", "the type of the state machines: STANDARD or EXPRESS (default STANDARD)")
	set.StringVar(&f.config, "config", "", "the configuration file, instead of the nearest .sfnctl.yaml")
	set.BoolVar(&f.noConfig, "no-config", false, "read no configuration file")

	set.StringArrayVar(&f.exclude, "exclude", nil, "pattern of paths that walks pass over; may be given several times")
	set.StringVar(&f.stdinFilename, "stdin-filename", "", "the name that standard input goes by")
	set.BoolVar(&f.allowEmpty, "allow-empty", false, "finding no definition at all is no mistake")

	set.StringVar(&f.fix, "fix", "", "apply fixes that cannot change a run that succeeds; --fix=all applies all")
	set.Lookup("fix").NoOptDefVal = fixSafe
	set.BoolVar(&f.diff, "diff", false, "print what --fix would change, and exit with 1 if there is anything")
	set.StringVar(&f.baseline, "baseline", "", "report only findings that this file does not hold")
	set.StringVar(&f.writeBaseline, "write-baseline", "", "record all findings in this file and accept them")
	set.StringVar(&f.newFromRev, "new-from-rev", "", "report only findings on lines changed since this git revision")
	set.BoolVar(&f.explainFlow, "explain-flow", false, "print how each state machine can end and what its failures leave behind, instead of findings")
	set.BoolVarP(&f.verbose, "verbose", "v", false, "say on standard error what was found where, and why")
	f.registerTemplates(set)
	command.RegisterFlagCompletionFunc("preset", cobra.FixedCompletions([]string{"spec", "recommended", "strict"}, cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("fail-level", cobra.FixedCompletions([]string{"error", "warning", "info", "never"}, cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("type", cobra.FixedCompletions([]string{"STANDARD", "EXPRESS"}, cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(report.Names(), cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("only", cobra.FixedCompletions(ruleNames(), cobra.ShellCompDirectiveNoFileComp))
	command.RegisterFlagCompletionFunc("rule", cobra.FixedCompletions(ruleNames(), cobra.ShellCompDirectiveNoFileComp))
}
