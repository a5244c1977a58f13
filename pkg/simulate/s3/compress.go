package s3

import (
	"errors"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// decompress undoes the compression that the name of an object tells: .gz and
// .zst or .zstd.
func decompress(key string, stream io.ReadCloser) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(key, ".gz"):
		plain, err := gzip.NewReader(stream)
		if err != nil {
			return nil, errors.New("the object " + key + " is no gzip file")
		}
		return both{plain, stream}, nil
	case strings.HasSuffix(key, ".zstd"), strings.HasSuffix(key, ".zst"):
		plain, err := zstd.NewReader(stream, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, errors.New("the object " + key + " is no Zstandard file")
		}
		return both{plain, stream}, nil
	}
	return stream, nil
}

// both reads one stream and closes another.
type both struct {
	io.Reader
	io.Closer
}
