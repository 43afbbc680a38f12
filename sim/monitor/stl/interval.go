package stl

import (
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// window is the [a,b] behind an operator, if there is one.
func (p *parser) window(of token) (over formula.Interval, timed bool) {
	opening := p.peek()
	if opening.kind != bracket {
		return formula.All, false
	}
	p.take()
	over.From = p.bound()
	if t := p.peek(); t.kind != comma && t.kind != colon {
		p.blame(t, "write `[0,1]`, or `[0,inf]`", "a window has a first and a last bound")
		return formula.All, p.unwind()
	}
	p.take()
	over.To = p.bound()
	switch t := p.peek(); {
	case t.kind == unbracket, t.kind == shut && over.To == formula.Forever:
		p.take()
	case t.kind == shut:
		p.blame(t, "write `]`", "a window has both of its ends here")
		p.take()
	default:
		p.blame(t, "add `]`", "a window is never closed")
		return formula.All, p.unwind()
	}
	switch {
	case !of.kind.op().Timed():
		p.fail(opening.from, opening.to, "only always, eventually, until, weak_until, release, once, historically and since have one",
			"`%s` has no window", of.kind.op())
	case over.From > over.To || over.From == formula.Forever:
		p.fail(opening.from, p.tokens[p.at-1].to, "write the earlier bound first; only the second may be inf", "the window ends before it begins")
	}
	return over, true
}

// unwind skips what is left of a window.
func (p *parser) unwind() bool {
	for at := p.at; at < len(p.tokens); at++ {
		switch p.tokens[at].kind {
		case unbracket:
			p.at = at + 1
			return true
		case open, shut, bracket:
			return true
		}
	}
	return true
}

// bound is one end of a window: a number in the unit of the data, or with a unit of
// its own.
func (p *parser) bound() vtime.Duration {
	first := p.peek()
	last := first
	for t := first; t.kind == number || t.kind == name; t = p.peek() {
		last = p.take()
	}
	text := p.text[first.from:last.to]
	switch {
	case first.kind == minus:
		p.blame(first, "write once, historically or since to look back", "a window begins at 0 or later")
	case first.kind == name:
		p.fail(first.from, last.to, "write its value", "a bound is a number, not %s", p.show(first.from, last.to))
	case first.kind != number:
		p.blame(first, "write a number, with a unit or without", "a bound is missing")
	case first == last && math.IsInf(first.value, 1):
		return formula.Forever
	case first == last:
		if ns := math.Round(float64(first.value * float64(p.unit))); ns < math.MaxInt64 {
			return vtime.Duration(ns)
		}
		p.fail(first.from, first.to, "write `inf` if there is no bound", "that is longer than 292 years, the longest run")
	default:
		d, err := vtime.ParseDuration(text)
		if err == nil {
			return d
		}
		cause, next, ok := strings.Cut(err.Error(), ", such as ")
		if ok {
			next = "write one such as " + next
		}
		p.fail(first.from, last.to, next, "%s", cause)
	}
	return 0
}
