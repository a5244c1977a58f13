package regex

type opcode uint8

const (
	opMatch opcode = iota
	opRune
	opRuneFold
	opAny
	opClass
	opClassFold
	opSave  // set capture n
	opClear // forget the captures n to m-1
	opSplit // try n, then m
	opJump  // to n
	opTextStart
	opTextEnd
	opLineStart // with the flag m
	opLineEnd
	opWordBoundary
	opNotWordBoundary
	opBack     // back-reference to group n
	opBackFold // the same, ignoring case
	opLook     // run the code up to n, then go on there
	opRepeat   // the one-character instruction after it, low to high times, greedily
	opMark     // remember the position in register n
	opProgress // fail when the position is still the one in register n
	opZero     // set register n to 0
	opCount    // one more round in register n: decide whether to repeat
)

// instruction is one step of a compiled pattern.
type instruction struct {
	op        opcode
	back      bool // moves towards the start of the text, inside a look-behind
	negated   bool // of a look-around
	lazy      bool
	r         rune
	n, m      int
	low, high int
	set       *class
}

// maxProgram is how many instructions a pattern may have.
const maxProgram = 100_000

type compiler struct {
	code      []instruction
	slots     int
	fold      bool
	multiline bool
	back      bool
}

func (c *compiler) program(tree node) error {
	c.emit(instruction{op: opSave, n: 0})
	c.node(tree)
	c.emit(instruction{op: opSave, n: 1})
	c.emit(instruction{op: opMatch})
	if len(c.code) > maxProgram {
		return &SyntaxError{Message: "the pattern is too large"}
	}
	return nil
}

func (c *compiler) emit(in instruction) int {
	in.back = c.back
	c.code = append(c.code, in)
	return len(c.code) - 1
}

func (c *compiler) node(n node) {
	switch n := n.(type) {
	case runeNode, anyNode, classNode:
		c.emit(c.single(n))
	case sequenceNode:
		c.sequence(n.parts)
	case choiceNode:
		c.choice(n.options)
	case groupNode:
		c.group(n)
	case backNode:
		op := opBack
		if c.fold {
			op = opBackFold
		}
		c.emit(instruction{op: op, n: n.group})
	case assertionNode:
		c.assertion(n.op)
	case lookNode:
		c.look(n)
	case repeatNode:
		c.repeat(n)
	}
}

// single is the instruction for a node that matches exactly one character.
func (c *compiler) single(n node) instruction {
	switch n := n.(type) {
	case runeNode:
		if c.fold {
			return instruction{op: opRuneFold, r: canonical(n.r)}
		}
		return instruction{op: opRune, r: n.r}
	case classNode:
		if c.fold {
			return instruction{op: opClassFold, set: n.set.folded()}
		}
		return instruction{op: opClass, set: n.set}
	}
	return instruction{op: opAny}
}

func (c *compiler) sequence(parts []node) {
	for i := range parts {
		if c.back {
			i = len(parts) - 1 - i
		}
		c.node(parts[i])
	}
}

func (c *compiler) choice(options []node) {
	var ends []int
	for i, option := range options {
		if i == len(options)-1 {
			c.node(option)
			break
		}
		split := c.emit(instruction{op: opSplit})
		c.code[split].n = len(c.code)
		c.node(option)
		ends = append(ends, c.emit(instruction{op: opJump}))
		c.code[split].m = len(c.code)
	}
	for _, end := range ends {
		c.code[end].n = len(c.code)
	}
}

func (c *compiler) group(n groupNode) {
	if n.index == 0 {
		c.node(n.body)
		return
	}
	first, second := 2*n.index, 2*n.index+1
	if c.back {
		first, second = second, first
	}
	c.emit(instruction{op: opSave, n: first})
	c.node(n.body)
	c.emit(instruction{op: opSave, n: second})
}

func (c *compiler) assertion(op opcode) {
	if !c.multiline {
		switch op {
		case opLineStart:
			op = opTextStart
		case opLineEnd:
			op = opTextEnd
		}
	}
	c.emit(instruction{op: op})
}

func (c *compiler) look(n lookNode) {
	outer := c.back
	at := c.emit(instruction{op: opLook, negated: n.negated})
	c.back = n.behind
	c.node(n.body)
	c.emit(instruction{op: opMatch})
	c.back = outer
	c.code[at].n = len(c.code)
}

func (c *compiler) repeat(n repeatNode) {
	switch n.body.(type) {
	case runeNode, anyNode, classNode:
		if !n.lazy {
			c.emit(instruction{op: opRepeat, low: n.min, high: n.max})
			c.node(n.body)
			return
		}
	}
	if n.min == 0 && n.max == 1 {
		c.optional(n)
		return
	}
	c.loop(n)
}

// optional is body?: a round that consumes nothing does not count.
func (c *compiler) optional(n repeatNode) {
	split := c.emit(instruction{op: opSplit})
	c.code[split].n = len(c.code)
	c.round(n)
	c.code[split].m = len(c.code)
	if n.lazy {
		c.code[split].n, c.code[split].m = c.code[split].m, c.code[split].n
	}
}

// round is one repetition of the body. Its captures start anew, as ECMAScript
// has it, and once the minimum is reached it must get somewhere.
func (c *compiler) round(n repeatNode) {
	if n.first < n.last {
		c.emit(instruction{op: opClear, n: n.first, m: n.last})
	}
	mark := c.slots
	c.slots++
	c.emit(instruction{op: opMark, n: mark})
	c.node(n.body)
	c.emit(instruction{op: opProgress, n: mark, low: n.min, m: -1})
}

// loop counts the rounds in a register:
//
//	zero k; again: count k -> body or exit; body; progress; jump again; exit:
func (c *compiler) loop(n repeatNode) {
	counter := c.slots
	c.slots++
	c.emit(instruction{op: opZero, n: counter})
	again := c.emit(instruction{op: opCount, n: counter, low: n.min, high: n.max, lazy: n.lazy})
	c.round(n)
	c.code[len(c.code)-1].m = counter
	c.emit(instruction{op: opJump, n: again})
	c.code[again].m = len(c.code)
}
