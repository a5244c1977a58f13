package editorconfig

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/internal/files"
)

const tree = `
-- .editorconfig --
root = true
; all files
[*]
indent_size = 8
end_of_line = crlf

[*.{json,yaml}]
indent_style = Space
indent_size = 4
max_line_length = 100
-- sub/.editorconfig --
# nearer
[*.json]
indent_style = tab
end_of_line = lf
[/only.json]
max_line_length = off
[deep/*.json]
max_line_length = 60
not a property
[broken{
`

func TestNearerFilesAndLaterSectionsWin(t *testing.T) {
	dir := t.TempDir()
	for _, file := range txtar.Parse([]byte(tree)).Files {
		path := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	finder := NewFinder(files.OnDisk())
	for name, want := range map[string]Settings{
		"a.json":              {Indent: "    ", Width: 100, Newline: "\r\n"},
		"a.txt":               {Indent: "        ", Newline: "\r\n"},
		"sub/a.yaml":          {Indent: "    ", Width: 100, Newline: "\r\n"},
		"sub/a.json":          {Indent: "\t", Width: 100, Newline: "\n"},
		"sub/only.json":       {Indent: "\t", Newline: "\n"},
		"sub/deep/a.json":     {Indent: "\t", Width: 60, Newline: "\n"},
		"sub/deep/er/b.json":  {Indent: "\t", Width: 100, Newline: "\n"},
		"sub/deep/er/c.d.asl": {Indent: "        ", Newline: "\r\n"},
	} {
		got, err := finder.For(t.Context(), filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}
