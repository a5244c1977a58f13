package security

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func hardCodedSecret() *lint.Rule {
	return &lint.Rule{
		Name: "hard-coded-secret", Category: lint.Security, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a password, key or token stands in the definition",
		Run: func(p *lint.Pass) {
			for c := range texts(p.Machine) {
				what := secretKind(c)
				if what == "" {
					continue
				}
				p.Report(diag.Diagnostic{
					Span: c.text.Span(), State: c.state.Name,
					Message: fmt.Sprintf("state %q has %s in its definition", c.state.Name, what),
					Help:    "read it from Secrets Manager or Parameter Store where it is used, or use a connection: definitions and histories can be read by many",
				})
			}
		},
	}
}

// assignedSecret is a secret behind its name, as in settings and commands.
var assignedSecret = pattern(`(?i)(secret_?(access_?)?key|password|passwd|api_?key|client_?secret|access_?token)["']?\s*[=:]\s*["']?[A-Za-z0-9/+_.-]{16,}`)

// secretWords are what is in every name that assignedSecret looks for.
var secretWords = []string{"ecret", "SECRET", "assw", "PASSW", "pi_key", "pi_Key", "piKey", "pikey", "API", "oken", "TOKEN"}

func assignsSecret(text string) bool {
	if !strings.Contains(text, "=") && !strings.Contains(text, ":") {
		return false
	}
	isNamed := slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(text, word) })
	return isNamed && assignedSecret().MatchString(text)
}

// secretForms are texts that are secrets whatever they stand under. Each has a
// mark without which its form need not be tried. Sources: the documented forms
// of the issuers.
var secretForms = []struct {
	what, mark string
	form       func() *regexp.Regexp
}{
	{"an AWS access key", "AKIA", pattern(`\bAKIA[A-Z2-7]{16}\b`)},
	{"an AWS access key", "ASIA", pattern(`\bASIA[A-Z2-7]{16}\b`)},
	{"a private key", "PRIVATE KEY", pattern(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"a GitHub token", "gh", pattern(`\bgh[pousr]_[A-Za-z0-9]{36}\b`)},
	{"a Slack token", "xox", pattern(`\bxox[abprs]-[A-Za-z0-9-]{10,}`)},
	{"a Slack webhook", "hooks.slack", pattern(`hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}`)},
	{"a Stripe key", "k_live_", pattern(`\b[rs]k_live_[A-Za-z0-9]{20,}\b`)},
	{"a signed token", ".eyJ", pattern(`\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}`)},
	{"a password in a URL", "@", pattern(`\b[a-z][a-z0-9+.-]*://[^/\s:@{}$<>]+:[^/\s:@{}$<>]{3,}@[A-Za-z0-9]`)},
}

// secretNames are keys whose text is a secret unless it is computed.
var secretNames = pattern(`(?i)^(.*[_-]?)?(password|passwd|passphrase|secret[_-]?(key|access[_-]?key)?|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|private[_-]?key|authorization|x-api-key)$`)

func secretKind(c constant) string {
	text := c.text.Value
	if len(text) < minSecret {
		return ""
	}
	for i := range secretForms {
		if form := &secretForms[i]; strings.Contains(text, form.mark) && form.form().MatchString(text) {
			return form.what
		}
	}
	if assignsSecret(text) {
		return "what looks like a secret"
	}
	if looksSecret(text) && secretNames().MatchString(c.key) {
		return fmt.Sprintf("what looks like a secret under %q", c.key)
	}
	return ""
}

// minSecret is the length below which nothing is a secret worth the name.
const minSecret = 8

// looksSecret reports whether a text can be a secret itself: a constant of one
// word with letters and digits, and no reference, placeholder or ARN.
func looksSecret(text string) bool {
	if asl.HasSubstitution(text) || strings.HasPrefix(text, "$") || strings.HasPrefix(text, "{") || strings.HasPrefix(text, "arn:") || strings.HasPrefix(text, "/") || strings.HasPrefix(text, "States.") {
		return false
	}
	if rest, found := strings.CutPrefix(text, "Bearer "); found {
		text = rest
	}
	if rest, found := strings.CutPrefix(text, "Basic "); found {
		text = rest
	}
	return len(text) >= minSecret && strings.ContainsAny(text, "0123456789") &&
		strings.ContainsAny(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz") && !strings.ContainsAny(text, " <>{}")
}
