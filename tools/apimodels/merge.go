package main

import "fmt"

// mergeEqualShapes replaces shapes that accept the same values by one. Models
// name a shape for every use, so that most of them are equal to another one.
//
// Shapes can contain themselves; so it starts with one class for all shapes that
// look alike on their own and splits classes until the members of every class
// also refer to the same classes.
func mergeEqualShapes(s *service) {
	classes := make([]int, len(s.shapes))
	for count := 0; ; {
		next, n := classify(s.shapes, classes)
		classes = next
		if n == count {
			break
		}
		count = n
	}
	renumber(s, classes)
}

// classify gives equal numbers to the shapes that look alike when what they
// refer to is known by class only.
func classify(shapes []*shape, classes []int) ([]int, int) {
	numbers := map[string]int{}
	next := make([]int, len(shapes))
	for i, shape := range shapes {
		key := signature(shape, classes)
		number, seen := numbers[key]
		if !seen {
			number = len(numbers)
			numbers[key] = number
		}
		next[i] = number
	}
	return next, len(numbers)
}

func signature(s *shape, classes []int) string {
	element := none
	if s.element != none {
		element = classes[s.element]
	}
	key := fmt.Sprintf("%d %s %s %q %d", s.kind, bound(s.min), bound(s.max), s.enum, element)
	for _, member := range s.members {
		key += fmt.Sprintf(" %s %t %t %d", member.name, member.required, member.deprecated, classes[member.shape])
	}
	return key
}

// renumber keeps the first shape of every class.
func renumber(s *service, classes []int) {
	var kept []*shape
	for i, shape := range s.shapes {
		if classes[i] == len(kept) { // classes are numbered in order of first use
			kept = append(kept, shape)
		}
	}
	for _, shape := range kept {
		shape.element = classOf(shape.element, classes)
		for i := range shape.members {
			shape.members[i].shape = classOf(shape.members[i].shape, classes)
		}
	}
	for i := range s.actions {
		s.actions[i].input = classOf(s.actions[i].input, classes)
		s.actions[i].output = classOf(s.actions[i].output, classes)
	}
	s.shapes = kept
}

func classOf(index int, classes []int) int {
	if index == none {
		return none
	}
	return classes[index]
}
