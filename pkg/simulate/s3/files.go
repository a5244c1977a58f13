package s3

import (
	"crypto/md5"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Files is a store in a folder: the object KEY of bucket BUCKET is the file
// BUCKET/KEY. Writing goes through Writer; nil refuses it.
type Files struct {
	Root   fs.FS
	Writer func(name string) (io.WriteCloser, error)
}

// name returns the file of an object, false when no file can have that name.
func name(bucket, key string) (string, bool) {
	joined := bucket + "/" + key
	return joined, fs.ValidPath(joined) && bucket != ""
}

// Open opens an object.
func (f Files) Open(bucket, key string) (io.ReadCloser, error) {
	file, valid := name(bucket, key)
	if !valid {
		return nil, ErrNoObject
	}
	stream, err := f.Root.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoObject
	}
	return stream, err
}

// List lists a bucket. fs.WalkDir visits in the order of names, which differs
// from the order of keys where a name goes on after another one's end.
func (f Files) List(bucket, prefix string) ([]Object, error) {
	if !fs.ValidPath(bucket) || bucket == "." {
		return nil, Fault("The specified bucket does not exist")
	}
	var objects []Object
	err := fs.WalkDir(f.Root, bucket, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		key := strings.TrimPrefix(file, bucket+"/")
		if !strings.HasPrefix(key, prefix) {
			return nil
		}
		object, err := f.describe(file, entry)
		object.Key = key
		objects = append(objects, object)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Fault("The specified bucket does not exist")
	}
	sortByKey(objects)
	return objects, err
}

func (f Files) describe(file string, entry fs.DirEntry) (Object, error) {
	info, err := entry.Info()
	if err != nil {
		return Object{}, err
	}
	stream, err := f.Root.Open(file)
	if err != nil {
		return Object{}, err
	}
	defer stream.Close()
	sum := md5.New()
	_, err = io.Copy(sum, stream)
	return Object{Size: info.Size(), Modified: info.ModTime(), ETag: `"` + hex.EncodeToString(sum.Sum(nil)) + `"`}, err
}

// Create makes an object.
func (f Files) Create(bucket, key string) (io.WriteCloser, error) {
	file, valid := name(bucket, key)
	if !valid {
		return nil, errors.New("no file can have the name " + path.Join(bucket, key))
	}
	if f.Writer == nil {
		return nil, errors.New("there is no folder that stands for S3")
	}
	return f.Writer(file)
}
