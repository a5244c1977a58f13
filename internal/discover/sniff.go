package discover

import (
	"bytes"
	"path"
	"strings"
)

// LooksLikeDefinition reports whether a text is a state machine by its
// content: StartAt and States at the top level. It looks at the beginnings of
// things only, so broken text can still pass.
func LooksLikeDefinition(name string, content []byte) bool {
	if !bytes.Contains(content, []byte("StartAt")) || !bytes.Contains(content, []byte("States")) {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return topLevelYAML(content, "StartAt") && topLevelYAML(content, "States")
	case ".tf":
		return false
	}
	return topLevelJSON(content)
}

// topLevelYAML reports whether a block mapping at column 1 has the key.
func topLevelYAML(content []byte, key string) bool {
	for line := range bytes.Lines(content) {
		rest, found := bytes.CutPrefix(bytes.Trim(line, "'\""), []byte(key))
		if found && bytes.HasPrefix(bytes.TrimLeft(rest, "'\" "), []byte(":")) {
			return true
		}
	}
	return false
}

// topLevelJSON reports whether the outermost object has the members StartAt
// and States.
func topLevelJSON(content []byte) bool {
	depth, startAt, states := 0, false, false
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			end := stringEnd(content, i)
			if depth == 1 && isKey(content, end) {
				text := string(content[i+1 : max(i+1, min(end, len(content)))])
				startAt = startAt || text == "StartAt"
				states = states || text == "States"
			}
			i = end
		}
		if startAt && states {
			return true
		}
	}
	return false
}

// isKey reports whether a colon follows the string that ends at end.
func isKey(content []byte, end int) bool {
	return end < len(content) && bytes.HasPrefix(bytes.TrimLeft(content[end+1:], " \t\r\n"), []byte(":"))
}

// stringEnd returns the offset of the quote that closes the string at start,
// or of the end of its line: strings of JSON never go further.
func stringEnd(content []byte, start int) int {
	for i := start + 1; i < len(content); i++ {
		switch content[i] {
		case '\\':
			i++
		case '"', '\n':
			return i
		}
	}
	return len(content)
}
