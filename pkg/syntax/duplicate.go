package syntax

// duplicates finds members of an object that have the same key.
type duplicates struct{ seen map[string]int }

// duplicate says that the member at index again has the key of the one at first.
type duplicate struct{ first, again int }

// fewMembers is how many members are compared pair by pair: cheaper than a map.
const fewMembers = 8

func (d *duplicates) find(members []Member) (found []duplicate) {
	if len(members) <= fewMembers {
		for again := 1; again < len(members); again++ {
			for first := range again {
				if members[first].Key.Value == members[again].Key.Value {
					found = append(found, duplicate{first, again})
					break
				}
			}
		}
		return found
	}
	if d.seen == nil {
		d.seen = make(map[string]int, len(members))
	}
	clear(d.seen)
	for again, m := range members {
		if first, ok := d.seen[m.Key.Value]; ok {
			found = append(found, duplicate{first, again})
		} else {
			d.seen[m.Key.Value] = again
		}
	}
	return found
}

func duplicateKey(first, again *String) Error {
	return Error{
		Span:    again.span,
		Code:    DuplicateKey,
		Message: "the key " + quote(again.Value) + " stands twice in this object",
		Help:    "rename or remove one of the two; the last one counts",
		Related: first.span,
	}
}
