//go:build unix

package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	soundDefinition  = `{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}`
	faultyDefinition = `{"StartAt": "Don", "States": {"Done": {"Type": "Succeed"}}}`
	failing          = `{"StartAt": "Done", "States": {"Done": {"Type": "Fail", "Error": "E"}}}`
)

// surroundings is a directory with a file of every kind.
func surroundings(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"sound.asl.json": soundDefinition, "faulty.asl.json": faultyDefinition, "faulty.json": "{", "fails.asl.json": failing, "empty.json": "{}",
		"large.asl.json": soundDefinition + strings.Repeat(" ", 2<<20), "locked": "", "bad.yaml": "rules: [", "page.md": "no blocks\n",
		"template.yaml": "Resources:\n  A:\n    Type: AWS::SNS::Topic\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "folder"), 0o755), os.Chmod(filepath.Join(dir, "locked"), 0o444)); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	return dir
}

// TestExitCodes is the table of docs/exit-codes.md for every command and kind.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	small := "--max-file-size=1MiB"
	for _, test := range []struct {
		code  int
		lines []string
	}{
		{exitOK, []string{
			"lint sound.asl.json", "lint --fail-level never faulty.asl.json", "lint --allow-empty template.yaml", "fmt sound.asl.json",
			"fmt --write=false sound.asl.json", "graph sound.asl.json", "graph faulty.asl.json", "simulate sound.asl.json",
			"simulate sound.asl.json --generate-mocks", "rules", "explain States.Timeout", "schema config", "version", "--help",
			"graph sound.asl.json -o /dev/stdout --format svg", "lint --format json=/dev/stderr sound.asl.json",
		}},
		{exitFault, []string{
			"lint faulty.asl.json", "lint --diff --fix=all faulty.asl.json", "fmt --check sound.asl.json", "fmt --diff sound.asl.json", "fmt faulty.json",
			"graph empty.json", "graph sound.asl.json --check -o other.svg", "simulate fails.asl.json", "simulate faulty.asl.json",
		}},
		{exitUsage, []string{
			"nothing", "lint --nothing", "graph --nothing", "simulate --nothing", "fmt --nothing", "explain nothing", "schema nothing",
			"lint none.asl.json", "graph none.asl.json", "simulate none.asl.json", "fmt none.asl.json", // a missing file, everywhere
			"lint --config none.yaml sound.asl.json", "graph --config none.yaml sound.asl.json", "simulate --config none.yaml sound.asl.json",
			"lint --baseline none.json sound.asl.json", "lint --parameters none.json sound.asl.json", "lint --format template --template @none sound.asl.json",
			"graph --history none.json sound.asl.json", "graph --diff none.json sound.asl.json", "graph --update none.md",
			"simulate --mocks none.json sound.asl.json", "simulate --input none.json sound.asl.json", "simulate --context none.json sound.asl.json",
			"simulate --machine A=none.json sound.asl.json", "simulate --s3 none sound.asl.json", "simulate sound.asl.json --state Done --mock none.json",
			"lint pipe", "graph pipe", "simulate pipe", "fmt pipe", "lint /dev/zero", "simulate folder", // not a file
			"simulate --mocks pipe sound.asl.json", "simulate --input folder sound.asl.json", "simulate --input /dev/zero sound.asl.json",
			"simulate --context /dev/zero sound.asl.json", "lint --baseline /dev/zero sound.asl.json", "lint --config /dev/zero sound.asl.json",
			"lint --parameters pipe sound.asl.json", "graph --history pipe sound.asl.json", "graph --update folder",
			"lint --config bad.yaml sound.asl.json", "graph --config bad.yaml sound.asl.json", "simulate --config bad.yaml sound.asl.json",
			"lint template.yaml", "graph --update page.md", "lint --max-file-size many sound.asl.json",
			"graph sound.asl.json -o sound.asl.json --format json", "lint sound.asl.json --format json=sound.asl.json", // an output that is an input
			"lint sound.asl.json --write-baseline sound.asl.json", "simulate sound.asl.json --history sound.asl.json",
			"simulate sound.asl.json --input empty.json --html empty.json", "graph sound.asl.json -o folder --format svg",
		}},
		{exitFailed, []string{
			"lint large.asl.json " + small, "graph large.asl.json " + small, "simulate large.asl.json " + small, "fmt large.asl.json " + small,
			"simulate sound.asl.json --mocks large.asl.json " + small, "simulate sound.asl.json --input large.asl.json " + small,
			"lint sound.asl.json large.asl.json " + small, "fmt sound.asl.json large.asl.json faulty.asl.json " + small,
			"lint sound.asl.json pipe large.asl.json " + small,
			"graph sound.asl.json -o none/picture.svg", "lint sound.asl.json --format json=none/report.json", "simulate sound.asl.json --history none/h.json",
			"graph sound.asl.json -o locked --format svg", "lint sound.asl.json --write-baseline locked", "simulate sound.asl.json --html locked",
			"lint sound.asl.json --format json=locked",
		}},
	} {
		for _, line := range test.lines {
			dir := surroundings(t)
			code, stdout, stderr := run(t, dir, "", strings.Fields(line)...)
			if code != test.code {
				t.Errorf("sfnctl %s: exit code %d, want %d\n%s%s", line, code, test.code, stdout, stderr)
			}
			if test.code > exitFault && (stderr == "" || strings.Contains(stdout+stderr, "nothing to complain of")) {
				t.Errorf("sfnctl %s says %q", line, stdout+stderr)
			}
			if content, err := os.ReadFile(filepath.Join(dir, "sound.asl.json")); err != nil || !strings.Contains(string(content), `"Succeed"`) {
				t.Errorf("sfnctl %s: a file was lost: %s", line, content)
			}
		}
	}
}

func TestEveryFileThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"lint", "fmt"} {
		code, stdout, stderr := run(t, surroundings(t), "", command, "--max-file-size=1MiB", "pipe", "faulty.asl.json", "large.asl.json")
		for _, want := range []string{"pipe is a named pipe", "large.asl.json is larger than 1 MiB", "2 of 3 files could not be read or written"} {
			if code != exitFailed || !strings.Contains(stderr, want) {
				t.Errorf("%s: exit code %d, %s\nwant %s", command, code, stderr, want)
			}
		}
		if command == "lint" && (!strings.Contains(stdout, "undefined-target") || !strings.Contains(stdout, "2 files could not be checked")) {
			t.Errorf("lint says\n%s", stdout)
		}
	}
}

// process starts sfnctl as a process of its own.
func process(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(binary)
	command.Args = append([]string{"sfnctl"}, args...)
	command.Dir = dir
	return command
}

// TestSignalsEndEveryCommand waits for input that never comes, and for work that
// would take minutes.
func TestSignalsEndEveryCommand(t *testing.T) {
	t.Parallel()
	dir := surroundings(t)
	for _, sent := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		for _, line := range []string{
			"lint -", "fmt -", "graph -", "simulate -", "simulate sound.asl.json --input -", "simulate sound.asl.json --mocks -",
			"simulate sound.asl.json --context -", "lint --baseline - sound.asl.json", "lint --parameters - sound.asl.json",
			"graph sound.asl.json --history -", "graph sound.asl.json -o pipe --format svg", "simulate sound.asl.json --runs 1000000000",
		} {
			command := process(t, dir, strings.Fields(line)...)
			input, err := command.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			var output bytes.Buffer
			command.Stdout, command.Stderr = &output, &output
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(150 * time.Millisecond) // to be past the start of the process
			_ = command.Process.Signal(sent)
			ended := make(chan error, 1)
			go func() { ended <- command.Wait() }()
			select {
			case <-ended:
			case <-time.After(20 * time.Second):
				_ = command.Process.Kill()
				t.Fatalf("sfnctl %s does not end after %v", line, sent)
			}
			_ = input.Close()
			if code := command.ProcessState.ExitCode(); code != exitInterrupted || !strings.Contains(output.String(), "interrupted") {
				t.Errorf("sfnctl %s after %v: exit code %d\n%s", line, sent, code, output.String())
			}
		}
	}
}

// TestAnInterruptedCommandIsLeftWhereItIs: a command that does not look at its
// context ends all the same, and writes nothing afterwards.
func TestAnInterruptedCommandIsLeftWhereItIs(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	silent, _ := io.Pipe()
	env := &Env{
		Stdin: silent, Stdout: io.Discard, Stderr: io.Discard, Getenv: func(string) string { return "" }, Dir: surroundings(t), Now: time.Now,
		IsTerminal: func(any) bool { return false },
	}
	if code := Main(ctx, []string{"graph", "sound.asl.json", "-o", "picture.svg"}, env); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if _, err := os.Stat(filepath.Join(env.Dir, "picture.svg")); err == nil {
		t.Error("an interrupted command wrote its picture")
	}
}

// TestAClosedPipeIsQuiet: whoever reads the first lines only must still find the
// reports that go to files.
func TestAClosedPipeIsQuiet(t *testing.T) {
	t.Parallel()
	dir := surroundings(t)
	for _, line := range []string{"lint --format text --format json=report.json faulty.asl.json", "rules", "explain States.Timeout", "graph sound.asl.json", "simulate sound.asl.json"} {
		command := process(t, dir, strings.Fields(line)...)
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = reader.Close()
		var stderr bytes.Buffer
		command.Stdout, command.Stderr = writer, &stderr
		_ = command.Run()
		_ = writer.Close()
		if code := command.ProcessState.ExitCode(); code != exitOK || stderr.Len() > 0 {
			t.Errorf("sfnctl %s: exit code %d, %s", line, code, &stderr)
		}
	}
	if content, err := os.ReadFile(filepath.Join(dir, "report.json")); err != nil || !strings.Contains(string(content), "undefined-target") {
		t.Errorf("report.json: %s, %v", content, err)
	}
}

// TestAFullDiskLeavesTheOldFile lets the system refuse what is larger than one
// block, as a full disk does.
func TestAFullDiskLeavesTheOldFile(t *testing.T) {
	t.Parallel()
	dir := surroundings(t)
	old := []byte("# Old\n\n<!-- sfnctl:graph sound.asl.json -->\n<!-- /sfnctl:graph -->\n" + strings.Repeat("text\n", 200))
	for _, name := range []string{"page.md", "old.svg"} {
		if err := os.WriteFile(filepath.Join(dir, name), old, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range []string{"graph --update page.md", "graph sound.asl.json -o old.svg", "lint sound.asl.json --format sarif=old.svg", "simulate sound.asl.json --html old.svg"} {
		command := process(t, dir)
		script := `trap "" XFSZ; ulimit -f 1; exec -a sfnctl "$0" ` + args
		command.Path, command.Args = "/bin/bash", []string{"bash", "-c", script, command.Path}
		if _, err := os.Stat(command.Path); err != nil {
			t.Skip(err)
		}
		output, _ := command.CombinedOutput()
		if code := command.ProcessState.ExitCode(); code != exitFailed {
			t.Errorf("sfnctl %s: exit code %d\n%s", args, code, output)
		}
		for _, name := range []string{"page.md", "old.svg"} {
			if content, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(content, old) {
				t.Errorf("sfnctl %s: %s is lost: %v", args, name, err)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".sfnctl-*")); left != nil {
			t.Errorf("sfnctl %s leaves %v", args, left)
		}
	}
}
