package cli

import (
	"context"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/sfnctl/sfnctl/internal/discover"
	"github.com/sfnctl/sfnctl/internal/extract"
)

// holdsMachine tells whether a file met in a walk is wanted.
func holdsMachine(name string, content []byte) bool {
	return extract.HoldsMachine(name, content) || discover.LooksLikeDefinition(name, content)
}

// nothingFound is the mistake of naming only templates without a state machine.
func (l *linter) nothingFound() error {
	var names []string
	for _, j := range l.jobs {
		if j.contents == nil || len(j.contents.definitions)+len(j.contents.faults) > 0 {
			return nil
		}
		names = append(names, j.source.Name)
	}
	if l.flags.allowEmpty || len(names) == 0 {
		return nil
	}
	return usagef("nothing to check: no state machine in %s; name a file, or use --allow-empty", nameAll(names))
}

// splitNames takes the names out of arguments FILE#NAME.
func (l *linter) splitNames(args []string) []string {
	l.only = map[string]string{}
	files := make([]string, len(args))
	for i, argument := range args {
		file, name := l.env.splitName(argument)
		files[i] = file
		if name != "" {
			l.only[l.env.path(file)] = name
		}
	}
	return files
}

// read reads the state machines of a job.
func (l *linter) read(j *job) (err error) {
	defer recoverFault(j, &err)
	if j.contents != nil {
		return nil
	}
	if err := l.load(j); err != nil {
		return err
	}
	found := l.files.read(j.path, j.source.Name, j.content, j.substitutions)
	if wanted := l.only[j.path]; wanted != "" {
		chosen, err := one(found.definitions, j.source.Name, wanted)
		if err != nil {
			return err
		}
		found.definitions = []definition{*chosen}
		found.faults = nil
	}
	j.contents = &found
	return nil
}

// resolve reads all files, and leaves out definitions met in a walk that a
// template refers to: they are checked with that template.
func (l *linter) resolve(ctx context.Context) {
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range l.jobs {
		group.Go(func() error {
			if ctx.Err() == nil {
				_ = l.read(j) // a failure comes again, and is reported, when the job is checked
			}
			return nil
		})
	}
	_ = group.Wait()
	owners := map[string]string{}
	for _, j := range l.jobs {
		if j.contents == nil || j.contents.kind == extract.Plain {
			continue
		}
		l.sayWhat(j)
		for _, d := range j.contents.definitions {
			if d.machine != nil && d.path != j.path {
				owners[d.path] = j.source.Name
			}
		}
	}
	l.jobs = slices.DeleteFunc(l.jobs, func(j *job) bool {
		owner := owners[j.path]
		if owner == "" || j.source.Explicit || j.contents == nil || j.contents.kind != extract.Plain {
			return false
		}
		l.skipped(j.source.Name, "checked with "+owner+", which refers to it")
		return true
	})
}

// sayWhat tells what was found in a template, and what could not be read.
func (l *linter) sayWhat(j *job) {
	for _, d := range j.contents.definitions {
		if d.machine == nil {
			l.say("%s: not read (%s): %s", j.nameOf(&d), d.form, d.unread)
			continue
		}
		l.say("%s: %s, %s", j.nameOf(&d), j.contents.kind, d.form)
	}
	if len(j.contents.definitions) == 0 {
		l.say("%s: %s without a state machine", j.source.Name, j.contents.kind)
	}
}

// nameOf is what a state machine of the job is called.
func (j *job) nameOf(d *definition) string {
	if d.name == "" {
		return j.source.Name
	}
	return j.source.Name + "#" + d.name
}
