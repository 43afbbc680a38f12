package expression

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// The signals of random expressions, in the order of their slots from 1 on:
// numbers a to d, a length in mm, bools, states and hashes; then three members
// each of two numbers and of a bool.
const (
	numbers, length, bools, states, hashes = "abcd", "l", "pq", "su", "hk"

	scalars                    = numbers + length + bools + states + hashes
	ofMembers, truthsOfMembers = "fg", "r"
	crew                       = 3
)

// A phrase is an expression here, and one of expr with the same meaning. To expr
// 1 is an integer, a member has a name of its own, and a reduction is written out.
type phrase struct{ here, there string }

func same(text string) phrase { return phrase{text, text} }

// say puts phrases into a form.
func say(form string, parts ...phrase) phrase { return translate(form, form, parts...) }

// translate puts phrases into a form that expr writes otherwise.
func translate(here, there string, parts ...phrase) phrase {
	for i, p := range parts {
		mark := "$" + strconv.Itoa(i)
		here, there = strings.ReplaceAll(here, mark, p.here), strings.ReplaceAll(there, mark, p.there)
	}
	return phrase{here, there}
}

// A writer draws expressions.
type writer struct {
	t      *rapid.T
	within bool // a reduction over members
	// reduced is whether the expression has a reduction.
	reduced bool
}

func (w *writer) pick(options ...string) string {
	return rapid.SampledFrom(options).Draw(w.t, "choice")
}

// of draws a name.
func (w *writer) of(names string) phrase { return same(w.pick(strings.Split(names, "")...)) }

func (w *writer) less(depth int) int { return rapid.IntRange(0, depth-1).Draw(w.t, "depth") }

func (w *writer) one(forms int) int { return rapid.IntRange(0, forms-1).Draw(w.t, "form") }

// numberForms are the forms of numbers whose operands are numbers.
var numberForms = strings.Split(`$0 + $1|$0 - $1|$0 * $1|$0 / $1|($0 + $1)|($0 - $1)|($0 * $1)|($0 / $1)|(($0) % ($1))|($0) ^ $1|($0) ** $1|
-$0|+$0|-($0)|($0) ^ 2|($0) ^ -1|pow($0, 2.0)|pow($0, $1)|abs($0)|sign($0)|floor($0)|ceil($0)|round($0)|sqrt($0)|cbrt($0)|exp($0)|log($0)|
log2($0)|log10($0)|sin($0)|cos($0)|tan($0)|asin($0)|acos($0)|atan($0)|sinh($0)|cosh($0)|tanh($0)|atan2($0, $1)|hypot($0, $1)|
min($0, $1)|max($0, $1)|min($0, $1, $2)|max($0, $1, $2, $0)|clamp($0, $1, $2)|($0 - $0)|1 - ($0) ^ 2`, "|")

func (w *writer) number(depth int) phrase {
	if depth == 0 {
		return w.leaf()
	}
	x := func() phrase { return w.number(w.less(depth)) }
	switch w.one(12) {
	case 0:
		when := w.truth(w.less(depth))
		return say("($0 ? $1 : $2)", when, x(), x())
	case 1:
		when := w.truth(w.less(depth))
		return translate("if($0, $1, $2)", "($0 ? $1 : $2)", when, x(), x())
	case 2:
		return w.reduction(depth)
	case 3, 4, 5: // the commonest
		return say(w.pick(numberForms[:8]...), x(), x())
	default:
		form := strings.TrimSpace(w.pick(numberForms...))
		return translate(form, strings.NewReplacer("^ 2", "^ 2.0", "^ -1", "^ -1.0", "1 - ", "1.0 - ", "(($0) % ($1))", "mod($0, $1)").Replace(form), x(), x(), x())
	}
}

// leaf draws a number without operands.
func (w *writer) leaf() phrase {
	switch {
	case w.one(3) == 0:
		return w.literal()
	case w.within && w.one(2) == 0:
		name := w.pick(strings.Split(ofMembers, "")...)
		return phrase{name, name + "#"}
	case w.one(8) == 0:
		return translate(`number($0, "mm")`, "(($0 - 0.0) * 1000.0 + 0.0)", same(length))
	case w.one(8) == 0: // a bare number has the unit of the signal
		return translate(`number(l + $0, "mm")`, "((l + $0) * 1000.0 + 0.0)", w.millimetres())
	case w.one(8) == 0: // and so has a bare number times a ratio
		return translate(`number(l + $0 * (l / l), "mm")`, "((l + ($0 * (l / l) / 1000.0 + 0.0)) * 1000.0 + 0.0)", w.literal())
	case w.one(8) == 0:
		member := w.pick("0", "1", "2")
		return translate("f[$0]", "f$0", same(member))
	default:
		return w.of(numbers)
	}
}

