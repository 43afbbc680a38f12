package expression

import (
	"slices"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
)

// A Temporal is a compiled statement: a formula over conditions.
type Temporal struct {
	// Formula is over Conditions, by index. The Text of each part is what was written
	// for it.
	Formula *formula.Formula
	// Conditions are the parts that look at one time alone: the largest ones where each
	// instant decides by itself (always p, with no other operator); else single ones, so
	// that it can be told which of them decided. None is there twice, and none is a
	// constant. They may be none at all.
	Conditions []signal.Condition
	// Asked are the left sides of implications inside those parts: what must come true
	// for the formula to be put to the test. The left sides of other implications are
	// in the formula.
	Asked []signal.Condition
}

// Formula compiles a text in which temporal operators may stand.
func Formula(text string, r Resolver) (Temporal, []Error) {
	s, errs := State(text, r)
	if len(errs) > 0 {
		return Temporal{}, errs
	}
	t, err := s.Compile()
	if err != nil {
		return t, []Error{{Width: max(len([]rune(text)), 1), Message: err.Error(), Fix: TooLarge}}
	}
	return t, nil
}

// TooLarge is what to do about a formula that is too large.
const TooLarge = "make several invariants of it"

// Compile compiles the statement. The error is that it is too large.
func (s Statement) Compile() (Temporal, error) {
	d := &division{whole: atOnce(s.t)}
	d.Formula = d.formula(s.t, 1)
	for _, t := range d.parts {
		d.Conditions = append(d.Conditions, conditionOf(t, t.text()))
	}
	for _, t := range d.asked {
		d.Asked = append(d.Asked, conditionOf(t, t.text()))
	}
	_, err := formula.Lower(d.Formula)
	return d.Temporal, err
}

// A division divides a term into a formula and its conditions.
type division struct {
	Temporal
	whole        bool // conditions stay whole
	parts, asked []*term
}

// atOnce reports whether each instant decides by itself whether a truth that is to hold
// at all times does.
func atOnce(t *term) bool {
	for t.op == opTemporal && t.timed == formula.Always && t.over == formula.All {
		t = t.args[0]
	}
	if t.op == opAnd && temporal(t) {
		return atOnce(t.args[0]) && atOnce(t.args[1])
	}
	return !temporal(t)
}

// temporal reports whether a truth looks at other times. No number does.
func temporal(t *term) bool {
	return t.op == opTemporal || verbal(t) && slices.ContainsFunc(t.args, temporal)
}

// verbal reports whether a term is made of truths at one time.
func verbal(t *term) bool { return t.op >= opNot && t.op <= opEither }

// notIn reports whether a truth is x not in y, which is written as one thing.
func notIn(t *term) bool {
	return t.op == opNot && t.src != nil && t.args[0].src != nil && t.text() == t.args[0].text()
}

// formula turns a truth into a formula. The sign is 1 where the whole needs it to
// be true, -1 where false, 0 where one or the other.
func (d *division) formula(t *term, sign int) *formula.Formula {
	if !temporal(t) && (d.whole || !verbal(t) || notIn(t)) {
		d.ask(t, sign)
		return d.part(t)
	}
	var f *formula.Formula
	switch t.op {
	case opTemporal:
		if t.timed == formula.Rise || t.timed == formula.Fall {
			sign = 0
		}
		f = formula.In(t.timed, t.over.From, t.over.To, d.formulas(t.args, sign)...)
	case opNot:
		f = formula.New(formula.Not, d.formulas(t.args, -sign)...)
	case opAnd, opOr:
		f = formula.New(verbs[t.op], d.formulas(d.chain(t.op, t), sign)...)
	case opImplies:
		f = formula.New(formula.Implies, d.formula(t.args[0], -sign), d.formula(t.args[1], sign))
	case opEither:
		f = d.choice(t, sign)
	default:
		f = formula.New(verbs[t.op], d.formulas(t.args, 0)...)
	}
	if t.src != nil {
		f.Text = t.text()
	}
	return f
}

func (d *division) formulas(terms []*term, sign int) (list []*formula.Formula) {
	for _, t := range terms {
		list = append(list, d.formula(t, sign))
	}
	return list
}

// chain is a and (b and c) as a list.
func (d *division) chain(op op, t *term) (list []*term) {
	if t.op != op || d.whole && !temporal(t) {
		return []*term{t}
	}
	for _, arg := range t.args {
		list = append(list, d.chain(op, arg)...)
	}
	return list
}

// choice is (c and a) or (not c and b).
func (d *division) choice(t *term, sign int) *formula.Formula {
	c := d.formula(t.args[0], 0)
	yes, no := d.formula(t.args[1], sign), d.formula(t.args[2], sign)
	return formula.New(formula.Or, formula.New(formula.And, c, yes),
		formula.New(formula.And, formula.New(formula.Not, c), no))
}

// part is a truth that looks at one time: a constant, a condition or its opposite.
func (d *division) part(t *term) (f *formula.Formula) {
	if t.op == opConst {
		f = formula.New(formula.Constant)
		f.Value = t.value != 0
	} else if f = d.known(t); f == nil {
		f = formula.Of(len(d.parts))
		d.parts = append(d.parts, t)
	}
	if t.src != nil {
		f.Text = t.text()
	}
	return f
}

// known returns a truth that is a condition already, or the opposite of one, or nil.
func (d *division) known(t *term) *formula.Formula {
	for i, p := range d.parts {
		switch {
		case writtenAlike(p, t):
			return formula.Of(i)
		case t.op == opNot && writtenAlike(p, t.args[0]), p.op == opNot && writtenAlike(p.args[0], t):
			of := formula.Of(i)
			if p.src != nil {
				of.Text = p.text()
			}
			return formula.New(formula.Not, of)
		}
	}
	return nil
}

// writtenAlike reports whether two truths were written alike. (In `x not in y` the text of
// the whole is that of the part.)
func writtenAlike(a, b *term) bool { return a == b || a.op == b.op && a.text() == b.text() }

// ask notes the left sides of implications that a part must keep.
func (d *division) ask(t *term, sign int) {
	switch {
	case sign <= 0:
	case t.op == opAnd:
		d.ask(t.args[0], sign)
		d.ask(t.args[1], sign)
	case t.op == opImplies && t.args[0].op != opConst:
		if left := t.args[0]; !slices.ContainsFunc(d.asked, func(a *term) bool { return writtenAlike(a, left) }) {
			d.asked = append(d.asked, left)
		}
	}
}
