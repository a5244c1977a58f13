package discover

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// sniffLimit is the size beyond which a file is not opened to see what it is:
// twice the largest definition the service takes.
const sniffLimit = 2 << 20

// walk takes the wanted files below a directory. Symbolic links met on the way
// are not followed, so that there are no loops and nothing outside is read.
func (f *finder) walk(argument, root string) error {
	root = f.Files.Resolve(root)
	return f.Files.Walk(root, func(place string, entry fs.DirEntry, err error) error {
		if stopped := f.ctx.Err(); stopped != nil {
			return stopped
		}
		relative, _ := filepath.Rel(root, place)
		name := showName(filepath.Join(argument, relative))
		if err != nil {
			if place == root {
				return err
			}
			f.skip(name, "cannot be read: "+err.Error())
			return nil
		}
		if entry.IsDir() {
			return f.enter(name, place == root, entry.Name())
		}
		return f.meet(name, place, entry)
	})
}

// enter decides whether a walk goes into a directory.
func (f *finder) enter(name string, isRoot bool, base string) error {
	if isRoot {
		return nil
	}
	reason := skippedDirectory(base)
	if reason == "" {
		reason = f.excluded(name)
	}
	if reason != "" {
		f.skip(name, reason)
		return fs.SkipDir
	}
	return nil
}

// meet takes a file of a walk when its name or its content says it is wanted.
func (f *finder) meet(name, place string, entry fs.DirEntry) error {
	if !entry.Type().IsRegular() {
		if IsDefinitionName(name) {
			f.skip(name, "walks do not follow symbolic links")
		}
		return nil
	}
	byName := IsDefinitionName(name)
	if !byName && (f.Sniff == nil || !isCandidate(name)) {
		return nil
	}
	if reason := f.excluded(name); reason != "" {
		f.skip(name, reason)
		return nil
	}
	source := Source{Name: name, Path: place}
	if !byName {
		content, ok := f.sniff(name, place, entry)
		if !ok {
			return nil
		}
		source.Content = content
	}
	f.take(source)
	return nil
}

func (f *finder) sniff(name, place string, entry fs.DirEntry) ([]byte, bool) {
	if info, err := entry.Info(); err != nil || info.Size() > sniffLimit {
		f.skip(name, "too large to look into")
		return nil, false
	}
	content, err := f.Files.Look(f.ctx, place, name)
	if err != nil {
		f.skip(name, "cannot be read: "+err.Error())
		return nil, false
	}
	return content, f.Sniff(name, content)
}

func (f *finder) excluded(name string) string {
	for _, pattern := range f.Exclude {
		if matched, _ := doublestar.Match(pattern, name); matched {
			return "excluded by " + pattern
		}
	}
	return ""
}

// IsDefinitionName reports whether a file is by its name a definition: the
// names that the AWS Toolkit registers, and templates of them.
func IsDefinitionName(name string) bool {
	base := strings.ToLower(path.Base(name))
	for _, suffix := range []string{".asl.json", ".asl.yaml", ".asl.yml", ".asl", ".asl.json.tpl", ".asl.json.tftpl"} {
		if strings.HasSuffix(base, suffix) {
			return true
		}
	}
	return false
}

// isCandidate reports whether the content of a file is worth a look.
func isCandidate(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".json", ".yaml", ".yml", ".tpl", ".tftpl", ".template", ".tf":
		return true
	case ".ts", ".js", ".cjs", ".mjs":
		return strings.HasPrefix(strings.ToLower(path.Base(name)), "serverless.") // named as not read
	}
	return false
}

// skippedDirectory gives the reason why walks pass over a directory of that
// name, "" when they do not.
func skippedDirectory(base string) string {
	switch base {
	case "node_modules", "vendor", "venv", "__pycache__":
		return "holds code of others"
	case "cdk.out", "dist", "build", "target":
		return "holds build output"
	}
	if strings.HasPrefix(base, ".") && base != "." && base != ".." {
		return "is hidden"
	}
	return ""
}
