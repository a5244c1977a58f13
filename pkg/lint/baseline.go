package lint

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// Baseline is a record of findings that a project has accepted for now, so
// that only new ones are reported. It knows no line numbers, so that it
// survives edits elsewhere in a file.
type Baseline struct {
	Version int             `json:"version"`
	Entries []BaselineEntry `json:"entries"`
}

// BaselineEntry stands for Count findings that are alike.
type BaselineEntry struct {
	baselineKey
	Count int `json:"count"`
}

type baselineKey struct {
	File    string `json:"file"`
	Rule    string `json:"rule"`
	State   string `json:"state,omitempty"`
	Message string `json:"message"`
}

const baselineVersion = 1

func keyOf(finding diag.Diagnostic) baselineKey {
	return baselineKey{File: finding.File.Name, Rule: finding.Rule, State: finding.State, Message: finding.Message}
}

// NewBaseline records findings.
func NewBaseline(findings []diag.Diagnostic) *Baseline {
	counts := map[baselineKey]int{}
	for _, finding := range findings {
		counts[keyOf(finding)]++
	}
	return &Baseline{Version: baselineVersion, Entries: sortedEntries(counts)}
}

func sortedEntries(counts map[baselineKey]int) []BaselineEntry {
	entries := []BaselineEntry{}
	for key, count := range counts {
		if count > 0 {
			entries = append(entries, BaselineEntry{key, count})
		}
	}
	slices.SortFunc(entries, func(a, b BaselineEntry) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.State, b.State), cmp.Compare(a.Message, b.Message))
	})
	return entries
}

// ReadBaseline reads a baseline file.
func ReadBaseline(source io.Reader) (*Baseline, error) {
	baseline := &Baseline{}
	decoder := json.NewDecoder(source)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(baseline); err != nil {
		return nil, fmt.Errorf("not a baseline: %w", err)
	}
	if baseline.Version != baselineVersion {
		return nil, fmt.Errorf("baseline of version %d; this sfnctl knows version %d", baseline.Version, baselineVersion)
	}
	return baseline, nil
}

// Write writes the baseline as a file.
func (b *Baseline) Write(target io.Writer) error {
	encoder := json.NewEncoder(target)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(b)
}

// Filter returns the findings that the baseline does not hold, and the entries
// that no finding answers to any more: those may leave the file.
func (b *Baseline) Filter(findings []diag.Diagnostic) (fresh []diag.Diagnostic, gone []BaselineEntry) {
	left := map[baselineKey]int{}
	for _, entry := range b.Entries {
		left[entry.baselineKey] += entry.Count
	}
	for _, finding := range findings {
		if key := keyOf(finding); left[key] > 0 {
			left[key]--
			continue
		}
		fresh = append(fresh, finding)
	}
	return fresh, sortedEntries(left)
}
