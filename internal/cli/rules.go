package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

// ruleRow is a rule as `sfnctl rules --format json` prints it.
type ruleRow struct {
	Name     string `json:"name"`
	Category string `json:"category"`
	Severity string `json:"severity"`
	Preset   string `json:"preset"`
	Summary  string `json:"summary"`
}

func newRulesCommand(env *Env) *cobra.Command {
	var format, preset, category string
	command := &cobra.Command{
		Use:     "rules",
		Short:   "List the rules of the linter",
		Example: "  sfnctl rules\n  sfnctl rules --preset spec --category structure\n  sfnctl rules --format json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			rows, err := selectRules(preset, category)
			if err != nil {
				return err
			}
			return printRules(env, rows, format)
		},
	}
	command.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	command.Flags().StringVar(&preset, "preset", string(lint.Strict), "only the rules that this preset has on: spec, recommended or strict")
	command.Flags().StringVar(&category, "category", "", "only the rules of this category")
	return command
}

func selectRules(preset, category string) ([]ruleRow, error) {
	if category != "" && !slices.Contains(lint.Categories(), lint.Category(category)) {
		return nil, usagef("unknown category %q; there are %s", category, strings.Join(words(lint.Categories()), ", "))
	}
	set, err := lint.Select(rules.All(), lint.Selection{Preset: lint.Preset(preset)})
	if err != nil {
		return nil, err
	}
	rows := []ruleRow{}
	for _, name := range lint.Categories() {
		for _, rule := range set.Enabled() {
			if rule.Category == name && (category == "" || category == string(name)) {
				rows = append(rows, ruleRow{rule.Name, string(rule.Category), rule.Severity.String(), string(rule.Preset), rule.Summary})
			}
		}
	}
	return rows, nil
}

func printRules(env *Env, rows []ruleRow, format string) error {
	switch format {
	case "text":
		table := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
		for _, row := range rows {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", row.Name, row.Category, row.Severity, row.Preset, row.Summary)
		}
		return table.Flush()
	case "json":
		encoder := json.NewEncoder(env.Stdout)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(rows)
	}
	return usagef("unknown format %q; rules knows text and json", format)
}
