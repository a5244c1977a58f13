package cli

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/internal/report"
)

var markdownLink = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)

// printMarkdown shows a page of our documentation on a terminal: headings
// stand out, code is indented, links to other pages become their text.
func printMarkdown(w io.Writer, palette *report.Palette, page string) error {
	out := bufio.NewWriter(w)
	inCode := false
	for line := range strings.Lines(strings.TrimSpace(page) + "\n") {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			inCode = !inCode
		case inCode && line == "":
			fmt.Fprintln(out)
		case inCode:
			fmt.Fprintln(out, palette.Faint("    "+line))
		case strings.HasPrefix(line, "#"):
			fmt.Fprintln(out, palette.Strong(strings.TrimLeft(line, "# ")))
		default:
			fmt.Fprintln(out, markdownLink.ReplaceAllString(line, "$1"))
		}
	}
	return out.Flush()
}
