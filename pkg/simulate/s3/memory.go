package s3

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"io"
	"sort"
	"strings"
)

// Memory is a store in memory: bucket, then key, then content.
type Memory map[string]map[string][]byte

// Open opens an object.
func (m Memory) Open(bucket, key string) (io.ReadCloser, error) {
	body, ok := m[bucket][key]
	if !ok {
		return nil, ErrNoObject
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

// List lists a bucket.
func (m Memory) List(bucket, prefix string) ([]Object, error) {
	var objects []Object
	for key, body := range m[bucket] {
		if strings.HasPrefix(key, prefix) {
			objects = append(objects, Object{Key: key, Size: int64(len(body)), ETag: etag(body)})
		}
	}
	sortByKey(objects)
	return objects, nil
}

func sortByKey(objects []Object) {
	sort.Slice(objects, func(i, j int) bool { return objects[i].Key < objects[j].Key })
}

// etag is the ETag of an object that was put in one piece.
func etag(body []byte) string {
	sum := md5.Sum(body)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

// Create makes an object.
func (m Memory) Create(bucket, key string) (io.WriteCloser, error) {
	return &memoryWriter{store: m, bucket: bucket, key: key}, nil
}

type memoryWriter struct {
	bytes.Buffer
	store       Memory
	bucket, key string
}

// Close puts the object into the store.
func (w *memoryWriter) Close() error {
	if w.store[w.bucket] == nil {
		w.store[w.bucket] = map[string][]byte{}
	}
	w.store[w.bucket][w.key] = w.Bytes()
	return nil
}
