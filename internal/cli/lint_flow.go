package cli

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/graph"
)

// explainFlow prints, for every state machine, how it can end and what each of
// its failures leaves behind.
func (l *linter) explainFlow() error {
	for i, j := range l.jobs {
		if err := l.load(j); err != nil {
			return err
		}
		for _, found := range definitionsIn(j.source.Name, j.content) {
			if i > 0 {
				fmt.Fprintln(l.env.Stdout)
			}
			palette := l.env.palette(l.env.Stdout)
			verdict := graph.Analyze(graph.Build(found.machine), j.runner.Options.Flow).Explain()
			if _, err := fmt.Fprintf(l.env.Stdout, "%s\n\n%s", palette.Strong(j.source.Name), verdict); err != nil {
				return err
			}
		}
	}
	return nil
}
