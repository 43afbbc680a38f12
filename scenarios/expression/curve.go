package expression

import "github.com/harmproof/harmproof/sim/signal"

// curve says how a number bends while what it reads goes along straight lines. It
// knows the few forms that tolerances and balances are made of; the rest is wild.
func curve(t *term) signal.Curve {
	if !continuous(t) {
		return signal.Straight
	}
	switch t.op {
	case opCell:
		return signal.Straight
	case opAffine:
		if curve(t.args[0]) == signal.Straight {
			return signal.Straight
		}
	case opNegate:
		return curve(t.args[0]).Minus()
	case opAdd:
		return curve(t.args[0]).Plus(curve(t.args[1]))
	case opSubtract:
		return curve(t.args[0]).Plus(curve(t.args[1]).Minus())
	case opMultiply:
		if curveOfProduct(t.args[0], t.args[1]) || curveOfProduct(t.args[1], t.args[0]) {
			return signal.Straight
		}
	case opDivide:
		if curveOfProduct(t.args[0], t.args[1]) {
			return signal.Straight
		}
	case opAbs:
		if curve(t.args[0]) == signal.Straight {
			return signal.Convex
		}
	}
	return signal.Wild
}

// curveOfProduct reports whether x times what does not move is a straight line.
func curveOfProduct(x, factor *term) bool {
	return !continuous(factor) && curve(x) == signal.Straight
}
