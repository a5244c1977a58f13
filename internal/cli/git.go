package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// changes are the lines that differ from a git revision, by file.
type changes struct {
	dir   string
	files *files.Door
	lines map[string][]lineRange // by absolute path
	whole map[string]bool        // files that git does not know
}

// lineRange is a range of lines, both ends included.
type lineRange struct{ first, last int }

// changesSince asks git which lines of the working tree differ from a revision.
func changesSince(ctx context.Context, env *Env, revision string) (*changes, error) {
	if strings.HasPrefix(revision, "-") {
		return nil, usagef("%q is no git revision", revision)
	}
	top, err := git(ctx, env.Dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	c := &changes{dir: env.Dir, files: env.files, lines: map[string][]lineRange{}, whole: map[string]bool{}}
	root := strings.TrimSpace(top)
	diff, err := git(ctx, root, "-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-prefix", "--unified=0", revision, "--")
	if err != nil {
		return nil, err
	}
	c.readDiff(root, diff)
	untracked, err := git(ctx, root, "ls-files", "-z", "--others", "--exclude-standard")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(untracked, "\x00") {
		c.whole[filepath.Join(root, name)] = true
	}
	return c, nil
}

func git(ctx context.Context, dir string, arguments ...string) (string, error) {
	var problem bytes.Buffer
	command := exec.CommandContext(ctx, "git", arguments...)
	command.Dir = dir
	command.Stderr = &problem
	text, err := command.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return "", usagef("--new-from-rev: git: %s", strings.TrimSpace(problem.String()))
	}
	if err != nil {
		return "", fmt.Errorf("--new-from-rev needs git: %w", err)
	}
	return string(text), nil
}

var hunk = regexp.MustCompile(`^@@ -\S+ \+(\d+)(?:,(\d+))? @@`)

func (c *changes) readDiff(root, diff string) {
	path := ""
	lines := bufio.NewScanner(strings.NewReader(diff))
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		line := lines.Text()
		if name, found := strings.CutPrefix(line, "+++ "); found {
			path = filepath.Join(root, strings.TrimSuffix(name, "\t"))
			continue
		}
		if match := hunk.FindStringSubmatch(line); match != nil {
			first, _ := strconv.Atoi(match[1])
			n := 1
			if match[2] != "" {
				n, _ = strconv.Atoi(match[2])
			}
			c.lines[path] = append(c.lines[path], lineRange{first, first + max(n, 1) - 1})
		}
	}
}

// touch reports whether a finding stands on a line that changed.
func (c *changes) touch(finding diag.Diagnostic) bool {
	file, span, _ := finding.File.Locate(finding.Span)
	path := c.files.Resolve(joinPath(c.dir, file.Name))
	if c.whole[path] {
		return true
	}
	first := file.Position(span.Start, syntax.Bytes).Line
	last := file.Position(span.End, syntax.Bytes).Line
	for _, changed := range c.lines[path] {
		if changed.first <= last && first <= changed.last {
			return true
		}
	}
	return false
}
