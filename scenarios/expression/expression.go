package expression

import (
	"errors"
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Want is what the place of an expression asks for.
type Want struct {
	Type   signal.Type
	Unit   unit.Unit // of a Number or an Int; the zero value is a pure number
	Labels []string  // of an Enum
}

// Number compiles an expression that gives a number, and, where want is not
// nil, one of the dimension of *want. A bare result is in *want. A quantity may
// be the whole text without quotes, as in `start: 350 K`.
func Number(text string, want *unit.Unit, r Resolver) (signal.Expression, []Error) {
	if want != nil {
		return Value(text, &Want{Type: signal.Number, Unit: *want}, r)
	}
	c, t := check(text, nil, r)
	if t.ok() {
		t = c.number(t)
	}
	return c.expression(t)
}

// Value compiles an expression of the type that is wanted, or of any if want is
// nil. A label of the wanted enumeration may be the whole text without quotes,
// as in `start: open`.
func Value(text string, want *Want, r Resolver) (signal.Expression, []Error) {
	c, t := check(text, want, r)
	if want != nil {
		t = c.fit(t, want)
	}
	return c.expression(t)
}

// Condition compiles an expression that gives true or false.
func Condition(text string, r Resolver) (signal.Condition, []Error) {
	c, t := check(text, nil, r)
	if t.ok() {
		t = c.truth(t)
	}
	if len(c.errs) > 0 {
		return signal.Condition{}, c.errs
	}
	return conditionOf(t, text), nil
}

// conditionOf compiles a truth without temporal operators.
func conditionOf(t *term, text string) signal.Condition {
	atoms := atoms(t)
	return signal.Condition{
		Text:       text,
		Holds:      predicate(t),
		Margin:     margin(t),
		Verdict:    verdict(t),
		Bounds:     boundsOfMargin(t),
		Decide:     decide(t),
		Atoms:      atoms,
		Sense:      sense(t, atoms),
		Reads:      reads(t),
		Continuous: continuous(t),
		Folds:      folds(t, looksBack),
	}
}

// check parses the text and checks names, types and dimensions.
func check(text string, want *Want, r Resolver) (*checker, *term) {
	c := &checker{src: &script{text: text}, resolver: r, visits: 2 * maxNodes}
	return c, c.root(text, want)
}

// root checks the whole text.
func (c *checker) root(text string, want *Want) *term {
	if t := c.unquoted(text, want); t != nil {
		return t
	}
	if mistake := c.src.parse(); mistake != nil {
		c.errs = []Error{*mistake}
		return brokenTerm
	}
	var labels []string
	if want != nil && want.Type == signal.Enum {
		labels = want.Labels
	}
	return c.term(c.src.node, labels)
}

// unquoted recognises a whole text that is a quantity or a label.
func (c *checker) unquoted(text string, want *Want) *term {
	if len(text) > longestQuantity {
		return nil
	}
	c.src.runes = []rune(text)
	text = strings.TrimSpace(text)
	if want != nil && want.Type == signal.Enum {
		for i, label := range want.Labels {
			if text == label {
				return &term{op: opConst, kind: state, value: float64(i), labels: want.Labels}
			}
		}
		return nil
	}
	if text == "" || !strings.ContainsAny(text[:1], "+-.0123456789") {
		return nil
	}
	q, err := unit.ParseQuantity(text)
	if errors.Is(err, unit.ErrTooCold) {
		return c.unreadable(nil, err)
	}
	if err != nil || q.Unit.Symbol == "" || !finite(q.Value) || divides(text) {
		return nil
	}
	return written(q.Value, q.Unit)
}

// divides reports whether % is the operator, as in 7 % h, not a unit, as in 7 %
// and 7 %/h.
func divides(text string) bool {
	_, after, _ := strings.Cut(text, "%")
	after = strings.TrimSpace(after)
	return after != "" && after[0] != '/'
}

const longestQuantity = 64 // characters

// fit makes a term what the place wants, or says why it cannot be.
func (c *checker) fit(t *term, want *Want) *term {
	if !t.ok() {
		return t
	}
	switch want.Type {
	case signal.Bool:
		return c.truth(t)
	case signal.Enum:
		return c.fitLabels(t, want.Labels)
	case signal.Hash:
		if t.kind != hash {
			return c.fail(t.node, "", "a hash is wanted here, not %s", c.describe(t))
		}
		return t
	default:
		return c.fitNumber(t, want)
	}
}

func (c *checker) fitNumber(t *term, want *Want) *term {
	if t = c.number(t); !t.ok() {
		return t
	}
	u := want.Unit
	if want.Type == signal.Int && !t.whole {
		return c.fail(t.node, "write `round("+c.text(t.node)+")`", "a whole number is wanted here")
	}
	switch {
	case t.pure == bare:
		t = adopt(t, u)
	case t.unit.Dim != u.Dim:
		fix := c.asNumber(t, u)
		return c.fail(t.node, fix, "%s is wanted here, not %s", u.Noun(), c.describe(t))
	case t.heat == difference && u.Offset != 0:
		return c.fail(t.node, "add it to a temperature, such as `\"20 degC\"`",
			"a temperature is wanted here, not a difference of temperatures")
	}
	fitted := *t
	fitted.unit = u
	if u.Offset != 0 && t.constant() && t.value < 0 {
		return c.fail(t.node, "write a greater one", "a temperature is at least absolute zero, 0 K = -273.15 degC")
	}
	return &fitted
}

// expression compiles a checked term of any type.
func (c *checker) expression(t *term) (signal.Expression, []Error) {
	if t.ok() && t.op == opConst && !finite(t.value) {
		c.fail(t.node, "", "this has no finite value")
	}
	if len(c.errs) > 0 {
		return signal.Expression{}, c.errs
	}
	e := signal.Expression{
		Text:       c.src.text,
		Labels:     t.labels,
		Eval:       evaluator(t),
		Bounds:     enclosure(t),
		Reads:      reads(t),
		Continuous: continuous(t),
		Switches:   atoms(t),
		Folds:      folds(t, integrated),
		Jumps:      jumps(t),
	}
	e.Constant = len(e.Reads) == 0
	switch t.kind {
	case number:
		e.Unit = t.unit
		if t.whole {
			e.Type = signal.Int
		}
	case truth:
		e.Type = signal.Bool
	case state:
		e.Type = signal.Enum
	case hash:
		e.Type = signal.Hash
	}
	return e, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
