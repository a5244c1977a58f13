package asl

import "strconv"

// The decoder knows where it is by a slash path from the state, as the service
// names fields in its messages: "Arguments/a/b[0]", "Choices[1]/Condition".

// push goes one name down and returns the place to go back to with pop.
func (d *decoder) push(name string) int {
	mark := len(d.path)
	if len(d.path) > d.stateMark {
		d.path = append(d.path, '/')
	}
	d.path = append(d.path, name...)
	return mark
}

// pushIndex goes to an element of an array.
func (d *decoder) pushIndex(i int) int {
	mark := len(d.path)
	d.path = append(d.path, '[')
	d.path = strconv.AppendInt(d.path, int64(i), 10)
	d.path = append(d.path, ']')
	return mark
}

func (d *decoder) pop(mark int) { d.path = d.path[:mark] }

// field returns the path from the state to what is being decoded.
func (d *decoder) field() string { return string(d.path[d.stateMark:]) }
