package asl

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func (d *decoder) decodeMap(o *object) *MapFields {
	m := &MapFields{
		ItemsPath:    o.expression("ItemsPath"),
		Items:        o.expression("Items"),
		ItemSelector: o.expression("ItemSelector"),
		ItemReader:   d.decodeItemReader(o),
		ItemBatcher:  d.decodeItemBatcher(o),
		ResultWriter: d.decodeResultWriter(o),
		Label:        o.text("Label"),

		MaxConcurrency:                 o.expression("MaxConcurrency"),
		MaxConcurrencyPath:             o.expression("MaxConcurrencyPath"),
		ToleratedFailureCount:          o.expression("ToleratedFailureCount"),
		ToleratedFailureCountPath:      o.expression("ToleratedFailureCountPath"),
		ToleratedFailurePercentage:     o.expression("ToleratedFailurePercentage"),
		ToleratedFailurePercentagePath: o.expression("ToleratedFailurePercentagePath"),
	}
	d.judgeItems(m.Items)
	d.judgeLabel(m.Label)
	name := "ItemProcessor"
	if o.get(name) == nil && o.get("Iterator") != nil {
		name, m.UsesIterator = "Iterator", true
	}
	d.decodeProcessor(o, name, m)
	return m
}

// judgeItems holds constant Items to what a Map can iterate over.
func (d *decoder) judgeItems(items *Expression) {
	if items == nil || items.Kind != Literal || isSubstituted(items.Node) {
		return
	}
	switch items.Node.(type) {
	case *syntax.Array, *syntax.Object, *syntax.Bad:
		return
	}
	found := d.reportType(items.Node, d.subjectOf("Items"), "an array, an object or a string in {% %}", "")
	if _, isText := items.Node.(*syntax.String); isText {
		found.warning() // it fails when it runs; whether it is refused before is not known
	}
}

// decodeProcessor reads the ItemProcessor, or what was its name before.
func (d *decoder) decodeProcessor(o *object, name string, m *MapFields) {
	body := o.member(name)
	if body == nil {
		return
	}
	defer d.pop(d.push(name))
	m.Processor = &Region{Node: body, Owner: d.state}
	processor := d.open(body, &spec.Processor, 0, spec.Both)
	m.Processor.Comment = processor.text("Comment")
	d.decodeProcessorConfig(processor, m)
	d.decodeRegion(processor, m.Processor)
}

// decodeProcessorConfig reads Mode and ExecutionType, which DISTRIBUTED requires
// and INLINE, the default, refuses.
func (d *decoder) decodeProcessorConfig(processor *object, m *MapFields) {
	m.Config = processor.member("ProcessorConfig")
	if m.Config == nil {
		return
	}
	defer d.pop(d.push("ProcessorConfig"))
	o := d.open(m.Config, &spec.ProcessorConfig, 0, spec.Both)
	mode, executionType := o.text("Mode"), o.text("ExecutionType")
	m.Distributed = mode != nil && mode.Value == "DISTRIBUTED"
	if executionType != nil && executionType.Value == Express.String() {
		m.ExecutionType = Express
	}
	isInline := mode == nil && !o.has("Mode") && !o.meant("Mode") || mode != nil && mode.Value == "INLINE"
	switch {
	case m.Distributed && !o.has("ExecutionType") && !o.meant("ExecutionType") && !o.hasSubstitutedKey():
		o.reportMissing("ExecutionType").Help = `a distributed Map needs "ExecutionType": "STANDARD" or "EXPRESS"`
	case isInline && executionType != nil && !o.hasSubstitutedKey():
		d.report(RuleMisplacedField, executionKey(m.Config).Span(), d.subject()+` sets "ExecutionType", but its Mode is INLINE`,
			`set "Mode": "DISTRIBUTED", or remove "ExecutionType"`).
			schema(m.Config.Span(), "Field 'ExecutionType' is not supported")
	}
}

func executionKey(config *syntax.Object) *syntax.String {
	for i := range config.Members {
		if config.Members[i].Key.Value == "ExecutionType" {
			return config.Members[i].Key
		}
	}
	return nil
}

// judgeLabel checks the Label of a distributed Map, which becomes part of an
// ARN. Source: Developer Guide, "Distributed mode".
func (d *decoder) judgeLabel(label *syntax.String) {
	if label == nil || HasSubstitution(label.Value) {
		return
	}
	span := label.Span()
	problem := ""
	switch length := utf8.RuneCountInString(label.Value); {
	case length == 0:
		problem = "is empty"
	case length > spec.MaxLabel:
		problem = fmt.Sprintf("has %d characters, but at most %d are allowed", length, spec.MaxLabel)
	default:
		if at := strings.IndexFunc(label.Value, isForbiddenInLabel); at >= 0 {
			r, size := utf8.DecodeRuneInString(label.Value[at:])
			span = label.SpanOf(at, at+size)
			problem = fmt.Sprintf("holds the character %q", r)
		}
	}
	if problem != "" {
		d.report(RuleInvalidLabel, span, d.subjectOf("Label")+" "+problem, "a Label has 1 to 40 characters, no blanks, and no punctuation but - and _ and the like").
			aws(label.Span(), awsLabel, "")
		return
	}
	if first, seen := d.labels[label.Value]; seen {
		d.report(RuleInvalidLabel, span, fmt.Sprintf("%s is %s, which another Map has", d.subjectOf("Label"), quote(label.Value)), "choose another Label").
			aws(label.Span(), awsDuplicateTag, "Duplicate Label name: %s", label.Value).
			related(first.Span(), "the other one")
		return
	}
	d.labels[label.Value] = label
}

func isForbiddenInLabel(r rune) bool {
	return r <= ' ' || r >= 0x7f && r <= 0x9f || r == 0xa0 || strings.ContainsRune(spec.LabelForbiddenRunes, r)
}
