package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// explainFlow prints, for every state machine, how it can end and what each of
// its failures leaves behind.
func (l *linter) explainFlow() error {
	asJSON, err := l.flowAsJSON()
	if err != nil {
		return err
	}
	printer := flowPrinter{env: l.env}
	for _, document := range l.set.Documents {
		if document.Failure != nil {
			continue
		}
		for _, found := range document.Contents.Definitions {
			if found.Machine == nil {
				continue
			}
			printer.add(document.NameOf(&found), graph.Analyze(graph.Build(found.Machine), document.Runner.Options.Flow), asJSON)
		}
	}
	if err := printer.finish(asJSON); err != nil {
		return err
	}
	return l.failure()
}

// flowAsJSON tells in which of its two formats the verdict is wanted.
func (l *linter) flowAsJSON() (bool, error) {
	switch formats := l.flags.formats; {
	case slices.Equal(formats, []string{"text"}):
		return false, nil
	case slices.Equal(formats, []string{"json"}):
		return true, nil
	}
	return false, usagef("--explain-flow prints text or json, not %s; leave --format out, or write --format json", strings.Join(l.flags.formats, " and "))
}

// flowPrinter prints what the analyses say of state machines, one by one as
// text, or all in one JSON document.
type flowPrinter struct {
	env      *Env
	text     strings.Builder
	Machines []flowVerdict `json:"machines"`
}

// flowVerdict is the verdict on the machine of that name: a file, or FILE#NAME.
type flowVerdict struct {
	Machine string `json:"machine"`
	graph.Verdict
}

func (p *flowPrinter) add(name string, analysis *graph.Analysis, asJSON bool) {
	if asJSON {
		p.Machines = append(p.Machines, flowVerdict{name, analysis.Verdict()})
		return
	}
	if p.text.Len() > 0 {
		p.text.WriteByte('\n')
	}
	fmt.Fprintf(&p.text, "%s\n\n%s", p.env.palette(p.env.Stdout).Strong(printable.Line(name)), analysis.Explain())
}

func (p *flowPrinter) finish(asJSON bool) error {
	if !asJSON {
		_, err := io.WriteString(p.env.Stdout, p.text.String())
		return err
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(p); err != nil {
		return err
	}
	return p.env.printJSON(text.Bytes())
}
