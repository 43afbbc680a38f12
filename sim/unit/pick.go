package unit

import (
	"math"
	"strings"
)

// ladders are units that stand in for one another when a value grows or
// shrinks. Units with SI prefixes have theirs without being listed.
var ladders = [][]string{
	{"uL", "mL", "L", "m3"},
	{"mm2", "m2", "km2"},
	{"ns", "us", "ms", "s", "min", "h", "d"},
	{"ug", "mg", "g", "kg", "t"},
	{"nm", "um", "mm", "m", "km"},
	{"in", "ft", "mi"},
	{"oz", "lb"},
	{"psi", "ksi"},
	{"ppb", "ppm", "%"},
	{"bit", "kbit", "Mbit", "Gbit"},
	{"b", "kb", "Mb", "Gb"},
	{"B", "kB", "MB", "GB", "TB"},
}

// rungs are the prefixes of the other ladders.
var rungs = []string{"n", "u", "m", "", "k", "M", "G"}

// Pick returns the unit to print an SI value in: u, the declared one, unless
// the value is below 1e-3 or above 1e6 of it; then a unit of its ladder (mm, m,
// km; L, m3) in which it reads well, what follows the first symbol unchanged.
// Field units without a ladder, and temperatures in degC, stay.
func Pick(si float64, u Unit) Unit {
	x := math.Abs(u.FromSI(si))
	if u.Offset != 0 || x == 0 || math.IsInf(x, 0) || math.IsNaN(x) || x >= 1e-3 && x <= 1e6 {
		return u
	}
	head, rest := u.Symbol, ""
	if i := strings.IndexAny(head, " /.*·⋅("); i >= 0 {
		head, rest = u.Symbol[:i], u.Symbol[i:]
	}
	best, least := u, awkward(x)
	for _, rung := range ladder(head) {
		v, err := Parse(rung + rest)
		if err != nil || !v.SameDim(u) {
			continue
		}
		if a := awkward(math.Abs(v.FromSI(si))); a < least {
			best, least = v, a
		}
	}
	return best
}

// ladder returns the symbols that stand in for one, itself included, or none.
func ladder(symbol string) []string {
	for _, l := range ladders {
		for _, s := range l {
			if s == symbol {
				return l
			}
		}
	}
	base := metricBase(symbol)
	if base == "" {
		return nil
	}
	var l []string
	for _, r := range rungs {
		l = append(l, r+base)
	}
	return l
}

// metricBase returns the symbol without its prefix if it takes SI prefixes, or
// "".
func metricBase(symbol string) string {
	symbol = spellings.Replace(symbol)
	if e, ok := known()[symbol]; ok {
		if e.prefixes == metric {
			return symbol
		}
		return ""
	}
	for _, p := range prefixTable {
		if base, ok := p.cut(symbol); ok && known()[base].prefixes == metric && p.fits(metric) {
			return base
		}
	}
	return ""
}

// awkward is how far a figure is from 1 to 1000, where it reads well.
func awkward(x float64) float64 {
	switch {
	case x < 1:
		return 1 / x
	case x >= 1000:
		return x / 100
	default:
		return 1
	}
}
