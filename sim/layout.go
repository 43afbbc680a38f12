package sim

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// kindKey tells kinds apart.
type kindKey struct {
	name     string
	role     device.Role
	typ      signal.Type
	unit     unit.Unit
	labels   string
	internal bool
}

func kindOf(sig *device.Signal) kind {
	return kind{name: sig.Name, role: sig.Role, typ: sig.Type, unit: sig.Unit, labels: sig.Labels, internal: sig.Internal}
}

// kind returns the number of a kind.
func (s *System) kind(k kind) int32 {
	key := kindKey{k.name, k.role, k.typ, k.unit, "", k.internal}
	if len(k.labels) > 0 {
		key.labels = strings.Join(k.labels, "\x00")
	}
	i, ok := s.kinds[key]
	if !ok {
		i = int32(len(s.signals.kinds))
		s.signals.kinds = append(s.signals.kinds, k)
		s.kinds[key] = i
	}
	return i
}

// layout returns the number of a layout.
func (s *System) layout(l layout) int32 {
	var key []byte
	for _, x := range l.signals {
		key = binary.LittleEndian.AppendUint32(key, uint32(x.kind))
		key = binary.LittleEndian.AppendUint64(key, math.Float64bits(x.start))
	}
	key = binary.LittleEndian.AppendUint32(key, math.MaxUint32) // no kind has that number
	for _, k := range l.inputs {
		key = binary.LittleEndian.AppendUint32(key, uint32(k))
	}
	i, ok := s.layouts[string(key)]
	if !ok {
		i = int32(len(s.signals.layouts))
		s.signals.layouts = append(s.signals.layouts, l)
		s.layouts[string(key)] = i
	}
	return i
}

// Layout gives every signal its cells; devices are ranked by their names.
func (s *System) Layout() {
	slices.SortFunc(s.parts, func(a, b *part) int { return strings.Compare(a.ID, b.ID) })
	s.allocate(-1, kind{name: "time", internal: true}, 1, 0) // the clock
	s.signals.devices = make([]DeviceInfo, len(s.parts))
	for i, p := range s.parts {
		p.rank = i
		s.lay(p, &s.signals.devices[i])
	}
	s.signals.laid = signal.Slot(s.signals.cells)
}

// lay gives the signals of a device their cells. What is physical and an input
// gets one by wiring.
func (s *System) lay(p *part, d *DeviceInfo) {
	x := &s.signals
	*d = DeviceInfo{Nameplate: s.plate(Nameplate{p.Kind, p.Tag, p.Owner}), ID: p.ID, Count: p.Count, Stands: max(1, p.Stands), first: signal.Slot(x.cells)}
	var l layout
	for i := range p.decl.Signals {
		sig := &p.decl.Signals[i]
		k := s.kind(kindOf(sig))
		if sig.Role.Listens() {
			l.inputs = append(l.inputs, k)
		}
		if sig.Role != device.RoleInput {
			c := d.cell(len(l.signals))
			sig.Cell.Slot, sig.Cell.Stride = c.Slot, c.Stride
			l.signals = append(l.signals, laidOut{k, sig.Start})
		}
	}
	d.layout = s.layout(l)
	x.cells += len(l.signals) * p.Count
}

// plate returns the one nameplate that is alike.
func (s *System) plate(n Nameplate) *Nameplate {
	if s.plates[n] == nil {
		s.plates[n] = &n
	}
	return s.plates[n]
}

// allocate makes cells for the members of a device, or, with device -1, of none.
func (s *System) allocate(device int, k kind, count int, start float64) (c network.Cell) {
	x := &s.signals
	c = network.Cell{Slot: signal.Slot(x.cells), Stride: int32(min(1, count-1))}
	x.blocks = append(x.blocks, block{c.Slot, int32(count), int32(device), laidOut{s.kind(k), start}})
	x.cells += count
	return c
}

// hide makes the cells that are laid out for a signal internal.
func (s *System) hide(slot signal.Slot) {
	d, i := s.signals.locate(slot)
	of := &s.signals.devices[d]
	l := s.signals.layouts[of.layout]
	l.signals = slices.Clone(l.signals)
	k := s.signals.kinds[l.signals[i].kind]
	k.internal = true
	l.signals[i].kind = s.kind(k)
	of.layout = s.layout(l)
}

// finish ends the list of signals once all is wired.
func (s *System) finish(g *graph) *Signals {
	x := &s.signals
	inputs := 0
	for i := range x.devices {
		inputs += len(x.layouts[x.devices[i].layout].inputs)
	}
	x.inputs = make([]network.Cell, 0, inputs)
	for i, p := range s.parts {
		x.devices[i].inputs = int32(len(x.inputs))
		for j := range p.decl.Signals {
			if sig := &p.decl.Signals[j]; sig.Role.Listens() {
				x.inputs = append(x.inputs, network.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride})
			}
		}
	}
	x.continuous = g.continuous
	done := *x
	return &done
}
