package unit

import (
	"math"
	"strconv"
	"strings"
)

// Format prints an SI value in u with that many significant digits, but all
// those before the decimal point: "1100 mm", "2.30 m3/h", "0.1%". Below 1e-3
// and above 1e7 it is "1.20e-5 m"; zero is "0 m"; infinities, which no unit
// scales, are "+inf" and "-inf".
func Format(si float64, u Unit, digits int) string {
	switch {
	case math.IsInf(si, 1):
		return "+inf"
	case math.IsInf(si, -1):
		return "-inf"
	case math.IsNaN(si):
		return "nan"
	}
	return figure(u.FromSI(si), digits) + tail(u)
}

// FormatSigned is Format with a sign before what is above zero, for margins
// and differences: "+400 mm". A difference of temperatures is in u.Delta().
func FormatSigned(si float64, u Unit, digits int) string {
	text := Format(si, u, digits)
	if strings.HasPrefix(text, "+") || !(u.FromSI(si) > 0) {
		return text
	}
	return "+" + text
}

// least is less than any quantity: what is not 0 and less than this has been left over by arithmetic.
const least = 1e-300

// figure prints a finite number to significant digits.
func figure(x float64, digits int) string {
	if math.Abs(x) < least {
		return "0"
	}
	digits = min(max(digits, 1), 17)
	text := strconv.FormatFloat(x, 'e', digits-1, 64)
	mantissa, power, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(power)
	if rounded, _ := strconv.ParseFloat(text, 64); exponent < -3 || math.Abs(rounded) > 1e7 {
		return mantissa + "e" + strconv.Itoa(exponent)
	}
	return strconv.FormatFloat(x, 'f', max(digits-1-exponent, 0), 64)
}

// tail is what follows the number: the percent sign closes up, as in the
// scenario files, and other symbols stand apart.
func tail(u Unit) string {
	if u.Symbol == "" || u.Symbol == "%" {
		return u.Symbol
	}
	return " " + u.Symbol
}
