package scene

import (
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
)

// Show writes a value as people do, with its unit.
func Show(k *trace.Kind, v float64) string {
	switch k.Type {
	case "bool":
		if v != 0 {
			return "yes"
		}
		return "no"
	case "enum":
		if i := int(v); i >= 0 && i < len(k.Labels) {
			return k.Labels[i]
		}
	case "hash":
		return strconv.FormatUint(uint64(max(0, v)), 16)
	}
	text := Digits(In(&k.Unit, v))
	switch k.Unit.Symbol {
	case "":
		return text
	case "%":
		return text + "%"
	}
	return text + " " + k.Unit.Symbol
}

// In returns a value of SI in a unit.
func In(u *trace.Unit, v float64) float64 {
	if u.Scale == 0 {
		return v
	}
	return (v - u.Offset) / u.Scale
}

// Digits writes a number with five significant digits at most.
func Digits(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "?"
	case math.IsInf(v, 0):
		return strconv.FormatFloat(v, 'g', -1, 64)
	case a >= 1e7 || a > 0 && a < 1e-4:
		return strconv.FormatFloat(v, 'g', 4, 64)
	case a >= 1000:
		return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
	default:
		text := strconv.FormatFloat(v, 'f', 4-len(strconv.Itoa(int(a))), 64)
		if strings.Contains(text, ".") {
			text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
		}
		if text == "-0" {
			return "0"
		}
		return text
	}
}
