package cli

import (
	"context"
	"fmt"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// linter is one run of sfnctl lint.
type linter struct {
	env   *Env
	flags *lintFlags
	set   *workspace.Set

	consequences []diag.Diagnostic // of the findings; for the format aws
}

func runLint(ctx context.Context, env *Env, flags *lintFlags, args []string) error {
	l := &linter{env: env, flags: flags}
	outputs, err := l.outputs(ctx)
	if err != nil {
		return err
	}
	if l.set, err = l.open(ctx, args); err != nil {
		return err
	}
	if flags.explainFlow {
		return l.explainFlow()
	}
	l.set.Check(ctx)
	if flags.diff || flags.fix != "" {
		if err := l.fix(ctx); err != nil || flags.diff {
			return err
		}
	}
	findings, err := l.accepted(ctx)
	if err != nil {
		return err
	}
	if err := l.write(ctx, outputs, findings); err != nil {
		return err
	}
	l.hintDrawing(outputs, findings)
	return l.verdict(findings)
}

// open reads the files that the arguments name.
func (l *linter) open(ctx context.Context, args []string) (*workspace.Set, error) {
	options, err := l.flags.options(ctx, l.env)
	if err != nil {
		return nil, err
	}
	options.Preset, options.Only, options.Rules, options.Type = l.flags.preset, l.flags.only, l.flags.rules, l.flags.workflowType
	options.Exclude, options.Optional = l.flags.exclude, l.flags.allowEmpty
	options.Say, options.Fixes, options.Consequences = l.say, l.wantsFixes(), l.answersAsAWS()
	w, err := workspace.New(ctx, options, rules.All())
	if err != nil {
		return nil, err
	}
	return w.Open(ctx, args)
}

// failure names the files that could not be read or checked, and returns how the
// command ends because of them.
func (l *linter) failure() error {
	var failed failures
	for _, document := range l.set.Documents {
		failed.add(document.Failure)
	}
	return failed.err(l.env, len(l.set.Documents))
}

// say tells with --verbose what was found where, and why.
func (l *linter) say(format string, arguments ...any) {
	if l.flags.verbose {
		fmt.Fprintln(l.env.Stderr, printable.Line(fmt.Sprintf(format, arguments...)))
	}
}
