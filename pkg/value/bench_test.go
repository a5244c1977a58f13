package value

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// order is a document of the size that states pass on.
var order = func() string {
	var b strings.Builder
	b.WriteString(`{"orderId":"o-1","customer":{"id":17,"name":"Ada","tags":["new","gold"]},"lines":[`)
	for i := range 20 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"sku":"sku-%d","quantity":%d,"price":%d.25,"gift":false,"note":null}`, i, i%4, i)
	}
	b.WriteString(`]}`)
	return b.String()
}()

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(order)))
	for b.Loop() {
		if _, err := Parse(order); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseWithEncodingJSON(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(order)))
	for b.Loop() {
		var v any
		if err := json.Unmarshal([]byte(order), &v); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	v, _ := Parse(order)
	buf := make([]byte, 0, 2*len(order))
	b.ReportAllocs()
	b.SetBytes(int64(len(order)))
	for b.Loop() {
		buf = v.Append(buf[:0])
	}
}

func BenchmarkAppendWithEncodingJSON(b *testing.B) {
	var v any
	_ = json.Unmarshal([]byte(order), &v)
	b.ReportAllocs()
	b.SetBytes(int64(len(order)))
	for b.Loop() {
		_, _ = json.Marshal(v)
	}
}

func BenchmarkGet(b *testing.B) {
	small, _ := Parse(order)
	for name, v := range map[string]Value{"small": small, "large": largeObject(1000).With("lines", Null())} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if v.Get("lines").IsAbsent() {
					b.Fatal("not found")
				}
			}
		})
	}
}

func BenchmarkWith(b *testing.B) {
	small, _ := Parse(order)
	for name, v := range map[string]Value{"small": small, "large": largeObject(1000)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.With("result", small)
			}
		})
	}
}

func BenchmarkParseDeep(b *testing.B) {
	deep := strings.Repeat(`{"a":[`, 4000) + "1" + strings.Repeat(`]}`, 4000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(deep); err != nil {
			b.Fatal(err)
		}
	}
}
