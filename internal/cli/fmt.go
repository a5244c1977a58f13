package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// formatFlags are the flags of sfnctl fmt.
type formatFlags struct {
	check         bool
	diff          bool
	write         bool
	exclude       []string
	stdinFilename string
	verbose       bool
}

func newFormatCommand(env *Env) *cobra.Command {
	flags := &formatFlags{}
	command := &cobra.Command{
		Use:   "fmt [flags] [PATH...]",
		Short: "Lay definitions out in one order and one layout",
		Long: `fmt writes definitions in one order of fields and one layout, JSON and YAML. States,
data such as Parameters, numbers, strings and comments stay as their author wrote
them. A file that cannot be read whole is left alone, and fmt says where the fault is.

A PATH is a file, a directory that is walked, a glob, or - for standard input, whose
result goes to standard output; without one the current directory is walked. Of a
template that is named only the definitions change that are written as objects; of
FILE#NAME only that of the state machine NAME. Layout settings come from .editorconfig:
indent_style, indent_size, max_line_length and end_of_line.

Exit codes: 0 done, or nothing to change; 1 a file would change (--check, --diff) or
was left alone; 2 wrong arguments or configuration; 3 a file could not be read or
written.`,
		Example: strings.Join([]string{
			"  sfnctl fmt orders.asl.json",
			"  sfnctl fmt --check workflows",
			"  sfnctl fmt --diff orders.asl.json",
			"  cat orders.asl.json | sfnctl fmt --stdin-filename orders.asl.json -",
		}, "\n"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFormat(cmd.Context(), env, flags, args)
		},
	}
	flags.register(command)
	return command
}

func (f *formatFlags) register(command *cobra.Command) {
	set := command.Flags()
	set.BoolVar(&f.check, "check", false, "list the files that would change, and exit with 1 if there is any; write nothing")
	set.BoolVar(&f.diff, "diff", false, "print what would change, and exit with 1 if there is anything; write nothing")
	set.BoolVarP(&f.write, "write", "w", true, "write the result to the files; --write=false prints it instead")
	set.StringArrayVar(&f.exclude, "exclude", nil, "pattern of paths that walks pass over; may be given several times")
	set.StringVar(&f.stdinFilename, "stdin-filename", "", "the name that standard input goes by, which tells JSON from YAML")
	set.BoolVarP(&f.verbose, "verbose", "v", false, "say on standard error what was passed over, and why")
}
