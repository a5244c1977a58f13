package syntax

import (
	"bytes"
	"path"
	"strings"
)

// Parse parses f in the notation that its name tells: .yaml and .yml are YAML,
// .json is JSON. Under any other name (.asl, .template, standard input) the
// text tells: it is JSON if a brace or bracket comes first, else YAML.
func Parse(f *File) *Tree {
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".yaml", ".yml":
		return ParseYAML(f)
	case ".json":
		return ParseJSON(f)
	}
	if looksLikeJSON(f.Src) {
		return ParseJSON(f)
	}
	return ParseYAML(f)
}

// looksLikeJSON reports whether src starts with a brace or a bracket, after
// blanks and the comments that some writers put into JSON. Nothing at all is
// taken for JSON.
func looksLikeJSON(src []byte) bool {
	src = bytes.TrimPrefix(src, []byte(byteOrderMark))
	for {
		src = bytes.TrimLeft(src, " \t\r\n")
		end := -1
		switch {
		case len(src) == 0 || src[0] == '{' || src[0] == '[':
			return true
		case bytes.HasPrefix(src, []byte("//")):
			end = bytes.IndexByte(src, '\n')
		case bytes.HasPrefix(src, []byte("/*")):
			end = bytes.Index(src, []byte("*/")) + 1
		}
		if end <= 0 {
			return false
		}
		src = src[end+1:]
	}
}
