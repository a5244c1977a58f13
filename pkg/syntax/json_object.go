package syntax

// object reads an object; pos is at its bracket.
func (p *jsonParser) object() Node {
	start, first := p.pos, len(p.members)
	if !p.enter('}') {
		return p.tooDeep()
	}
	comma := -1
	for !p.closed(comma) {
		switch c := p.peek(); {
		case c == ',':
			p.extraCommas()
			comma = -1
		case p.member():
			comma = p.separator()
		default:
			comma = p.optionalComma()
		}
	}
	p.leave()
	members := p.members[first:]
	for _, d := range p.duplicates.find(members) {
		p.add(duplicateKey(members[d.first].Key, members[d.again].Key))
	}
	o := p.nodes.object(Span{start, p.pos}, members)
	p.members = p.members[:first]
	return o
}

// member reads a key and its value; it reports whether both are there, so that
// a comma is due.
func (p *jsonParser) member() bool {
	key := p.key()
	if key == nil {
		return false
	}
	whole := p.colon(key)
	var value Node
	if whole {
		value = p.value()
	} else {
		value = NewBad(Span{p.pos, p.pos})
	}
	p.members = append(p.members, Member{key, value})
	return whole
}

// key reads the key of a member, nil when there is none; then what stands in
// its place is read and dropped.
func (p *jsonParser) key() *String {
	switch c := p.peek(); {
	case c == '"':
		return p.closeKey(p.string())
	case c == ':':
		p.fail(Span{p.pos, p.pos + 1}, `expected a key before ":"`, "add a key in double quotes")
		p.dropValue()
		return nil
	case c == '[', c == '{' && !p.nextIs("{{"):
		p.fail(Span{p.pos, p.pos + 1}, "expected a key, found "+quoteByte(c), "add a key in double quotes and a colon before it")
		p.value()
		return nil
	}
	return p.unquotedKey()
}

// dropValue reads the colon at pos and the value after it.
func (p *jsonParser) dropValue() {
	p.pos++
	if c := p.peek(); c != 0 && c != ',' && c != '}' && c != ']' && c != ':' {
		p.value()
	}
}

// colon reads the colon after a key; it reports whether a value follows.
func (p *jsonParser) colon(key *String) bool {
	end := p.pos
	switch c := p.peek(); {
	case c == ':':
		p.pos++
	case c == '=':
		p.wrongColon(key)
	case c == 0:
		return false
	case c == ',', c == '}', c == ']', c == '"' && p.keyAhead():
		p.fail(key.span, "the key "+quote(key.Value)+" has no value", "add a colon and a value, or remove the key")
		p.pos = end
		return false
	default:
		p.fail(Span{end, end}, "expected a colon after the key "+quote(key.Value), "add a colon")
	}
	return p.valueAhead(key)
}

// valueAhead reports whether a value follows the colon, and complains when none
// does.
func (p *jsonParser) valueAhead(key *String) bool {
	end := p.pos
	c := p.peek()
	for ; c == ':'; c = p.peek() {
		p.fail(Span{p.pos, p.pos + 1}, `unexpected ":"`, "remove the colon")
		p.pos++
	}
	missing := c == ',' || c == '}' || c == ']'
	if c == '"' && p.pos > end+1 && hasLineBreak(p.text[end:p.pos]) {
		missing = p.keyAhead()
	}
	if missing {
		p.fail(Span{end - 1, end}, "expected a value after the key "+quote(key.Value), "add a value")
		p.pos = end
	}
	return !missing && c != 0
}

func (p *jsonParser) wrongColon(key *String) {
	start := p.pos
	p.pos++
	if p.pos < len(p.text) && p.text[p.pos] == '>' {
		p.pos++
	}
	p.fail(Span{start, p.pos}, "expected a colon after the key "+quote(key.Value)+", found "+quote(p.text[start:p.pos]), "replace it by a colon")
}

// keyAhead reports whether the string at pos is followed by a colon.
func (p *jsonParser) keyAhead() bool {
	i := p.pos + 1
	for i < len(p.text) && p.text[i] != '"' && p.text[i] != '\n' {
		if p.text[i] == '\\' {
			i++
		}
		i++
	}
	for i++; i < len(p.text); i++ {
		switch p.text[i] {
		case ' ', '\t', '\r', '\n':
			continue
		}
		return p.text[i] == ':'
	}
	return false
}
