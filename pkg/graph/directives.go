package graph

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// DirectiveFault is a directive that cannot mean anything where it stands.
type DirectiveFault struct {
	State   *asl.State // nil: on the machine as a whole
	Span    syntax.Span
	Message string
	Help    string
}

// CheckDirectives returns what is wrong with the directives of a machine: unknown
// keys and values, states that do not exist, places where they say nothing.
// Whether the rules of an ignore exist is not known here.
func CheckDirectives(machine *asl.Machine, directives *asl.Directives) []DirectiveFault {
	if len(directives.All) == 0 {
		return nil
	}
	names := map[string]bool{}
	var list []string
	for state := range machine.States() {
		names[state.Name] = true
		list = append(list, state.Name)
	}
	var faults []DirectiveFault
	for _, placed := range directives.All {
		check := directiveCheck{placed: placed, names: names, list: list}
		if fault, ok := check.run(); ok {
			fault.State = placed.State
			faults = append(faults, fault)
		}
	}
	return faults
}

type directiveCheck struct {
	placed asl.ScopedDirective
	names  map[string]bool
	list   []string // the names in source order
}

func (c *directiveCheck) run() (DirectiveFault, bool) {
	p := c.placed
	switch p.Key {
	case directive.Ignore:
		return c.needsValue("the name of a rule")
	case directive.Terminal, directive.Effect, directive.CompensatedBy, directive.Compensates, directive.Pivot:
	default:
		return c.fault(p.KeySpan, fmt.Sprintf("sfnctl knows no directive %q", p.Key), oneOf(p.Key, directive.Keys()))
	}
	if p.State == nil || !p.Direct {
		return c.fault(p.Span, fmt.Sprintf("%s%s says nothing here", directive.Prefix, p.Key), "move it to the Comment of the state it speaks of")
	}
	return c.onState()
}

func (c *directiveCheck) onState() (DirectiveFault, bool) {
	p := c.placed
	switch p.Key {
	case directive.Terminal:
		return c.terminal()
	case directive.Effect:
		if _, ok := ParseEffect(p.Value); !ok {
			return c.badValue(EffectNames())
		}
	case directive.Pivot:
		if p.HasValue {
			return c.fault(p.ValueSpan, "sfnctl:pivot takes no value", "write sfnctl:pivot alone")
		}
	default:
		return c.states()
	}
	return DirectiveFault{}, false
}

func (c *directiveCheck) terminal() (DirectiveFault, bool) {
	if _, ok := ParseClass(c.placed.Value); !ok {
		names := make([]string, 0, 3)
		for _, class := range Classes() {
			names = append(names, string(class))
		}
		return c.badValue(names)
	}
	if state := c.placed.State; !state.IsTerminal() {
		return c.fault(c.placed.Span, fmt.Sprintf("%q is no terminal state, so it has no class", state.Name),
			"put the directive on the Succeed, Fail or End: true state where the execution ends")
	}
	return DirectiveFault{}, false
}

// states checks the states that a pairing names.
func (c *directiveCheck) states() (DirectiveFault, bool) {
	if fault, wrong := c.needsValue("the name of a state"); wrong {
		return fault, true
	}
	for _, name := range c.placed.Extended() {
		if c.names[name] {
			return c.itself(name)
		}
	}
	for _, name := range c.placed.List() {
		if !c.names[name] {
			help := "name a state of this machine; a name with blanks may stand in single quotes"
			if near := diag.Suggest(name, c.list); near != "" {
				help = fmt.Sprintf("did you mean %q?", near)
			}
			return c.fault(c.placed.ValueSpan, fmt.Sprintf("there is no state %q", name), help)
		}
	}
	return DirectiveFault{}, false
}

func (c *directiveCheck) itself(name string) (DirectiveFault, bool) {
	if name != c.placed.State.Name {
		return DirectiveFault{}, false
	}
	return c.fault(c.placed.ValueSpan, fmt.Sprintf("%q cannot undo itself", name), "name the other state of the pair")
}

func (c *directiveCheck) needsValue(what string) (DirectiveFault, bool) {
	if c.placed.Value != "" {
		return DirectiveFault{}, false
	}
	return c.fault(c.placed.Span, fmt.Sprintf("%s%s needs %s", directive.Prefix, c.placed.Key, what),
		fmt.Sprintf("write %s%s=...", directive.Prefix, c.placed.Key))
}

func (c *directiveCheck) badValue(values []string) (DirectiveFault, bool) {
	span := c.placed.ValueSpan
	if !c.placed.HasValue {
		span = c.placed.Span
	}
	return c.fault(span, fmt.Sprintf("%s%s cannot be %q", directive.Prefix, c.placed.Key, c.placed.Value), oneOf(c.placed.Value, values))
}

func (c *directiveCheck) fault(span syntax.Span, message, help string) (DirectiveFault, bool) {
	return DirectiveFault{Span: span, Message: message, Help: help}, true
}

func oneOf(name string, values []string) string {
	if near := diag.Suggest(name, values); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "it may be " + strings.Join(values, ", ")
}
