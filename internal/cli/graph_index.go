package cli

import (
	"bytes"
	"fmt"
	"html"
	"path/filepath"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/graph/render"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// index writes a page with a picture of every state machine in a directory:
// HTML or Markdown by the suffix of the output, Markdown without one.
func (d *drawer) index(directory string) error {
	if d.flags.history != "" || d.flags.path != "" || d.flags.diff != "" {
		return usagef("%s is a directory; --history, --path and --diff need one definition", directory)
	}
	write := d.markdownIndex
	switch suffix := strings.ToLower(filepath.Ext(d.flags.output)); {
	case d.format != "":
		return usagef("%s is a directory, whose index is Markdown or HTML; -o FILE.md or -o FILE.html chooses", directory)
	case suffix == ".html" || suffix == ".htm":
		write = d.htmlIndex
	case suffix != "" && suffix != ".md" && suffix != ".markdown":
		return usagef("%s is a directory, whose index is Markdown or HTML; -o FILE.md or -o FILE.html chooses", directory)
	}
	subjects, err := d.loadAll(directory)
	if err != nil {
		return err
	}
	title := d.flags.title
	if title == "" {
		title = "State machines"
	}
	page, err := write(title, subjects)
	if err != nil {
		return err
	}
	if d.flags.output == "" {
		_, err := d.env.Stdout.Write(page)
		return err
	}
	if err := d.put(d.flags.output, page); err != nil {
		return err
	}
	return d.verdict()
}

// summary says in a line how large a state machine is and how it can end.
func summary(s *subject) string {
	parts := []string{count(len(s.graph.Nodes), "state", "states")}
	for _, class := range graph.Classes() {
		var names []string
		for _, terminal := range s.analysis.Terminals.All {
			if terminal.Class == class && terminal.Node != nil {
				names = append(names, terminal.Node.Name())
			}
		}
		if len(names) > 0 {
			parts = append(parts, strings.ReplaceAll(string(class), "-", " ")+" in "+graph.Shorten(strings.Join(names, ", "), 80))
		}
	}
	if s.analysis.Terminals.Implicit() != nil {
		parts = append(parts, "some errors nobody catches")
	}
	return strings.Join(parts, "; ")
}

func (d *drawer) markdownIndex(title string, subjects []*subject) ([]byte, error) {
	var page bytes.Buffer
	fmt.Fprintf(&page, "# %s\n", markdownText(title))
	for _, s := range subjects {
		fmt.Fprintf(&page, "\n## %s\n\n", markdownText(s.name))
		link := d.sourceLink(s)
		if link != "" {
			fmt.Fprintf(&page, "[Definition](%s): ", link)
		}
		fmt.Fprintf(&page, "%s.\n", markdownText(summary(s)))
		if len(s.graph.Nodes) == 0 {
			continue
		}
		drawing := d.untitled()
		picture, err := drawing.draw(s, render.Mermaid, nil)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&page, "\n```mermaid\n%s```\n", picture)
	}
	return page.Bytes(), nil
}

func (d *drawer) htmlIndex(title string, subjects []*subject) ([]byte, error) {
	var contents, sections bytes.Buffer
	for i, s := range subjects {
		name := html.EscapeString(printable.Line(s.name))
		fmt.Fprintf(&contents, "<li><a href=\"#m%d\">%s</a> <small>%s</small></li>\n", i, name, html.EscapeString(printable.Line(summary(s))))
		fmt.Fprintf(&sections, "<section id=\"m%d\">\n<h2>%s</h2>\n", i, name)
		if link := d.sourceLink(s); link != "" {
			fmt.Fprintf(&sections, "<p><a href=\"%s\">Definition</a></p>\n", html.EscapeString(link))
		}
		if len(s.graph.Nodes) > 0 {
			picture, err := d.untitled().draw(s, render.SVG, d.linksFrom(d.flags.output, s))
			if err != nil {
				return nil, err
			}
			sections.Write(picture)
		}
		sections.WriteString("</section>\n")
	}
	heading := html.EscapeString(title)
	page := fmt.Sprintf(indexPage, heading, heading, contents.String(), sections.String())
	return []byte(page), nil
}

// untitled draws without a title: the page has headings.
func (d *drawer) untitled() *drawer {
	drawing := *d
	flags := *d.flags
	flags.title = noTitle
	drawing.flags = &flags
	return &drawing
}

// sourceLink leads from the page to a definition; "" when the page goes to
// standard output or the definition comes from standard input.
func (d *drawer) sourceLink(s *subject) string {
	if d.flags.output == "" || s.path == "" {
		return ""
	}
	relative, err := filepath.Rel(filepath.Dir(d.env.path(d.flags.output)), s.path)
	if err != nil {
		return ""
	}
	return escapePath(filepath.ToSlash(relative))
}

// markdownText disarms what Markdown and HTML take for more than itself.
func markdownText(text string) string {
	escaped := strings.NewReplacer("\n", " ", "\r", " ", "&", "&amp;", "<", "&lt;", `\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "#", `\#`, "|", `\|`)
	return escaped.Replace(printable.Line(text))
}

const indexPage = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
:root { color-scheme: light dark }
body { font-family: "Segoe UI", Helvetica, Arial, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; line-height: 1.5 }
@media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3 } a { color: #58a6ff } }
section > svg { max-width: 100%%; height: auto }
small { opacity: .8 }
</style>
</head>
<body>
<h1>%s</h1>
<ul>
%s</ul>
%s</body>
</html>
`
