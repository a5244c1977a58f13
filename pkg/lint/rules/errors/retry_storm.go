package errors

import (
	"fmt"
	"math"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func retryStorm() *lint.Rule {
	return &lint.Rule{
		Name: "retry-storm", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "retries multiply, or follow each other so closely that they make an outage worse",
		Run: func(p *lint.Pass) {
			for state := range p.Machine.States() {
				for _, retrier := range state.Retry {
					reportRetrier(p, state, retrier)
				}
				if len(state.Regions()) > 0 && len(state.Retry) > 0 {
					reportNested(p, state)
				}
			}
		},
	}
}

// What a reviewer would not sign without asking.
const (
	manyAttempts    = 20 // retries one second apart or less
	stormAttempts   = 50 // calls of one task after nested retries
	monthSeconds    = 30 * 24 * 3600
	steadySeconds   = 5 // from here on a steady interval is no storm
	steadyAttempts  = 100
	maxFactorSought = 1e6
)

// lastDelay returns the seconds before the last retry.
func lastDelay(r *asl.Retrier) float64 { return r.Backoff().Seconds(int(r.Retries())) }

func reportRetrier(p *lint.Pass, state *asl.State, r *asl.Retrier) {
	count := r.Retries()
	finding := verdict.On(state, "")
	finding.Span = r.Node.Span()
	switch {
	case r.MaxDelaySeconds != nil && r.MaxDelaySeconds.Value <= r.Backoff().IntervalSeconds && r.Backoff().BackoffRate > 1 && count > 1:
		finding.Severity = diag.Info
		finding.Message = fmt.Sprintf("a Retrier of %q never waits longer from retry to retry: its MaxDelaySeconds is not above its IntervalSeconds", state.Name)
		finding.Help = "raise MaxDelaySeconds, or set BackoffRate to 1 to say so"
	case isSteady(r) && (count >= manyAttempts && r.Backoff().IntervalSeconds <= 1 || count >= steadyAttempts && r.Backoff().IntervalSeconds < steadySeconds):
		finding.Message = fmt.Sprintf("a Retrier of %q tries up to %.0f times, every %.0f seconds", state.Name, count, r.Backoff().IntervalSeconds)
		finding.Help = `wait longer from retry to retry: "BackoffRate": 2 with "MaxDelaySeconds" and "JitterStrategy": "FULL"`
	case !isSteady(r) && r.MaxDelaySeconds == nil && lastDelay(r) > monthSeconds:
		finding.Message = fmt.Sprintf("a Retrier of %q would wait %s before its last retry", state.Name, inWords(lastDelay(r)))
		finding.Help = `bound the delay with "MaxDelaySeconds", or lower "MaxAttempts"`
	default:
		return
	}
	p.Report(finding)
}

// isSteady reports whether the retries follow each other at the same distance.
func isSteady(r *asl.Retrier) bool {
	return r.Backoff().BackoffRate == 1 || r.MaxDelaySeconds != nil && r.MaxDelaySeconds.Value <= r.Backoff().IntervalSeconds
}

func inWords(seconds float64) string {
	days := seconds / (24 * 3600)
	switch {
	case days > 36500:
		return "more than a century"
	case days > 730:
		return fmt.Sprintf("%.0f years", days/365)
	}
	return fmt.Sprintf("%.0f days", days)
}

// reportNested reports a Parallel or Map whose retries repeat those inside it.
func reportNested(p *lint.Pass, owner *asl.State) {
	outer := calls(owner)
	if outer < 2 {
		return
	}
	var worst *asl.State
	most := 1.0
	for _, region := range owner.Regions() {
		for _, inner := range region.States {
			if n := calls(inner); inner.Task != nil && n > most {
				worst, most = inner, n
			}
		}
	}
	if worst == nil || outer*most < stormAttempts {
		return
	}
	finding := verdict.On(owner, "retries multiply: %q can be called %.0f times, because %q retries up to %.0f times what has been tried %.0f times inside",
		worst.Name, math.Min(outer*most, maxFactorSought), owner.Name, outer-1, most)
	finding.Help = fmt.Sprintf("retry where the error arises, in %q, and let %q catch what is left", worst.Name, owner.Name)
	finding.Related = []diag.Related{verdict.Related(p, worst.NameNode.Span(), "%q retries, too", worst.Name)}
	p.Report(finding)
}

// calls returns how often a state can run for one visit: once and the retries of
// the error that is retried most.
func calls(state *asl.State) float64 {
	most := 0.0
	for _, retrier := range state.Retry {
		most = math.Max(most, retrier.Retries())
	}
	return 1 + most
}
