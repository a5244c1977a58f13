package cli

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph/render"
)

// The markers of a block that --update redraws. Between the path of the
// definition and the end may stand the name of a picture and the word implicit.
const closingMarker = "<!-- /sfnctl:graph -->"

var openingMarker = regexp.MustCompile(`(?m)^[ \t]*<!-- sfnctl:graph[ \t]+(.*?)[ \t]*-->[ \t]*\r?$`)

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
	content, err := d.env.readFile(name)
	if err != nil {
		return missingFile("--update", err)
	}
	text := string(content)
	var out strings.Builder
	blocks := 0
	for {
		at := openingMarker.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		end := strings.Index(text[at[1]:], closingMarker)
		if end < 0 {
			return usagef("%s: the block of %s has no end; write %s after it", name, text[at[2]:at[3]], closingMarker)
		}
		block, err := d.block(name, text[at[2]:at[3]])
		if err != nil {
			return err
		}
		out.WriteString(text[:at[1]] + "\n" + block)
		text = text[at[1]+end:]
		blocks++
	}
	if blocks == 0 {
		return usagef("%s has no block to redraw; put <!-- sfnctl:graph PATH --> and %s where the picture belongs", name, closingMarker)
	}
	return d.put(name, []byte(out.String()+text))
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
	image := ""
	for _, field := range fields[1:] {
		if field == "implicit" {
			flags.implicit = true
			continue
		}
		format, known := render.FormatOf(field)
		if !known || format != render.SVG && format != render.PNG {
			return "", usagef("%s: the marker of %s says %q, which is neither implicit nor a name that ends in .svg or .png", document, fields[0], field)
		}
		image, drawing.format = field, format
	}
	folder := filepath.ToSlash(filepath.Dir(document))
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

// altText says in words what the picture of a state machine shows.
func altText(s *subject) string {
	return strings.NewReplacer("[", "(", "]", ")", "\n", " ").Replace(filepath.Base(s.name) + ": " + summary(s))
}

// escapePath makes a path fit for a link.
func escapePath(name string) string { return (&url.URL{Path: name}).EscapedPath() }
