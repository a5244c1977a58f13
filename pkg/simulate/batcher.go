package simulate

import (
	"strconv"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// batcherConfig is a compiled ItemBatcher.
type batcherConfig struct {
	maxItems, maxBytes *quantity
	input              *template
}

func (c *compiler) batcher(s *state, from *asl.ItemBatcher) *batcherConfig {
	if from == nil {
		return nil
	}
	return &batcherConfig{
		maxItems: c.quantity(s, "MaxItemsPerBatch", from.MaxItemsPerBatch, from.MaxItemsPerBatchPath),
		maxBytes: c.quantity(s, "MaxInputBytesPerBatch", from.MaxInputBytesPerBatch, from.MaxInputBytesPerBatchPath),
		input:    c.template(s, from.BatchInput),
	}
}

// batcher groups items into the inputs of child executions: as many as both
// limits allow, and never more than an input may hold.
type batcher struct {
	maxItems, maxBytes int
	input              value.Value // BatchInput; absent when there is none
	held               value.Value // an item that did not fit in the last batch
}

// prepare evaluates an ItemBatcher; nil when the Map has none.
func (c *batcherConfig) prepare(d *data) (*batcher, *evalError) {
	if c == nil {
		return nil, nil
	}
	b := &batcher{maxBytes: spec.MaxPayloadBytes}
	var err *evalError
	if b.maxItems, err = d.count(c.maxItems, 0); err == nil && c.maxItems != nil && b.maxItems <= 0 {
		err = notPositive(c.maxItems, b.maxItems)
	}
	if err != nil {
		return nil, err
	}
	if c.maxBytes != nil {
		if b.maxBytes, err = d.count(c.maxBytes, 0); err == nil && b.maxBytes <= 0 {
			err = notPositive(c.maxBytes, b.maxBytes)
		}
		if err != nil {
			return nil, err
		}
	}
	b.maxBytes = min(b.maxBytes, spec.MaxPayloadBytes)
	if c.input != nil {
		b.input, err = c.input.eval(d)
	}
	return b, err
}

func notPositive(q *quantity, n int) *evalError {
	return runtimeError("field " + q.field + " must be positive but was: " + strconv.Itoa(n))
}

// next makes the input of the next child execution of items, and tells how many
// it holds; any is false when there are none left.
func (b *batcher) next(item func() (value.Value, bool, *evalError)) (batch value.Value, count int, any bool, err *evalError) {
	const frameSize = len(`{"Items":[]}`)
	bytes := frameSize
	if !b.input.IsAbsent() {
		bytes += size(b.input) + len(`"BatchInput":,`)
	}
	var items []value.Value
	for b.maxItems == 0 || len(items) < b.maxItems {
		next := b.held
		b.held = value.Value{}
		if next.IsAbsent() {
			if next, any, err = item(); err != nil {
				return batch, 0, false, err
			} else if !any {
				break
			}
		}
		bytes += size(next) + 1
		if bytes > b.maxBytes && len(items) > 0 {
			b.held = next
			break
		}
		items = append(items, next)
	}
	if len(items) == 0 {
		return batch, 0, false, nil
	}
	members := make([]value.Member, 0, 2)
	if !b.input.IsAbsent() {
		members = append(members, value.Member{Key: "BatchInput", Value: b.input})
	}
	members = append(members, value.Member{Key: "Items", Value: value.Array(items...)})
	return value.Object(members...), len(items), true, nil
}
