package report

import (
	"encoding/xml"
	"io"

	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// checkstyle writes the XML of Checkstyle, which Jenkins and reviewdog read.
type checkstyle struct{}

type checkstyleDocument struct {
	XMLName xml.Name         `xml:"checkstyle"`
	Version string           `xml:"version,attr"`
	Files   []checkstyleFile `xml:"file"`
}

type checkstyleFile struct {
	Name   string            `xml:"name,attr"`
	Errors []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// Write implements [Formatter].
func (checkstyle) Write(w io.Writer, report *Report) error {
	document := checkstyleDocument{Version: "4.3"}
	files, findings := byFile(report)
	for _, name := range files {
		file := checkstyleFile{Name: printable.Line(name)}
		for _, p := range findings[name] {
			start, _ := p.positions(syntax.CodePoints)
			file.Errors = append(file.Errors, checkstyleError{
				start.Line, start.Column, p.Severity.String(), printable.Text(p.fullMessage()), "sfnctl." + p.Rule,
			})
		}
		document.Files = append(document.Files, file)
	}
	return writeXML(w, document)
}

func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
