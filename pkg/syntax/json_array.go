package syntax

// array reads an array; pos is at its bracket.
func (p *jsonParser) array() Node {
	start, first := p.pos, len(p.items)
	if !p.enter(']') {
		return p.tooDeep()
	}
	comma := -1
	for !p.closed(comma) {
		switch c := p.peek(); c {
		case ',':
			p.extraCommas()
			comma = -1
		case ':':
			p.fail(Span{p.pos, p.pos + 1}, `unexpected ":" in an array`, "an array holds values without keys; remove the colon")
			p.pos++
			comma = -1
		default:
			if !p.item(first) {
				p.leave()
				return p.endArray(start, first)
			}
			comma = p.separator()
		}
	}
	p.leave()
	return p.endArray(start, first)
}

func (p *jsonParser) endArray(start, first int) Node {
	a := p.nodes.array(Span{start, p.pos}, p.items[first:])
	p.items = p.items[:first]
	return a
}

// item reads an item; it reports false when a member of the object around
// stands there, because the array is not closed.
func (p *jsonParser) item(first int) bool {
	value := p.value()
	key, ok := value.(*String)
	if !ok || p.peek() != ':' {
		p.items = append(p.items, value)
		return true
	}
	if p.continuesObject(first) {
		p.pos = key.span.Start
		p.unclosed(p.open[len(p.open)-1])
		return false
	}
	p.membersInArray(key)
	return true
}

// continuesObject reports whether a member in the innermost array is more
// likely one of the object around: the array has items of another kind.
func (p *jsonParser) continuesObject(first int) bool {
	if len(p.items) == first || len(p.open) < 2 || p.open[len(p.open)-2].closer != '}' {
		return false
	}
	_, isObject := p.items[len(p.items)-1].(*Object)
	return !isObject
}

// membersInArray reads members that stand in an array without braces, a slip
// that articles print. They become objects; a key that stood before starts the
// next one.
func (p *jsonParser) membersInArray(key *String) {
	p.fail(key.span, "the member "+quote(key.Value)+" stands in an array; members belong into an object",
		"put { before it and } after the last member")
	first := len(p.members)
	for key != nil {
		if standsIn(p.members[first:], key.Value) {
			p.items = append(p.items, p.looseObject(first))
		}
		p.looseMember(key)
		key = p.looseKey()
	}
	p.items = append(p.items, p.looseObject(first))
}

// missingBraces reads a text that starts with a member: its braces are missing.
func (p *jsonParser) missingBraces(key *String) Node {
	p.fail(Span{key.span.Start, key.span.Start}, "expected { before the member "+quote(key.Value), "put { before it and } after the last member")
	first := len(p.members)
	for ; key != nil; key = p.looseKey() {
		p.looseMember(key)
	}
	return p.looseObject(first)
}

func (p *jsonParser) looseMember(key *String) {
	value := Node(NewBad(Span{p.pos, p.pos}))
	if p.colon(key) {
		value = p.value()
	}
	p.members = append(p.members, Member{key, value})
}

// looseKey returns the key of the next member when one follows, else nil and
// stays in front of the separator.
func (p *jsonParser) looseKey() *String {
	before := p.pos
	if p.hopeless {
		return nil
	}
	if p.peek() == ',' {
		p.pos++
	}
	if p.peek() == '"' && p.keyAhead() {
		return p.string()
	}
	p.pos = before
	return nil
}

func (p *jsonParser) looseObject(first int) Node {
	members := p.members[first:]
	span := members[0].Key.span.Cover(members[len(members)-1].Value.Span())
	o := p.nodes.object(span, members)
	p.members = p.members[:first]
	return o
}

func standsIn(members []Member, key string) bool {
	for _, m := range members {
		if m.Key.Value == key {
			return true
		}
	}
	return false
}
