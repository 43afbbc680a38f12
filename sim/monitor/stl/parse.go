package stl

import (
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A parser makes a tree of the tokens. It goes on after a mistake, with a broken
// node, to find the others; the one token that follows a mistake is not called
// another.
type parser struct {
	*source
	tokens  []token
	at      int
	unit    vtime.Duration
	nodes   int
	nesting int
	fault   int // the token after the last mistake
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) take() token {
	t := p.tokens[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

// drop leaves a token out, a bracket with all that is in it.
func (p *parser) drop() {
	if p.take().kind == bracket {
		p.unwind()
		p.fault = p.at
	}
}

// blame records that a token cannot stand where it is.
func (p *parser) blame(t token, next, cause string, args ...any) {
	if t.kind != stray && (p.fault == 0 || p.at > p.fault) {
		p.fail(t.from, t.to, next, cause, args...)
	}
	p.fault = p.at + 1
}

// whole is all of the text.
func (p *parser) whole() *node {
	if p.peek().kind == end {
		p.fail(0, 0, "write one, such as `always[0,10] (x < 1)`", "there is no formula")
		return p.broken(p.peek())
	}
	n := p.part(end)
	for p.peek().kind != end { // what no bracket has opened
		p.blame(p.peek(), "leave it out, or open one before", "nothing is open for %s", p.word(p.peek()))
		p.take()
		n = p.rest(p.broken(p.peek()), levelIff)
		n = p.remainder(n, end)
	}
	return n
}

// part is a formula or a term up to a bracket or a comma.
func (p *parser) part(closing kind) *node {
	return p.remainder(p.expression(levelIff), closing)
}

// remainder goes on where something does not belong, up to a bracket or a comma.
func (p *parser) remainder(n *node, closing kind) *node {
	for t := p.peek(); t.kind != end && t.kind != shut && t.kind != closing; t = p.peek() {
		p.misplaced(t)
		if !t.kind.begins() || p.tokens[p.at+1].kind.begins() {
			p.drop()
		}
		n = p.broken(t)
		if p.peek().kind.begins() {
			p.expression(levelIff)
		} else {
			p.rest(n, levelIff)
		}
	}
	return n
}

// misplaced says why a token cannot follow an operand.
func (p *parser) misplaced(t token) {
	before := p.tokens[max(p.at-1, 0)]
	switch {
	case t.kind == bracket && before.kind == name:
		p.blame(t, "write `always[0,1]`, `until[0,1]`; only they have a window", "%s has no window", p.word(before))
	case t.kind == comma:
		p.blame(t, "a window is written `[0,1]`; its ends belong to it", "a comma separates the arguments of a function")
	case t.kind == name && before.kind == number && before.to == t.from:
		p.blame(t, "write the number in the unit of the column; only windows have units", "%s is no number", p.show(before.from, t.to))
	case t.kind == name && words(strings.ToLower(t.text)) != name:
		p.blame(t, "write `"+strings.ToLower(t.text)+"`", "an operator is missing before %s", p.word(t))
	case t.kind.begins():
		p.blame(t, "write `and`, `or`, `->`, `until` or a comparison between them", "an operator is missing before %s", p.word(t))
	default:
		p.blame(t, "leave it out", "%s does not belong here", p.word(t))
	}
}

// word returns a token for a message.
func (p *parser) word(t token) string {
	if t.kind == end {
		return "the end"
	}
	return p.show(t.from, t.to)
}

// expression is an operand, and all that binds at least as tightly as a level.
func (p *parser) expression(level int) *node { return p.rest(p.operand(), level) }

// rest is what follows an operand.
func (p *parser) rest(left *node, least int) *node {
	for {
		t := p.peek()
		level := t.kind.level()
		switch {
		case level == 0 || level < least:
			return left
		case level == levelCompare:
			left = p.comparison(left)
		case level == levelAnd || level == levelOr:
			left = p.chain(left, t.kind)
		case level <= levelTemporal:
			left = p.single(left)
		case level == levelPower:
			p.take()
			left = p.join(t.kind, left, p.nested(t, levelPower))
		default:
			p.take()
			left = p.join(t.kind, left, p.expression(level+1))
		}
	}
}

// join is an operation between two operands.
func (p *parser) join(k kind, left, right *node) *node {
	return p.make(k, left.from, right.to, left, right)
}

// nested is what may be nested without an end.
func (p *parser) nested(t token, level int) *node {
	if p.nesting++; p.nesting > MaxNesting {
		p.stop(t.from, t.to, "split the requirement into several formulas", "the formula is nested more than %d deep", MaxNesting)
		p.at = len(p.tokens) - 1
	}
	n := p.expression(level)
	p.nesting--
	return n
}

// chain is p and q and r: one operation.
func (p *parser) chain(left *node, k kind) *node {
	args := []*node{left}
	for p.peek().kind == k {
		p.take()
		args = append(args, p.expression(k.level()+1))
	}
	return p.make(k, left.from, args[len(args)-1].to, args...)
}

// single is an operation of which tools read several in a row in different ways.
func (p *parser) single(left *node) *node {
	t := p.take()
	if left.kind.level() == t.kind.level() && !left.bracketed() {
		p.fail(t.from, t.to, "put brackets around the first two or the last two", "%s after %s means different things to different tools",
			p.word(t), "`"+left.kind.op().String()+"`")
	}
	over, timed := p.window(t)
	n := p.join(t.kind, left, p.expression(t.kind.level()+1))
	if timed {
		n.over = over
	}
	return n
}

// comparison is x < y, or x < y <= z: both.
func (p *parser) comparison(left *node) *node {
	var pairs []*node
	first := left
	for p.peek().kind.level() == levelCompare {
		t := p.take()
		if len(pairs) > 0 && direction(t.kind) != direction(pairs[0].kind) {
			p.fail(t.from, t.to, "put brackets around what is compared first, or write `and`", "%s goes another way than the comparison before", p.word(t))
		}
		right := p.expression(levelPlus)
		pairs = append(pairs, p.join(t.kind, left, right))
		left = right
	}
	if len(pairs) == 1 {
		return pairs[0]
	}
	return p.make(and, first.from, left.to, pairs...)
}

// direction is that of a comparison: two in a row must go the same way.
func direction(k kind) kind {
	switch k {
	case lessEqual:
		return less
	case greaterEqual:
		return greater
	case differ:
		return stray
	}
	return k
}
