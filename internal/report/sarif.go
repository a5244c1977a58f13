package report

import (
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// sarif writes SARIF 2.1.0 with what code scanning shows: help of rules,
// related places linked from the message, stable fingerprints, fixes.
type sarif struct{}

// Write implements [Formatter].
func (sarif) Write(w io.Writer, report *Report) error {
	index := map[string]int{}
	driver := sarifDriver{
		Name: "sfnctl", Version: report.Version, InformationURI: "https://github.com/sfnctl/sfnctl", Rules: []sarifRule{},
	}
	for _, rule := range report.Rules {
		index[rule.Name] = len(driver.Rules)
		driver.Rules = append(driver.Rules, newSarifRule(rule))
	}
	prints := newFingerprints()
	results := make([]sarifResult, 0, len(report.Findings))
	for i := range report.Findings {
		p := locate(&report.Findings[i])
		results = append(results, newSarifResult(p, index, prints.of(p)))
	}
	return writeIndented(w, sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool: sarifTool{driver}, ColumnKind: "utf16CodeUnits", Results: results,
			Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		}},
	})
}

func newSarifRule(rule *lint.Rule) sarifRule {
	precision := "very-high"
	if rule.Severity == diag.Info {
		precision = "medium"
	}
	help := rule.Summary + "; `sfnctl explain " + rule.Name + "` says more."
	return sarifRule{
		ID: rule.Name, Name: pascalCase(rule.Name), Short: sarifText{Text: sentence(rule.Summary)},
		HelpURI: documentationURL(rule.Name), Help: sarifText{Text: help, Markdown: help},
		Default:    sarifDefault{Level: sarifLevel(rule.Severity)},
		Properties: sarifProperties{Tags: []string{string(rule.Category)}, Precision: precision},
	}
}

func pascalCase(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func sentence(summary string) string {
	if summary == "" {
		return ""
	}
	return strings.ToUpper(summary[:1]) + summary[1:] + "."
}

func sarifLevel(severity diag.Severity) string {
	if severity == diag.Info {
		return "note"
	}
	return severity.String()
}

func newSarifResult(p place, index map[string]int, print string) sarifResult {
	result := sarifResult{
		RuleID: p.Rule, Level: sarifLevel(p.Severity), Message: sarifText{Text: sarifMessage(p)},
		Locations:    []sarifLocation{newSarifLocation(p.file, p.span)},
		Fingerprints: map[string]string{"sfnctl/v1": print},
	}
	if i, known := index[p.Rule]; known {
		result.RuleIndex = &i
	}
	if p.Pointer != "" || p.State != "" {
		result.Locations[0].Logical = []sarifLogical{{Name: p.State, FullyQualifiedName: p.Pointer, Kind: "object"}}
	}
	for i, related := range p.Related {
		file, span := locateRelated(related, p)
		location := newSarifLocation(file, span)
		location.ID = i + 1
		location.Message = &sarifText{Text: related.Message}
		result.Related = append(result.Related, location)
	}
	for _, fix := range p.Fixes {
		result.Fixes = append(result.Fixes, newSarifFix(p, fix))
	}
	return result
}

// sarifMessage links the related places, because GitHub shows only those that
// the message links.
func sarifMessage(p place) string {
	var b strings.Builder
	b.WriteString(p.fullMessage())
	escape := strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`)
	for i, related := range p.Related {
		b.WriteString("\n[" + escape.Replace(related.Message) + "](" + string(rune('1'+min(i, 8))) + ")")
		if i == 8 {
			break
		}
	}
	return b.String()
}

func newSarifLocation(file *syntax.File, span syntax.Span) sarifLocation {
	return sarifLocation{Physical: &sarifPhysical{Artifact: sarifFile(file.Name), Region: sarifRegionOf(file, span)}}
}

// sarifFile gives relative paths the base that code scanning resolves.
func sarifFile(name string) sarifArtifact {
	escaped := (&url.URL{Path: name}).EscapedPath()
	if path.IsAbs(name) || len(name) > 1 && name[1] == ':' {
		return sarifArtifact{URI: "file://" + path.Join("/", escaped)}
	}
	return sarifArtifact{URI: strings.ReplaceAll(escaped, ":", "%3A"), BaseID: "%SRCROOT%"}
}

func sarifRegionOf(file *syntax.File, span syntax.Span) sarifRegion {
	r := newRange(file, span, syntax.UTF16)
	return sarifRegion{StartLine: r.Line, StartColumn: r.Column, EndLine: r.EndLine, EndColumn: r.EndColumn}
}

func newSarifFix(p place, fix diag.Fix) sarifFix {
	converted := sarifFix{Description: sarifText{Text: fix.Message}}
	var changes []sarifReplacement
	for _, edit := range fix.Edits {
		file, span, _ := p.Diagnostic.File.Locate(edit.Span)
		changes = append(changes, sarifReplacement{sarifRegionOf(file, span), sarifContent{edit.Text}})
	}
	converted.Changes = []sarifChange{{sarifFile(p.file.Name), changes}}
	return converted
}
