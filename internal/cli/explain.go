package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfnctl/sfnctl/docs"
	"github.com/sfnctl/sfnctl/internal/report"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
)

func newExplainCommand(env *Env) *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE|FIELD|ERROR",
		Short: "Explain a rule, a field of the language or a reserved error",
		Long: `explain says, offline, what a rule of the linter wants and why, where a field of
the Amazon States Language may stand, or what a reserved error name means.`,
		Example:           "  sfnctl explain undefined-target\n  sfnctl explain ResultPath\n  sfnctl explain States.Timeout",
		Args:              oneArgument("a rule, a field or an error"),
		ValidArgsFunction: completeExplain,
		RunE: func(_ *cobra.Command, args []string) error {
			return explain(env, args[0])
		},
	}
}

func completeExplain(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return explainable(), cobra.ShellCompDirectiveNoFileComp
}

// explainable lists every word that explain knows.
func explainable() []string {
	known := ruleNames()
	for _, place := range fieldPlaces("") {
		if !slices.Contains(known, place.field.Name) {
			known = append(known, place.field.Name)
		}
	}
	for _, reserved := range spec.ReservedErrors() {
		known = append(known, reserved.Name)
	}
	return known
}

func explain(env *Env, word string) error {
	palette := env.palette(env.Stdout)
	if page, ok := docs.RulePage(word); ok {
		return printMarkdown(env.Stdout, palette, page)
	}
	for _, rule := range rules.All() {
		if rule.Name == word {
			return printMarkdown(env.Stdout, palette, fmt.Sprintf("# %s\n\n%s.\n", rule.Name, rule.Summary))
		}
	}
	if places := fieldPlaces(word); len(places) > 0 {
		return explainField(env.Stdout, palette, word, places)
	}
	if reserved, ok := spec.LookupReservedError(word); ok {
		return explainError(env.Stdout, palette, reserved)
	}
	return usagef("nothing is known about %q%s", word, hint(word, explainable(), "", "; sfnctl rules lists the rules"))
}

// fieldPlace is an object of the language that has a field.
type fieldPlace struct {
	object string
	field  spec.Field
}

// fieldPlaces returns where the language has a field of that name; all fields
// when the name is empty.
func fieldPlaces(name string) []fieldPlace {
	var places []fieldPlace
	for _, table := range []spec.Table{
		spec.Machine, spec.State, spec.Retrier, spec.Catcher, spec.Branch, spec.Processor, spec.ProcessorConfig,
		spec.ItemReader, spec.ReaderConfig, spec.ItemBatcher, spec.ResultWriter, spec.WriterConfig,
	} {
		for _, field := range table.Fields {
			if name == "" || field.Name == name {
				places = append(places, fieldPlace{table.Name, field})
			}
		}
	}
	return places
}

func explainField(w io.Writer, palette *report.Palette, name string, places []fieldPlace) error {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\nA field of the Amazon States Language.\n", name)
	for _, place := range places {
		fmt.Fprintf(&text, "\n## In %s\n\n", place.object)
		if types := place.field.Types.Names(); len(types) > 0 && place.object == spec.State.Name {
			fmt.Fprintf(&text, "- of type %s\n", strings.Join(types, ", "))
		}
		fmt.Fprintf(&text, "- takes %s\n", describeKind(place.field))
		fmt.Fprintf(&text, "- %s\n", describeLanguage(place.field))
		if place.field.Required {
			text.WriteString("- must be there\n")
		}
	}
	return printMarkdown(w, palette, text.String())
}

func describeKind(field spec.Field) string {
	kinds := map[spec.Kind]string{
		spec.AnyValue: "any JSON, as it stands", spec.StringValue: "a string",
		spec.StateNameValue: "the name of a state beside it", spec.EnumValue: "one of " + strings.Join(field.Values, ", "),
		spec.TimestampValue: "a timestamp such as 2026-01-31T23:59:00Z", spec.BooleanValue: "true or false",
		spec.IntegerValue: "a whole number", spec.NumberValue: "a number", spec.ObjectValue: "an object", spec.ArrayValue: "an array",
		spec.NonEmptyArrayValue: "an array with at least one element", spec.PathValue: "a path such as $.order.id",
		spec.ReferencePathValue: "a path that names exactly one place, such as $.order.id",
		spec.PathOrCallValue:    "a path, or an intrinsic function that gives a string",
		spec.TemplateValue:      "any JSON with expressions in it",
	}
	text := kinds[field.Kind]
	switch {
	case field.Max > 0:
		text += fmt.Sprintf(" from %s to %s", plainNumber(field.Min), plainNumber(field.Max))
	case field.Min > 0:
		text += fmt.Sprintf(" of at least %s", plainNumber(field.Min))
	}
	if field.Nullable {
		text += ", or null"
	}
	return text
}

func plainNumber(n float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", n), ".0") }

func describeLanguage(field spec.Field) string {
	switch {
	case field.Language == spec.JSONPathOnly:
		return "where the query language is JSONPath"
	case field.Language == spec.JSONataOnly:
		return "where the query language is JSONata"
	case field.Expression:
		return "in both query languages; JSONata may compute it with {% %}"
	}
	return "in both query languages"
}

func explainError(w io.Writer, palette *report.Palette, reserved spec.ReservedError) error {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\nA reserved error name: %s.\n\n", reserved.Name, reserved.Summary)
	var raisers []string
	for _, place := range []struct {
		raises bool
		name   string
	}{{reserved.Task, "Task"}, {reserved.Parallel, "Parallel"}, {reserved.Map, "Map"}} {
		if place.raises {
			raisers = append(raisers, place.name)
		}
	}
	fmt.Fprintf(&text, "- may reach the Retry and Catch of %s\n", strings.Join(raisers, ", "))
	switch {
	case spec.Uncatchable(reserved.Name):
		text.WriteString("- no Catcher takes it, not even one for States.ALL: the execution fails\n")
	case reserved.Wildcard:
		text.WriteString("- stands for other errors in ErrorEquals\n")
	case spec.Takes([]string{spec.ErrorTaskFailed}, reserved.Name):
		text.WriteString("- taken by its name, by States.TaskFailed and by States.ALL\n")
	case reserved.Name == spec.ErrorHeartbeatTimeout:
		text.WriteString("- shows as States.Timeout: taken by either name and by States.ALL, but not by States.TaskFailed\n")
	default:
		text.WriteString("- taken by its name and by States.ALL, but not by States.TaskFailed\n")
	}
	return printMarkdown(w, palette, text.String())
}
