package custom

import (
	"github.com/harmproof/harmproof/sim/interval"
	"github.com/harmproof/harmproof/sim/signal"
)

// within bounds what the signal is computed as.
func (l *local) within(b *signal.Box, m int) interval.Range {
	if l.bounds == nil {
		return interval.Everything
	}
	return l.bounds(b, m)
}

// bounds are those of the signal at a place, whose expression is not compiled yet.
func (d *Device) bounds(i int) signal.Enclosure {
	return func(b *signal.Box, m int) interval.Range { return d.locals[i].within(b, m) }
}
