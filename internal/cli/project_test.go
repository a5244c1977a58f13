package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// readProject reads a file at the root of the module.
func readProject(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// hook is an entry of .pre-commit-hooks.yaml; unknown keys are refused.
type hook struct {
	ID            string   `yaml:"id"`
	Name          string   `yaml:"name"`
	Description   string   `yaml:"description"`
	Entry         string   `yaml:"entry"`
	Language      string   `yaml:"language"`
	Files         string   `yaml:"files"`
	Types         []string `yaml:"types"`
	PassFilenames *bool    `yaml:"pass_filenames"`
	Minimum       string   `yaml:"minimum_pre_commit_version"`
}

func TestEveryPreCommitHookRunsAsPreCommitRunsIt(t *testing.T) {
	var hooks []hook
	decoder := yaml.NewDecoder(strings.NewReader(string(readProject(t, ".pre-commit-hooks.yaml"))))
	decoder.KnownFields(true)
	if err := decoder.Decode(&hooks); err != nil {
		t.Fatal(err)
	}
	languages := map[string]bool{}
	for _, hook := range hooks {
		t.Run(hook.ID, func(t *testing.T) {
			languages[hook.Language] = true
			checkHook(t, hook)
		})
	}
	for _, language := range []string{"golang", "docker_image", "system"} {
		if !languages[language] {
			t.Errorf("no hook of language %s", language)
		}
	}
}

func checkHook(t *testing.T, hook hook) {
	t.Helper()
	entry := strings.Fields(hook.Entry)
	if hook.Language == "docker_image" { // the image's entry point is the binary
		if !regexp.MustCompile(`^sfnctl/sfnctl:v\d`).MatchString(entry[0]) {
			t.Errorf("image %s", entry[0])
		}
	} else if entry[0] != "sfnctl" {
		t.Errorf("entry %s", hook.Entry)
	}
	files := regexp.MustCompile(hook.Files)
	for name, want := range map[string]bool{
		"a/orders.asl.json": true, "orders.asl.yaml": true, "orders.asl.yml": true, "orders.asl": true,
		"orders.json": false, "orders.asl.json.bak": false,
	} {
		if files.MatchString(name) != want {
			t.Errorf("files: %s matches %s: %v", hook.Files, name, !want)
		}
	}
	dir := exampleDir(t)
	args := append(slices.Clone(entry[1:]), "orders.asl.json", "workflows/trip.asl.json")
	if code, stdout, stderr := run(t, dir, "", args...); code != exitOK {
		t.Errorf("%s: exit code %d\n%s%s", hook.Entry, code, stdout, stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "bad.asl.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := run(t, dir, "", append(slices.Clone(entry[1:]), "bad.asl.json")...); code != exitFault {
		t.Errorf("%s: exit code %d for a broken file", hook.Entry, code)
	}
}

// TestReleaseConfigurationFitsTheTree stands in for `goreleaser check` where
// that is not at hand: what the file names must be there.
func TestReleaseConfigurationFitsTheTree(t *testing.T) {
	var release struct {
		Version int `yaml:"version"`
		Builds  []struct {
			Main    string   `yaml:"main"`
			Ldflags []string `yaml:"ldflags"`
		} `yaml:"builds"`
		Archives []struct {
			Files []string `yaml:"files"`
		} `yaml:"archives"`
		Dockers []struct {
			Dockerfile string `yaml:"dockerfile"`
		} `yaml:"dockers_v2"`
	}
	if err := yaml.Unmarshal(readProject(t, ".goreleaser.yaml"), &release); err != nil {
		t.Fatal(err)
	}
	if release.Version != 2 || len(release.Builds) != 1 || len(release.Dockers) != 1 {
		t.Fatalf("version %d, %d builds, %d images", release.Version, len(release.Builds), len(release.Dockers))
	}
	names := []string{release.Builds[0].Main, release.Dockers[0].Dockerfile}
	for _, archive := range release.Archives {
		names = append(names, archive.Files...)
	}
	for _, name := range names {
		if _, err := os.Stat(filepath.Join("..", "..", name)); err != nil && !strings.HasPrefix(name, "completions/") {
			t.Error(err)
		}
	}
	if flags := strings.Join(release.Builds[0].Ldflags, " "); !strings.Contains(flags, "github.com/sfnctl/sfnctl/internal/cli.version=") {
		t.Errorf("ldflags %s do not set the version", flags)
	}
}