func (w *writer) literal() phrase {
	switch w.one(4) {
	case 0: // to expr an int
		n := rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, math.MaxInt64)).Draw(w.t, "whole")
		text := strconv.FormatInt(n, 10)
		return phrase{text, text + ".0"}
	case 1:
		return rapid.SampledFrom([]phrase{{"1_000", "1000.0"}, {"0x1F", "31.0"}, same(".5"), same("1e3"), {"9007199254740993", "9007199254740992.0"}}).Draw(w.t, "literal")
	}
	x := rapid.OneOf(rapid.Float64Range(0, 10), rapid.Float64Range(0, 1e308), rapid.SampledFrom([]float64{0, 1, 2, 0.5, 5e-324, math.MaxFloat64})).Draw(w.t, "value")
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return same(text)
}

// millimetres draws a bare number beside a length in mm, which is read as if its
// unit were written: the nearest number of metres, not one divided by 1000.
func (w *writer) millimetres() phrase {
	p := w.literal()
	x, err := strconv.ParseFloat(p.there, 64)
	if err != nil {
		w.t.Fatal(err)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	e, err := strconv.Atoi(exponent)
	if err != nil {
		w.t.Fatal(err)
	}
	return phrase{p.here, fmt.Sprintf("%se%d", mantissa, e-3)}
}

// reduction draws a reduction over members, which cannot stand in another.
func (w *writer) reduction(depth int) phrase {
	if w.within {
		return w.number(w.less(depth))
	}
	switch w.one(5) {
	case 0:
		return w.over("count($0)", "(0.0 + ($0 ? 1.0 : 0.0) + ($1 ? 1.0 : 0.0) + ($2 ? 1.0 : 0.0))", w.truth, depth)
	case 1:
		return w.over("sum($0)", "(0.0 + ($0) + ($1) + ($2))", w.number, depth)
	case 2:
		return w.over("mean($0)", "((0.0 + ($0) + ($1) + ($2)) / 3.0)", w.number, depth)
	case 3:
		return w.over("max($0)", "max($0, $1, $2)", w.number, depth)
	default:
		return w.over("min($0)", "min($0, $1, $2)", w.number, depth)
	}
}

// over draws what a reduction reduces, which reads a member at least once.
func (w *writer) over(here, there string, draw func(depth int) phrase, depth int) phrase {
	w.within, w.reduced = true, true
	x := draw(w.less(depth))
	w.within = false
	if !strings.Contains(x.there, "#") {
		x = translate("(r ? $0 : $0)", "(r# ? $0 : $0)", x)
	}
	for i := range crew {
		there = strings.ReplaceAll(there, "$"+strconv.Itoa(i), strings.ReplaceAll(x.there, "#", strconv.Itoa(i)))
	}
	return phrase{strings.ReplaceAll(here, "$0", x.here), there}
}

// truthForms are the forms of truths whose operands are truths.
var truthForms = strings.Split("($0 and $1);($0 or $1);($0 && $1);($0 || $1);not $0;!$0;not ($0);($0 == $1);($0 != $1);($0 == true);(false != $0);"+
	"implies($0, $1);iff($0, $1);xor($0, $1);($0 ? $1 : $2);not ($0) == $1", ";")

// stateForms compare states.
var stateForms = strings.Split(`(s == "open")|("closed" == s)|(s != u)|(s == u)|(s in ["open", "closed"])|(u not in ["opening"])|`+
	`((p ? s : "open") == u)|((q ? "closed" : u) != "open")|(s in [u, "open"])|(h == k)|(h != k)`, "|")

func (w *writer) truth(depth int) phrase {
	if depth == 0 {
		if w.within && w.one(2) == 0 {
			return phrase{truthsOfMembers, truthsOfMembers + "#"}
		}
		return same(w.pick("p", "q", "true", "false"))
	}
	x := func() phrase { return w.number(w.less(depth)) }
	compare := func() phrase { return same(w.pick("<", "<=", ">", ">=", "==", "!=")) }
	order := func() phrase { return same(w.pick("<", "<=", ">", ">=")) }
	switch w.one(14) {
	case 13: // a guard
		return say("($0 $1 $2 and $3)", w.of(numbers), order(), same(w.pick("0.0", "1.0", "-1.0", "2.5")), w.of(bools))
	case 0, 1, 2:
		return say("($0 $1 $2)", x(), compare(), x())
	case 3:
		return say("($0 $1 $2 $3 $4)", x(), order(), x(), order(), x())
	case 4:
		return translate("($0 in ($1)..($2))", "(($1) <= ($0) and ($0) <= ($2))", x(), x(), x())
	case 5:
		return say("($0 "+w.pick("in", "not in")+" [$1, $2])", x(), x(), x())
	case 6:
		return same(w.pick(stateForms...))
	case 7:
		return say("(l $1 $0)", w.millimetres(), compare())
	case 8:
		if w.within {
			return say("(p and $0)", w.truth(w.less(depth)))
		}
		if w.one(2) == 0 {
			return w.over("all($0)", "(($0) and ($1) and ($2))", w.truth, depth)
		}
		return w.over("any($0)", "(($0) or ($1) or ($2))", w.truth, depth)
	default:
		b := func() phrase { return w.truth(w.less(depth)) }
		return say(w.pick(truthForms...), b(), b(), b())
	}
}

// deep draws a number with much around it.
func (w *writer) deep() phrase {
	p := w.leaf()
	for range rapid.IntRange(10, 25).Draw(w.t, "levels") {
		switch w.one(4) {
		case 0:
			p = say("($0 ? $1 : $2)", w.truth(1), p, w.leaf())
		case 1:
			p = say(w.pick("min($1, $0)", "abs($0)", "atan($0)", "-($0)", "sqrt(abs($0))"), p, w.leaf())
		default:
			p = say(w.pick("($0 + $1)", "($1 - $0)", "($0 * $1)", "($1 / $0)"), p, w.leaf())
		}
	}
	return p
}

// values draws a column, the strange ones included.
func (w *writer) values() []float64 {
	strange := rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -1, 2.5, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, 5e-324, 1 << 53})
	number := rapid.OneOf(strange, rapid.Float64(), rapid.Float64Range(-10, 10))
	v := []float64{0}
	draw := func(n int, of *rapid.Generator[float64]) {
		for range n {
			v = append(v, of.Draw(w.t, "value"))
		}
	}
	below := func(n int) *rapid.Generator[float64] {
		return rapid.Map(rapid.IntRange(0, n-1), func(i int) float64 { return float64(i) })
	}
	draw(len(numbers)+len(length), number)
	draw(len(bools), below(2))
	draw(len(states), below(len(valveStates)))
	draw(len(hashes), below(3))
	draw(crew*len(ofMembers), number)
	draw(crew*len(truthsOfMembers), below(2))
	return v
}

