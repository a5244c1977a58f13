package cli

import (
	"github.com/spf13/cobra"
)

// noArguments refuses arguments with our exit code.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, but was given %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// oneArgument wants exactly one argument and says which when it is missing.
func oneArgument(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return usagef("%s needs %s; %s --help shows examples", cmd.CommandPath(), what, cmd.CommandPath())
		case len(args) > 1:
			return usagef("%s takes one argument, but was also given %q", cmd.CommandPath(), args[1])
		}
		return nil
	}
}
