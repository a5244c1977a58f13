package cloudformation

import (
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// deployment collects what the template says about a state machine.
func (t *template) deployment(key *syntax.String, resource *syntax.Object, kind string) *lint.Deployment {
	properties := object(resource.Get("Properties"))
	d := &lint.Deployment{
		Format: "CloudFormation template", Name: key.Value, File: t.file, Span: key.Span(),
		Functions: host.Cached(t.request.Project, functionsOf{t.file}, t.functions),
		Alarms:    t.alarms(), Rules: t.eventRules(),
		Complete: len(t.transforms) == 0 || len(t.transforms) == 1 && t.isSAM(),
	}
	logging, tracing := "LoggingConfiguration", "TracingConfiguration"
	if kind == samType {
		d.Format, logging, tracing = "SAM template", "Logging", "Tracing"
	}
	d.Logging = t.property(key, properties.Get(logging), "Level")
	d.Tracing = t.property(key, properties.Get(tracing), "Enabled")
	return d
}

type functionsOf struct{ file *syntax.File }

// property reads a member of a configuration object.
func (t *template) property(key *syntax.String, configuration syntax.Node, name string) lint.Property {
	if configuration == nil {
		return lint.Property{Span: key.Span()}
	}
	node := object(configuration).Get(name)
	if _, isCall := t.function(configuration); isCall || object(configuration) == nil {
		return lint.Property{State: lint.Computed, Span: configuration.Span()}
	}
	if node == nil {
		return lint.Property{Span: configuration.Span()}
	}
	value := t.value(node)
	if !value.Known {
		return lint.Property{State: lint.Computed, Span: node.Span()}
	}
	return lint.Property{State: lint.Set, Value: value.Text, Span: node.Span()}
}

// each calls visit for the resources of a type.
func (t *template) each(visit func(key *syntax.String, properties *syntax.Object), types ...string) {
	for _, member := range members(t.resources) {
		resource := object(member.Value)
		kind := text(resource.Get("Type"))
		for _, wanted := range types {
			if kind == wanted {
				visit(member.Key, object(resource.Get("Properties")))
			}
		}
	}
}

// defaultTimeout is how long a function may run when nothing is said, in
// seconds.
const defaultTimeout = 3

func (t *template) functions() []lint.Function {
	var list []lint.Function
	globals := object(object(object(t.tree.Root).Get("Globals")).Get("Function")).Get("Timeout")
	t.each(func(key *syntax.String, properties *syntax.Object) {
		f := lint.Function{Name: key.Value, Timeout: defaultTimeout, Span: key.Span()}
		timeout := properties.Get("Timeout")
		if timeout == nil && strings.Contains(text(object(t.resources.Get(key.Value)).Get("Type")), "Serverless") {
			timeout = globals
		}
		if timeout != nil {
			value := t.value(timeout)
			seconds, err := strconv.ParseFloat(value.Text, 64)
			if !value.Known || err != nil {
				return
			}
			f.Timeout, f.Span = seconds, timeout.Span()
		}
		if name := properties.Get("FunctionName"); name != nil {
			if value := t.value(name); value.Known {
				f.Alias = value.Text
			}
		}
		list = append(list, f)
	}, "AWS::Lambda::Function", "AWS::Serverless::Function")
	return list
}

func (t *template) alarms() []lint.Alarm {
	var list []lint.Alarm
	t.each(func(_ *syntax.String, properties *syntax.Object) {
		list = append(list, t.alarm(properties))
		metrics, _ := properties.Get("Metrics").(*syntax.Array)
		for i := 0; metrics != nil && i < len(metrics.Items); i++ {
			metric := object(object(object(metrics.Items[i]).Get("MetricStat")).Get("Metric"))
			list = append(list, t.alarm(metric))
		}
	}, "AWS::CloudWatch::Alarm")
	kept := list[:0]
	for _, alarm := range list {
		if alarm.Metric != "" {
			kept = append(kept, alarm)
		}
	}
	return kept
}

func (t *template) alarm(metric *syntax.Object) lint.Alarm {
	if text(metric.Get("Namespace")) != "AWS/States" {
		return lint.Alarm{}
	}
	alarm := lint.Alarm{Metric: text(metric.Get("MetricName"))}
	dimensions, _ := metric.Get("Dimensions").(*syntax.Array)
	for i := 0; dimensions != nil && i < len(dimensions.Items); i++ {
		if value := object(dimensions.Items[i]).Get("Value"); value != nil {
			alarm.Machine = t.resourceIn(value)
		}
	}
	return alarm
}

// resourceIn returns the resource that a value refers to, "" when it is none of
// this template.
func (t *template) resourceIn(node syntax.Node) string {
	found := ""
	syntax.Walk(node, func(n syntax.Node) bool {
		c, ok := t.function(n)
		if !ok {
			return true
		}
		for _, item := range c.arguments() {
			name, _, _ := strings.Cut(strings.Trim(text(item), "${}"), ".")
			if t.resources.Get(name) != nil {
				found = name
			}
		}
		return true
	})
	return found
}

// eventRules returns the rules on the status changes of executions.
func (t *template) eventRules() []lint.EventRule {
	var list []lint.EventRule
	t.each(func(_ *syntax.String, properties *syntax.Object) {
		pattern := object(properties.Get("EventPattern"))
		source, _ := pattern.Get("source").(*syntax.Array)
		if source == nil || len(source.Items) == 0 || text(source.Items[0]) != "aws.states" {
			return
		}
		rule := lint.EventRule{}
		detail := object(pattern.Get("detail"))
		if statuses, ok := detail.Get("status").(*syntax.Array); ok {
			for _, status := range statuses.Items {
				rule.Statuses = append(rule.Statuses, text(status))
			}
		}
		if machine := detail.Get("stateMachineArn"); machine != nil {
			rule.Machine = t.resourceIn(machine)
		}
		list = append(list, rule)
	}, "AWS::Events::Rule")
	return list
}
