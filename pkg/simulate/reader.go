package simulate

import (
	"errors"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// readerConfig is a compiled ItemReader.
type readerConfig struct {
	lists      bool // s3:listObjectsV2 rather than s3:getObject
	parameters *template
	format     s3.Format
	maxItems   *quantity
}

func (c *compiler) reader(s *state, from *asl.ItemReader) *readerConfig {
	if from == nil {
		return nil
	}
	r := &readerConfig{
		lists:      strings.HasSuffix(textOf(from.Resource), ":listObjectsV2"),
		parameters: c.template(s, from.Parameters),
	}
	config := from.Config
	if config == nil {
		return r
	}
	r.format = s3.Format{
		InputType:      textOf(config.InputType),
		Transformation: textOf(config.Transformation),
		ManifestType:   textOf(config.ManifestType),
		HeaderGiven:    textOf(config.CSVHeaderLocation) == "GIVEN",
		Headers:        texts(config.CSVHeaders),
		Delimiter:      textOf(config.CSVDelimiter),
		Pointer:        textOf(config.ItemsPointer),
	}
	r.maxItems = c.quantity(s, "MaxItems", config.MaxItems, config.MaxItemsPath)
	return r
}

// prepare evaluates what the reader needs to know.
func (r *readerConfig) prepare(d *data, group *groupVisit) *evalError {
	reading := &itemReading{}
	var err *evalError
	if reading.parameters, err = r.parameters.evalOr(d, value.Object()); err != nil {
		return err
	}
	if reading.limit, err = d.count(r.maxItems, 0); err != nil {
		return err
	}
	group.items = reading
	return nil
}

// itemReading is the items that come from S3, read one after the other.
type itemReading struct {
	parameters value.Value
	limit      int // 0: none
	read       int
	items      s3.Items
}

// openItems opens the objects of an ItemReader. What fails here fails the Map Run.
func (x *Execution) openItems(f *frame, d *data, group *groupVisit) *evalError {
	reader := f.state.mapping.reader
	if reader == nil {
		return nil
	}
	reading := group.items.(*itemReading)
	if reading.limit < 0 {
		return readerFailure(errors.New("field MaxItems must be positive"))
	}
	bucket := reading.parameters.Get("Bucket").Str()
	var err error
	if reader.lists {
		reading.items, err = s3.OpenListing(x.store(), bucket, reading.parameters.Get("Prefix").Str(), reader.format)
	} else {
		reading.items, err = s3.OpenObject(x.store(), bucket, reading.parameters.Get("Key").Str(), reader.format)
	}
	if err != nil {
		return readerFailure(err)
	}
	group.mapping.source = "S3://" + bucket
	if !reader.lists {
		group.mapping.source += "/" + reading.parameters.Get("Key").Str()
	}
	return nil
}

func readerFailure(err error) *evalError {
	return &evalError{name: spec.ErrorItemReader, cause: err.Error(), bare: true}
}

// item reads the next item.
func (r *itemReading) item() (value.Value, string, bool, *evalError) {
	if r.limit > 0 && r.read == r.limit {
		return value.Value{}, "", false, nil
	}
	item, any, err := r.items.Next()
	if err != nil {
		return value.Value{}, "", false, readerFailure(err)
	}
	r.read++
	return item.Value, item.Key, any, nil
}

// store returns the store of the simulation, an empty one when there is none.
func (x *Execution) store() s3.Store {
	if x.sim.options.S3 == nil {
		return s3.Memory{}
	}
	return x.sim.options.S3
}
