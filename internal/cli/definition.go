package cli

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// readDefinition reads the state machine that an argument names: a file, FILE#NAME
// for one of several in a template, or "-" for standard input.
func (e *Env) readDefinition(argument string, flags *templateFlags) (*definition, error) {
	w, err := newWorkspace(e, flags)
	if err != nil {
		return nil, err
	}
	name, wanted := e.splitName(argument)
	content, err := e.readFile(name)
	if err != nil {
		return nil, err
	}
	found := w.read(e.path(name), name, content, nil)
	return one(found.definitions, name, wanted)
}

// splitName splits FILE#NAME, unless there is a file of that very name.
func (e *Env) splitName(argument string) (file, name string) {
	i := strings.LastIndexByte(argument, '#')
	if i <= 0 {
		return argument, ""
	}
	if _, err := os.Stat(e.path(argument)); !errors.Is(err, fs.ErrNotExist) {
		return argument, ""
	}
	return argument[:i], argument[i+1:]
}

// one chooses the state machine by its name; with one machine the name may be
// left out.
func one(definitions []definition, file, wanted string) (*definition, error) {
	var names []string
	var found *definition
	for i := range definitions {
		names = append(names, file+"#"+definitions[i].name)
		if definitions[i].name == wanted || wanted == "" && len(definitions) == 1 {
			found = &definitions[i]
		}
	}
	switch {
	case found != nil && found.machine == nil:
		return nil, faultf("%s: the definition of %q cannot be read: %s", file, found.name, found.unread)
	case found != nil:
		return found, nil
	case len(definitions) == 0:
		return nil, usagef("%s holds no state machine", file)
	case wanted != "" && names[0] == file+"#":
		return nil, usagef("%s is a plain definition, which has no name; leave out #%s", file, wanted)
	case wanted != "":
		return nil, usagef("%s holds no state machine %q; it holds %s", file, wanted, strings.Join(names, ", "))
	}
	return nil, usagef("%s holds %d state machines; name one: %s", file, len(definitions), strings.Join(names, ", "))
}
