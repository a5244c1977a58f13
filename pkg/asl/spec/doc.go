// Package spec holds what the Amazon States Language and AWS Step Functions
// define, as data: the fields of every kind of object with their types, ranges
// and query languages, comparison operators, and service integrations. Decoders,
// rules, completion and the JSON Schema read the same tables.
package spec
