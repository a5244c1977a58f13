package jsonata

import (
	"errors"

	"github.com/sfnctl/sfnctl/pkg/jsonata/picture"
	"github.com/sfnctl/sfnctl/pkg/jsonata/regex"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func dateFunctions() []Function {
	return []Function{
		{"now", "<s?s?:s>", now},
		{"millis", "<:n>", millis},
		{"fromMillis", "<n-s?s?:s>", fromMillis},
		{"toMillis", "<s-s?:n>", toMillis},
	}
}

// currentMillis is the time stamp of the evaluation in milliseconds.
func (c Call) currentMillis() float64 { return float64(c.Now().UnixMilli()) }

func now(c Call) (value.Value, error) {
	return c.fromPicture(picture.FormatTime(c.currentMillis(), c.optionalText(0), c.Arg(1).Str()))
}

func millis(c Call) (value.Value, error) { return value.Float(c.currentMillis()), nil }

func fromMillis(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	return c.fromPicture(picture.FormatTime(c.Arg(0).Float(), c.optionalText(1), c.Arg(2).Str()))
}

// optionalText returns a string argument, nil when it is missing.
func (c Call) optionalText(i int) *string {
	if !c.Has(i) {
		return nil
	}
	text := c.Arg(i).Str()
	return &text
}

func toMillis(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	text := c.Arg(0).Str()
	if !c.Has(1) {
		parsed, ok := picture.ParseISO(text)
		if !ok {
			return value.Value{}, failure("D3110", c.Arg(0))
		}
		return value.Float(parsed), nil
	}
	parsed, ok, err := picture.ParseTime(text, c.Arg(1).Str(), c.Now())
	switch {
	case errors.Is(err, regex.ErrBudget):
		return value.Value{}, errTime()
	case err != nil:
		return value.Value{}, pictureFailure(err)
	case !ok:
		return value.Value{}, nil
	}
	return value.Float(parsed), nil
}