// alphabet and chorus resolve the names of random expressions: for a reader, and
// for one of three members.
var alphabet, chorus = letters(), crowd()

func letters() *world {
	w := &world{symbols: map[string]Symbol{}, column: []float64{0}}
	for _, name := range scalars {
		s := Symbol{Continuous: name == 'a'}
		switch {
		case strings.ContainsRune(length, name):
			s.Unit = unit.Millimetre
		case strings.ContainsRune(bools, name):
			s.Type = signal.Bool
		case strings.ContainsRune(states, name):
			s.Type, s.Labels = signal.Enum, valveStates
		case strings.ContainsRune(hashes, name):
			s.Type = signal.Hash
		}
		w.add(string(name), s, 0)
	}
	for _, name := range ofMembers + truthsOfMembers {
		s := Symbol{Slot: signal.Slot(len(w.column)), Count: crew}
		if strings.ContainsRune(truthsOfMembers, name) {
			s.Type = signal.Bool
		}
		w.symbols[string(name)] = s
		for i := range crew {
			s.Slot, s.Count = signal.Slot(len(w.column)), 0
			w.symbols[fmt.Sprintf("%c[%d]", name, i)] = s
			w.column = append(w.column, 0)
		}
	}
	return w
}

func crowd() *world {
	w := letters()
	for name, s := range w.symbols {
		s.Slot *= crew
		if strings.Contains(scalars, name) {
			s.Stride, s.Count = 1, crew
		} else {
			s.Slot += crew - 1 // where spread puts the value
		}
		w.symbols[name] = s
	}
	return w
}

// spread is a column for crowd, in which member 2 has the values.
func spread(v []float64) []float64 {
	var wide []float64
	for _, x := range v {
		wide = append(wide, math.NaN(), math.NaN(), x)
	}
	return wide
}
