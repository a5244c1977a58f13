package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sfnctl/sfnctl/internal/report"
	"github.com/sfnctl/sfnctl/pkg/diag"
)

// commands lists the constructors of all commands, in the order of the help.
func commands() []func(*Env) *cobra.Command {
	return []func(*Env) *cobra.Command{
		newLintCommand,
		newGraphCommand,
		newSimulateCommand,
		newFormatCommand,
		newRulesCommand,
		newExplainCommand,
		newSchemaCommand,
		newVersionCommand,
	}
}

func newRootCommand(env *Env) *cobra.Command {
	root := &cobra.Command{
		Use:   "sfnctl",
		Short: "Check, draw and run AWS Step Functions workflows offline",
		Long: `sfnctl answers three questions about an AWS Step Functions workflow before it is
deployed, with no network and no credentials:

  lint      will AWS accept it, and will the on-call engineer understand how it
            failed and find no mess to clean up?
  graph     what does it look like?
  simulate  what does it do, exactly, when this task returns that?

Exit codes: 0 nothing to complain of; 1 the definition or execution is at fault;
2 the command line or configuration is at fault; 3 sfnctl or its surroundings failed.`,
		Version:           buildVersion().Version,
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		Args:              refuseUnknownCommand,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("sfnctl {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	env.colorMode = report.ColorAuto
	root.PersistentFlags().Var(&env.colorMode, "color", "colour the output: auto, always or never")
	root.PersistentFlags().Var(byteSize{&env.files.Limit}, "max-file-size", "refuse to read files larger than this")
	for _, construct := range commands() {
		root.AddCommand(construct(env))
	}
	return root
}

func refuseUnknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, command := range cmd.Commands() {
		names = append(names, command.Name())
	}
	return usagef("unknown command %q%s", args[0], hint(args[0], names, "", "; sfnctl --help lists the commands"))
}

// flagError turns pflag's complaint into ours, with the nearest flag.
func flagError(cmd *cobra.Command, err error) error {
	help := fmt.Sprintf("; %s --help lists the flags", cmd.CommandPath())
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return usagef("%w%s", err, help)
	}
	var names []string
	cmd.Flags().VisitAll(func(flag *pflag.Flag) { names = append(names, flag.Name) })
	return usagef("unknown flag --%s%s", unknown.GetSpecifiedName(), hint(unknown.GetSpecifiedName(), names, "--", help))
}

// hint names the candidate that word was probably meant to be, else falls back
// to a pointer to the help.
func hint(word string, candidates []string, prefix, otherwise string) string {
	if nearest := diag.Suggest(word, candidates); nearest != "" {
		return fmt.Sprintf("; did you mean %s%s?", prefix, nearest)
	}
	return otherwise
}
