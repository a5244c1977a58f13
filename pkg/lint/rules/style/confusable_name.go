package style

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func confusableName() *lint.Rule {
	return &lint.Rule{
		Name: "confusable-name", Category: lint.Style, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a state name looks like another one, or has characters that nobody sees",
		Run: func(p *lint.Pass) {
			first := map[string]*asl.State{}
			for state := range p.Machine.States() {
				if fault := invisible(state.Name); fault != "" {
					p.Report(invisibleFinding(state, fault))
				}
				look := skeleton(state.Name)
				other := first[look]
				if other == nil {
					first[look] = state
					continue
				}
				if other.Name != state.Name {
					finding := verdict.On(state, "the state name %q is easily taken for %q", state.Name, other.Name)
					finding.Help = "rename one of them: only case, blanks or look-alike letters tell them apart"
					finding.Related = []diag.Related{verdict.Related(p, other.NameNode.Span(), "the other one")}
					p.Report(finding)
				}
			}
		},
	}
}

func invisibleFinding(state *asl.State, fault string) diag.Diagnostic {
	finding := verdict.On(state, "the state name %q %s", state.Name, fault)
	finding.Help = "rename the state; transitions must name it to the letter"
	return finding
}

// invisible says which characters of a name nobody sees; "" when there are none.
func invisible(name string) string {
	if name != strings.TrimSpace(name) && strings.TrimSpace(name) != "" {
		return "has blanks around it"
	}
	for _, r := range name {
		if unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || unicode.IsControl(r) || r != ' ' && unicode.IsSpace(r) {
			return fmt.Sprintf("holds the invisible character %U", r)
		}
	}
	return ""
}

// zeroWidthJoiner holds together what emoji are made of.
const zeroWidthJoiner = '\u200d'

// skeleton maps names that look alike to the same text: without case, runs of
// blanks and separators, and with Latin letters for those of other scripts that
// look the same.
func skeleton(name string) string {
	var b strings.Builder
	for _, r := range name {
		if r == ' ' || r == '_' || r == '-' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			continue
		}
		b.WriteRune(latin(unicode.ToLower(r)))
	}
	return b.String()
}

// latin returns the Latin letter that a Greek, Cyrillic or full-width one looks
// like. Source: Unicode Technical Standard 39, the lower-case letters of
// confusables.txt that stand for a single letter.
func latin(r rune) rune {
	const from, to = "аеорсухіјѕԁԛԝһεοανιρκυτ", "aeopcyxijsdqwheoavipkut"
	if i := strings.IndexRune(from, r); i >= 0 {
		return rune(to[len([]rune(from[:i]))])
	}
	if r >= 0xff41 && r <= 0xff5a { // full-width
		return r - 0xff41 + 'a'
	}
	return r
}
