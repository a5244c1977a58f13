package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Effect is what a task does to the world outside the workflow.
type Effect = spec.Effect

// TaskEffect is the effect of a state and how it is known.
type TaskEffect struct {
	Effect  Effect
	Certain bool   // declared, or known of the API; else guessed from a name
	Why     string // the evidence, as in `the API dynamodb:putItem`
}

// effectOf tells what a state does: what its directive says, then what the
// configuration says, then the API it calls, then its name. States other than
// tasks do nothing by themselves unless they are declared to.
func (p *Pairs) effectOf(node *Node) TaskEffect {
	if effect, ok := p.declaredEffect(node); ok {
		return effect
	}
	state := node.State
	for _, pattern := range p.options.Effects {
		if matchOrEmpty(pattern.State, state.Name) && matchOrEmpty(pattern.Resource, resourceText(state)) && state.Type == asl.Task {
			return TaskEffect{pattern.Effect, true, "the configuration says so"}
		}
	}
	if state.Task == nil {
		return TaskEffect{spec.UnknownEffect, true, "not a task"}
	}
	if effect, ok := effectOfAPI(state); ok {
		return effect
	}
	return effectOfName(state)
}

func (p *Pairs) declaredEffect(node *Node) (TaskEffect, bool) {
	for _, placed := range p.options.Directives.Of(node.State, directive.Effect) {
		if effect, ok := ParseEffect(placed.Value); ok {
			return TaskEffect{effect, true, "declared: " + directive.Prefix + "effect=" + placed.Value}, true
		}
	}
	return TaskEffect{}, false
}

// EffectNames lists what a directive or the configuration may call an effect.
func EffectNames() []string { return []string{"write", "none", "read", "notification"} }

// ParseEffect reads the name of an effect.
func ParseEffect(name string) (Effect, bool) {
	switch name {
	case "write":
		return spec.Write, true
	case "none", "read":
		return spec.Read, true
	case "notification":
		return spec.Notification, true
	}
	return spec.UnknownEffect, false
}

// EffectName returns the name of an effect for people.
func EffectName(effect Effect) string {
	switch effect {
	case spec.Write:
		return "write"
	case spec.Read:
		return "none"
	case spec.Notification:
		return "notification"
	}
	return "unknown"
}

func resourceText(state *asl.State) string {
	if name := parameter(state, "FunctionName").Str(); name != "" {
		return name
	}
	if state.Task != nil && state.Task.Resource != nil {
		return state.Task.Resource.Value
	}
	return ""
}

func resourceOf(state *asl.State) spec.Resource {
	if state.Task == nil || state.Task.Resource == nil {
		return spec.Resource{}
	}
	return spec.ParseResource(state.Task.Resource.Value)
}

func effectOfAPI(state *asl.State) (TaskEffect, bool) {
	resource := resourceOf(state)
	if !resource.IsIntegration() {
		return TaskEffect{}, false
	}
	if isJournal(state) {
		return TaskEffect{spec.Notification, true, "a journal entry"}, true
	}
	if r := resource.Service; r == "http" || r == "apigateway" {
		if effect, word := guessEffect(state.Name); effect == spec.Notification {
			return TaskEffect{effect, false, fmt.Sprintf("the word %q in its name", word)}, true
		}
	}
	if effect := spec.MethodEffect(parameter(state, "Method").Str()); effect != spec.UnknownEffect {
		return TaskEffect{effect, true, "the HTTP method " + parameter(state, "Method").Str()}, true
	}
	if effect := spec.EffectOf(resource); effect != spec.UnknownEffect {
		return TaskEffect{effect, true, fmt.Sprintf("the API %s:%s", resource.Service, resource.Action)}, true
	}
	return TaskEffect{}, false
}

// effectOfName guesses from the name of the state, then from that of the
// function it runs.
func effectOfName(state *asl.State) TaskEffect {
	for _, name := range []string{state.Name, functionName(state)} {
		if effect, word := guessEffect(name); effect != spec.UnknownEffect {
			return TaskEffect{effect, false, fmt.Sprintf("the word %q in its name", word)}
		}
	}
	return TaskEffect{spec.UnknownEffect, false, "its name does not tell what it does"}
}

// guessEffect reads the effect from a name, and gives the word that decided.
func guessEffect(name string) (Effect, string) {
	words := content(nameWords(name))
	first := 0
	for first < len(words)-1 && slices.Contains(genericNouns, words[first]) {
		first++
	}
	for i, word := range words {
		if slices.Contains(notifyNouns, word) || i == first && slices.Contains(notifyVerbs, word) {
			return spec.Notification, word
		}
	}
	if first < len(words) && slices.Contains(readVerbs, words[first]) {
		return spec.Read, words[first]
	}
	for _, found := range readWords(words) {
		if isSoft(found) {
			continue
		}
		return spec.Write, found.verb
	}
	return spec.UnknownEffect, ""
}

// isSoft reports whether a verb says too little to take its task for a write,
// unless money moves.
func isSoft(r reading) bool {
	return slices.Contains(softVerbs, r.verb) && !(slices.Contains(payingVerbs, r.verb) && hasAny(r.nouns, moneyNouns))
}

// Commitment is what a business must not leave behind when it fails: money that
// moved, or something set aside for nobody.
type Commitment string

// The commitments.
const (
	Payment     Commitment = "payment"
	Reservation Commitment = "reservation"
)

// CommitmentOf tells whether a task moves money or reserves something, by the
// verb and noun of its name or of the function it runs; "" when it does neither.
func (p *Pairs) CommitmentOf(node *Node) Commitment {
	if effect := p.Effects[node.ID]; node.State.Type != asl.Task || p.isUndo[node.ID] || effect.Effect == spec.Read || effect.Effect == spec.Notification {
		return ""
	}
	for _, name := range []string{node.Name(), functionName(node.State)} {
		for _, r := range readings(name) {
			switch {
			case slices.Contains(certainPayingVerbs, r.verb), slices.Contains(payingVerbs, r.verb) && hasAny(r.nouns, moneyNouns):
				return Payment
			case slices.Contains(reservingVerbs, r.verb):
				return Reservation
			}
		}
	}
	return ""
}

// isJournal reports whether a task only writes down what happened: into a table,
// a bucket or a stream with such a name, or under a name that says so.
func isJournal(state *asl.State) bool {
	r := resourceOf(state)
	writes := []string{"putitem", "updateitem", "putobject", "putrecord", "putrecords", "putmetricdata", "putlogevents"}
	if !r.IsIntegration() || !slices.Contains(writes, strings.ToLower(r.Action)) {
		return false
	}
	if r.Service == "cloudwatch" || r.Service == "cloudwatchlogs" {
		return true
	}
	for _, word := range targetWords(state) {
		if slices.Contains(journalNouns, singular(word)) {
			return true
		}
	}
	effect, _ := guessEffect(state.Name)
	return effect == spec.Notification
}

// targetWords are the words in the name of the table, bucket or stream that a
// task writes to.
func targetWords(state *asl.State) []string {
	for _, field := range []string{"TableName", "Bucket", "DeliveryStreamName", "StreamName", "LogGroupName"} {
		if name := parameter(state, field).Str(); name != "" {
			return nameWords(bareName(name))
		}
	}
	return nil
}

func isDeclared(effect TaskEffect) bool {
	return strings.HasPrefix(effect.Why, "declared") || strings.HasPrefix(effect.Why, "the configuration")
}
