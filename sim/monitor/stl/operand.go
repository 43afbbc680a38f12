package stl

import (
	"strings"
)

// operand is what stands before or between operators.
func (p *parser) operand() *node {
	t := p.peek()
	switch {
	case t.kind == name:
		return p.named(p.take())
	case t.kind == number, t.kind == yes, t.kind == no:
		p.take()
		n := p.make(t.kind, t.from, t.to)
		n.value = t.value
		return n
	case t.kind == open:
		return p.group(p.take())
	case t.kind == minus || t.kind == plus:
		return p.signed(p.take())
	case t.kind.prefix():
		return p.prefixed(p.take())
	}
	p.missing(t)
	if t.kind == stray || t.kind == bracket || t.kind == unbracket || t.kind == colon {
		p.drop()
	}
	return p.broken(t)
}

// missing says that there is no operand.
func (p *parser) missing(t token) {
	switch {
	case len(t.text) == 1 && t.kind.level() > 0:
		p.blame(t, "put the name of a column into backquotes: write `` `"+t.text+"` ``", "`%s` is %s here", t.text, t.kind.op())
	case t.kind == end:
		p.blame(t, "write what is to follow", "the formula ends too early")
	default:
		next := "write a comparison such as `x < 1`, or the name of a column"
		for _, word := range []token{p.tokens[max(p.at-1, 0)], t} {
			if word.kind.op().Timed() && word.text != "" {
				next += "; a column that is named " + word.text + " stands in backquotes"
				break
			}
		}
		p.blame(t, next, "a condition or a number is missing before %s", p.word(t))
	}
}

// group is what stands in brackets.
func (p *parser) group(opening token) *node {
	n := p.inside(opening, shut)
	last := p.closes(opening)
	n.from, n.to = opening.from, last
	return n
}

// inside is what stands behind an opening bracket.
func (p *parser) inside(opening token, closing kind) *node {
	return p.remainder(p.nested(opening, levelIff), closing)
}

// closes takes a closing bracket and returns where it ends.
func (p *parser) closes(opening token) int {
	t := p.peek()
	if t.kind == shut {
		p.take()
	} else {
		p.fail(opening.from, opening.to, "add `)` where it ends", "a bracket is never closed")
	}
	return t.to
}

// signed is -x: it binds tighter than a product, but looser than a power.
func (p *parser) signed(t token) *node {
	n := p.nested(t, levelSign)
	if t.kind == minus {
		return p.make(negate, t.from, n.to, n)
	}
	return p.make(plus, t.from, n.to, n)
}

// prefixed is not p, always[0,1] p and so on.
func (p *parser) prefixed(t token) *node {
	over, timed := p.window(t)
	follows := p.peek()
	if len(t.text) == 1 && !timed && (!follows.kind.begins() || follows.kind == minus || follows.kind == plus) && follows.kind != end {
		p.blame(follows, "put the name of a column into backquotes: write `` `"+t.text+"` ``; else brackets behind `"+t.text+"`",
			"`%s` is %s here", t.text, t.kind.op())
	}
	n := p.nested(t, levelPrefix)
	made := p.make(t.kind, t.from, n.to, n)
	if timed {
		made.over = over
	}
	return made
}

// named is a column or a function.
func (p *parser) named(t token) *node {
	quoted := p.text[t.from] == '`'
	switch follows := p.peek(); {
	case quoted:
	case shifts(t.text) != "" && follows.kind.begins() && follows.kind != minus && follows.kind != plus:
		p.fail(t.from, t.to, "write `"+shifts(t.text)+"` with the period of the samples for 1", "`%s` has no meaning where time is dense", t.text)
		return p.make(broken, t.from, p.expression(levelPrefix).to)
	case follows.kind == open:
		return p.called(t)
	}
	n := p.make(name, t.from, t.to)
	n.text = t.text
	return n
}

// shifts returns what to write for an operator that counts samples. At the end of
// the samples, prev is true before the first, s_prev is false there, and so on.
func shifts(text string) string {
	switch text {
	case "prev", "Y":
		return "historically[1,1] (x > 0)"
	case "s_prev", "sY":
		return "once[1,1] (x > 0)"
	case "next", "X":
		return "always[1,1] (x > 0)"
	case "s_next", "sX":
		return "eventually[1,1] (x > 0)"
	}
	return ""
}

// called is a function of numbers.
func (p *parser) called(t token) *node {
	opening := p.take()
	var args []*node
	for {
		args = append(args, p.inside(opening, comma))
		if p.peek().kind != comma {
			break
		}
		p.take()
	}
	to := p.closes(opening)
	f := functionOf(t.text)
	switch lower := strings.ToLower(t.text); {
	case f != nil && len(args) >= f.least && len(args) <= f.most:
	case f != nil:
		p.fail(t.from, t.to, "write `"+f.usage+"`", "%s takes other arguments", p.word(t))
		args = append(args, p.broken(t))
	case words(lower) != name || functionOf(lower) != nil:
		p.fail(t.from, t.to, "write `"+lower+"`", "there is no function %s", p.word(t))
		args = append(args, p.broken(t))
	default:
		p.fail(t.from, t.to, "use one of "+functionNames(), "there is no function %s", p.word(t))
		args = append(args, p.broken(t))
	}
	n := p.make(call, t.from, to, args...)
	n.text = t.text
	return n
}
