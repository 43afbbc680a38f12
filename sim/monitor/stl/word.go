package stl

import "github.com/harmproof/harmproof/sim/monitor/formula"

// A kind is what a token is, and what a node of the tree is.
type kind uint8

const (
	end kind = iota
	stray
	open
	shut
	bracket
	unbracket
	comma
	colon
	number
	name
	yes
	no
	// Between operands.
	xor
	iff
	implies
	or
	and
	until
	since
	weak
	release
	less
	lessEqual
	greater
	greaterEqual
	equal
	differ
	plus
	minus
	times
	divide
	power
	// Before an operand.
	not
	always
	eventually
	historically
	once
	rise
	fall
	// Of the tree alone.
	negate
	call
	broken
)

// The levels of what stands between operands, the loosest first. What stands before
// an operand binds tighter than levelTemporal, a minus tighter than levelTimes.
const (
	levelIff = 1 + iota
	levelImplies
	levelOr
	levelAnd
	levelTemporal
	levelPrefix
	levelCompare
	levelPlus
	levelTimes
	levelSign
	levelPower
)

// level is how tightly an operator between operands binds, 0 for all else.
func (k kind) level() int {
	switch k {
	case xor, iff:
		return levelIff
	case implies:
		return levelImplies
	case or:
		return levelOr
	case and:
		return levelAnd
	case until, since, weak, release:
		return levelTemporal
	case less, lessEqual, greater, greaterEqual, equal, differ:
		return levelCompare
	case plus, minus:
		return levelPlus
	case times, divide:
		return levelTimes
	case power:
		return levelPower
	}
	return 0
}

// prefix reports whether it stands before its operand and makes a formula of it.
func (k kind) prefix() bool { return k >= not && k <= fall }

// begins reports whether an operand may begin with it.
func (k kind) begins() bool {
	return k == open || k == number || k == name || k == yes || k == no || k == minus || k == plus || k.prefix()
}

// op is the operation of formulas that a kind stands for.
func (k kind) op() formula.Op {
	switch k {
	case xor:
		return formula.Xor
	case iff:
		return formula.Iff
	case implies:
		return formula.Implies
	case or:
		return formula.Or
	case and:
		return formula.And
	case until:
		return formula.Until
	case since:
		return formula.Since
	case weak:
		return formula.WeakUntil
	case release:
		return formula.Release
	case not:
		return formula.Not
	case always:
		return formula.Always
	case eventually:
		return formula.Eventually
	case historically:
		return formula.Historically
	case once:
		return formula.Once
	case rise:
		return formula.Rise
	case fall:
		return formula.Fall
	}
	return formula.Constant
}

// words are the words that are not names.
func words(text string) kind {
	switch text {
	case "true", "TRUE":
		return yes
	case "false", "FALSE":
		return no
	case "xor":
		return xor
	case "iff":
		return iff
	case "implies":
		return implies
	case "or":
		return or
	case "and":
		return and
	case "until", "U":
		return until
	case "since", "S":
		return since
	case "weak_until", "unless", "W":
		return weak
	case "release", "R":
		return release
	case "not":
		return not
	case "always", "globally", "alw", "G":
		return always
	case "eventually", "finally", "ev", "F":
		return eventually
	case "historically", "H":
		return historically
	case "once", "O":
		return once
	case "rise":
		return rise
	case "fall":
		return fall
	}
	return name
}

// A symbol is an operator that is not a word.
type symbol struct {
	text string
	kind kind
}

// symbols are all of them, what begins with another before that.
var symbols = []symbol{
	{"!==", differ}, {"<->", iff}, {"<=>", iff}, {"&&", and}, {"||", or}, {"->", implies}, {"=>", implies},
	{"<=", lessEqual}, {">=", greaterEqual}, {"==", equal}, {"!=", differ}, {"~=", differ}, {"<>", eventually},
	{"[]", always}, {`/\`, and}, {`\/`, or}, {"**", power}, {"&", and}, {"|", or}, {"!", not}, {"~", not},
	{"<", less}, {">", greater}, {"+", plus}, {"-", minus}, {"*", times}, {"/", divide}, {"^", power},
	{"(", open}, {")", shut}, {"[", bracket}, {"]", unbracket}, {",", comma}, {":", colon},
	{"∧", and}, {"∨", or}, {"¬", not}, {"→", implies}, {"⇒", implies}, {"↔", iff}, {"⇔", iff}, {"⊕", xor},
	{"≤", lessEqual}, {"≥", greaterEqual}, {"≠", differ}, {"−", minus}, {"·", times}, {"□", always}, {"◇", eventually},
	{"◊", eventually}, {"⊤", yes}, {"⊥", no},
}
