package simulate

import (
	"io"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// writerConfig is a compiled ResultWriter.
type writerConfig struct {
	exports    bool      // there is a Resource: results go to S3
	parameters *template // Bucket and Prefix
	transform  string    // NONE, COMPACT, FLATTEN; "" for the default
	lines      bool      // OutputType JSONL
}

func (c *compiler) writer(s *state, from *asl.ResultWriter) *writerConfig {
	if from == nil {
		return nil
	}
	return &writerConfig{
		exports: from.Resource != nil, parameters: c.template(s, from.Parameters),
		transform: textOf(from.Transformation), lines: textOf(from.OutputType) == "JSONL",
	}
}

// resultWriter writes the results of a run to S3 while they come in: one file
// for the children that succeeded and one for those that failed.
type resultWriter struct {
	x              *Execution
	config         *writerConfig
	bucket, prefix string
	run            *MapRun
	files          [2]resultFile // succeeded, failed
}

type resultFile struct {
	key   string
	out   io.WriteCloser
	count int
	size  int64
}

// openWriter evaluates the ResultWriter; nil when the results stay in the state.
func (x *Execution) openWriter(f *frame, d *data, run *MapRun) (*resultWriter, *evalError) {
	config := f.state.mapping.writer
	if config == nil || !config.exports {
		return nil, nil
	}
	parameters, err := config.parameters.evalOr(d, value.Object())
	if err != nil {
		return nil, err
	}
	return &resultWriter{
		x: x, config: config, run: run,
		bucket: parameters.Get("Bucket").Str(), prefix: parameters.Get("Prefix").Str(),
	}, nil
}

// keep adds the result of a child execution to what the Map will return or has
// written. Results that are too large for the state are counted only.
func (v *distributedVisit) keep(group *groupVisit, child *Execution) error {
	v.run.Items.ResultsWritten += child.items
	v.run.Executions.ResultsWritten++
	if v.writer != nil {
		return v.writer.write(child)
	}
	result := child.output
	if child.status != Succeeded || v.config.metadata() {
		result = child.describe(recordForm)
	}
	group.size += size(result) + 1
	if group.size > spec.MaxPayloadBytes {
		group.results = nil
		return nil
	}
	for len(group.results) <= child.itemIndex {
		group.results = append(group.results, value.Value{})
	}
	group.results[child.itemIndex] = result
	return nil
}

// result returns what the Map returns; absent when that is too large.
func (v *distributedVisit) result(group *groupVisit) (value.Value, error) {
	if v.writer != nil {
		return v.writer.finish()
	}
	if group.size > spec.MaxPayloadBytes {
		return value.Value{}, nil
	}
	return v.config.shape(group.results), nil
}

// metadata reports whether the state returns each child with all that is known
// of it, as Transformation NONE asks for.
func (w *writerConfig) metadata() bool { return w != nil && !w.exports && w.transform == "NONE" }

// shape returns what the state returns of the results of its children: an
// array, or with OutputType JSONL a text of one result a line.
func (w *writerConfig) shape(results []value.Value) value.Value {
	if w == nil || w.exports {
		return value.Array(results...)
	}
	if w.transform == "FLATTEN" {
		var flat []value.Value
		for _, result := range results {
			if result.Kind() == value.KindArray {
				flat = append(flat, result.Items()...)
			} else {
				flat = append(flat, result)
			}
		}
		results = flat
	}
	if !w.lines {
		return value.Array(results...)
	}
	var text []byte
	for _, result := range results {
		text = append(result.Append(text), '\n')
	}
	return value.String(string(text))
}

// folder is where the files of the run go.
func (w *resultWriter) folder() string {
	id := w.run.ARN[len(w.run.ARN)-36:]
	if w.prefix == "" {
		return id
	}
	return w.prefix + "/" + id
}

// write adds a child to the file of those that ended like it.
func (w *resultWriter) write(child *Execution) error {
	file, name := &w.files[0], "SUCCEEDED_0"
	if child.status != Succeeded {
		file, name = &w.files[1], "FAILED_0"
	}
	if file.out == nil {
		if err := w.open(file, name); err != nil {
			return err
		}
	}
	for _, record := range w.records(child) {
		if err := w.append(file, record); err != nil {
			return err
		}
	}
	return nil
}

func (w *resultWriter) open(file *resultFile, name string) error {
	extension := ".json"
	if w.config.lines {
		extension = ".jsonl"
	}
	file.key = w.folder() + "/" + name + extension
	out, err := w.x.store().Create(w.bucket, file.key)
	file.out = out
	return err
}

// records returns what is written of a child, as Transformation says. A child
// that failed is always written in full.
func (w *resultWriter) records(child *Execution) []value.Value {
	switch {
	case child.status != Succeeded || w.config.transform == "" || w.config.transform == "NONE":
		return []value.Value{child.describe(recordForm)}
	case w.config.transform == "FLATTEN" && child.output.Kind() == value.KindArray:
		return child.output.Items()
	}
	return []value.Value{child.output}
}

func (w *resultWriter) append(file *resultFile, record value.Value) error {
	var text []byte
	switch {
	case w.config.lines:
		text = append(record.Append(nil), '\n')
	case file.count == 0:
		text = record.Append([]byte{'['})
	default:
		text = record.Append([]byte{','})
	}
	file.count++
	file.size += int64(len(text))
	_, err := file.out.Write(text)
	return err
}

// finish closes the files and writes the manifest that names them.
func (w *resultWriter) finish() (value.Value, error) {
	var listed [2]value.Value
	for i := range w.files {
		entries, err := w.close(&w.files[i])
		if err != nil {
			return value.Value{}, err
		}
		listed[i] = value.Array(entries...)
	}
	manifest := value.Object(
		value.Member{Key: "DestinationBucket", Value: value.String(w.bucket)},
		value.Member{Key: "MapRunArn", Value: value.String(w.run.ARN)},
		value.Member{Key: "ResultFiles", Value: value.Object(
			value.Member{Key: "FAILED", Value: listed[1]},
			value.Member{Key: "PENDING", Value: value.Array()},
			value.Member{Key: "SUCCEEDED", Value: listed[0]},
		)},
	)
	key := w.folder() + "/manifest.json"
	out, err := w.x.store().Create(w.bucket, key)
	if err != nil {
		return value.Value{}, err
	}
	if _, err := out.Write(manifest.Append(nil)); err != nil {
		return value.Value{}, err
	}
	return value.Object(
		value.Member{Key: "MapRunArn", Value: value.String(w.run.ARN)},
		value.Member{Key: "ResultWriterDetails", Value: value.Object(
			value.Member{Key: "Bucket", Value: value.String(w.bucket)},
			value.Member{Key: "Key", Value: value.String(key)},
		)},
	), out.Close()
}

// close ends a file and returns its entry in the manifest.
func (w *resultWriter) close(file *resultFile) ([]value.Value, error) {
	if file.out == nil {
		return nil, nil
	}
	if !w.config.lines {
		file.size++
		if _, err := file.out.Write([]byte{']'}); err != nil {
			return nil, err
		}
	}
	entry := value.Object(
		value.Member{Key: "Key", Value: value.String(file.key)},
		value.Member{Key: "Size", Value: value.Int(file.size)},
	)
	return []value.Value{entry}, file.out.Close()
}
