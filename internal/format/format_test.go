package format

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	for _, path := range []string{"testdata/json.txtar", "testdata/yaml.txtar", "testdata/template.txtar"} {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{}
		for _, file := range archive.Files {
			want[file.Name] = string(file.Data)
		}
		fresh := &txtar.Archive{Comment: archive.Comment}
		for _, file := range archive.Files {
			if strings.HasSuffix(file.Name, ".want") {
				continue
			}
			got := formatted(t, file.Name, file.Data)
			fresh.Files = append(fresh.Files, file, txtar.File{Name: file.Name + ".want", Data: []byte(got)})
			if diff := cmp.Diff(want[file.Name+".want"], got); diff != "" && !*update {
				t.Errorf("%s: %s (-want +got)\n%s", path, file.Name, diff)
			}
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(fresh), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// formatted returns the result, or why there is none, and holds the result to
// its claims.
func formatted(t *testing.T, name string, src []byte) string {
	t.Helper()
	result, err := Source(syntax.NewFile(name, src), Style{})
	if err != nil {
		return err.Error() + "\n"
	}
	checkResult(t, name, src, result)
	return string(result)
}

func TestStyleDecidesIndentationAndLineBreaks(t *testing.T) {
	tests := []struct {
		name, src string
		style     Style
		want      string
	}{
		{"a.json", "{\r\n\"Type\": \"Succeed\"}", Style{}, "{\r\n  \"Type\": \"Succeed\"\r\n}\r\n"},
		{"a.json", "{\r\n\"Type\": \"Succeed\"}", Style{Newline: "\n"}, "{\n  \"Type\": \"Succeed\"\n}\n"},
		{"a.yaml", "End: true\r\nType: Pass", Style{}, "Type: Pass\r\nEnd: true\r\n"},
		{"a.yaml", "End: true\r\nType: Pass", Style{Newline: "\n"}, "Type: Pass\nEnd: true\n"},
		{"a.yaml", "\uFEFFEnd: true\nType: Pass\n", Style{}, "Type: Pass\nEnd: true\n"},
		{"a.yaml", "Type: Pass\nResult:\n  a:\n  - b", Style{Indent: "    "}, "Type: Pass\nResult:\n    a:\n        - b\n"},
		{"a.yaml", "Type: Pass\nResult:\n  a:\n  - b", Style{Indent: "\t"}, "Type: Pass\nResult:\n  a:\n    - b\n"},
		{"a.json", "\uFEFF{\"Type\": \"Succeed\"}", Style{Indent: "\t"}, "{\n\t\"Type\": \"Succeed\"\n}\n"},
	}
	for _, test := range tests {
		got, err := Source(syntax.NewFile(test.name, []byte(test.src)), test.style)
		if err != nil {
			t.Errorf("%q: %v", test.src, err)
		}
		if diff := cmp.Diff(test.want, string(got)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.src, diff)
		}
	}
}

func TestWidthDecidesWhatStandsOnOneLine(t *testing.T) {
	src := []byte(`{"Type": "Pass", "Result": {"a": [1, 2, 3], "b": "c"}}`)
	for width, want := range map[int]string{
		40: "{\n  \"Type\": \"Pass\",\n  \"Result\": { \"a\": [1, 2, 3], \"b\": \"c\" }\n}\n",
		39: "{\n  \"Type\": \"Pass\",\n  \"Result\": {\n    \"a\": [1, 2, 3],\n    \"b\": \"c\"\n  }\n}\n",
	} {
		got, err := Source(syntax.NewFile("a.json", src), Style{Width: width})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("width %d (-want +got)\n%s", width, diff)
		}
	}
}
