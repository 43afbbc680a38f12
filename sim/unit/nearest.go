package unit

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// words are names that people write for symbols; see near.
var words = map[string]string{
	"sec": "s", "secs": "s", "second": "s", "seconds": "s", "msec": "ms", "usec": "us",
	"mins": "min", "minute": "min", "minutes": "min",
	"hr": "h", "hrs": "h", "hour": "h", "hours": "h",
	"day": "d", "days": "d", "wk": "w", "week": "w", "weeks": "w",
	"metre": "m", "metres": "m", "meter": "m", "meters": "m", "mtr": "m",
	"millimetre": "mm", "millimetres": "mm", "millimeter": "mm", "millimeters": "mm",
	"sqm": "m2", "cbm": "m3", "cc": "mL", "ccm": "mL", "lpm": "L/min", "lps": "L/s",
	"litre": "L", "litres": "L", "liter": "L", "liters": "L", "ltr": "L",
	"gallon": "gal", "gallons": "gal", "inch": "in", "inches": "in", "foot": "ft", "feet": "ft",
	"mile": "mi", "miles": "mi", "kph": "km/h", "kmh": "km/h", "kmph": "km/h", "knot": "kn", "knots": "kn", "kt": "kn",
	"gram": "g", "grams": "g", "kilo": "kg", "kilos": "kg", "tonne": "t", "tonnes": "t", "ton": "t", "tons": "t",
	"lbs": "lb", "pound": "lb", "pounds": "lb",
	"celsius": "degC", "oc": "degC", "ºc": "degC", "centigrade": "degC",
	"fahrenheit": "degF", "of": "degF", "ºf": "degF", "kelvin": "K", "kelvins": "K", "degk": "K",
	"degree": "deg", "degrees": "deg", "degs": "deg", "radian": "rad", "radians": "rad",
	"percent": "%", "pct": "%", "hertz": "Hz", "rev/min": "rpm",
	"newton": "N", "newtons": "N", "pascal": "Pa", "pascals": "Pa", "bars": "bar",
	"barg": "bar", "bara": "bar", "psig": "psi", "psia": "psi",
	"joule": "J", "joules": "J", "watt": "W", "watts": "W", "volt": "V", "volts": "V", "vdc": "V", "vac": "V",
	"amp": "A", "amps": "A", "ampere": "A", "amperes": "A", "ohms": "ohm", "mol/l": "mol/L", "mole": "mol", "moles": "mol",
	"unit": "U", "units": "U", "bits": "bit", "byte": "B", "bytes": "B", "kbyte": "kB", "mbyte": "MB", "gbyte": "GB",
}

// near returns up to three known symbols that somebody may have meant by an
// unknown one: the symbol of the name they wrote, or else those at the least
// distance, bare ones first.
func (b book) near(symbol string) []string {
	if s, ok := words[strings.ToLower(symbol)]; ok {
		return []string{s}
	}
	best, found := reach(symbol)+1, []string(nil)
	for _, c := range candidates() {
		switch d := distance(symbol, c, best); {
		case d < best:
			best, found = d, []string{c}
		case d == best && len(found) > 0 && len(found) < 3 && !slices.Contains(found, c):
			found = append(found, c)
		}
	}
	return found
}

// candidates are the symbols worth suggesting: the bare ones, and then those
// with the prefixes in use.
func candidates() []string {
	var list []string
	for _, d := range definitions {
		list = append(list, d.symbol)
	}
	for _, d := range definitions {
		for _, p := range prefixTable {
			if p.common && p.fits(d.prefixes) {
				list = append(list, p.symbol+d.symbol)
			}
		}
	}
	return list
}

// reach is the distance beyond which a suggestion is noise: two letters in
// long symbols, one in short ones, only the case in a single letter.
func reach(symbol string) int {
	switch n := utf8.RuneCountInString(symbol); {
	case n > 12:
		return 0
	case n > 3:
		return 2 * step
	case n > 1:
		return step + 1
	default:
		return 1
	}
}

// step is the cost of a letter added, lost, changed or swapped with its
// neighbour; that of the wrong case is 1.
const step = 4

// distance is the edit distance between two symbols, or some number above most
// where it is above most.
func distance(a, b string, most int) int {
	s, t := []rune(a), []rune(b)
	if most < step*max(len(s)-len(t), len(t)-len(s)) {
		return most + 1
	}
	rows := [3][]int{make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)}
	for j := range rows[0] {
		rows[0][j] = j * step
	}
	for i := 1; i <= len(s); i++ {
		row, last, before := rows[i%3], rows[(i+2)%3], rows[(i+1)%3]
		row[0] = i * step
		for j := 1; j <= len(t); j++ {
			row[j] = min(last[j]+step, row[j-1]+step, last[j-1]+change(s[i-1], t[j-1]))
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+step)
			}
		}
	}
	return rows[len(s)%3][len(t)]
}

// change is the cost of writing b for a.
func change(a, b rune) int {
	switch {
	case a == b:
		return 0
	case strings.EqualFold(string(a), string(b)):
		return 1
	default:
		return step
	}
}
