package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

const modelsModule = "github.com/aws/aws-sdk-go"

func main() {
	out := flag.String("out", "", "file to write")
	flag.Parse()
	if err := run(*out, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "apimodels:", err)
		os.Exit(1)
	}
}

func run(out string, log io.Writer) error {
	if out == "" {
		return fmt.Errorf("-out is required")
	}
	source, err := findModule(modelsModule)
	if err != nil {
		return err
	}
	services, err := readServices(filepath.Join(source.Dir, "models", "apis"))
	if err != nil {
		return err
	}
	date, err := modelsDate(filepath.Join(source.Dir, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	table, err := encodeTable(header{module: source.Path, version: source.Version, date: date}, services)
	if err != nil {
		return err
	}
	report(log, services, len(table))
	return os.WriteFile(out, table, 0o644)
}

// module is what `go list -m -json` says of a module.
type module struct{ Path, Version, Dir string }

func findModule(path string) (module, error) {
	var found module
	var text, complaint bytes.Buffer
	list := exec.Command("go", "list", "-m", "-json", path)
	list.Stdout, list.Stderr = &text, &complaint
	if err := list.Run(); err != nil {
		return found, fmt.Errorf("find module %s: %w: %s", path, err, complaint.Bytes())
	}
	if err := json.Unmarshal(text.Bytes(), &found); err != nil {
		return found, fmt.Errorf("read what go list says of %s: %w", path, err)
	}
	if found.Dir == "" {
		return found, fmt.Errorf("module %s is not downloaded: run go mod download", path)
	}
	return found, nil
}

// readServices reads the newest model of every service and adds the services
// that only the guide names. The result is sorted by name.
func readServices(models string) ([]*service, error) {
	listed := guideServices()
	folders, err := os.ReadDir(models)
	if err != nil {
		return nil, err
	}
	byName := map[string]*service{}
	for _, folder := range folders {
		versions, _ := filepath.Glob(filepath.Join(models, folder.Name(), "*", "api-2.json"))
		if len(versions) == 0 {
			continue
		}
		model, err := readModel(slices.Max(versions)) // folders are dates
		if err != nil {
			return nil, err
		}
		if supersededModels[folder.Name()] {
			continue
		}
		made := newService(model, listed)
		if other := byName[made.name]; other != nil {
			return nil, fmt.Errorf("%s: a second model for service %s", folder.Name(), made.name)
		}
		byName[made.name] = made
	}
	for name, prefix := range listed {
		if byName[name] == nil {
			byName[name] = &service{name: name, prefix: prefix}
		}
	}
	return sorted(byName), nil
}

func sorted(byName map[string]*service) []*service {
	var services []*service
	for _, service := range byName {
		services = append(services, service)
	}
	slices.SortFunc(services, func(a, b *service) int { return cmp.Compare(a.name, b.name) })
	return services
}

func report(log io.Writer, services []*service, size int) {
	charted, actions, shapes := 0, 0, 0
	for _, service := range services {
		if len(service.actions) > 0 {
			charted++
		}
		actions += len(service.actions)
		shapes += len(service.shapes)
	}
	fmt.Fprintf(log, "%d services, %d of them with actions, %d actions, %d shapes, %d bytes\n",
		len(services), charted, actions, shapes, size)
}
