package expression

import (
	"strings"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
)

// A Statement is a checked text that is true or false at each time, and may look at
// other times: a part of an invariant. Statements are joined before they are
// compiled, so that what looks at one time becomes one condition, whoever wrote its
// parts.
type Statement struct{ t *term }

// State checks a text in which temporal operators may stand.
func State(text string, r Resolver) (Statement, []Error) {
	c := &checker{src: &script{text: text, timed: true}, resolver: r, visits: 2 * maxNodes, times: allowed}
	t := c.root(text, nil)
	if t.ok() {
		t = c.truth(t)
	}
	if len(c.errs) > 0 {
		return Statement{}, c.errs
	}
	return Statement{t}, nil
}

// Reads returns what the statement reads.
func (s Statement) Reads() []signal.Read { return reads(s.t) }

// Folds reports whether a remainder of a history is in the statement.
func (s Statement) Folds() bool { return folds(s.t, looksBack) }

// Join makes a statement of others.
func Join(op formula.Op, args ...Statement) Statement {
	return Within(op, formula.All, args...)
}

// Within makes a statement of others, by an operator over an interval.
func Within(op formula.Op, over formula.Interval, args ...Statement) Statement {
	var terms []*term
	for _, a := range args {
		terms = append(terms, a.t)
	}
	if op >= formula.Always {
		return Statement{&term{op: opTemporal, kind: truth, args: terms, timed: op, over: over}}
	}
	t := terms[0]
	if op == formula.Not {
		return Statement{&term{op: opNot, kind: truth, args: terms}}
	}
	for _, next := range terms[1:] {
		t = &term{op: joints[op], kind: truth, args: []*term{t, next}}
	}
	return Statement{t}
}

// joints are the operations on two truths at one time.
var joints = [...]op{
	formula.And: opAnd, formula.Or: opOr, formula.Implies: opImplies, formula.Iff: opIff, formula.Xor: opXor,
}

// text is what was written for a term, or how it would be written.
func (t *term) text() string {
	if t.src != nil {
		return t.src.textOf(t.node)
	}
	var args []string
	for _, a := range t.args {
		args = append(args, a.text())
	}
	switch t.op {
	case opNot:
		return "not (" + args[0] + ")"
	case opAnd, opOr:
		return "(" + strings.Join(args, ") "+verbs[t.op].String()+" (") + ")"
	default:
		return verbs[t.op].String() + "(" + strings.Join(args, ", ") + ")"
	}
}

// verbs are the operations on truths at one time, as formulas have them.
var verbs = map[op]formula.Op{
	opNot: formula.Not, opAnd: formula.And, opOr: formula.Or, opImplies: formula.Implies, opIff: formula.Iff, opXor: formula.Xor,
}
