package network

import (
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Battery is a charge, and what a device draws of it: of sending nothing but the time that it is
// on the air. One that is empty stops nobody: whoever wants to know asks for it.
type Battery struct {
	Energy float64 // J, when it is full
	Sleeps float64 // W, all the time
	Sends  float64 // W, while it sends
}

// Left returns the energy that is left at a time, after so much on the air.
func (b *Battery) Left(now vtime.Time, onAir vtime.Duration) float64 {
	return max(0, b.Energy-float64(b.Sleeps*now.Seconds())-float64((b.Sends-b.Sleeps)*vtime.Seconds(onAir)))
}

// OnAir returns how long a member of the system has been on the air by now, what it is sending
// included.
func (n *Network) OnAir(member int) (d vtime.Duration) {
	for i := range n.airs {
		if g := n.airs[i].duties[member]; g != nil {
			d += g.OnAir
		}
	}
	if n.AsRate != nil {
		d += n.AsRate(member)
	}
	return d
}

// spoke shows what a member of the system has sent by radio.
func (n *Network) spoke(member int) {
	for i := range n.Gauges {
		g := &n.Gauges[i]
		if m := int32(member) - g.Sender; g.Kind.Sends() && m >= 0 && m < g.Members {
			for k := range n.airs {
				n.gauges[i].influence |= n.crews[n.airs[k].crew].influence
			}
			n.spent(int32(i), m)
		}
	}
}

// spent shows what a gauge says of a member that sends by radio.
func (n *Network) spent(at, m int32) {
	g, now := &n.Gauges[at], n.kernel.Now()
	onAir := n.OnAir(int(g.Sender + m))
	x := vtime.Seconds(onAir)
	switch {
	case g.Kind == Charge:
		x = g.Battery.Left(now, onAir)
	case g.Kind == DutyCycle && now > 0:
		x /= now.Seconds()
	}
	n.show(at, int(m), x)
}
