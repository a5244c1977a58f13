package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// run runs one command line in dir with an empty environment.
func run(t *testing.T, dir, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	env := &Env{
		Stdin:      strings.NewReader(stdin),
		Stdout:     &out,
		Stderr:     &errs,
		Getenv:     func(string) string { return "" },
		Dir:        dir,
		Now:        func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		IsTerminal: func(any) bool { return false },
	}
	code = Main(context.Background(), args, env)
	return code, out.String(), errs.String()
}

func TestUnknownWordsAreUsageErrorsWithTheNearestName(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"versoin"}, `sfnctl: unknown command "versoin"; did you mean version?` + "\n"},
		{[]string{"zzzzzzzz"}, `sfnctl: unknown command "zzzzzzzz"; sfnctl --help lists the commands` + "\n"},
		{[]string{"version", "--fromat", "x"}, "sfnctl: unknown flag --fromat; did you mean --format?\n"},
		{[]string{"version", "extra"}, `sfnctl: sfnctl version takes no arguments, but was given "extra"` + "\n"},
		{[]string{"version", "--format", "xml"}, `sfnctl: unknown format "xml"; version knows text and json` + "\n"},
		{[]string{"version", "--color", "maybe"}, `must be auto, always or never`},
	}
	for _, test := range tests {
		code, stdout, stderr := run(t, t.TempDir(), "", test.args...)
		if code != exitUsage || !strings.Contains(stderr, test.want) || stdout != "" {
			t.Errorf("%q: code %d, stdout %q, stderr %q, want stderr with %q", test.args, code, stdout, stderr, test.want)
		}
	}
}
