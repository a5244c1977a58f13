// Package s3 stands in for Amazon S3: the objects that an ItemReader reads and
// a ResultWriter writes, and the formats of those objects.
package s3

import (
	"errors"
	"io"
	"time"
)

// ErrNoObject is what Open returns for an object that does not exist.
var ErrNoObject = errors.New("the object does not exist")

// Fault is what is wrong with an object or a request, in the words of the
// service, which workflows see as the cause of their failure.
type Fault string

// Error gives the service's words.
func (f Fault) Error() string { return string(f) }

// Store is a set of buckets with objects.
type Store interface {
	// Open opens an object for reading; [ErrNoObject] when there is none.
	Open(bucket, key string) (io.ReadCloser, error)
	// List returns the objects of a bucket whose keys begin with prefix, in
	// the order of their keys.
	List(bucket, prefix string) ([]Object, error)
	// Create makes or replaces an object; it is there when the writer is closed.
	Create(bucket, key string) (io.WriteCloser, error)
}

// Object describes an object.
type Object struct {
	Key      string
	Size     int64
	ETag     string
	Modified time.Time
}
