// Package asl is the Amazon States Language: the syntax tree of a state
// machine, decoded from a [syntax.Tree]. Decoding judges structure (required,
// unknown, misplaced and wrongly typed fields), resolves the query language of
// every state, and parses every expression once, so that the linter, the graph
// and the simulator share one tree. It always returns a machine: what is
// broken is left out or marked, and the rest is still there.
package asl
