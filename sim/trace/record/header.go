package record

import (
	"fmt"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
)

// describe makes the header of a trace.
func (r *Recorder) describe(o Options) *trace.Header {
	p := r.plan
	h := &trace.Header{
		Tool: o.Tool, Scenario: p.Name, About: p.About, File: o.File, Hash: p.Hash, Seed: o.Seed, Run: p.Run, Starts: p.Starts,
	}
	devices := map[string]int{}
	for i := range p.Devices {
		devices[p.Devices[i].ID] = i
	}
	r.places(h, devices)
	r.signals(h, devices)
	r.malware(h, devices)
	r.looks(h)
	r.flows(h, devices)
	for _, s := range p.Undertakings() {
		h.Steps = append(h.Steps, trace.Step(s))
	}
	for _, rule := range p.Rules() {
		h.Invariants = append(h.Invariants, trace.Invariant{Name: rule.Name, Text: rule.Text})
	}
	r.walls(h)
	r.dangers(h, devices)
	r.grounds(h, devices)
	for _, c := range p.Columns() {
		x := &c.Expression
		h.Columns = append(h.Columns, trace.Column{Title: c.Title, Type: typeName(x.Type), Unit: unitOf(x.Unit), Labels: x.Labels})
	}
	return h
}

func unitOf(u unit.Unit) trace.Unit {
	scale := u.Scale
	if scale == 0 {
		scale = 1
	}
	return trace.Unit{Symbol: u.Symbol, Scale: scale, Offset: u.Offset}
}

func typeName(t signal.Type) string {
	switch t {
	case signal.Bool:
		return "bool"
	case signal.Int:
		return "int"
	case signal.Enum:
		return "enum"
	case signal.Hash:
		return "hash"
	}
	return "number"
}

// places describes devices, zones and conduits.
func (r *Recorder) places(h *trace.Header, devices map[string]int) {
	topology := r.plan.Topology()
	for i := range r.plan.Devices {
		d := &r.plan.Devices[i]
		one := trace.Device{ID: d.ID, Kind: d.Kind, Tag: d.Tag, Owner: d.Owner, Count: d.Count}
		if at, ok := topology.Positions[d.ID]; ok {
			one.Position = &at
		}
		h.Devices = append(h.Devices, one)
	}
	for i := range topology.Zones {
		z := &topology.Zones[i]
		h.Zones = append(h.Zones, trace.Zone{Name: z.Name, Level: z.Level, Target: z.Target, Range: z.Range})
		for _, id := range z.Devices {
			if d, ok := devices[id]; ok {
				h.Devices[d].Zones = append(h.Devices[d].Zones, i)
			}
		}
	}
	for i := range topology.Conduits {
		c := &topology.Conduits[i]
		one := trace.Conduit{Name: c.Name, Joins: c.Joins, OneWay: c.OneWay}
		for k := range c.Rules {
			one.Rules = append(one.Rules, c.Rules[k].Text)
		}
		h.Conduits = append(h.Conduits, one)
	}
}

// signals describes the cells that can be named, and numbers them.
func (r *Recorder) signals(h *trace.Header, devices map[string]int) {
	kinds := map[string]int{}
	r.cells, r.discrete = make([]int32, r.plan.Signals.Len()), make([]int32, r.plan.Signals.Len())
	next := int32(0)
	for info := range r.plan.Signals.All() {
		r.cells[info.Slot], r.discrete[info.Slot] = -1, -1
		if info.Internal {
			continue
		}
		r.cells[info.Slot] = next
		if !info.Continuous {
			r.discrete[info.Slot] = next
		}
		next++
		if info.Member > 0 {
			continue
		}
		k := trace.Kind{
			Name: info.Signal, Role: info.Role.String(), Type: typeName(info.Type), Unit: unitOf(info.Unit), Labels: info.Labels, Continuous: info.Continuous,
		}
		key := fmt.Sprintf("%#v", k)
		n, known := kinds[key]
		if !known {
			n = len(h.Kinds)
			kinds[key] = n
			h.Kinds = append(h.Kinds, k)
		}
		device, of := devices[info.Device]
		if !of {
			device = -1
		}
		h.Signals = append(h.Signals, trace.Signal{device, n, info.Count})
	}
}

// flows describes all that can be sent.
func (r *Recorder) flows(h *trace.Header, devices map[string]int) {
	traffic := r.plan.Traffic()
	number := func(p sim.Party) int {
		if d, ok := devices[p.Device]; ok {
			return d
		}
		return -1
	}
	for i := range traffic.Flows {
		f := &traffic.Flows[i]
		one := trace.Flow{
			From: number(f.From), To: number(f.To), Claims: number(f.Claims), Members: f.Members, Asked: f.Asked, Protocol: f.Protocol.String(),
			Security: f.Security.String(), Verb: f.Verb.String(), QoS: int(f.QoS), Every: f.Every, Step: f.Step,
		}
		hears, tells := r.plan.Hears(i), r.plan.Tells(i)
		for k, item := range f.Items {
			x := trace.Item{Signal: item.Signal, Cell: -1, Topic: item.Topic}
			if k < len(hears) {
				x.Cell, x.Stride = r.cell(hears[k].Slot), int(hears[k].Stride)
				if source := r.cell(tells[k].Slot); source >= 0 {
					x.Source = &source
				}
			}
			one.Items = append(one.Items, x)
		}
		h.Flows = append(h.Flows, one)
	}
}

// cell returns the number of a cell, or -1.
func (r *Recorder) cell(slot signal.Slot) int {
	if slot < 0 || int(slot) >= len(r.cells) {
		return -1
	}
	return int(r.cells[slot])
}
