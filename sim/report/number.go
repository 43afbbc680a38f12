package report

import (
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A scale writes the numbers of a table's column alike: in one unit, with as many
// decimals as tell its values apart.
type scale struct {
	unit     unit.Unit
	decimals int
	exponent bool
}

// steps is how many steps of the last digit the values of a column span at least,
// and digits how many digits a number has at most.
const (
	steps  = 1000
	digits = 7
)

// scaleOf chooses the scale of a column.
func scaleOf(values []float64, u unit.Unit) scale {
	low, high, most := math.Inf(1), math.Inf(-1), 0.0
	for _, v := range values {
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			low, high, most = min(low, v), max(high, v), max(most, math.Abs(v))
		}
	}
	c := scale{unit: unit.Pick(most, u)}
	if low > high {
		return c
	}
	low, high = c.unit.FromSI(low), c.unit.FromSI(high)
	most = max(math.Abs(low), math.Abs(high))
	if most >= 1e7 || most > 0 && most < 1e-3 {
		c.exponent = true
		return c
	}
	resolution := (high - low) / steps
	if high-low < most*1e-9 {
		resolution = most / steps
	}
	if resolution > 0 {
		c.decimals = int(min(max(0, math.Ceil(-math.Log10(resolution))), digits))
	}
	for whole := most; whole >= 1 && c.decimals > 0 && c.decimals+int(math.Log10(whole))+1 > digits; {
		c.decimals--
	}
	for c.decimals > 0 && c.trailing(values) {
		c.decimals--
	}
	return c
}

// trailing reports whether the last decimal is 0 in all values.
func (c scale) trailing(values []float64) bool {
	for _, v := range values {
		if text := c.text(v); text != "-" && !strings.HasSuffix(text, "0") {
			return false
		}
	}
	return true
}

// text writes a value without its unit.
func (c scale) text(si float64) string {
	if math.IsInf(si, 0) || math.IsNaN(si) {
		return "-"
	}
	x := c.unit.FromSI(si)
	if c.exponent && x != 0 {
		return strconv.FormatFloat(x, 'e', 3, 64)
	}
	text := strconv.FormatFloat(x, 'f', c.decimals, 64)
	if bare, ok := strings.CutPrefix(text, "-"); ok && strings.Trim(bare, "0.") == "" {
		return bare
	}
	return text
}

// suffix is the unit as it follows a number.
func suffix(u unit.Unit) string {
	if u.Symbol == "" || u.Symbol == "%" {
		return u.Symbol
	}
	return " " + u.Symbol
}

// figure writes a number with its unit, to at most four digits: "1.2 m".
func figure(si float64, u unit.Unit) string {
	text := unit.Format(si, unit.Pick(si, u), 4)
	end := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && !strings.ContainsRune("+-.", r) })
	if end < 0 {
		end = len(text)
	}
	if number := text[:end]; strings.Contains(number, ".") && !strings.HasPrefix(text[end:], "e") {
		return strings.TrimSuffix(strings.TrimRight(number, "0"), ".") + text[end:]
	}
	return text
}

// margin writes a margin: signed, "-" where only what is true or false decided.
func margin(si float64, u unit.Unit) string {
	u = u.Delta()
	switch {
	case math.IsInf(si, 0), math.IsNaN(si):
		return "-"
	case math.Abs(u.FromSI(si)) < 1e-9:
		return "0" + suffix(u)
	}
	// A unit for what it is rounded to: 1 mPa rather than 1000 uPa.
	const almost = 1.001
	return unit.FormatSigned(si, unit.Pick(si*almost, u), 3)
}

// value writes a cell of any type with its unit.
func value(x float64, t signal.Type, u unit.Unit, labels []string) string {
	if t == signal.Number {
		return figure(x, u)
	}
	return word(x, t, labels)
}

// word writes a cell that is no number with a unit.
func word(x float64, t signal.Type, labels []string) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case t == signal.Bool && x == 0:
		return "false"
	case t == signal.Bool:
		return "true"
	case t == signal.Enum && x >= 0 && int(x) < len(labels):
		return clean(labels[int(x)])
	case t == signal.Hash:
		return strconv.FormatUint(uint64(x), 16)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
