package sim

import (
	"iter"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A SignalInfo describes a cell.
type SignalInfo struct {
	Device, Signal string
	Member, Count  int
	Role           device.Role
	Type           signal.Type
	Unit           unit.Unit
	Labels         []string
	Internal       bool
	Continuous     bool
	Slot           signal.Slot
}

// Path returns the signal's path: "tower.level", "drive[3].speed".
func (i SignalInfo) Path() string { return string(i.appendPath(nil)) }

func (i *SignalInfo) appendPath(to []byte) []byte {
	to = append(to, i.Device...)
	if i.Count > 1 {
		to = strconv.AppendInt(append(to, '['), int64(i.Member), 10)
		to = append(to, ']')
	}
	return append(append(to, '.'), i.Signal...)
}

// Signals describes the cells of a plan by their slots. What devices that are
// alike declare alike is kept once, and what the members of a device have in
// common as well: a SignalInfo is made when it is asked for.
type Signals struct {
	devices    []DeviceInfo // by name
	kinds      []kind
	blocks     []block // by slot
	inputs     []input // by device
	cells      int
	continuous []bool // by slot
}

// A kind is what signals have in common that were declared alike.
type kind struct {
	name     string
	role     device.Role
	typ      signal.Type
	unit     unit.Unit
	labels   []string
	internal bool
}

// A block is the cells of one signal side by side, one for each member.
type block struct {
	first  signal.Slot
	count  int32
	device int32 // -1 where it is no device's
	kind   int32
	start  float64
}

// An input is where a device's input lies: in cells of its own, or in those of
// what it is wired to.
type input struct {
	kind int32
	cell network.Cell
}

// Len returns the number of cells.
func (s *Signals) Len() int { return s.cells }

// At describes a cell.
func (s *Signals) At(slot signal.Slot) SignalInfo {
	b := s.block(slot)
	return s.info(b, int(slot-b.first))
}

// All describes all cells, by their slots.
func (s *Signals) All() iter.Seq[SignalInfo] {
	return func(yield func(SignalInfo) bool) {
		for i := range s.blocks {
			b := &s.blocks[i]
			info := s.info(b, 0)
			for m := range int(b.count) {
				info.Member, info.Slot = m, b.first+signal.Slot(m)
				info.Continuous = s.isContinuous(info.Slot)
				if !yield(info) {
					return
				}
			}
		}
	}
}

// Slot returns the cell of a signal's path. The path of an input that is wired is
// another name of a cell.
func (s *Signals) Slot(path string) (slot signal.Slot, ok bool) {
	for dot := range len(path) { // names of devices may hold dots
		if path[dot] != '.' {
			continue
		}
		if d, member, ok := s.owner(path[:dot]); ok {
			if cell, ok := s.cell(d, path[dot+1:]); ok {
				return cell.At(member), true
			}
		}
	}
	return 0, false
}

// owner returns the device, and the member of it, that a path begins with.
func (s *Signals) owner(name string) (d, member int, ok bool) {
	if d, ok = s.device(name); ok {
		return d, 0, s.devices[d].Count == 1
	}
	name, number, ok := strings.Cut(strings.TrimSuffix(name, "]"), "[")
	if d, found := s.device(name); ok && found && s.devices[d].Count > 1 {
		m, err := strconv.Atoi(number)
		return d, m, err == nil && m >= 0 && m < s.devices[d].Count && number == strconv.Itoa(m)
	}
	return 0, 0, false
}

func (s *Signals) device(name string) (d int, ok bool) {
	return slices.BinarySearchFunc(s.devices, name, func(d DeviceInfo, name string) int { return strings.Compare(d.ID, name) })
}

// cell returns the cells of a device's signal.
func (s *Signals) cell(d int, name string) (c network.Cell, ok bool) {
	of := &s.devices[d]
	for _, in := range s.inputsOf(d) {
		if k := &s.kinds[in.kind]; k.name == name {
			return in.cell, !k.internal
		}
	}
	for i := of.block; int(i) < len(s.blocks) && s.blocks[i].device == int32(d); i++ {
		b := &s.blocks[i]
		if k := &s.kinds[b.kind]; k.name == name && !k.internal {
			return network.Cell{Slot: b.first, Stride: int32(min(1, b.count-1))}, true
		}
	}
	return c, false
}

// inputsOf returns the inputs of a device in the order of their declaration.
func (s *Signals) inputsOf(d int) []input {
	to := len(s.inputs)
	if d+1 < len(s.devices) {
		to = int(s.devices[d+1].input)
	}
	return s.inputs[s.devices[d].input:to]
}

// starts tells the start values of all cells.
func (s *Signals) starts(tell func(slot signal.Slot, x float64)) {
	for i := range s.blocks {
		b := &s.blocks[i]
		for m := range b.count {
			tell(b.first+signal.Slot(m), b.start)
		}
	}
}

func (s *Signals) role(slot signal.Slot) device.Role { return s.kinds[s.block(slot).kind].role }

func (s *Signals) block(slot signal.Slot) *block {
	i := sort.Search(len(s.blocks), func(i int) bool { return s.blocks[i].first > slot })
	return &s.blocks[i-1]
}

// info describes a member's cell of a block.
func (s *Signals) info(b *block, member int) SignalInfo {
	k, slot := &s.kinds[b.kind], b.first+signal.Slot(member)
	info := SignalInfo{
		Signal: k.name, Member: member, Count: int(b.count), Role: k.role, Type: k.typ, Unit: k.unit, Labels: k.labels,
		Internal: k.internal, Continuous: s.isContinuous(slot), Slot: slot,
	}
	if b.device >= 0 {
		info.Device = s.devices[b.device].ID
	}
	return info
}

func (s *Signals) isContinuous(slot signal.Slot) bool {
	return s.continuous != nil && s.continuous[slot]
}

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

// allocate makes cells for the members of a device, or, with device -1, of none.
func (s *System) allocate(device int, k kind, count int, start float64) (c network.Cell) {
	x := &s.signals
	c = network.Cell{Slot: signal.Slot(x.cells), Stride: int32(min(1, count-1))}
	x.blocks = append(x.blocks, block{first: c.Slot, count: int32(count), device: int32(device), kind: s.kind(k), start: start})
	x.cells += count
	return c
}

// hide makes the cells of a signal internal.
func (s *System) hide(slot signal.Slot) {
	b := s.signals.block(slot)
	k := s.signals.kinds[b.kind]
	k.internal = true
	b.kind = s.kind(k)
}

// finish ends the list of signals once all is wired.
func (s *System) finish(g *graph) *Signals {
	x := &s.signals
	inputs := 0
	for _, p := range s.parts {
		for i := range p.decl.Signals {
			if p.decl.Signals[i].Role.Listens() {
				inputs++
			}
		}
	}
	x.inputs = make([]input, 0, inputs)
	for i, p := range s.parts {
		x.devices[i].input = int32(len(x.inputs))
		for j := range p.decl.Signals {
			if sig := &p.decl.Signals[j]; sig.Role.Listens() {
				x.inputs = append(x.inputs, input{s.kind(kindOf(sig)), network.Cell{Slot: sig.Cell.Slot, Stride: sig.Cell.Stride}})
			}
		}
	}
	x.blocks, x.continuous = slices.Clone(x.blocks), g.continuous
	done := *x
	return &done
}
