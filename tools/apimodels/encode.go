package main

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// The table is a header of text lines, a line of its own for every service, an
// empty line, and then the services' data one after the other:
//
//	sfnctl-apis 1 MODULE VERSION DATE
//	dictionary LENGTH
//	NAME PREFIX ACTIONS LENGTH      (LENGTH 0: the guide lists it, the models do not)
//
// Each service is compressed for itself, so that a reader inflates only the
// ones it needs, and all with one dictionary of the strings that many services
// share. pkg/asl/spec/catalogue.go reads what this file writes.

type header struct{ module, version, date string }

func encodeTable(h header, services []*service) ([]byte, error) {
	dictionary := sharedStrings(services)
	packedDictionary, err := deflate([]byte(dictionary), nil)
	if err != nil {
		return nil, err
	}
	var index, data bytes.Buffer
	fmt.Fprintf(&index, "sfnctl-apis 1 %s %s %s\ndictionary %d\n", h.module, h.version, h.date, len(packedDictionary))
	data.Write(packedDictionary)
	for _, service := range services {
		packed, err := encodeService(service, []byte(dictionary))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&index, "%s %s %d %d\n", service.name, service.prefix, len(service.actions), len(packed))
		data.Write(packed)
	}
	index.WriteByte('\n')
	return append(index.Bytes(), data.Bytes()...), nil
}

func deflate(data, dictionary []byte) ([]byte, error) {
	var packed bytes.Buffer
	writer, err := flate.NewWriterDict(&packed, flate.BestCompression, dictionary)
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(writer, bytes.NewReader(data)); err != nil {
		return nil, err
	}
	err = writer.Close()
	return packed.Bytes(), err
}

// maxDictionary is how far back the compression can refer.
const maxDictionary = 32 << 10

// sharedStrings joins the strings that most services use, the commonest last,
// where references to them are shortest.
func sharedStrings(services []*service) string {
	uses := map[string]int{}
	for _, service := range services {
		for _, word := range stringsOf(service).list {
			uses[word]++
		}
	}
	var words []string
	for word, count := range uses {
		if count > 3 && len(word) > 3 {
			words = append(words, word)
		}
	}
	worth := func(word string) int { return uses[word] * len(word) }
	slices.SortFunc(words, func(a, b string) int {
		if d := worth(b) - worth(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	size := 0
	for i, word := range words {
		if size += len(word) + 1; size > maxDictionary {
			words = words[:i]
			break
		}
	}
	slices.Reverse(words)
	return strings.Join(words, "\x00")
}

// stringTable numbers the strings of one service in order of first use.
type stringTable struct {
	list    []string
	numbers map[string]int
}

func (t *stringTable) number(word string) int {
	number, seen := t.numbers[word]
	if !seen {
		number = len(t.list)
		t.numbers[word] = number
		t.list = append(t.list, word)
	}
	return number
}

func stringsOf(s *service) *stringTable {
	table := &stringTable{numbers: map[string]int{}}
	encodeBody(s, table)
	return table
}

func encodeService(s *service, dictionary []byte) ([]byte, error) {
	if len(s.actions) == 0 {
		return nil, nil
	}
	table := &stringTable{numbers: map[string]int{}}
	body := encodeBody(s, table)
	var raw encoder
	raw.number(len(table.list))
	for _, word := range table.list {
		raw.data = append(append(raw.data, word...), 0)
	}
	raw.data = append(raw.data, body...)
	return deflate(raw.data, dictionary)
}

// encodeBody writes the actions and then the shapes.
func encodeBody(s *service, table *stringTable) []byte {
	e := encoder{table: table}
	e.number(len(s.actions))
	for _, action := range s.actions {
		e.action(action)
	}
	e.number(len(s.shapes))
	for _, shape := range s.shapes {
		e.shape(shape)
	}
	return e.data
}

type encoder struct {
	data  []byte
	table *stringTable
}

func (e *encoder) number(n int)      { e.data = binary.AppendUvarint(e.data, uint64(n)) }
func (e *encoder) word(word string)  { e.number(e.table.number(word)) }
func (e *encoder) flags(set ...bool) { e.data = append(e.data, bits(set)) }
func (e *encoder) words(list []string) {
	e.number(len(list))
	for _, word := range list {
		e.word(word)
	}
}

func bits(set []bool) byte {
	var b byte
	for i, on := range set {
		if on {
			b |= 1 << i
		}
	}
	return b
}

func (e *encoder) action(a action) {
	e.word(a.name)
	e.flags(a.deprecated)
	e.word(a.method)
	e.number(a.input + 1)
	e.number(a.output + 1)
	e.words(a.errors)
}

func (e *encoder) shape(s *shape) {
	e.data = append(e.data, byte(s.kind)|bits([]bool{s.min != nil, s.max != nil, len(s.enum) > 0})<<4)
	if s.min != nil {
		e.word(bound(s.min))
	}
	if s.max != nil {
		e.word(bound(s.max))
	}
	if len(s.enum) > 0 {
		e.words(s.enum)
	}
	switch s.kind {
	case list, mapOf:
		e.number(s.element)
	case structure:
		e.number(len(s.members))
		for _, member := range s.members {
			e.number(e.table.number(member.name)<<2 | int(bits([]bool{member.required, member.deprecated})))
			e.number(member.shape)
		}
	}
}

// bound writes a bound as the shortest text that reads back the same.
func bound(value *float64) string {
	if value == nil {
		return ""
	}
	return strconv.FormatFloat(*value, 'g', -1, 64)
}
