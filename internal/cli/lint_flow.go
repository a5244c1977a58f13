package cli

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/graph"
)

// explainFlow prints, for every state machine, how it can end and what each of
// its failures leaves behind.
func (l *linter) explainFlow() error {
	first := true
	for _, j := range l.jobs {
		if err := l.read(j); err != nil {
			return err
		}
		for _, found := range j.contents.definitions {
			if found.machine == nil {
				continue
			}
			if !first {
				fmt.Fprintln(l.env.Stdout)
			}
			first = false
			palette := l.env.palette(l.env.Stdout)
			verdict := graph.Analyze(graph.Build(found.machine), j.runner.Options.Flow).Explain()
			if _, err := fmt.Fprintf(l.env.Stdout, "%s\n\n%s", palette.Strong(j.nameOf(&found)), verdict); err != nil {
				return err
			}
		}
	}
	return nil
}
