package expression

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A term is a checked piece of an expression, ready to be compiled.
type term struct {
	op   op
	kind kind
	src  *script // where it is from, for messages and texts of atoms
	node ast.Node
	args []*term

	value    float64 // of opConst: a number, 0 or 1, an ordinal
	cell     cell    // of opCell
	unary    func(x float64) float64
	binary   func(x, y float64) float64
	enclose  func(x interval.Range) interval.Range    // of unary
	enclose2 func(x, y interval.Range) interval.Range // of binary
	members  int                                      // of reductions
	kept     signal.Slot                              // of some: a cell that is kept at it; else 0, the clock
	affine   affine                                   // of opAffine
	folding  bool                                     // a remainder
	stepping bool                                     // a rounding or a sign
	quantity                                          // of numbers
	labels   []string                                 // of labels
	atom     int                                      // the index of the first atom of a truth
	texts    []string                                 // of the atoms, where they are not the node's

	timed formula.Op       // of opTemporal
	over  formula.Interval // of opTemporal
}

// A kind is what a term gives.
type kind uint8

const (
	broken kind = iota // its mistake is recorded: say nothing more
	number
	truth
	state
	hash
)

// brokenTerm stands for every term with a mistake.
var brokenTerm = &term{}

func (t *term) ok() bool { return t.kind != broken }

// A cell is what a term reads: slot, or slot + m for member m.
type cell struct {
	slot       signal.Slot
	stride     int32
	count      int32 // members, where stride is 1
	continuous bool
	past       bool // of a windowed helper
}

// A quantity is what is known of a number besides its value.
type quantity struct {
	unit   unit.Unit
	origin origin
	pure   purity
	heat   heat
	whole  bool // an integer
}

// An origin says where a unit is from. Only a declared one gives its unit to
// bare numbers; in all others a value is merely printed.
type origin uint8

const (
	derived  origin = iota // computed
	quoted                 // of a quantity in the expression
	declared               // of a signal
)

// A purity tells pure numbers apart by whether a unit may still be given to
// them: 300 + 5 * sin(time / 10) may be in K, a signal without a unit may not.
type purity uint8

const (
	plain  purity = iota // a value: of a signal without a unit, of number(x, "mm")
	factor               // a ratio: sin(x), a/b of two lengths, time
	bare                 // literals, and ratios times or plus literals
)

// A heat tells apart what is added to a temperature on a scale with a zero of
// its own (degC, degF).
type heat uint8

const (
	kelvin     heat = iota // a temperature or a difference in K, and all that is not a temperature
	point                  // on such a scale
	difference             // of two points
)

// isBare reports whether a unit can be given to the number.
func (q quantity) isBare() bool { return q.pure == bare }

func pureNumber(p purity) quantity { return quantity{unit: unit.One, pure: p} }

// inSI is a number of a dimension that has no unit of its own.
func inSI(d unit.Dimension, p purity) quantity {
	if d != (unit.Dimension{}) {
		p = plain
	}
	return quantity{unit: coherent(d), pure: p}
}

// An op is what a term does with its arguments.
type op uint8

const (
	opConst op = iota
	opCell

	opNegate // numbers
	opAdd
	opSubtract
	opMultiply
	opDivide
	opAbs
	opSqrt
	opSquare
	opUnary
	opBinary
	opMin
	opMax
	opClamp
	opIf
	opAffine // to or from a unit
	opLeast  // over members
	opGreatest
	opSum
	opMean
	opCount

	opLess // truths, from numbers
	opLessEqual
	opGreater
	opGreaterEqual
	opEqual
	opDiffer
	opBetween // x, low, high
	opOneOf   // x and a list of constants or terms

	opSame // truths, from labels or hashes
	opOther
	opListed

	opNot // truths, from truths
	opAnd
	opOr
	opImplies
	opIff
	opXor
	opEither // if(c, a, b)
	opAll    // over members
	opAny

	opTemporal // of truths at other times; in statements alone
)

// constant reports whether the term reads nothing.
func (t *term) constant() bool { return t.op == opConst }

// fold computes a number whose arguments are all constants.
func fold(t *term) *term {
	if t.kind == truth || t.op == opConst || t.op == opCell {
		return t
	}
	for _, arg := range t.args {
		if !arg.constant() {
			return t
		}
	}
	value := function(t)(nil, 0)
	return &term{op: opConst, kind: t.kind, node: t.node, value: value, quantity: t.quantity, labels: t.labels}
}

// reads returns the cells that a term depends on, each once, in order of
// appearance.
func reads(t *term) []signal.Read {
	var list []signal.Read
	seen := map[signal.Read]bool{}
	t.visitReads(func(r signal.Read) {
		if !seen[r] {
			seen[r] = true
			list = append(list, r)
		}
	})
	return list
}

func (t *term) visitReads(visit func(signal.Read)) {
	if t.op == opCell {
		visit(signal.Read{Slot: t.cell.slot, Stride: t.cell.stride, Count: 1})
	}
	if t.reduces() {
		inner := visit
		visit = func(r signal.Read) {
			if r.Stride == 1 {
				r = signal.Read{Slot: r.Slot, Count: int32(t.members)}
			}
			inner(r)
		}
	}
	for _, arg := range t.args {
		arg.visitReads(visit)
	}
}

// reduces reports whether the term runs over the members of a device.
func (t *term) reduces() bool {
	switch t.op {
	case opLeast, opGreatest, opSum, opMean, opCount, opAll, opAny:
		return true
	default:
		return false
	}
}

// continuous reports whether the term can change between events.
func continuous(t *term) bool {
	if t.op == opCell && t.cell.continuous {
		return true
	}
	for _, arg := range t.args {
		if continuous(arg) {
			return true
		}
	}
	return false
}

// folds reports whether a remainder of something like that is in the term.
func folds(t *term, of func(*term) bool) bool {
	return t.folding && of(t) || slices.ContainsFunc(t.args, func(arg *term) bool { return folds(arg, of) })
}

// integrated reports whether something continuous besides the time is in the term.
func integrated(t *term) bool { return !timeAlone(t) }

// looksBack reports whether a windowed helper is in the term.
func looksBack(t *term) bool {
	return t.op == opCell && t.cell.past || slices.ContainsFunc(t.args, looksBack)
}

// span returns the number of members for which a term differs, or 1.
func members(t *term) int32 {
	n := int32(1)
	if t.op == opCell && t.cell.stride == 1 {
		n = t.cell.count
	}
	if !t.reduces() {
		for _, arg := range t.args {
			n = max(n, members(arg))
		}
	}
	return n
}
