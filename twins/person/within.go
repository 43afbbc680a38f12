package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
)

// Bounds of the gaps of an exposure, over a span of time in which its severity stays: so that no peak
// is too short to be found.

// marginOver are the bounds of margin.
func (e *exposure) marginOver(b *device.Stretch, m int) device.Span {
	least := device.Still(never)
	for i := range e.courses {
		by, _ := e.courses[i].model.ShortWithin(harm.Slight, e.courses[i].over(b, m))
		if i == 0 {
			least = by
		} else {
			least = device.Lower(least, by)
		}
	}
	return least
}

// worseOver are the bounds of worse.
func (e *exposure) worseOver(b *device.Stretch, m int) device.Span {
	return e.exceedsOver(b, m, e.courses)
}

// beyondOver are the bounds of beyond.
func (e *exposure) beyondOver(b *device.Stretch, m int) device.Span {
	return e.exceedsOver(b, m, e.atOnce)
}

func (e *exposure) exceedsOver(b *device.Stretch, m int, courses []course) device.Span {
	is, gap := harm.Severity(e.severity.Over(b, m).Lo), device.Still(never)
	for i := range courses {
		x := courses[i].over(b, m)
		by, ok := courses[i].model.BeyondWithin(is, x)
		if !ok {
			by = device.Still(never)
			by.NaN = x.NaN
		}
		if i == 0 {
			gap = by
		} else {
			gap = device.Higher(gap, by)
		}
	}
	return gap.Or(noNumber)
}

// betterOver are the bounds of better.
func (e *exposure) betterOver(b *device.Stretch, m int) device.Span {
	return e.shortOver(b, m, harm.Severity(e.severity.Over(b, m).Lo))
}

// passingOver are the bounds of passing.
func (e *exposure) passingOver(b *device.Stretch, m int) device.Span {
	is := harm.Severity(e.severity.Over(b, m).Lo)
	if is >= harm.Death {
		return device.Still(never)
	}
	return e.shortOver(b, m, is+1)
}

func (e *exposure) shortOver(b *device.Stretch, m int, of harm.Severity) device.Span {
	gap := device.Still(never)
	for i := range e.courses {
		x := e.courses[i].over(b, m)
		by, ok := e.courses[i].model.ShortWithin(of, x)
		if !ok {
			by = device.Still(never)
			by.NaN = x.NaN
		}
		if i == 0 {
			gap = by
		} else {
			gap = device.Lower(gap, by)
		}
	}
	return gap
}

// lastingOver are the bounds of lasting.
func (g *grip) lastingOver(b *device.Stretch, m int) device.Span {
	if g.lasts.Over(b, m).Lo == 0 {
		return device.Still(-far)
	}
	return device.Higher(device.Still(0), g.force.Over(b, m))
}

// beginsOver are the bounds of begins.
func (g *grip) beginsOver(b *device.Stretch, m int) device.Span {
	if g.touched.Over(b, m).Lo != 0 {
		return device.Still(never)
	}
	return device.Less(g.force.Over(b, m), device.Still(math.SmallestNonzeroFloat64))
}

// endsOver are the bounds of ends.
func (g *grip) endsOver(b *device.Stretch, m int) device.Span {
	if g.touched.Over(b, m).Lo == 0 {
		return device.Still(never)
	}
	return g.force.Over(b, m).Minus()
}
