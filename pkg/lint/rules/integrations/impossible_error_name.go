package integrations

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func impossibleErrorName() *lint.Rule {
	return &lint.Rule{
		Name: "impossible-error-name", Category: lint.Integrations, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a Retrier or Catcher waits for an error that the integration never raises",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				for _, retrier := range task.Retry {
					checkErrorNames(p, task, "retries", retrier.ErrorEquals)
				}
				for _, catcher := range task.Catch {
					checkErrorNames(p, task, "catches", catcher.ErrorEquals)
				}
			}
		},
	}
}

func checkErrorNames(p *lint.Pass, t *task, verb string, names []*syntax.String) {
	for _, name := range names {
		why, meant := t.impossible(name.Value)
		if why == "" {
			continue
		}
		finding := diag.Diagnostic{Span: name.Span(), Message: fmt.Sprintf("%s %s %q, %s", t.subject(), verb, name.Value, why)}
		if meant != "" {
			finding.Help = didYouMean(meant)
			p.Fix(&finding, func() []diag.Fix { return rewriting(name, name.Value, meant, "replace it by %q") })
		}
		t.report(p, finding)
	}
}

// impossible says why the Task cannot raise an error of that name, "" when it
// can or when that is not known, and which name was probably meant.
func (t *task) impossible(name string) (why, meant string) {
	if isPlaceholder(name) || strings.ContainsAny(name, ", ") {
		return "", "" // suspicious-error-name tells of lists and blanks inside a name
	}
	if spec.IsReservedName(name) {
		return t.impossibleReserved(name), ""
	}
	prefix, rest, hasPrefix := strings.Cut(name, ".")
	own := spec.ErrorPrefix(t.resource)
	switch {
	case t.raisesAnything():
		return "", ""
	case own == "":
		return "", ""
	case !hasPrefix:
		return t.withoutPrefix(name, own)
	case prefix == own:
		return t.unknownOwnError(name, rest)
	case slices.Contains(spec.ErrorPrefixes(), prefix) && prefix != "AWS":
		return t.otherPrefix(prefix, own, rest)
	case slices.Contains(t.declaredErrors(), own+"."+rest):
		return t.otherPrefix(prefix, own, rest)
	}
	return "", ""
}

// raisesAnything reports whether the error names are the user's own: of a
// function, a worker, or whoever returns the task token.
func (t *task) raisesAnything() bool {
	return t.resource.IsLambda() || t.waitsForSomebody() || !t.resource.IsIntegration()
}

func (t *task) impossibleReserved(name string) string {
	reserved, known := spec.LookupReservedError(name)
	switch {
	case !known || reserved.Wildcard || t.resource.Kind == spec.SubstitutedResource:
		return ""
	case t.resource.IsHTTP() && !reserved.HTTP || !t.resource.IsHTTP() && !reserved.Task:
		return "which this Task cannot raise: it means that " + reserved.Summary
	}
	return ""
}

// withoutPrefix judges a name without a prefix, which no integration raises. It
// is reported when it is an error of the API, which then lacks its prefix.
func (t *task) withoutPrefix(name, own string) (why, meant string) {
	full := own + "." + strings.TrimSuffix(name, "Exception") + "Exception"
	if !slices.Contains(t.declaredErrors(), full) {
		return "", ""
	}
	return fmt.Sprintf("but %s reports its errors as %s.NAME", call(t.resource), own), full
}

// otherPrefix judges a name with the prefix of another service, or with the
// prefix that the same service has in the other kind of integration.
func (t *task) otherPrefix(prefix, own, rest string) (why, meant string) {
	if strings.EqualFold(prefix, own) || slices.Contains(t.declaredErrors(), own+"."+rest) {
		return fmt.Sprintf("but errors of %s begin with %q", call(t.resource), own+"."), own + "." + rest
	}
	return fmt.Sprintf("an error of another service: those of %s begin with %q", call(t.resource), own+"."), ""
}

// unknownOwnError judges a name with the right prefix. A service has errors that
// its API does not declare, so that only a misspelling of a declared one counts,
// and in SDK integrations a missing "Exception".
func (t *task) unknownOwnError(name, rest string) (why, meant string) {
	declared := t.declaredErrors()
	if slices.Contains(declared, name) {
		return "", ""
	}
	if slices.Contains(declared, name+"Exception") {
		return fmt.Sprintf("but %s adds %q to the name", call(t.resource), "Exception"), name + "Exception"
	}
	if near := nearestMiss(name, declared); near != "" && len(rest) > 6 {
		return fmt.Sprintf("an error that %s does not have", call(t.resource)), near
	}
	return "", ""
}

func (t *task) declaredErrors() []string {
	api, verdict := spec.Lookup(t.resource)
	if verdict != spec.Known {
		return nil
	}
	return api.Errors()
}
