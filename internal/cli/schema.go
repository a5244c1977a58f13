package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/schemas"
)

func newSchemaCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema NAME",
		Short: "Print a JSON Schema: " + strings.Join(schemas.Names(), ", "),
		Long: "schema prints the JSON Schemas that editors and scripts can use:\n\n" +
			"  asl       state machine definitions\n" +
			"  config    .sfnctl.yaml\n" +
			"  report    what sfnctl lint --format json prints\n" +
			"  scenario  the mock file that sfnctl simulate reads; mocks is the same\n",
		Example:   "  sfnctl schema config",
		Args:      oneArgument("the name of a schema"),
		ValidArgs: schemas.Names(),
		RunE: func(_ *cobra.Command, args []string) error {
			name := args[0]
			if name == "mocks" {
				name = "scenario"
			}
			text, ok := schemas.Get(name)
			if !ok {
				names := schemas.Names()
				return usagef("unknown schema %q%s", args[0], hint(args[0], names, "", "; there are "+strings.Join(names, ", ")))
			}
			_, err := fmt.Fprintf(env.Stdout, "%s\n", strings.TrimSpace(string(text)))
			return err
		},
	}
}
