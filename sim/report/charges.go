package report

import (
	"fmt"
	"strconv"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/unit"
)

// charges writes what is left of batteries.
func (s *sheet) charges(c *sim.Capacity) {
	g := grid{
		sheet: s, titles: []string{"Battery", "Full", "Least left", "Lasts", "Mean left", "Empty"},
		numbers: []bool{false, true, true, true, true, true},
	}
	for i := range s.shown(len(c.Charges)) {
		b := &c.Charges[i]
		name := clean(b.Device)
		if b.Count > 1 {
			name += "[" + strconv.Itoa(b.Member) + "]"
		}
		g.add(name, figure(b.Full, unit.Joule), figure(b.Least, unit.Joule), lasts(b), figure(b.Mean, unit.Joule), thousands(uint64(b.Empty)))
	}
	if len(g.rows) > 0 {
		g.write()
		s.more(len(c.Charges))
		s.block("  ", "  ", wrap("Lasts: that of which least is left, from full, if it goes on as in this run.", s.width-2, s.width-2))
		s.line("")
	}
}

// lasts is how long a battery lasts.
func lasts(b *sim.Charge) string {
	switch {
	case b.Least <= 0:
		return "empty"
	case b.Lasts >= 1e6:
		return "for ever"
	}
	return fullIn(b.Lasts)
}

// waiting says what still waits at the end, and since when.
func (s *sheet) waiting(loads []sim.Load) {
	for i := range s.shown(len(loads)) {
		if l := &loads[i]; l.Waiting > 0 && l.Oldest > 0 {
			text := fmt.Sprintf("%s: %s wait at the end, the oldest one for %s.", loadName(l), thousands(uint64(l.Waiting)), briefly(l.Oldest))
			s.block("  ", "  ", wrap(text, s.width-2, s.width-2))
		}
	}
}
