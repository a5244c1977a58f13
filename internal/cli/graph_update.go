package cli

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph/render"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// The markers of a block that --update redraws. After the path of the definition
// may stand the name of a picture and what the flags of the same names say:
// implicit, findings, theme=dark, path=A,B, history=FILE, diff=FILE.
const closingMarker = "<!-- /sfnctl:graph -->"

var (
	openingMarker = regexp.MustCompile(`^<!-- sfnctl:graph[ \t]+(.*?)[ \t]*-->$`)
	codeFence     = regexp.MustCompile("^ {0,3}(```+|~~~+)")
)

// updateDocuments redraws the blocks of the Markdown files given by --update.
func (d *drawer) updateDocuments(args []string) error {
	switch {
	case len(args) > 0:
		return usagef("--update takes its definitions from the markers in the file, but was also given %q", args[0])
	case d.flags.output != "" || d.flags.history != "" || d.flags.findings || d.flags.path != "" || d.flags.diff != "":
		return usagef("--update goes with --check, --theme, --scale, --no-legend and --config only")
	}
	for _, name := range d.flags.update {
		if err := d.updateDocument(name); err != nil {
			return err
		}
	}
	return d.verdict()
}

func (d *drawer) updateDocument(name string) error {
	content, err := d.env.readFile(d.ctx, "--update", name)
	if err != nil {
		return err
	}
	text, blocks, err := d.redraw(name, strings.SplitAfter(string(content), "\n"))
	if err != nil {
		return err
	}
	if blocks == 0 {
		return usagef("%s has no block to redraw; put <!-- sfnctl:graph PATH --> and %s where the picture belongs", name, closingMarker)
	}
	return d.put(name, []byte(text))
}

// redraw returns a document with all its blocks drawn anew. Markers in code,
// between fences, are examples.
func (d *drawer) redraw(name string, lines []string) (text string, blocks int, err error) {
	var out strings.Builder
	fence := ""
	for i := 0; i < len(lines); i++ {
		out.WriteString(lines[i])
		if found := codeFence.FindString(lines[i]); found != "" {
			switch {
			case fence == "":
				fence = strings.TrimSpace(found)
			case strings.HasPrefix(strings.TrimSpace(found), fence):
				fence = ""
			}
		}
		marker := openingMarker.FindStringSubmatch(strings.TrimSpace(lines[i]))
		if fence != "" || marker == nil {
			continue
		}
		end := i + 1
		for end < len(lines) && strings.TrimSpace(lines[end]) != closingMarker {
			end++
		}
		if end == len(lines) {
			return "", 0, usagef("%s: the block of %s has no end; write %s on a line after it", name, marker[1], closingMarker)
		}
		block, err := d.block(name, marker[1])
		if err != nil {
			return "", 0, err
		}
		out.WriteString(block)
		i = end - 1
		blocks++
	}
	return out.String(), blocks, nil
}

// block draws what stands between two markers: Mermaid, or an image beside it.
func (d *drawer) block(document, marker string) (string, error) {
	fields := strings.Fields(marker)
	if len(fields) == 0 {
		return "", usagef("%s: a marker names no definition; write <!-- sfnctl:graph PATH -->", document)
	}
	drawing := *d
	flags := *d.flags
	drawing.flags = &flags
	folder := filepath.ToSlash(filepath.Dir(document))
	image := ""
	for _, field := range fields[1:] {
		if flags.setWord(field, folder) {
			continue
		}
		format, known := render.FormatOf(field)
		if !known || format != render.SVG && format != render.PNG {
			return "", usagef("%s: the marker of %s says %q, which is neither an option of a marker nor a name that ends in .svg or .png", document, fields[0], field)
		}
		image, drawing.format = field, format
	}
	if err := drawing.checkFlags(); err != nil {
		return "", fmt.Errorf("%s: %w", document, err)
	}
	subject, err := drawing.load(path.Join(folder, fields[0]))
	if err != nil {
		return "", fmt.Errorf("%s: %w", document, err)
	}
	if image == "" {
		picture, err := drawing.draw(subject, render.Mermaid, nil)
		return "```mermaid\n" + string(picture) + "```\n", err
	}
	target := path.Join(folder, image)
	picture, err := drawing.draw(subject, drawing.format, drawing.linksFrom(target, subject))
	if err != nil {
		return "", err
	}
	err = drawing.put(target, picture)
	d.stale = drawing.stale
	return fmt.Sprintf("![%s](%s)\n", altText(subject), escapePath(image)), err
}

// setWord sets the flag that a word of a marker stands for. Files are seen from
// the folder of the document.
func (f *graphFlags) setWord(word, folder string) bool {
	key, value, _ := strings.Cut(word, "=")
	switch key {
	case "implicit":
		f.implicit = true
	case "findings":
		f.findings = true
	case "theme":
		f.theme = value
	case "path":
		f.path = value
	case "title":
		f.title = value
	case "history":
		f.history = path.Join(folder, value)
	case "diff":
		f.diff = path.Join(folder, value)
	default:
		return false
	}
	return true
}

// altText says in words what the picture of a state machine shows.
func altText(s *subject) string {
	return strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(printable.Line(filepath.Base(s.name) + ": " + summary(s)))
}

// escapePath makes a path fit for a link.
func escapePath(name string) string { return (&url.URL{Path: name}).EscapedPath() }
