package asl

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The checks of this file warn of what the Developer Guide rules out in an
// ItemReader or ResultWriter and of which it is not known whether the service
// refuses it when the state machine is created.

// adviseReader warns of fields of a ReaderConfig that do not go together.
func (d *decoder) adviseReader(o *object, config *ReaderConfig) {
	inputType := ""
	if config.InputType != nil {
		inputType = config.InputType.Value
	}
	if HasSubstitution(inputType) {
		return
	}
	d.advisePointer(config.ItemsPointer, inputType)
	d.adviseHeaders(o, config, inputType)
	if tr := config.Transformation; tr != nil && tr.Value == "LOAD_AND_FLATTEN" && !o.has("InputType") {
		d.report(RuleMissingField, tr.Span(), d.subject()+` loads the listed objects, but lacks the field "InputType"`,
			"say what the objects are: CSV, JSON, JSONL or PARQUET").warning()
	}
	if limit, ok := constantNumber(config.MaxItems); ok && limit == 0 {
		d.report(RuleInvalidValue, config.MaxItems.Node.Span(), d.subjectOf("MaxItems")+" is 0, with which reading the items fails",
			"write a number above 0, or leave MaxItems out to read all items").warning()
	}
}

func (d *decoder) advisePointer(pointer *syntax.String, inputType string) {
	if pointer == nil || inputType == "" || inputType == "JSON" || inputType == "MANIFEST" {
		return
	}
	d.report(RuleMisplacedField, pointer.Span(), fmt.Sprintf("%s has an ItemsPointer, but its InputType is %s", d.subject(), inputType),
		"an ItemsPointer selects the items in a JSON file").warning()
}

// adviseHeaders judges the columns of a CSV file.
func (d *decoder) adviseHeaders(o *object, config *ReaderConfig, inputType string) {
	location := config.CSVHeaderLocation
	headers, _ := o.get("CSVHeaders").(*syntax.Array)
	switch {
	case location == nil:
	case inputType == "JSONL" || inputType == "PARQUET":
		d.report(RuleMisplacedField, location.Span(), fmt.Sprintf("%s has a CSVHeaderLocation, but its InputType is %s", d.subject(), inputType),
			"it belongs with InputType CSV").warning()
	case location.Value == "GIVEN" && headers != nil && len(headers.Items) == 0:
		d.report(RuleInvalidValue, headers.Span(), d.subjectOf("CSVHeaders")+" is empty", "name the columns").warning()
	case location.Value == "FIRST_ROW" && headers != nil:
		d.report(RuleMisplacedField, headers.Span(), d.subject()+" names columns, but takes their names from the first row",
			`remove "CSVHeaders", or set "CSVHeaderLocation": "GIVEN"`).warning()
	}
	seen := map[string]*syntax.String{}
	for _, header := range config.CSVHeaders {
		if first := seen[header.Value]; first != nil {
			d.report(RuleInvalidValue, header.Span(), fmt.Sprintf("%s names the column %s twice", d.subject(), quote(header.Value)),
				"reading the items fails when two columns have the same name").
				related(first.Span(), "the other one").warning()
		}
		seen[header.Value] = header
	}
}

// adviseRequest warns of a request that lacks what every such request needs.
func (d *decoder) adviseRequest(part *object, required []string) {
	for _, name := range []string{"Parameters", "Arguments"} {
		request, _ := part.get(name).(*syntax.Object)
		if request == nil || part.hasSubstitutedKey() {
			continue
		}
		for _, field := range required {
			if request.Get(field) == nil && request.Get(field+dynamicSuffix) == nil && !hasSubstitutedMember(request) {
				d.report(RuleMissingField, request.Span(), fmt.Sprintf("%s lacks the field %s", d.subjectOf(name), quote(field)),
					fmt.Sprintf("add %s", quote(field))).warning()
				return
			}
		}
	}
}

func hasSubstitutedMember(request *syntax.Object) bool {
	for _, member := range request.Members {
		if HasSubstitution(member.Key.Value) || strings.HasPrefix(member.Key.Value, "Fn::") {
			return true
		}
	}
	return false
}

// judgeWriter judges an export of which a half is missing. The service refuses a
// Resource without its request; see the Developer Guide, "ResultWriter (Map)".
func (d *decoder) judgeWriter(part *object, writer *ResultWriter) {
	if part.hasSubstitutedKey() || len(part.misspelt) > 0 {
		return
	}
	switch {
	case part.has("Resource") && !part.hasAny([]string{"Parameters", "Arguments"}):
		name := part.requestField()
		d.report(RuleMissingField, part.node.Span(), d.subject()+" does not say where to write", "add the Bucket and a Prefix as "+quote(name)).
			schema(part.node.Span(), "These fields are required: [%s]", name)
	case writer.Parameters != nil && !part.has("Resource"):
		d.report(RuleMissingField, part.node.Span(), d.subject()+` lacks the field "Resource"`, `add "Resource": "arn:aws:states:::s3:putObject"`).warning()
	}
}

// requestField is the field that holds the request in the query language of the
// state.
func (o *object) requestField() string {
	if o.language == spec.JSONataOnly {
		return "Arguments"
	}
	return "Parameters"
}

// adviseReaderRequest warns of a Resource without its request, which reads
// nothing. Source: Developer Guide, "ItemReader (Map)".
func (d *decoder) adviseReaderRequest(part *object) {
	if part.hasSubstitutedKey() || len(part.misspelt) > 0 || !part.has("Resource") || part.hasAny([]string{"Parameters", "Arguments"}) {
		return
	}
	d.report(RuleMissingField, part.node.Span(), d.subject()+" does not say what to read", "add the Bucket and what to read in it as "+quote(part.requestField())).warning()
}
