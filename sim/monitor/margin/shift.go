package margin

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
)

// shift moves what x is in time.
func (n *Network) shift(z *node) {
	x := &n.nodes[z.x.of].out
	known := x.known
	for i := z.x.at - x.off; i < len(x.pieces) && x.pieces[i].From.Before(known); i++ {
		if z.x.at = i + x.off; x.pieces[i].From.Before(z.done) {
			continue
		}
		from, at := z.moved(x.pieces[i].From)
		if from.Before(n.start) {
			at.At, from = at.At+(n.start.At-from.At), n.start
		}
		var p Piece
		p.read(&x.pieces[i], at, z.x.sign)
		p.From = from
		z.out.push(&p)
	}
	z.done = known
	if z.op != before && known != formula.Never {
		known, _ = z.moved(known)
	}
	z.out.known = later(known, n.start)
}

// moved returns from when on what changes at an instant is seen, and which instant of x
// is seen there.
func (z *node) moved(i formula.Instant) (from, at formula.Instant) {
	switch z.op {
	case advance:
		if i.Round > 0 {
			i = i.After()
		}
		return formula.Instant{At: i.At - vtime.Time(z.span)}, i
	case delay:
		return formula.Instant{At: i.At.Add(z.span)}, i
	default:
		return formula.Instant{At: i.At, Round: i.Round + 1}, i
	}
}
