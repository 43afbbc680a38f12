package compile

import (
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/monitor/formula"
)

// The keys of an invariant are sugar. With G for always, F for eventually, and d
// and e for the durations of within and for:
//
//	always p                        G p
//	never p                         G not p
//	... for e                       G not G[0,e] bad
//	... until q                     p U[0,d] q
//	... unless q                    p W q
//	... since q                     G (p S[0,d] q)
//	eventually p                    F[0,d] G[0,e] p
//	eventually p every t            G F[0,t] G[0,e] p
//	finally p                       F G p, which is p at the end of the run
//	whenever p, then q              G (p -> F[0,d] G[0,e] q)
//	whenever p, lasts at least t    G (rise p -> G[0,t] p)
//	whenever p, lasts at most t     G (p -> F[0,t] not p)
//
// Where a duration is not given there is no such operator; a whenever with several
// of these is all of them.

// pattern makes the statement that the keys of an invariant stand for.
func (b *builder) pattern(i syntax.Invariant) (s expression.Statement, ok bool) {
	if i.Form == syntax.NoForm {
		return s, false
	}
	p, ok := b.statement(i.Condition)
	var q expression.Statement
	for _, text := range []syntax.Text{i.Then, i.Until, i.Since, i.Unless} {
		if text.Present() {
			second, good := b.statement(text)
			q, ok = second, ok && good
		}
	}
	if !ok {
		return s, false
	}
	switch i.Form {
	case syntax.Always:
		return lasting(i, p, not(p), q), true
	case syntax.Never:
		return lasting(i, not(p), p, q), true
	case syntax.Eventually:
		return recurring(i, p), true
	case syntax.Finally:
		return expression.Join(formula.Eventually, globally(p)), true
	case syntax.Whenever:
		return responding(i, p, q)
	default:
		return p, true
	}
}

func not(s expression.Statement) expression.Statement { return expression.Join(formula.Not, s) }

func globally(s expression.Statement) expression.Statement { return expression.Join(formula.Always, s) }

// over joins statements by an operator with a window, that of the run where no
// duration is given.
func over(op formula.Op, d syntax.Duration, args ...expression.Statement) expression.Statement {
	if !d.Present() {
		return expression.Join(op, args...)
	}
	return expression.Within(op, formula.Interval{To: d.Value}, args...)
}

// given is the statement within a window, or by itself where no duration is given.
func given(op formula.Op, d syntax.Duration, s expression.Statement) expression.Statement {
	if !d.Present() {
		return s
	}
	return over(op, d, s)
}

// lasting is what is good at all times, or up to or from something on.
func lasting(i syntax.Invariant, good, bad, q expression.Statement) expression.Statement {
	switch {
	case i.Until.Present():
		return over(formula.Until, i.Within, good, q)
	case i.Unless.Present():
		return expression.Join(formula.WeakUntil, good, q)
	case i.Since.Present():
		return globally(over(formula.Since, i.Within, good, q))
	case i.For.Present():
		return globally(not(over(formula.Always, i.For, bad)))
	default:
		return globally(good)
	}
}

// recurring is what comes once, or again and again.
func recurring(i syntax.Invariant, p expression.Statement) expression.Statement {
	p = given(formula.Always, i.For, p)
	if i.Every.Present() {
		return globally(over(formula.Eventually, i.Every, p))
	}
	return over(formula.Eventually, i.Within, p)
}

// responding is what must be each time that p is.
func responding(i syntax.Invariant, p, q expression.Statement) (s expression.Statement, ok bool) {
	var all []expression.Statement
	whenever := func(p, q expression.Statement) {
		all = append(all, globally(expression.Join(formula.Implies, p, q)))
	}
	if i.Then.Present() {
		whenever(p, given(formula.Eventually, i.Within, given(formula.Always, i.For, q)))
	}
	if i.AtLeast.Present() {
		whenever(expression.Join(formula.Rise, p), over(formula.Always, i.AtLeast, p))
	}
	if i.AtMost.Present() {
		whenever(p, over(formula.Eventually, i.AtMost, not(p)))
	}
	if len(all) == 0 {
		return s, false
	}
	return expression.Join(formula.And, all...), true
}
