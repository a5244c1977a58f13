package errors

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func suspiciousErrorName() *lint.Rule {
	return &lint.Rule{
		Name: "suspicious-error-name", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "an ErrorEquals holds a name that no error can have",
		Run: func(p *lint.Pass) {
			raised := raisedNames(p.Machine)
			for state := range p.Machine.States() {
				for _, name := range namedErrors(state) {
					if raised[name.Value] || strings.Contains(name.Value, "${") {
						continue
					}
					reportSuspicious(p, state, name)
				}
			}
		},
	}
}

// raisedNames returns the errors that the machine's own Fail states raise:
// whatever they look like, they can be caught.
func raisedNames(machine *asl.Machine) map[string]bool {
	names := map[string]bool{}
	for state := range machine.States() {
		if name, ok := graph.FailError(state); ok {
			names[name] = true
		}
	}
	return names
}

func namedErrors(state *asl.State) []*syntax.String {
	var names []*syntax.String
	for _, retrier := range state.Retry {
		names = append(names, retrier.ErrorEquals...)
	}
	for _, catcher := range state.Catch {
		names = append(names, catcher.ErrorEquals...)
	}
	return names
}

func reportSuspicious(p *lint.Pass, state *asl.State, name *syntax.String) {
	message, help := suspicion(state, name.Value)
	if message == "" {
		return
	}
	finding := verdict.On(state, "%s", message)
	finding.Span, finding.Help = name.Span(), help
	if strings.Contains(name.Value, ",") {
		p.Fix(&finding, func() []diag.Fix { return verdict.SplitName(p, name) })
	}
	if strings.ContainsAny(name.Value, " \t") && !strings.Contains(name.Value, ",") && strings.TrimSpace(name.Value) == name.Value {
		finding.Severity = diag.Info // a function may raise what it likes
	}
	p.Report(finding)
}

// suspicion says what is wrong with an error name; "" when nothing is.
func suspicion(state *asl.State, name string) (message, help string) {
	trimmed := strings.TrimSpace(name)
	switch {
	case strings.Contains(name, ","):
		return fmt.Sprintf("%q is one name with a comma in it, which no error has", name), "write one string for each name"
	case trimmed != name:
		return fmt.Sprintf("the error name %q has blanks around it, which no error has", name), fmt.Sprintf("write %q", trimmed)
	case strings.ContainsAny(name, " \t\n"):
		return fmt.Sprintf("the error name %q has a blank in it", name), "names are compared whole; see that the function raises exactly this name"
	case strings.HasPrefix(strings.ToLower(name), "states."):
		return reservedSuspicion(name)
	}
	return prefixSuspicion(state, name)
}

func reservedSuspicion(name string) (message, help string) {
	if _, ok := spec.LookupReservedError(name); ok {
		return "", ""
	}
	var known []string
	for _, reserved := range spec.ReservedErrors() {
		known = append(known, reserved.Name)
	}
	help = "names that begin with States. are the service's own: " + strings.Join(known[:3], ", ") + " and so on"
	if near := diag.Suggest(name, known); near != "" {
		help = fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("Step Functions raises no error %q", name), help
}

// prefixSuspicion looks for a misspelt prefix of a service. Whether an
// integration raises the error is the subject of another rule.
func prefixSuspicion(state *asl.State, name string) (message, help string) {
	prefix, rest, found := strings.Cut(name, ".")
	if !found || state.Task == nil || state.Task.Resource == nil || !strings.HasSuffix(name, "Exception") {
		return "", ""
	}
	if resource := spec.ParseResource(state.Task.Resource.Value); resource.IsIntegration() {
		return "", ""
	}
	prefixes := spec.ErrorPrefixes()
	if _, known := slices.BinarySearch(prefixes, prefix); known {
		return "", ""
	}
	near := diag.Suggest(prefix, prefixes)
	if near == "" {
		return "", ""
	}
	return fmt.Sprintf("no service raises errors that begin with %q", prefix+"."), fmt.Sprintf("did you mean %q?", near+"."+rest)
}
