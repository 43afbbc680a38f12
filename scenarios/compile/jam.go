package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/unit"
)

// jam drowns the radio of all devices of a zone, or of those within a range of a
// place. It takes no way through the network: a foothold is where the jammer is.
func (r *reader) jam() {
	f, earned := r.footing()
	if r.step.syntax.From.Present() && !earned {
		r.stopped = true
		return
	}
	zone, ok := r.must("zone", "field")
	if !ok {
		return
	}
	devices := r.b.devicesOf(zone)
	i := slices.IndexFunc(r.b.sys.Topology.Zones, func(z network.Zone) bool { return z.Name == zone.Value })
	if i < 0 {
		return
	}
	if r.b.sys.Topology.Zones[i].Range <= 0 {
		r.b.Errorf(zone.Span, "give the zone a `range: 100 m` where its network is wireless, or use `attack: block`", "%s is not wireless", zone.Value)
		return
	}
	r.step.Target, r.step.Summary = zone.Value, "jam "+zone.Value
	if t, given := r.text("range"); given {
		devices = r.within(f, devices, r.b.number(t, unit.Metre))
	}
	for _, id := range devices {
		r.step.Disturb = append(r.step.Disturb,
			sim.Disturb{Sender: id, Noise: true, Disturbance: network.Disturbance{Loss: 1}},
			sim.Disturb{Receiver: id, Noise: true, Disturbance: network.Disturbance{Loss: 1}})
	}
}

// within keeps the devices that are not farther from the jammer than so many metres:
// from the foothold, or from the device that the step names.
func (r *reader) within(f *inject.Footing, devices []string, reach float64) (near []string) {
	var t syntax.Text
	if f != nil {
		t = syntax.Text{Value: r.name(f.At), Span: r.step.syntax.From.Span}
	} else if named, ok := r.must("device", "jammer"); ok && r.b.deviceNamed(named) {
		t = named
	} else {
		return nil
	}
	at, known := r.b.sys.Topology.Positions[t.Value]
	if !known {
		r.b.Errorf(t.Span, "give it a `position: [1 m, 2 m]`", "nobody knows where %s is", t.Value)
		return nil
	}
	for _, id := range devices {
		if p, ok := r.b.sys.Topology.Positions[id]; id != t.Value && (!ok || network.Distance(at, p) <= reach) {
			near = append(near, id)
		}
	}
	return near
}
