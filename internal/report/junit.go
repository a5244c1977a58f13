package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// junit writes JUnit XML: a suite a file, a case a finding, and one passing
// case for a file that is clean. Findings below failLevel do not fail.
type junit struct{ failLevel diag.Severity }

type junitDocument struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	ClassName string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Failure   *junitFailure `xml:"failure"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// Write implements [Formatter].
func (j junit) Write(w io.Writer, report *Report) error {
	document := junitDocument{Name: "sfnctl lint"}
	files, findings := byFile(report)
	for _, name := range files {
		suite := junitSuite{Name: printable.Line(name), Time: "0"}
		for _, p := range findings[name] {
			suite.add(j.testCase(p))
		}
		if len(suite.Cases) == 0 {
			suite.add(junitCase{Name: "no findings", ClassName: printable.Line(name), Time: "0"})
		}
		document.Tests += suite.Tests
		document.Failures += suite.Failures
		document.Suites = append(document.Suites, suite)
	}
	return writeXML(w, document)
}

func (s *junitSuite) add(test junitCase) {
	s.Cases = append(s.Cases, test)
	s.Tests++
	if test.Failure != nil {
		s.Failures++
	}
}

func (j junit) testCase(p place) junitCase {
	start, _ := p.positions(syntax.CodePoints)
	test := junitCase{
		Name:      fmt.Sprintf("%s at %d:%d", p.Rule, start.Line, start.Column),
		ClassName: printable.Line(p.file.Name),
		Time:      "0",
	}
	text := printable.Text(fmt.Sprintf("%s:%d:%d: %s: %s", p.file.Name, start.Line, start.Column, p.Severity, p.fullMessage()))
	if p.Severity < j.failLevel {
		test.Output = text
		return test
	}
	test.Failure = &junitFailure{Message: printable.Text(p.Message), Type: p.Severity.String(), Text: text}
	return test
}
