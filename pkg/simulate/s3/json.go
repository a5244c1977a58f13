package s3

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// lines reads JSON Lines.
type lines struct {
	in    *bufio.Reader
	close io.Closer
	line  int
}

func newLines(stream io.ReadCloser) Items {
	return &lines{in: bufio.NewReaderSize(stream, 64*1024), close: stream}
}

func (l *lines) Next() (Item, bool, error) {
	for {
		text, err := l.in.ReadString('\n')
		l.line++
		if len(text) > spec.MaxItemBytes {
			return Item{}, false, errors.New("line " + strconv.Itoa(l.line) + " is larger than 8 MB")
		}
		if text = strings.TrimSpace(text); text != "" {
			item, parseError := value.ParseCompact(text)
			if parseError != nil {
				return Item{}, false, errors.New("line " + strconv.Itoa(l.line) + " is no JSON: " + parseError.Error())
			}
			return Item{Value: item}, true, nil
		}
		if err == io.EOF {
			return Item{}, false, l.close.Close()
		}
		if err != nil {
			return Item{}, false, err
		}
	}
}

// jsonItems reads the elements of a JSON array, or the members of an object,
// one by one. encoding/json finds where each ends; package value reads it, for
// it keeps the order of members and the text of numbers.
type jsonItems struct {
	decoder *json.Decoder
	close   io.Closer
	isArray bool
	single  value.Value // a document that is one item itself
}

var errNotIterable = Fault("Attempting to map over non-iterable node.")

func newJSON(stream io.ReadCloser, pointer string, strict bool) (Items, error) {
	j := &jsonItems{decoder: json.NewDecoder(bufio.NewReaderSize(stream, 64*1024)), close: stream}
	if err := j.descend(pointer); err != nil {
		return nil, err
	}
	token, err := j.decoder.Token()
	if err != nil {
		return nil, notJSON(err)
	}
	switch token {
	case json.Delim('['):
		j.isArray = true
	case json.Delim('{'):
	default:
		if strict {
			return nil, errNotIterable
		}
		text, _ := json.Marshal(token)
		j.single, err = value.ParseCompact(string(text))
	}
	return j, err
}

// notJSON tells what is wrong with a document.
func notJSON(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errors.New("the object is no JSON: it ends too early")
	}
	return errors.New("the object is no JSON: " + err.Error())
}

// descend moves to the value that a JSON Pointer names.
func (j *jsonItems) descend(pointer string) error {
	if pointer == "" {
		return nil
	}
	for _, part := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		if err := j.into(part); err != nil {
			return err
		}
	}
	return nil
}

// into reads up to the value of a member or element.
func (j *jsonItems) into(name string) error {
	missing := errors.New("ItemsPointer leads nowhere: there is no " + strconv.Quote(name))
	token, err := j.decoder.Token()
	if err != nil {
		return err
	}
	var skipped json.RawMessage
	for index := 0; j.decoder.More(); index++ {
		switch token {
		case json.Delim('{'):
			key, err := j.decoder.Token()
			if err != nil {
				return err
			}
			if key == name {
				return nil
			}
		case json.Delim('['):
			if strconv.Itoa(index) == name {
				return nil
			}
		default:
			return missing
		}
		if err := j.decoder.Decode(&skipped); err != nil {
			return err
		}
	}
	return missing
}

func (j *jsonItems) Next() (Item, bool, error) {
	if j.decoder == nil {
		return Item{}, false, nil
	}
	if !j.single.IsAbsent() {
		j.decoder = nil
		return Item{Value: j.single}, true, j.close.Close()
	}
	if !j.decoder.More() {
		// The closing bracket tells a complete document from one cut off.
		_, err := j.decoder.Token()
		j.decoder = nil
		j.close.Close()
		if err != nil {
			err = notJSON(err)
		}
		return Item{}, false, err
	}
	var item Item
	if !j.isArray {
		token, err := j.decoder.Token()
		if err != nil {
			return item, false, err
		}
		item.Key, _ = token.(string)
	}
	var raw json.RawMessage
	if err := j.decoder.Decode(&raw); err != nil {
		return item, false, notJSON(err)
	}
	var err error
	item.Value, err = value.ParseCompact(string(raw))
	return item, err == nil, err
}
