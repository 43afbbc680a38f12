package unit

import (
	"strconv"
	"strings"
)

// baseSymbols are the SI base units in the order of a Dimension.
var baseSymbols = [7]string{"m", "kg", "s", "A", "K", "mol", "cd"}

// printOrder is the order in which people write them: kg m2/s3, not m2 kg/s3.
var printOrder = [7]int{1, 0, 2, 3, 4, 5, 6}

// limit of an exponent on either side, so that every dimension has an inverse.
const limit = 127

// combine returns d times e to the n. An exponent that leaves the range stays
// at its end, so that it cannot wrap around to a dimension that looks sound;
// fits says that none did.
func combine(d, e Dimension, n int) (result Dimension, fits bool) {
	n = min(max(n, -2*limit), 2*limit)
	fits = true
	for i := range d {
		sum := int(d[i]) + n*int(e[i])
		kept := min(max(sum, -limit), limit)
		fits = fits && kept == sum
		result[i] = int8(kept)
	}
	return result, fits
}

// Mul returns the dimension of a product. Exponents beyond 127 stay there, in
// Div and Pow too.
func (d Dimension) Mul(e Dimension) Dimension {
	r, _ := combine(d, e, 1)
	return r
}

// Div returns the dimension of a quotient.
func (d Dimension) Div(e Dimension) Dimension {
	r, _ := combine(d, e, -1)
	return r
}

// Pow returns the dimension of an n-th power.
func (d Dimension) Pow(n int) Dimension {
	r, _ := combine(Dimension{}, d, n)
	return r
}

// Root returns the dimension of an n-th root, and whether there is one: the
// square root of m2 is m, that of m has no dimension to name.
func (d Dimension) Root(n int) (Dimension, bool) {
	if n == 0 {
		return Dimension{}, false
	}
	var r Dimension
	for i, e := range d {
		if int(e)%n != 0 {
			return Dimension{}, false
		}
		r[i] = int8(min(max(int(e)/n, -limit), limit))
	}
	return r, true
}

// String returns d in SI base units, in a form that Parse reads: "m3/s",
// "kg/(m s2)", "1/s", and "1" for a pure number.
func (d Dimension) String() string {
	var above, below []string
	for _, i := range printOrder {
		switch e := int(d[i]); {
		case e > 0:
			above = append(above, power(baseSymbols[i], e))
		case e < 0:
			below = append(below, power(baseSymbols[i], -e))
		}
	}
	text := strings.Join(above, " ")
	if text == "" {
		text = "1"
	}
	switch len(below) {
	case 0:
		return text
	case 1:
		return text + "/" + below[0]
	default:
		return text + "/(" + strings.Join(below, " ") + ")"
	}
}

// power writes a symbol with an exponent above zero.
func power(symbol string, n int) string {
	if n == 1 {
		return symbol
	}
	return symbol + strconv.Itoa(n)
}
