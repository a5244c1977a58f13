package terraform

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// deployment collects what the module says about a state machine.
func (m *module) deployment(block *hclsyntax.Block, name string, label syntax.Span) *lint.Deployment {
	d := &lint.Deployment{
		Format: "Terraform module", Name: name, File: m.request.File, Span: label,
		Functions: m.functionsOf(), Alarms: m.alarms(), Rules: m.eventRules(),
		Complete: block.Type == "resource",
	}
	d.Logging = m.property(block, "logging_configuration", "level", label)
	d.Tracing = m.property(block, "tracing_configuration", "enabled", label)
	return d
}

// property reads an argument of a nested block, or of an object where a module
// takes one.
func (m *module) property(block *hclsyntax.Block, name, argument string, label syntax.Span) lint.Property {
	if attribute := block.Body.Attributes[name]; attribute != nil {
		object, ok := attribute.Expr.(*hclsyntax.ObjectConsExpr)
		for i := 0; ok && i < len(object.Items); i++ {
			if m.value(object.Items[i].KeyExpr, nil).Text == argument {
				return m.setting(object.Items[i].ValueExpr)
			}
		}
		return lint.Property{State: lint.Computed, Span: spanOf(attribute.SrcRange, m.request.File)}
	}
	for _, nested := range block.Body.Blocks {
		switch {
		case nested.Type == "dynamic":
			return lint.Property{State: lint.Computed, Span: label}
		case nested.Type != name:
		case nested.Body.Attributes[argument] == nil:
			return lint.Property{Span: spanOf(nested.TypeRange, m.request.File)}
		default:
			return m.setting(nested.Body.Attributes[argument].Expr)
		}
	}
	if block.Type == "module" {
		return lint.Property{State: lint.Computed, Span: label} // the module has defaults of its own
	}
	return lint.Property{Span: label}
}

func (m *module) setting(e hclsyntax.Expression) lint.Property {
	value := m.value(e, nil)
	if !value.Known {
		return lint.Property{State: lint.Computed, Span: spanOf(e.Range(), m.request.File)}
	}
	return lint.Property{State: lint.Set, Value: value.Text, Span: spanOf(e.Range(), m.request.File)}
}

// argument returns the value of an argument of a block, "" when it is absent or
// not known.
func (m *module) argument(block *hclsyntax.Block, name string) string {
	attribute := block.Body.Attributes[name]
	if attribute == nil {
		return ""
	}
	if value := m.value(attribute.Expr, nil); value.Known {
		return value.Text
	}
	return ""
}

// defaultTimeout is how long a function may run when nothing is said, in
// seconds.
const defaultTimeout = 3

func (m *module) functionsOf() []lint.Function {
	var list []lint.Function
	m.each("aws_lambda_function", func(name string, block *hclsyntax.Block) {
		f := lint.Function{Name: name, Alias: m.argument(block, "function_name"), Timeout: defaultTimeout}
		if block.Body.Attributes["timeout"] != nil {
			seconds, err := strconv.ParseFloat(m.argument(block, "timeout"), 64)
			if err != nil {
				return
			}
			f.Timeout = seconds
		}
		list = append(list, f)
	})
	return list
}

func (m *module) alarms() []lint.Alarm {
	var list []lint.Alarm
	m.each("aws_cloudwatch_metric_alarm", func(_ string, block *hclsyntax.Block) {
		if m.argument(block, "namespace") != "AWS/States" {
			return
		}
		alarm := lint.Alarm{Metric: m.argument(block, "metric_name")}
		if attribute := block.Body.Attributes["dimensions"]; attribute != nil {
			alarm.Machine = machineIn(m.source(attribute.Expr))
		}
		list = append(list, alarm)
	})
	return list
}

func (m *module) eventRules() []lint.EventRule {
	var list []lint.EventRule
	m.each("aws_cloudwatch_event_rule", func(_ string, block *hclsyntax.Block) {
		attribute := block.Body.Attributes["event_pattern"]
		if attribute == nil {
			return
		}
		source := m.source(attribute.Expr)
		if !strings.Contains(source, "aws.states") {
			return
		}
		rule := lint.EventRule{Machine: machineIn(source)}
		for _, status := range []string{"FAILED", "TIMED_OUT", "ABORTED", "SUCCEEDED", "RUNNING"} {
			if strings.Contains(source, status) {
				rule.Statuses = append(rule.Statuses, status)
			}
		}
		list = append(list, rule)
	})
	return list
}

// machineIn returns the state machine that a text refers to.
func machineIn(source string) string {
	_, rest, found := strings.Cut(source, machineType+".")
	if !found {
		return ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool {
		return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
	if end < 0 {
		return rest
	}
	return rest[:end]
}

// each calls visit for the resources of a type, in the order of their files'
// blocks.
func (m *module) each(kind string, visit func(name string, block *hclsyntax.Block)) {
	for _, name := range sortedNames(m.resources, kind+".") {
		visit(name, m.resources[name])
	}
}

func sortedNames(resources map[string]*hclsyntax.Block, prefix string) []string {
	names := slices.Sorted(maps.Keys(resources))
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, prefix) })
}
