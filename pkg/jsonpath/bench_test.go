package jsonpath

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func manyItems(b *testing.B, n int) value.Value {
	var text strings.Builder
	text.WriteString(`{"limit":50,"items":[`)
	for i := range n {
		if i > 0 {
			text.WriteByte(',')
		}
		fmt.Fprintf(&text, `{"id":%d,"name":"item-%d","price":%d.5}`, i, i, i%100)
	}
	text.WriteString(`]}`)
	return mustValue(b, text.String())
}

func BenchmarkEvalDefinite(b *testing.B) {
	doc := mustValue(b, `{"x":1,"a":{"y":2,"b":{"z":3,"c":"found"}}}`)
	path := mustParse(b, "$.a.b.c")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := path.Eval(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEvalMany(b *testing.B) {
	doc := manyItems(b, 10_000)
	for _, text := range []string{"$.items[*].name", "$.items[?(@.price > 50)].id", "$.items[?(@.price > $.limit)].id", "$.items[?(@.name =~ /item-9.*/)].id", "$..name"} {
		path := mustParse(b, text)
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := path.Eval(doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSet(b *testing.B) {
	doc := mustValue(b, `{"x":1,"a":{"y":2,"b":{"z":3}}}`)
	path := mustParse(b, "$.a.result")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := path.Set(doc, doc); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("$.store.book[0]['title']"); err != nil {
			b.Fatal(err)
		}
	}
}
