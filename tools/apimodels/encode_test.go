package main

import (
	"bytes"
	"testing"
)

func TestEqualShapesAreMerged(t *testing.T) {
	// A and B are lists of themselves under two names, C is a list of strings.
	s := &service{
		actions: []action{{name: "a", input: 0, output: 1}, {name: "b", input: 2, output: none}},
		shapes: []*shape{
			{kind: list, element: 0}, {kind: list, element: 1}, {kind: list, element: 3}, {kind: text, element: none},
		},
	}
	mergeEqualShapes(s)
	if len(s.shapes) != 3 || s.actions[0].input != s.actions[0].output {
		t.Errorf("%d shapes, actions %+v", len(s.shapes), s.actions)
	}
}

func TestTableIsTheSameInEveryRun(t *testing.T) {
	write := func() []byte {
		services := []*service{{
			name: "x", prefix: "X", actions: []action{{name: "getX", method: "GET", input: 0, output: none}},
			shapes: []*shape{{kind: structure, members: []member{{name: "Id", required: true, shape: 0}}, element: none}},
		}}
		table, err := encodeTable(header{"m", "v1", "2025-01-01"}, services)
		if err != nil {
			t.Fatal(err)
		}
		return table
	}
	if !bytes.Equal(write(), write()) {
		t.Error("two runs differ")
	}
}
