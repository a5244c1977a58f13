package spec

import (
	"compress/flate"
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run -C ../../../tools ./apimodels -out ../pkg/asl/spec/apis.bin

// apisFile is the table of AWS APIs that tools/apimodels writes; its format is
// described there, in encode.go. Its index is read on first use, and what is in
// it about a service when that service is first asked for. Nothing of it changes
// afterwards, so that all of it is safe for concurrent use.
//
//go:embed apis.bin
var apisFile string

// catalogue is the index of the table.
type catalogue struct {
	module, version, date string
	dictionary            func() []byte // what all services are compressed with
	names                 []string      // sorted
	services              map[string]*apiService
}

// apiService is one service of the table.
type apiService struct {
	name, prefix string
	charted      bool // the table has its actions
	packed       string
	catalogue    *catalogue
	once         sync.Once
	actions      *apiActions
}

// decoded returns the actions, which are unpacked when they are first asked for.
func (s *apiService) decoded() *apiActions {
	s.once.Do(func() { s.actions = decodeActions(s, inflate(s.packed, s.catalogue.dictionary())) })
	return s.actions
}

var apis = sync.OnceValue(func() *catalogue { return readCatalogue(apisFile) })

// ModelSource tells where the table of APIs comes from: a Go module, its
// version, and the day on which the models in it were last changed.
func ModelSource() (module, version, date string) {
	c := apis()
	return c.module, c.version, c.date
}

// SDKServices returns the names of the services that an SDK integration can
// name, sorted.
func SDKServices() []string { return slices.Clone(apis().names) }

// SDKActions returns the actions of a service as a Resource spells them,
// sorted; nil when the service is unknown or its actions are.
func SDKActions(service string) []string {
	found := apis().services[service]
	if found == nil || !found.charted {
		return nil
	}
	return slices.Clone(found.decoded().names)
}

func readCatalogue(file string) *catalogue {
	index, data, _ := strings.Cut(file, "\n\n")
	lines := strings.Split(index, "\n")
	c := &catalogue{services: make(map[string]*apiService, len(lines)), names: make([]string, 0, len(lines))}
	take := func(length string) string {
		n, _ := strconv.Atoi(length)
		n = min(n, len(data))
		packed := data[:n]
		data = data[n:]
		return packed
	}
	for i, line := range lines {
		switch fields := strings.Fields(line); {
		case i == 0 && len(fields) == 5:
			c.module, c.version, c.date = fields[2], fields[3], fields[4]
		case len(fields) == 2:
			packed := take(fields[1])
			c.dictionary = sync.OnceValue(func() []byte { return []byte(inflate(packed, nil)) })
		case len(fields) == 4:
			c.add(fields[0], fields[1], take(fields[3]))
		}
	}
	return c
}

func (c *catalogue) add(name, prefix, packed string) {
	c.names = append(c.names, name)
	c.services[name] = &apiService{name: name, prefix: prefix, charted: packed != "", packed: packed, catalogue: c}
}

// inflate unpacks data of the embedded file. The file is part of the program
// and tested as such; were it damaged, the part that can be read is returned.
func inflate(packed string, dictionary []byte) string {
	var text strings.Builder
	_, _ = io.Copy(&text, flate.NewReaderDict(strings.NewReader(packed), dictionary))
	return text.String()
}
