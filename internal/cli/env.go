package cli

import (
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/internal/report"
)

// Env is everything a command takes from its surroundings, so that tests run
// commands inside the process and nothing below this package reads the
// environment, the clock or the standard streams by itself.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Dir            string                // the working directory; relative paths start here
	Now            func() time.Time      // the wall clock
	IsTerminal     func(stream any) bool // whether a reader or writer of the above is a terminal

	colorMode report.ColorMode // the --color flag
	files     *files.Door      // set by Main
}

// garbagePercent is how much the heap may grow before garbage is collected. A run
// is short and its memory small, so that collecting often is most of what a run
// over many small files would do.
const garbagePercent = 400

// System returns the environment of the running process, which it prepares for
// one short run.
func System() *Env {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbagePercent)
	}
	dir, err := os.Getwd()
	if err != nil {
		dir = "."
	}
	return &Env{
		Stdin:      os.Stdin,
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		Getenv:     os.Getenv,
		Dir:        dir,
		Now:        time.Now,
		IsTerminal: isTerminal,
	}
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && (isatty.IsTerminal(file.Fd()) || isatty.IsCygwinTerminal(file.Fd()))
}

// path resolves a path that the user gave against the working directory.
func (e *Env) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(e.Dir, name)
}

// palette returns the colours for one of the output streams, decided by
// --color, the environment and whether that stream is a terminal.
func (e *Env) palette(stream io.Writer) *report.Palette {
	return report.NewPalette(report.UseColor(e.colorMode, e.Getenv, e.IsTerminal(stream)))
}
