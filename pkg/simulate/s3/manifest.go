package s3

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// openManifest reads the items of the objects that a manifest names.
func openManifest(store Store, bucket, key string, format Format) (Items, error) {
	if format.ManifestType == "ATHENA_DATA" {
		return openAthena(store, bucket, key, format)
	}
	return openInventory(store, bucket, key)
}

// openAthena reads the manifest of an UNLOAD query: a line with an S3 URI for
// every object, all in one format.
func openAthena(store Store, bucket, key string, format Format) (Items, error) {
	stream, err := open(store, bucket, key)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	s := &sequence{store: store, bucket: bucket, format: format}
	s.format.ManifestType = ""
	scanner := bufio.NewScanner(stream)
	for scanner.Scan() {
		line := strings.Trim(strings.TrimSpace(scanner.Text()), `"`)
		if line == "" {
			continue
		}
		if rest, isURI := strings.CutPrefix(line, "s3://"); isURI {
			s.bucket, line, _ = strings.Cut(rest, "/")
		}
		s.keys = append(s.keys, line)
	}
	return s, scanner.Err()
}

// openInventory reads the manifest.json of an S3 inventory: CSV files without a
// header row, whose columns the manifest names.
func openInventory(store Store, bucket, key string) (Items, error) {
	stream, err := open(store, bucket, key)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	text, err := io.ReadAll(io.LimitReader(stream, spec.MaxItemBytes))
	if err != nil {
		return nil, err
	}
	manifest, err := value.ParseCompact(string(text))
	if err != nil {
		return nil, errors.New("the inventory manifest is no JSON: " + err.Error())
	}
	if kind := manifest.Get("fileFormat").Str(); kind != "" && kind != "CSV" {
		return nil, errors.New("the inventory has the format " + kind + "; only CSV can be read")
	}
	var headers []string
	for _, name := range strings.Split(manifest.Get("fileSchema").Str(), ",") {
		headers = append(headers, strings.TrimSpace(name))
	}
	if destination := manifest.Get("destinationBucket").Str(); destination != "" {
		bucket = destination[strings.LastIndexByte(destination, ':')+1:]
	}
	s := &sequence{store: store, bucket: bucket, format: Format{InputType: "CSV", HeaderGiven: true, Headers: headers}}
	for _, file := range manifest.Get("files").Items() {
		s.keys = append(s.keys, file.Get("key").Str())
	}
	return s, nil
}
