package s3

import (
	"bufio"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// csvItems reads CSV as the service does: every cell is text, short rows are
// filled up with "", surplus cells are dropped, lines of blanks are rows. A
// backslash takes its meaning from a quote, a delimiter or a backslash, and is
// dropped before anything else.
type csvItems struct {
	in        *bufio.Reader
	close     io.Closer
	delimiter byte
	headers   []string
	order     []int // of the members of an item: that of java.util.HashMap
	row       []string
	cell      []byte
}

var delimiters = map[string]byte{"": ',', "COMMA": ',', "PIPE": '|', "SEMICOLON": ';', "SPACE": ' ', "TAB": '\t'}

func newCSV(stream io.ReadCloser, format Format) (Items, error) {
	c := &csvItems{in: bufio.NewReaderSize(stream, 64*1024), close: stream, delimiter: delimiters[format.Delimiter]}
	c.headers = format.Headers
	if !format.HeaderGiven {
		any, err := c.readRow()
		if err != nil {
			return nil, err
		}
		if !any {
			return nil, Fault("The CSV file is empty.")
		}
		c.headers = append([]string(nil), c.row...)
	}
	total, seen := 0, map[string]bool{}
	for _, header := range c.headers {
		if seen[header] {
			return nil, Fault("CSV headers cannot contain duplicates.")
		}
		seen[header] = true
		total += len(header)
	}
	if total > spec.MaxCSVHeaderBytes {
		return nil, Fault("CSV headers cannot exceed 10 KiB.")
	}
	c.order = value.JavaHashOrder(c.headers)
	return c, nil
}

// Next returns the next row as an object.
func (c *csvItems) Next() (Item, bool, error) {
	any, err := c.readRow()
	if err != nil || !any {
		c.close.Close()
		return Item{}, false, err
	}
	members := make([]value.Member, len(c.order))
	for i, at := range c.order {
		cell := ""
		if at < len(c.row) {
			cell = c.row[at]
		}
		members[i] = value.Member{Key: c.headers[at], Value: value.String(cell)}
	}
	return Item{Value: value.Object(members...)}, true, nil
}

// readRow reads the cells of the next line that is not empty; false at the end.
func (c *csvItems) readRow() (bool, error) {
	for {
		any, err := c.readLine()
		if err != nil || !any {
			return false, err
		}
		if len(c.row) != 1 || c.row[0] != "" {
			return true, nil
		}
	}
}

// readLine reads one record, which quotes can stretch over several lines.
func (c *csvItems) readLine() (bool, error) {
	c.row, c.cell = c.row[:0], c.cell[:0]
	read, quoted := false, false
	for {
		b, err := c.in.ReadByte()
		if err == io.EOF {
			if read {
				c.endCell()
			}
			return read, nil
		}
		if err != nil {
			return false, err
		}
		read = true
		switch {
		case b == '\\':
			c.escaped()
		case quoted && b == '"':
			if next, _ := c.in.Peek(1); len(next) == 1 && next[0] == '"' {
				c.in.ReadByte()
				c.cell = append(c.cell, '"')
			} else {
				quoted = false
			}
		case quoted:
			c.cell = append(c.cell, b)
		case b == '"' && len(c.cell) == 0:
			quoted = true
		case b == c.delimiter:
			c.endCell()
		case b == '\n':
			c.endCell()
			return true, nil
		case b == '\r':
			if next, _ := c.in.Peek(1); len(next) == 1 && next[0] == '\n' {
				continue
			}
			c.cell = append(c.cell, b)
		default:
			c.cell = append(c.cell, b)
		}
	}
}

func (c *csvItems) escaped() {
	next, _ := c.in.Peek(1)
	if len(next) == 1 && (next[0] == '\\' || next[0] == '"' || next[0] == c.delimiter) {
		c.in.ReadByte()
		c.cell = append(c.cell, next[0])
	}
}

func (c *csvItems) endCell() {
	c.row = append(c.row, strings.Clone(string(c.cell)))
	c.cell = c.cell[:0]
}
