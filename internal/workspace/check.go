package workspace

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// Check checks all documents.
func (s *Set) Check(ctx context.Context) { s.check(ctx, s.Documents) }

// check checks documents, as many at a time as there are processors. It reads
// those first that have changed.
func (s *Set) check(ctx context.Context, documents []*Document) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, d := range documents {
		group.Go(func() error {
			if d.Failure == nil {
				d.Failure = s.checkOne(ctx, d)
			}
			return nil
		})
	}
	_ = group.Wait() // failures stay with their documents, so that the others are reported
}

func (s *Set) checkOne(ctx context.Context, d *Document) (err error) {
	defer recoverFault(d, &err)
	if err := s.read(ctx, d); err != nil {
		return err
	}
	machines, findings := 0, d.Runner.Admit(slices.Clone(d.Contents.Faults))
	for i := range d.Contents.Definitions {
		if err := ctx.Err(); err != nil {
			return err
		}
		machines++
		findings = append(findings, d.Check(&d.Contents.Definitions[i])...)
	}
	d.Machines, d.Findings = machines, findings
	return nil
}

// recoverFault turns a panic into an error, so that other files are checked.
func recoverFault(d *Document, err *error) {
	if fault := recover(); fault != nil {
		*err = fmt.Errorf("%s: this is a fault of sfnctl, not of your file: %v\n%s", d.Name, fault, debug.Stack())
	}
}

// Check returns the findings on one state machine of the document.
func (d *Document) Check(found *Definition) []diag.Diagnostic {
	if found.Machine == nil {
		return d.Runner.Admit(slices.Clone(found.Findings))
	}
	return d.Runner.Check(lint.Target{
		Machine: found.Machine, Type: d.typeOf(found), Decoded: found.Findings, Deployment: found.Deployment,
	})
}

// typeOf returns the type of a state machine: what the options or the
// configuration say, else the template.
func (d *Document) typeOf(found *Definition) asl.WorkflowType {
	if found.HasType && !d.hasKind {
		return found.Type
	}
	return d.kind
}

// Findings returns the findings on all documents, sorted.
func (s *Set) Findings() []diag.Diagnostic {
	var findings []diag.Diagnostic
	for _, d := range s.Documents {
		findings = append(findings, d.Findings...)
	}
	return lint.Sort(findings)
}

// Failure returns why a document could not be read or checked: the first one of
// those that have a failure, nil when there is none.
func (s *Set) Failure() error {
	for _, d := range s.Documents {
		if d.Failure != nil {
			return d.Failure
		}
	}
	return nil
}
