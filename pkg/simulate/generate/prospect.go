package generate

import (
	"slices"
	"strings"
	"unicode"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// prospect is what may come of going to a state.
type prospect struct {
	succeeds bool // an end other than a Fail state can follow
	fails    bool // the name of the state speaks of failure
	meets    bool // the task that is to fail can follow
	tasks    int  // how many tasks can follow
}

// order returns the ways out of a Choice, by the index of the rule, Default last
// of the indexes, in the order in which they are worth trying.
func (v *visit) order() []int {
	choice := v.state.Choice
	var ways []int
	var scores []int
	for i, rule := range choice.Rules {
		ways = append(ways, i)
		scores = append(scores, v.score(rule.Next))
	}
	if choice.Default != nil {
		ways = append(ways, len(choice.Rules))
		scores = append(scores, v.score(choice.Default))
	}
	slices.SortStableFunc(ways, func(a, b int) int { return scores[b] - scores[a] })
	return ways
}

func (v *visit) score(next *asl.Transition) int {
	if next == nil {
		return -1 << 20
	}
	target := v.place.region.State(next.Target)
	if target == nil {
		return -1 << 20
	}
	p := v.prospectOf(target)
	score := min(p.tasks, 900)
	if v.failing != nil && !v.failed {
		if p.meets {
			score += 1 << 14
		}
		return score
	}
	if p.succeeds {
		score += 1 << 13
	}
	if !p.fails {
		score += 1 << 12
	}
	if v.visits[target] == 0 {
		score += 1 << 11
	}
	return score
}

// prospectOf looks at what ordinary transitions lead to in the region. When the
// task that is to fail lies outside, no way inside is better than another.
func (w *walk) prospectOf(from *asl.State) prospect {
	if known, ok := w.leads[from]; ok {
		return known
	}
	p := prospect{fails: speaksOfFailure(from.Name)}
	seen := map[*asl.State]bool{from: true}
	for queue := []*asl.State{from}; len(queue) > 0; queue = queue[1:] {
		state := queue[0]
		p.succeeds = p.succeeds || state.IsTerminal() && state.Type != asl.Fail && !speaksOfFailure(state.Name)
		p.meets = p.meets || state == w.failing
		for _, region := range state.Regions() {
			for inner := range region.All() {
				p.meets = p.meets || inner == w.failing
				p.tasks++
			}
		}
		if state.Type == asl.Task {
			p.tasks++
		}
		for _, next := range successors(state, w.detours > 0) {
			if next != nil && !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	w.leads[from] = p
	return p
}

// successors are the states that ordinary transitions and, where asked for,
// Catchers lead to.
func successors(state *asl.State, caught bool) []*asl.State {
	var found []*asl.State
	add := func(t *asl.Transition) {
		if t != nil {
			found = append(found, state.Region.State(t.Target))
		}
	}
	add(state.Next)
	if caught {
		for _, catcher := range state.Catch {
			add(catcher.Next)
		}
	}
	if state.Choice != nil {
		for _, rule := range state.Choice.Rules {
			add(rule.Next)
		}
		add(state.Choice.Default)
	}
	return found
}

var failureWords = []string{
	"fail", "error", "reject", "invalid", "abort", "den", "unauthor", "timeout", "timedout", "exception",
	"missing", "notfound", "unsupported", "cancel", "rollback", "refund", "escalat", "unhealthy", "skip",
}

// speaksOfFailure reports whether a name sounds as if something had gone wrong.
// It only decides which way is tried first.
func speaksOfFailure(name string) bool {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	return slices.ContainsFunc(failureWords, func(word string) bool { return strings.Contains(letters, word) })
}
