package person

import "github.com/harmproof/harmproof/sim/device"

// An addition is a dose of an exposure that harms as soon as it is enough, however short the exposure is. Each
// dose is judged for itself: one that has taken up nothing is no cause of the harm that another one does.
type addition struct {
	*exposure
	dose []course // this one
}

// declareAdditions declares when doses harm.
func (e *exposure) declareAdditions(ports *device.Ports, name string) {
	for i := range e.doses {
		a := &addition{e, e.doses[i : i+1]}
		ports.OnLimitWithin(name+" adds up: "+string(rune('1'+i)), a.beyond, a.beyondOver, a.strikes, e.taken[i], e.severity)
	}
}

// beyond rises when what has added up is worse than the severity says.
func (a *addition) beyond(c *device.Context) float64 { return exceeds(c, a.severity, a.dose) }

// beyondOver are the bounds of beyond.
func (a *addition) beyondOver(b *device.Stretch, m int) device.Span {
	return exceedsOver(b, m, a.severity, a.dose)
}

// strikes judges what has added up to worse: it does not wait whether that lasts.
func (a *addition) strikes(c *device.Context) {
	if by := worstOf(a.dose, c); by > a.severity.Get(c) {
		c.NoNumber(a.reads...)
		a.severity.Set(c, by)
	}
}
