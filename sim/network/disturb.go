package network

import (
	"slices"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A disturbance acts on a flow, with chance of its own, apart for requests.
type disturbance struct {
	Disturbance
	flow             int
	message, request rng.Key
}

// Disturb makes an injection act on a flow's messages; Calm ends that.
func (n *Network) Disturb(flow int, d Disturbance) {
	f, r := &n.Flows[flow], &n.routes[flow]
	user := n.user(f)
	if r.fate < 0 {
		n.fated(r, f, false)
	}
	r.plain = false
	n.fates[r.fate].disturbed++
	n.disturbed = append(n.disturbed, disturbance{
		d, flow, rng.New(n.seed, d.Name, user), rng.New(n.seed, d.Name, "requests of "+user),
	})
}

// Calm ends the disturbance by a part of a step and returns how many messages it
// touched.
func (n *Network) Calm(flow int, place, part uint32) (effects uint64) {
	i := n.disturbanceBy(flow, place, part)
	if i < 0 {
		return 0
	}
	effects = n.disturbed[i].Effects
	n.disturbed = slices.Delete(n.disturbed, i, i+1)
	r := &n.routes[flow]
	if ft := &n.fates[r.fate]; ft.disturbed > 1 {
		ft.disturbed--
	} else {
		ft.disturbed, r.plain = 0, ft.plain
	}
	return effects
}

// Disturbed returns how many messages of a flow the disturbance by a part of a
// step has touched so far.
func (n *Network) Disturbed(flow int, place, part uint32) uint64 {
	if i := n.disturbanceBy(flow, place, part); i >= 0 {
		return n.disturbed[i].Effects
	}
	return 0
}

func (n *Network) disturbanceBy(flow int, place, part uint32) int {
	return slices.IndexFunc(n.disturbed, func(d disturbance) bool {
		return d.flow == flow && d.Place == place && d.Part == part
	})
}

// disturbance returns the roots of all that acts on a flow.
func (n *Network) disturbance(flow int) (m signal.Mask) {
	for i := range n.disturbed {
		if n.disturbed[i].flow == flow {
			m |= n.disturbed[i].Roots
		}
	}
	return m
}

// meddle lets the disturbances of a flow act on a message or a request, in the
// order in which they came.
func (n *Network) meddle(flow, member int, serial uint64, request bool, delay vtime.Duration) (_ vtime.Duration, arrives bool) {
	for i := range n.disturbed {
		d := &n.disturbed[i]
		if d.flow != flow || d.Only > 0 && n.Flows[flow].Teller(member) != d.Only-1 {
			continue
		}
		key := d.message
		if request {
			key = d.request
		}
		if d.Loss > 0 && (d.Loss >= 1 || key.Member(member).Float64(serial) < d.Loss) {
			d.Effects++
			n.miss(flow, member, &d.Disturbance)
			return 0, false
		}
		if d.Delay > 0 {
			d.Effects++
			delay += d.Delay
			n.miss(flow, member, &d.Disturbance)
		}
	}
	return delay, true
}

// miss notes that an injection keeps a message from who should hear it, who is
// under its influence so.
func (n *Network) miss(flow, member int, d *Disturbance) {
	f, r := &n.Flows[flow], &n.routes[flow]
	for _, p := range n.Pairs(f) {
		n.store.Taint(p.To.At(member), d.Roots)
	}
	n.lanes[int(r.lane)+member].meddled, n.holds = int32(d.Place)+1, int32(d.Place)+1
	n.host.Missed(f.Receiver, f.Hearer(member), d.Roots)
	n.Swayed(f.Receiver, d.Roots)
}
