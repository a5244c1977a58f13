package spec

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// apiActions is what the table holds of one service.
type apiActions struct {
	names  []string // sorted
	byName map[string]*Integration
}

// decodeActions reads what encodeService of tools/apimodels wrote: strings,
// actions, shapes. Actions and shapes refer to strings and shapes by number.
func decodeActions(service *apiService, text string) *apiActions {
	d := &apiDecoder{text: text}
	d.strings = make([]string, d.number())
	for i := range d.strings {
		d.strings[i] = d.terminated()
	}
	actions := &apiActions{byName: map[string]*Integration{}}
	integrations := make([]Integration, d.number())
	references := make([][2]int, len(integrations))
	for i := range integrations {
		references[i] = d.action(&integrations[i])
		integrations[i].Service, integrations[i].Prefix = service.name, service.prefix
		actions.names = append(actions.names, integrations[i].Action)
		actions.byName[integrations[i].Action] = &integrations[i]
	}
	d.readShapes()
	for i := range integrations {
		integrations[i].Input, integrations[i].Output = d.shape(references[i][0]), d.shape(references[i][1])
		if integrations[i].Input == nil {
			integrations[i].Input = &Shape{Kind: Structure}
		}
	}
	return actions
}

type apiDecoder struct {
	text    string
	strings []string
	bounds  map[int]*float64 // by number of the string
	shapes  []Shape
}

func (d *apiDecoder) number() int {
	value, shift := uint64(0), 0
	for i := 0; i < min(len(d.text), binary.MaxVarintLen64); i++ {
		c := d.text[i]
		value |= uint64(c&0x7f) << shift
		shift += 7
		if c < 0x80 {
			d.text = d.text[i+1:]
			return int(value)
		}
	}
	d.text = ""
	return 0
}

func (d *apiDecoder) byte() byte {
	if d.text == "" {
		return 0
	}
	c := d.text[0]
	d.text = d.text[1:]
	return c
}

func (d *apiDecoder) terminated() string {
	word, rest, _ := strings.Cut(d.text, "\x00")
	d.text = rest
	return word
}

func (d *apiDecoder) word() string { return d.strings[d.number()] }

func (d *apiDecoder) words() []string {
	words := make([]string, d.number())
	for i := range words {
		words[i] = d.word()
	}
	return words
}

// action reads an action and returns the numbers of its input and output.
func (d *apiDecoder) action(made *Integration) [2]int {
	made.Action = d.word()
	made.Deprecated = d.byte()&1 != 0
	made.Method = d.word()
	made.Patterns = Patterns(1<<RequestResponse | 1<<WaitForTaskToken)
	input, output := d.number()-1, d.number()-1
	made.errors = d.words()
	return [2]int{input, output}
}

func (d *apiDecoder) shape(number int) *Shape {
	if number < 0 || number >= len(d.shapes) {
		return nil
	}
	return &d.shapes[number]
}

func (d *apiDecoder) readShapes() {
	d.bounds = map[int]*float64{}
	d.shapes = make([]Shape, d.number())
	for i := range d.shapes {
		d.readShape(&d.shapes[i])
	}
}

func (d *apiDecoder) readShape(made *Shape) {
	head := d.byte()
	made.Kind = ShapeKind(head & 0xf)
	if head&(1<<4) != 0 {
		made.Min = d.bound()
	}
	if head&(1<<5) != 0 {
		made.Max = d.bound()
	}
	if head&(1<<6) != 0 {
		made.Enum = d.words()
	}
	switch made.Kind {
	case List, MapOf:
		made.Element = d.shape(d.number())
	case Structure:
		made.Members = make([]Member, d.number())
		for i := range made.Members {
			name := d.number()
			made.Members[i] = Member{
				Name:       d.strings[name>>2],
				Required:   name&1 != 0,
				Deprecated: name&2 != 0,
				Shape:      d.shape(d.number()),
			}
		}
	}
}

// bound reads a bound. Few are not whole numbers that many shapes share.
func (d *apiDecoder) bound() *float64 {
	number := d.number()
	if known := d.bounds[number]; known != nil {
		return known
	}
	value, err := strconv.ParseFloat(d.strings[number], 64)
	if err != nil {
		return nil
	}
	d.bounds[number] = &value
	return &value
}
