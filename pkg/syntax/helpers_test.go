package syntax

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the golden files anew")

// outline writes a tree as JSON on one line, with <bad> where a value is broken.
func outline(n Node) string {
	switch n := n.(type) {
	case *Object:
		parts := make([]string, 0, len(n.Members))
		for _, m := range n.Members {
			parts = append(parts, quoteJSON(m.Key.Value)+":"+outline(m.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case *Array:
		parts := make([]string, 0, len(n.Items))
		for _, item := range n.Items {
			parts = append(parts, outline(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case *String:
		return quoteJSON(n.Value)
	case *Number:
		return n.Text
	case *Bool:
		return fmt.Sprint(n.Value)
	case *Null:
		return "null"
	}
	return "<bad>"
}

// report writes the errors of a tree as a user would see them.
func report(tree *Tree) string {
	var b strings.Builder
	for _, e := range tree.Errors {
		at := tree.File.Position(e.Span.Start, CodePoints)
		fmt.Fprintf(&b, "%d:%d %s", at.Line, at.Column, e.Message)
		if e.Related != (Span{}) {
			fmt.Fprintf(&b, " [%d]", tree.File.Position(e.Related.Start, CodePoints).Line)
		}
		fmt.Fprintf(&b, " -> %s\n", e.Help)
	}
	return b.String()
}

// golden runs make on each file of an archive whose name does not end in .want,
// and compares with the file of that name.
func golden(t *testing.T, path string, make func(name string, data []byte) string) {
	t.Helper()
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
		name := file.Name + ".want"
		got := make(file.Name, file.Data)
		fresh.Files = append(fresh.Files, file, txtar.File{Name: name, Data: []byte(got)})
		if !*update && got != want[name] {
			t.Errorf("%s: %s\n got:\n%s\nwant:\n%s", path, file.Name, got, want[name])
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// shared returns a path below the optional data folder next to the module; the
// test is skipped when it is absent.
func shared(t testing.TB, path string) string {
	t.Helper()
	full := filepath.Join("..", "..", "..", "shared", filepath.FromSlash(path))
	if _, err := os.Stat(full); errors.Is(err, os.ErrNotExist) {
		t.Skipf("optional data folder shared/%s is absent", path)
	}
	return full
}

// checkSpans fails unless all spans lie in the file and, where nested is set,
// within each other in order.
func checkSpans(t *testing.T, tree *Tree, nested bool) {
	t.Helper()
	size := len(tree.File.Src)
	inside := func(s Span) {
		if s.Start < 0 || s.End < s.Start || s.End > size {
			t.Fatalf("span %v outside of %d bytes of %q", s, size, tree.File.Src)
		}
	}
	for _, e := range tree.Errors {
		inside(e.Span)
		inside(e.Related)
	}
	for _, c := range tree.Comments {
		inside(c.Span)
	}
	Walk(tree.Root, func(n Node) bool {
		inside(n.Span())
		at := n.Span().Start
		for _, child := range children(n) {
			inside(child.Span())
			if nested && (child.Span().Start < at || child.Span().End > n.Span().End) {
				t.Fatalf("span %v of %s not within %v, in order, of %q", child.Span(), outline(child), n.Span(), tree.File.Src)
			}
			at = child.Span().End
		}
		if s, ok := n.(*String); ok {
			checkOffsets(t, s)
		}
		return true
	})
}

func children(n Node) (all []Node) {
	switch n := n.(type) {
	case *Object:
		for _, m := range n.Members {
			all = append(all, m.Key, m.Value)
		}
	case *Array:
		return n.Items
	}
	return all
}

func checkOffsets(t *testing.T, s *String) {
	t.Helper()
	before := s.Span().Start
	for i := range len(s.Value) + 1 {
		at := s.Offset(i)
		if at < before || at > s.Span().End {
			t.Fatalf("byte %d of %q at %d, not in order within %v", i, s.Value, at, s.Span())
		}
		before = at
	}
}

// value returns what encoding/json would make of a tree.
func value(n Node) any {
	switch n := n.(type) {
	case *Object:
		m := map[string]any{}
		for _, member := range n.Members {
			m[member.Key.Value] = value(member.Value)
		}
		return m
	case *Array:
		list := []any{}
		for _, item := range n.Items {
			list = append(list, value(item))
		}
		return list
	case *String:
		return n.Value
	case *Number:
		return json.Number(n.Text)
	case *Bool:
		return n.Value
	case *Null:
		return nil
	}
	return "<bad>"
}
