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
	return exceedsOver(b, m, e.level, e.courses)
}

func exceedsOver(b *device.Stretch, m int, severity *device.Out[int], courses []course) device.Span {
	is, gap := harm.Severity(severity.Over(b, m).Lo), device.Still(never)
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
	return shortOver(b, m, harm.Severity(e.level.Over(b, m).Lo), e.judged)
}

func shortOver(b *device.Stretch, m int, of harm.Severity, courses []course) device.Span {
	gap := device.Still(never)
	for i := range courses {
		x := courses[i].over(b, m)
		by, ok := courses[i].model.ShortWithin(of, x)
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
