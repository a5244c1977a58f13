package s3_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// texts reads all items as JSON text; an error is the last of them.
func texts(items s3.Items, err error) []string {
	var all []string
	for err == nil {
		var item s3.Item
		var any bool
		if item, any, err = items.Next(); err == nil {
			if !any {
				return all
			}
			all = append(all, item.Key+item.Value.Compact())
		}
	}
	return append(all, "error: "+err.Error())
}

func store(body string) s3.Memory { return s3.Memory{"b": {"k": []byte(body)}} }

func TestItemsOfAnObject(t *testing.T) {
	headers := s3.Format{InputType: "CSV"}
	given := s3.Format{InputType: "CSV", HeaderGiven: true, Headers: []string{"A", "B"}}
	for _, test := range []struct {
		name, body string
		format     s3.Format
		want       []string
	}{
		{"typed cells stay text", "0,True,{}\n1,,null\n", headers, []string{`{"0":"1","{}":"null","True":""}`}},
		{"empty header", "H1,\n1,2\n", headers, []string{`{"":"2","H1":"1"}`}},
		{"short and long rows", "1\n1,2,3\n", given, []string{`{"A":"1","B":""}`, `{"A":"1","B":"2"}`}},
		{"blanks are a row, nothing is none", "   \n\n\r\nx,y\r\n", given, []string{`{"A":"   ","B":""}`, `{"A":"x","B":"y"}`}},
		{"quotes", "\"a \"\"b\"\", c\",\"d\ne\"\n", given, []string{`{"A":"a \"b\", c","B":"d\ne"}`}},
		{"backslashes", `a\,b,c\\d\"e\n` + "\n", given, []string{`{"A":"a,b","B":"c\\d\"en"}`}},
		{"duplicate headers", "A,A\n", headers, []string{"error: CSV headers cannot contain duplicates."}},
		{"empty file", "", headers, []string{"error: The CSV file is empty."}},
		{"delimiter", "1;2\n", s3.Format{InputType: "CSV", HeaderGiven: true, Headers: []string{"A", "B"}, Delimiter: "SEMICOLON"}, []string{`{"A":"1","B":"2"}`}},
		{"array", ` [1, {"b": 2.0, "a": 1}] `, s3.Format{InputType: "JSON"}, []string{"1", `{"b":2.0,"a":1}`}},
		{"object", `{"x": 1, "y": [2]}`, s3.Format{InputType: "JSON"}, []string{"x1", "y[2]"}},
		{"scalar", `"text"`, s3.Format{InputType: "JSON"}, []string{"error: Attempting to map over non-iterable node."}},
		{"cut off", `[1, 2`, s3.Format{InputType: "JSON"}, []string{"1", "2", "error: the object is no JSON: it ends too early"}},
		{"pointer", `{"a": {"b~/c": [0, [7]]}}`, s3.Format{InputType: "JSON", Pointer: "/a/b~0~1c/1"}, []string{"7"}},
		{"pointer nowhere", `{"a": []}`, s3.Format{InputType: "JSON", Pointer: "/b"}, []string{`error: ItemsPointer leads nowhere: there is no "b"`}},
		{"lines", "{\"a\":1}\n\n  [2]\n3", s3.Format{InputType: "JSONL"}, []string{`{"a":1}`, "[2]", "3"}},
		{"broken line", "1\n{\n", s3.Format{InputType: "JSONL"}, []string{"1", "error: line 2 is no JSON: invalid JSON at byte 1: expected a quoted member name, found end of text"}},
	} {
		got := texts(s3.OpenObject(store(test.body), "b", "k", test.format))
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCompressedObjectsAreReadAsTheirContent(t *testing.T) {
	var zipped, packed bytes.Buffer
	g := gzip.NewWriter(&zipped)
	io.WriteString(g, "[1,2]")
	g.Close()
	z, err := zstd.NewWriter(&packed)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(z, "[3]")
	z.Close()
	objects := s3.Memory{"b": {"a.json.gz": zipped.Bytes(), "a.json.zst": packed.Bytes(), "bad.gz": []byte("text")}}
	for key, want := range map[string][]string{
		"a.json.gz": {"1", "2"}, "a.json.zst": {"3"}, "bad.gz": {"error: the object bad.gz is no gzip file"},
	} {
		if diff := cmp.Diff(want, texts(s3.OpenObject(objects, "b", key, s3.Format{InputType: "JSON"}))); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestFolderStandsForBuckets(t *testing.T) {
	folder := s3.Files{Root: fstest.MapFS{
		"b/in/1.jsonl": {Data: []byte("1\n")}, "b/in/2.jsonl": {Data: []byte("2\n3\n")}, "b/other": {Data: []byte("x")},
	}}
	got := texts(s3.OpenListing(folder, "b", "in/", s3.Format{InputType: "JSONL", Transformation: "LOAD_AND_FLATTEN"}))
	if diff := cmp.Diff([]string{"1", "2", "3"}, got); diff != "" {
		t.Error(diff)
	}
	listed := texts(s3.OpenListing(folder, "b", "oth", s3.Format{}))
	if len(listed) != 1 || !strings.HasPrefix(listed[0], `{"Etag":"\"9dd4e461268c8034f5c8564e155c67a6\"","LastModified":-62135596800,"Key":"other",`) {
		t.Errorf("the listing is %v", listed)
	}
	for _, missing := range []string{"none", "../b"} {
		if _, err := s3.OpenObject(folder, "b", missing, s3.Format{InputType: "JSON"}); err == nil {
			t.Errorf("%s was opened", missing)
		}
	}
	if _, err := folder.Create("b", "new"); err == nil {
		t.Error("a folder without a writer was written to")
	}
}

func TestWritingStaysInTheFolder(t *testing.T) {
	dir := t.TempDir()
	written := ""
	folder := s3.Files{Root: os.DirFS(dir), Writer: func(name string) (io.WriteCloser, error) {
		written = name
		return nil, nil
	}}
	if _, err := folder.Create("b", "../../etc/passwd"); err == nil {
		t.Errorf("%q was written", written)
	}
	if _, err := folder.Create("b", "p/q.json"); err != nil || written != "b/p/q.json" {
		t.Errorf("%q, %v", written, err)
	}
}

func FuzzItems(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", `[1,{"a":2}]`, "{\"a\":1}\n", "\"x\ny\",\\,\n"} {
		f.Add(seed, "CSV", "/a")
		f.Add(seed, "JSON", "")
		f.Add(seed, "JSONL", "")
	}
	f.Fuzz(func(t *testing.T, body, kind, pointer string) {
		items, err := s3.OpenObject(store(body), "b", "k", s3.Format{InputType: kind, Pointer: pointer})
		for count := 0; err == nil; count++ {
			var item s3.Item
			var any bool
			item, any, err = items.Next()
			if err == nil && any {
				if _, parseError := value.ParseCompact(item.Value.Compact()); parseError != nil {
					t.Errorf("an item is no JSON: %v", parseError)
				}
			}
			if !any {
				break
			}
			if count > len(body)+1 {
				t.Fatal("there are more items than bytes")
			}
		}
	})
}
