package config

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/sfnctl/sfnctl/internal/files"
)

// fileNames are the names a configuration goes by, in order of preference.
func fileNames() []string { return []string{".sfnctl.yaml", ".sfnctl.yml"} }

// Finder finds and reads the configuration that governs a file, each
// configuration once. It is not safe for concurrent use.
type Finder struct {
	fixed *Config // when the user names or forbids one
	files *files.Door
	dirs  map[string]*Config
}

// NewFinder returns a finder that walks up from each file.
func NewFinder(door *files.Door) *Finder { return &Finder{files: door, dirs: map[string]*Config{}} }

// NewFixedFinder returns a finder that answers with the same configuration for
// every file.
func NewFixedFinder(config *Config) *Finder { return &Finder{fixed: config} }

// For returns the configuration of the file at path, an absolute path: the
// nearest one on the way up to the root of the repository. Without one it
// returns an empty configuration. Mistakes in it are an [*Error].
func (f *Finder) For(ctx context.Context, path string) (*Config, error) {
	if f.fixed != nil {
		return f.fixed, nil
	}
	return f.forDir(ctx, filepath.Dir(path))
}

func (f *Finder) forDir(ctx context.Context, dir string) (*Config, error) {
	if known, ok := f.dirs[dir]; ok {
		return known, nil
	}
	config, err := f.lookIn(ctx, dir)
	if err != nil {
		return nil, err
	}
	if parent := filepath.Dir(dir); config == nil && parent != dir && !f.isRepositoryRoot(dir) {
		if config, err = f.forDir(ctx, parent); err != nil {
			return nil, err
		}
	}
	if config == nil {
		config = &Config{}
	}
	f.dirs[dir] = config
	return config, nil
}

// lookIn reads the configuration in a directory; nil when there is none.
func (f *Finder) lookIn(ctx context.Context, dir string) (*Config, error) {
	for _, name := range fileNames() {
		config, err := Read(ctx, f.files, filepath.Join(dir, name), filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return config, err
	}
	return nil, nil
}

func (f *Finder) isRepositoryRoot(dir string) bool { return f.files.Exists(filepath.Join(dir, ".git")) }
