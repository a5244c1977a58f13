package regex

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// entry is one entry of the backtrack stack: a place to try next, or a value
// to restore on the way back to it.
type entry struct {
	kind   entryKind
	pc     int // of a branch, or the index of what is restored
	pos    int // of a branch, or the value that is restored
	lowest int // of a repeat: it can give back down to here
}

type entryKind uint8

const (
	entryBranch entryKind = iota
	entryRepeat
	entryCapture
	entryRegister
)

// maxStack bounds the memory of one match.
const maxStack = 1 << 20

// matcher is the state of one match.
type matcher struct {
	re        *Regexp
	text      string
	captures  []int
	registers []int
	stack     []entry
	budget    *int
}

// Find looks for the first match at or after the byte offset start. It returns
// the byte offsets of the match and of its groups in pairs, -1 for a group that
// took no part; nil when there is no match. Budget is counted down by the steps
// that the match takes; when it is used up the error is [ErrBudget].
func (re *Regexp) Find(text string, start int, budget *int) ([]int, error) {
	var ( // enough for most patterns without an allocation
		captures  [12]int
		registers [8]int
		stack     [24]entry
	)
	m := matcher{re: re, text: text, budget: budget, stack: stack[:0]}
	m.captures = atLeast(captures[:], 2*re.groups+2)[:2*re.groups+2]
	m.registers = atLeast(registers[:], re.slots)
	for at := start; at <= len(text); {
		if re.prefix != "" {
			skip := strings.Index(text[at:], re.prefix)
			if skip < 0 {
				return nil, nil
			}
			at += skip
		}
		for i := range m.captures {
			m.captures[i] = -1
		}
		found, err := m.run(0, at)
		if err != nil {
			return nil, err
		}
		if found >= 0 {
			return slices.Clone(m.captures), nil
		}
		if re.atZero {
			return nil, nil
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += max(size, 1)
	}
	return nil, nil
}

// atLeast returns space if it holds size numbers, else new space.
func atLeast(space []int, size int) []int {
	if size > len(space) {
		return make([]int, size)
	}
	return space
}

// run executes the code from pc on at pos. It returns the position at which the
// code ended, or -1 when it does not match. What it left on the stack above the
// entries it found there has been removed, but for values to restore.
func (m *matcher) run(pc, pos int) (int, error) {
	base := len(m.stack)
	for {
		if *m.budget--; *m.budget < 0 || len(m.stack) > maxStack {
			return -1, ErrBudget
		}
		in := &m.re.code[pc]
		if in.op == opMatch {
			m.keepRestores(base)
			return pos, nil
		}
		next, at, err := m.step(in, pc, pos)
		if err != nil {
			return -1, err
		}
		if at < 0 {
			if next, at = m.backtrack(base); at < 0 {
				return -1, nil
			}
		}
		pc, pos = next, at
	}
}

// step executes one instruction; at is -1 when it fails.
func (m *matcher) step(in *instruction, pc, pos int) (next, at int, err error) {
	switch in.op {
	case opRune, opRuneFold, opAny, opClass, opClassFold:
		return pc + 1, m.consume(in, pos), nil
	case opSave:
		m.setCapture(in.n, pos)
	case opClear:
		for i := 2 * in.n; i < 2*in.m; i++ {
			m.setCapture(i, -1)
		}
	case opSplit:
		m.push(entry{kind: entryBranch, pc: in.m, pos: pos})
		return in.n, pos, nil
	case opJump:
		return in.n, pos, nil
	case opLook:
		return m.look(in, pc, pos)
	case opRepeat:
		return pc + 2, m.repeat(in, pc, pos), nil
	case opBack, opBackFold:
		return pc + 1, m.backReference(in, pos), nil
	case opMark:
		m.setRegister(in.n, pos)
	case opProgress:
		if m.registers[in.n] == pos && (in.m < 0 || m.registers[in.m] > in.low) {
			return 0, -1, nil
		}
	case opZero:
		m.setRegister(in.n, 0)
	case opCount:
		return m.count(in, pc, pos), pos, nil
	default:
		if !m.holds(in.op, pos) {
			return 0, -1, nil
		}
	}
	return pc + 1, pos, nil
}

func (m *matcher) push(e entry) { m.stack = append(m.stack, e) }

func (m *matcher) setCapture(i, pos int) {
	m.push(entry{kind: entryCapture, pc: i, pos: m.captures[i]})
	m.captures[i] = pos
}

func (m *matcher) setRegister(i, n int) {
	m.push(entry{kind: entryRegister, pc: i, pos: m.registers[i]})
	m.registers[i] = n
}

// backtrack undoes everything down to the last branch and takes it; at is -1
// when there is none above base.
func (m *matcher) backtrack(base int) (pc, at int) {
	for len(m.stack) > base {
		top := &m.stack[len(m.stack)-1]
		switch top.kind {
		case entryCapture:
			m.captures[top.pc] = top.pos
		case entryRegister:
			m.registers[top.pc] = top.pos
		case entryBranch:
			pc, at = top.pc, top.pos
			m.stack = m.stack[:len(m.stack)-1]
			return pc, at
		case entryRepeat:
			if at = m.giveBack(top); at >= 0 {
				return top.pc, at
			}
		}
		m.stack = m.stack[:len(m.stack)-1]
	}
	return 0, -1
}

// giveBack shortens a greedy repetition by one character; -1 when it cannot.
func (m *matcher) giveBack(e *entry) int {
	switch {
	case e.pos > e.lowest:
		_, size := utf8.DecodeLastRuneInString(m.text[:e.pos])
		e.pos -= size
	case e.pos < e.lowest: // it ran towards the start of the text
		_, size := utf8.DecodeRuneInString(m.text[e.pos:])
		e.pos += size
	default:
		return -1
	}
	return e.pos
}

// keepRestores drops the branches above base: a look-around is not entered
// again once it has matched. What it captured can still be undone.
func (m *matcher) keepRestores(base int) {
	kept := m.stack[:base]
	for _, e := range m.stack[base:] {
		if e.kind == entryCapture || e.kind == entryRegister {
			kept = append(kept, e)
		}
	}
	m.stack = kept
}

// next returns the character at pos in the direction of the instruction and the
// position after it; -1 at the end of the text.
func (m *matcher) next(back bool, pos int) (rune, int) {
	if back {
		if pos == 0 {
			return 0, -1
		}
		r, size := utf8.DecodeLastRuneInString(m.text[:pos])
		return r, pos - size
	}
	if pos >= len(m.text) {
		return 0, -1
	}
	if c := m.text[pos]; c < utf8.RuneSelf {
		return rune(c), pos + 1
	}
	r, size := utf8.DecodeRuneInString(m.text[pos:])
	return r, pos + size
}

// consume matches one character; -1 when it does not.
func (m *matcher) consume(in *instruction, pos int) int {
	r, next := m.next(in.back, pos)
	if next < 0 {
		return -1
	}
	ok := false
	switch in.op {
	case opRune:
		ok = r == in.r
	case opRuneFold:
		ok = canonical(r) == in.r
	case opClass:
		ok = in.set.has(r)
	case opClassFold:
		ok = in.set.hasFolded(r)
	case opAny:
		ok = !isLineBreak(r)
	}
	if !ok {
		return -1
	}
	return next
}

func isLineBreak(r rune) bool { return r == '\n' || r == '\r' || r == 0x2028 || r == 0x2029 }

// repeat matches the instruction after it as often as it can, and leaves an
// entry from which the match can take characters back.
func (m *matcher) repeat(in *instruction, pc, pos int) int {
	body := &m.re.code[pc+1]
	lowest := pos
	rounds := 0
	for in.high < 0 || rounds < in.high {
		next := m.consume(body, pos)
		if next < 0 {
			break
		}
		pos = next
		if rounds++; rounds == in.low {
			lowest = pos
		}
	}
	*m.budget -= rounds / 8
	if rounds < in.low {
		return -1
	}
	if pos != lowest {
		m.push(entry{kind: entryRepeat, pc: pc + 2, pos: pos, lowest: lowest})
	}
	return pos
}

// count decides at the start of a round whether to go on or to leave.
func (m *matcher) count(in *instruction, pc, pos int) (next int) {
	rounds := m.registers[in.n]
	body, exit := pc+1, in.m
	switch {
	case rounds < in.low:
		m.setRegister(in.n, rounds+1)
		return body
	case in.high >= 0 && rounds >= in.high:
		return exit
	case in.lazy:
		// the branch enters the body with the count it would have had
		m.push(entry{kind: entryRegister, pc: in.n, pos: rounds})
		m.push(entry{kind: entryBranch, pc: body, pos: pos})
		m.push(entry{kind: entryRegister, pc: in.n, pos: rounds + 1})
		return exit
	}
	m.push(entry{kind: entryBranch, pc: exit, pos: pos})
	m.setRegister(in.n, rounds+1)
	return body
}

func (m *matcher) look(in *instruction, pc, pos int) (next, at int, err error) {
	base := len(m.stack)
	end, err := m.run(pc+1, pos)
	if err != nil {
		return 0, -1, err
	}
	if !in.negated {
		if end < 0 {
			return 0, -1, nil
		}
		return in.n, pos, nil
	}
	if end >= 0 {
		m.backtrack(base) // forget what it captured
		return 0, -1, nil
	}
	return in.n, pos, nil
}

// backReference matches the text of a group again; one that took no part
// matches the empty text.
func (m *matcher) backReference(in *instruction, pos int) int {
	from, to := m.captures[2*in.n], m.captures[2*in.n+1]
	if from < 0 || to < 0 {
		return pos
	}
	want := m.text[from:to]
	*m.budget -= len(want) / 8
	if in.op == opBack {
		switch {
		case in.back && strings.HasSuffix(m.text[:pos], want):
			return pos - len(want)
		case !in.back && strings.HasPrefix(m.text[pos:], want):
			return pos + len(want)
		}
		return -1
	}
	return m.foldedReference(in, want, pos)
}

func (m *matcher) foldedReference(in *instruction, want string, pos int) int {
	for len(want) > 0 {
		expected, size := utf8.DecodeRuneInString(want)
		if in.back {
			expected, size = utf8.DecodeLastRuneInString(want)
			want = want[:len(want)-size]
		} else {
			want = want[size:]
		}
		r, next := m.next(in.back, pos)
		if next < 0 || canonical(r) != canonical(expected) {
			return -1
		}
		pos = next
	}
	return pos
}

// holds tests an assertion about the position.
func (m *matcher) holds(op opcode, pos int) bool {
	switch op {
	case opTextStart:
		return pos == 0
	case opTextEnd:
		return pos == len(m.text)
	case opLineStart:
		before, at := m.next(true, pos)
		return at < 0 || isLineBreak(before)
	case opLineEnd:
		after, at := m.next(false, pos)
		return at < 0 || isLineBreak(after)
	}
	before, at := m.next(true, pos)
	isBefore := at >= 0 && isWord(before)
	after, at := m.next(false, pos)
	isAfter := at >= 0 && isWord(after)
	return (isBefore != isAfter) == (op == opWordBoundary)
}

func isWord(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
