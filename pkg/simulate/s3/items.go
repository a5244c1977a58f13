package s3

import (
	"errors"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// Format says how objects are read: the ReaderConfig of an ItemReader.
type Format struct {
	InputType      string // CSV, JSON, JSONL, PARQUET, MANIFEST
	Transformation string // NONE, LOAD_AND_FLATTEN
	ManifestType   string // ATHENA_DATA, S3_INVENTORY
	HeaderGiven    bool   // CSVHeaderLocation is GIVEN
	Headers        []string
	Delimiter      string // COMMA, PIPE, SEMICOLON, SPACE, TAB; "" for COMMA
	Pointer        string // ItemsPointer, a JSON Pointer
}

// Item is one item of a Map; Key is set when it is the member of an object.
type Item struct {
	Key   string
	Value value.Value
}

// Items yields items one after the other, in bounded memory.
type Items interface {
	// Next returns the next item; false at the end.
	Next() (Item, bool, error)
}

// OpenObject opens an object for reading its items. The errors of this package
// are worded as the service words its causes.
func OpenObject(store Store, bucket, key string, format Format) (Items, error) {
	if format.InputType == "MANIFEST" || format.ManifestType != "" {
		return openManifest(store, bucket, key, format)
	}
	stream, err := open(store, bucket, key)
	if err != nil {
		return nil, err
	}
	return itemsOf(stream, format, true)
}

// open opens an object and undoes its compression.
func open(store Store, bucket, key string) (io.ReadCloser, error) {
	stream, err := store.Open(bucket, key)
	if errors.Is(err, ErrNoObject) {
		return nil, Fault("The specified key does not exist. Bucket: " + bucket + ", Key: " + key)
	}
	if err != nil {
		return nil, err
	}
	return decompress(key, stream)
}

// itemsOf reads the items of a stream. JSON must hold an array or object; where
// several objects are read one after the other, any other value is an item.
func itemsOf(stream io.ReadCloser, format Format, strict bool) (Items, error) {
	switch format.InputType {
	case "CSV":
		return newCSV(stream, format)
	case "JSONL":
		return newLines(stream), nil
	case "PARQUET":
		stream.Close()
		return nil, errors.New("this build of sfnctl does not read Parquet; convert the object to CSV, JSON or JSONL for the simulation")
	}
	return newJSON(stream, format.Pointer, strict)
}

// OpenListing lists a bucket: every object is an item, or with LOAD_AND_FLATTEN
// every item of every object.
func OpenListing(store Store, bucket, prefix string, format Format) (Items, error) {
	objects, err := store.List(bucket, prefix)
	if err != nil {
		return nil, err
	}
	if format.Transformation != "LOAD_AND_FLATTEN" {
		return &listing{objects: objects}, nil
	}
	keys := make([]string, 0, len(objects))
	for _, object := range objects {
		if !strings.HasSuffix(object.Key, "/") {
			keys = append(keys, object.Key)
		}
	}
	return &sequence{store: store, bucket: bucket, keys: keys, format: format}, nil
}

// listing yields the metadata of objects, as ListObjectsV2 gives it.
type listing struct {
	objects []Object
	next    int
}

func (l *listing) Next() (Item, bool, error) {
	if l.next == len(l.objects) {
		return Item{}, false, nil
	}
	o := l.objects[l.next]
	l.next++
	return Item{Value: value.Object(
		value.Member{Key: "Etag", Value: value.String(o.ETag)},
		value.Member{Key: "LastModified", Value: value.Int(o.Modified.Unix())},
		value.Member{Key: "Key", Value: value.String(o.Key)},
		value.Member{Key: "Size", Value: value.Int(o.Size)},
		value.Member{Key: "StorageClass", Value: value.String("STANDARD")},
	)}, true, nil
}

// sequence yields the items of several objects, one object after the other.
type sequence struct {
	store   Store
	bucket  string
	keys    []string
	format  Format
	current Items
}

func (s *sequence) Next() (Item, bool, error) {
	for {
		if s.current == nil {
			if len(s.keys) == 0 {
				return Item{}, false, nil
			}
			if err := s.advance(); err != nil {
				return Item{}, false, err
			}
		}
		item, any, err := s.current.Next()
		if any || err != nil {
			return item, any, err
		}
		s.current = nil
	}
}

func (s *sequence) advance() error {
	key := s.keys[0]
	s.keys = s.keys[1:]
	stream, err := open(s.store, s.bucket, key)
	if err != nil {
		return err
	}
	s.current, err = itemsOf(stream, s.format, false)
	return err
}
