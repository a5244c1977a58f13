package asl

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// openPart opens the object in a field of a Map. The caller pops the place.
func (o *object) openPart(name string, table *spec.Table) (part *object, mark int) {
	body := o.member(name)
	mark = o.d.push(name)
	if body == nil {
		return nil, mark
	}
	return o.d.open(body, table, 0, o.language), mark
}

func (d *decoder) decodeItemReader(o *object) *ItemReader {
	part, mark := o.openPart("ItemReader", &spec.ItemReader)
	defer d.pop(mark)
	if part == nil {
		return nil
	}
	reader := &ItemReader{Node: part.node, Resource: part.text("Resource"), Parameters: part.request()}
	d.judgePartResource(reader.Resource, spec.ReaderActions)
	required := []string{"Bucket", "Key"}
	if reader.Resource == nil || !strings.HasSuffix(reader.Resource.Value, ":s3:getObject") {
		required = required[:1]
	}
	d.adviseRequest(part, required)
	d.adviseReaderRequest(part)
	reader.Config = d.decodeReaderConfig(part)
	return reader
}

// request returns the Parameters, or in a JSONata state the Arguments.
func (o *object) request() *Expression {
	if e := o.expression("Arguments"); e != nil {
		return e
	}
	return o.expression("Parameters")
}

// judgePartResource holds the Resource of an ItemReader or ResultWriter to the
// integrations that can read and write items.
func (d *decoder) judgePartResource(resource *syntax.String, actions []string) {
	if resource == nil || HasSubstitution(resource.Value) {
		return
	}
	names := make([]string, len(actions))
	for i, action := range actions {
		names[i] = "arn:aws:states:::" + action
		if strings.HasPrefix(resource.Value, "arn:") && strings.HasSuffix(resource.Value, ":states:::"+action) {
			return
		}
	}
	d.report(RuleInvalidValue, resource.Span(), fmt.Sprintf("%s cannot be %s", d.subjectOf("Resource"), quote(resource.Value)), "write "+list(names, "or")).
		schema(resource.Span(), "The field 'Resource' does not match any of the allowed values")
}

func (d *decoder) decodeReaderConfig(reader *object) *ReaderConfig {
	o, mark := reader.openPart("ReaderConfig", &spec.ReaderConfig)
	defer d.pop(mark)
	if o == nil {
		return nil
	}
	config := &ReaderConfig{
		Node:              o.node,
		InputType:         o.text("InputType"),
		Transformation:    o.text("Transformation"),
		ManifestType:      o.text("ManifestType"),
		CSVHeaderLocation: o.text("CSVHeaderLocation"),
		CSVHeaders:        d.decodeHeaders(o),
		CSVDelimiter:      o.text("CSVDelimiter"),
		ItemsPointer:      o.text("ItemsPointer"),
		MaxItems:          o.expression("MaxItems"),
		MaxItemsPath:      o.expression("MaxItemsPath"),
	}
	d.judgeCSV(o, config)
	if !o.hasSubstitutedKey() && len(o.misspelt) == 0 {
		d.adviseReader(o, config)
	}
	return config
}

func (d *decoder) decodeHeaders(o *object) []*syntax.String {
	items, _ := o.items("CSVHeaders")
	defer d.pop(d.push("CSVHeaders"))
	var headers []*syntax.String
	for i, item := range items {
		mark := d.pushIndex(i)
		if header, ok := item.(*syntax.String); ok {
			headers = append(headers, header)
		} else if _, broken := item.(*syntax.Bad); !broken {
			d.reportType(item, d.subject(), "a string", "String")
		}
		d.pop(mark)
	}
	return headers
}

// judgeCSV holds the header fields to the InputType. Source: Developer Guide,
// "ItemReader (Map)".
func (d *decoder) judgeCSV(o *object, config *ReaderConfig) {
	if o.hasSubstitutedKey() || config.InputType == nil {
		return
	}
	location := config.CSVHeaderLocation
	switch {
	case config.InputType.Value == "CSV" && !o.has("CSVHeaderLocation") && !o.meant("CSVHeaderLocation"):
		d.report(RuleMissingField, o.node.Span(), d.subject()+` reads CSV, but lacks the field "CSVHeaderLocation"`, `write "FIRST_ROW" or "GIVEN"`).
			schema(o.node.Span(), "The field 'CSVHeaderLocation' is required")
	case location != nil && location.Value == "GIVEN" && !o.has("CSVHeaders") && !o.meant("CSVHeaders"):
		d.report(RuleMissingField, o.node.Span(), d.subject()+` says that the headers are given, but lacks the field "CSVHeaders"`, `list the names of the columns in "CSVHeaders"`).
			schema(o.node.Span(), "The field 'CSVHeaders' is required")
	case config.InputType.Value == "JSON":
		d.judgeNoCSV(o, config.InputType.Value)
	}
}

func (d *decoder) judgeNoCSV(o *object, inputType string) {
	for i := range o.node.Members {
		key := o.node.Members[i].Key
		if key.Value != "CSVHeaderLocation" && key.Value != "CSVHeaders" {
			continue
		}
		d.report(RuleMisplacedField, key.Span(), fmt.Sprintf("%s has %s, but its InputType is %s", d.subject(), quote(key.Value), inputType), "it belongs with InputType CSV").
			schema(o.node.Span(), "Field '%s' is not supported", key.Value)
		return
	}
}

func (d *decoder) decodeItemBatcher(o *object) *ItemBatcher {
	part, mark := o.openPart("ItemBatcher", &spec.ItemBatcher)
	defer d.pop(mark)
	if part == nil {
		return nil
	}
	batcher := &ItemBatcher{
		Node:                      part.node,
		MaxItemsPerBatch:          part.expression("MaxItemsPerBatch"),
		MaxItemsPerBatchPath:      part.expression("MaxItemsPerBatchPath"),
		MaxInputBytesPerBatch:     part.expression("MaxInputBytesPerBatch"),
		MaxInputBytesPerBatchPath: part.expression("MaxInputBytesPerBatchPath"),
		BatchInput:                part.expression("BatchInput"),
	}
	sizes := []string{"MaxItemsPerBatch", "MaxItemsPerBatchPath", "MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"}
	if !part.hasAny(sizes) && !part.meant(sizes...) && !part.hasSubstitutedKey() {
		d.report(RuleMissingField, part.node.Span(), d.subject()+" does not say how large a batch may be", "add "+list(part.spoken(sizes), "or"))
	}
	return batcher
}

func (o *object) hasAny(names []string) bool {
	for _, name := range names {
		if o.has(name) {
			return true
		}
	}
	return false
}

func (d *decoder) decodeResultWriter(o *object) *ResultWriter {
	part, mark := o.openPart("ResultWriter", &spec.ResultWriter)
	defer d.pop(mark)
	if part == nil {
		return nil
	}
	writer := &ResultWriter{Node: part.node, Resource: part.text("Resource"), Parameters: part.request()}
	d.judgePartResource(writer.Resource, spec.WriterActions)
	if len(part.node.Members) == 0 {
		d.report(RuleMissingField, part.node.Span(), d.subject()+" is empty, with which the Map fails", `add "WriterConfig", or "Resource" with its request`).warning()
	}
	d.judgeWriter(part, writer)
	d.adviseRequest(part, []string{"Bucket"})
	if config, mark := part.openPart("WriterConfig", &spec.WriterConfig); config != nil {
		writer.Transformation, writer.OutputType = config.text("Transformation"), config.text("OutputType")
		d.pop(mark)
	}
	return writer
}
