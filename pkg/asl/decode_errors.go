package asl

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// allErrors is the name that stands for every error but States.Runtime.
const allErrors = spec.ErrorAll

func (d *decoder) decodeRetry(o *object) (retriers []*Retrier) {
	items, ok := o.items("Retry")
	if !ok {
		return nil
	}
	defer d.pop(d.push("Retry"))
	for i, item := range items {
		mark := d.pushIndex(i)
		if body := d.asObject(item); body != nil {
			retriers = append(retriers, d.decodeRetrier(d.open(body, &spec.Retrier, 0, o.language), i == len(items)-1))
		}
		d.pop(mark)
	}
	return retriers
}

func (d *decoder) decodeRetrier(o *object, last bool) *Retrier {
	return &Retrier{
		Node:            o.node,
		ErrorEquals:     d.decodeErrorEquals(o, last),
		IntervalSeconds: o.number("IntervalSeconds"),
		MaxAttempts:     o.number("MaxAttempts"),
		BackoffRate:     o.number("BackoffRate"),
		MaxDelaySeconds: o.number("MaxDelaySeconds"),
		JitterStrategy:  o.text("JitterStrategy"),
		Comment:         o.text("Comment"),
	}
}

func (d *decoder) decodeCatch(o *object) (catchers []*Catcher) {
	items, ok := o.items("Catch")
	if !ok {
		return nil
	}
	defer d.pop(d.push("Catch"))
	for i, item := range items {
		mark := d.pushIndex(i)
		if body := d.asObject(item); body != nil {
			catchers = append(catchers, d.decodeCatcher(d.open(body, &spec.Catcher, 0, o.language), i == len(items)-1))
		}
		d.pop(mark)
	}
	return catchers
}

func (d *decoder) decodeCatcher(o *object, last bool) *Catcher {
	d.readable = errorReadable
	defer func() { d.readable = 0 }()
	return &Catcher{
		Node:        o.node,
		ErrorEquals: d.decodeErrorEquals(o, last),
		Next:        o.transition("Next"),
		ResultPath:  o.expression("ResultPath"),
		Output:      o.expression("Output"),
		Assign:      d.decodeAssign(o),
		Comment:     o.text("Comment"),
	}
}

// decodeErrorEquals reads the error names that a Retrier or Catcher takes.
// States.ALL must be the only one, and only the last element may have it.
func (d *decoder) decodeErrorEquals(o *object, last bool) []*syntax.String {
	items, ok := o.items("ErrorEquals")
	if !ok {
		return nil
	}
	defer d.pop(d.push("ErrorEquals"))
	names := make([]*syntax.String, 0, len(items))
	for i, item := range items {
		name, isString := item.(*syntax.String)
		if isString {
			names = append(names, name)
		} else if _, broken := item.(*syntax.Bad); !broken {
			mark := d.pushIndex(i)
			d.reportType(item, d.subject(), "an error name", "String")
			d.pop(mark)
		}
	}
	d.judgeAllErrors(names, len(items) == 1, last)
	return names
}

func (d *decoder) judgeAllErrors(names []*syntax.String, alone, last bool) {
	for _, name := range names {
		if name.Value != allErrors || alone && last {
			continue
		}
		message, help := fmt.Sprintf("%s has States.ALL beside other names", d.subject()), "States.ALL takes the others too: leave it alone in its list"
		if alone {
			message, help = fmt.Sprintf("%s has States.ALL, but is not the last of its list", d.subject()), "nothing behind it can ever match: move it to the end"
		}
		d.report(RuleInvalidErrorEquals, name.Span(), message, help).
			schema(name.Span(), "States.ALL must appear alone and at end of list")
		return
	}
}
