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

// Path returns the signal's path: "tower.level", "drive[3].speed"; that of no device
// is its name alone: "accountable".
func (i SignalInfo) Path() string { return string(i.appendPath(nil)) }

func (i *SignalInfo) appendPath(to []byte) []byte {
	if i.Device == "" {
		return append(to, i.Signal...)
	}
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
	kinds   []kind
	layouts []layout
	devices []DeviceInfo   // by name, as their cells lie side by side
	laid    signal.Slot    // end of these cells
	blocks  []block        // of other cells: the clock, and those beyond, by slot
	inputs  []network.Cell // of all devices, in the order of their declarations
	cells   int
	// continuous tells by slot what is; nil as long as that is not known.
	continuous []bool
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

// A layout is what devices have in common that declared signals alike.
type layout struct {
	signals []laidOut // that lie in cells of their own, one after the other
	inputs  []int32   // kinds of all inputs
}

// laidOut is a signal with as many cells as the device has members.
type laidOut struct {
	kind  int32
	start float64
}

// A block is the cells of one signal side by side, one for each member.
type block struct {
	first  signal.Slot
	count  int32
	device int32 // -1 where it is no device's
	laidOut
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
		for b := range s.all() {
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

// all goes over all blocks.
func (s *Signals) all() iter.Seq[block] {
	return func(yield func(block) bool) {
		if !yield(s.blocks[0]) { // the clock
			return
		}
		for d := range s.devices {
			for i := range s.layouts[s.devices[d].layout].signals {
				if !yield(s.laidOut(d, i)) {
					return
				}
			}
		}
		for _, b := range s.blocks[1:] {
			if !yield(b) {
				return
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
	name, number, _ := strings.Cut(name, "[")
	if d, ok = s.device(name); !ok || s.devices[d].Count == 1 {
		return 0, 0, false
	}
	m, err := strconv.Atoi(strings.TrimSuffix(number, "]"))
	return d, m, err == nil && m >= 0 && m < s.devices[d].Count && number == strconv.Itoa(m)+"]"
}

func (s *Signals) device(name string) (d int, ok bool) {
	return slices.BinarySearchFunc(s.devices, name, func(d DeviceInfo, name string) int { return strings.Compare(d.ID, name) })
}

// cell returns the cells of a device's signal.
func (s *Signals) cell(d int, name string) (c network.Cell, ok bool) {
	of := &s.devices[d]
	l := &s.layouts[of.layout]
	for i, k := range l.inputs {
		if s.kinds[k].name == name {
			return s.inputsOf(d)[i], !s.kinds[k].internal
		}
	}
	for i, x := range l.signals {
		if k := &s.kinds[x.kind]; k.name == name && !k.internal {
			return of.cell(i), true
		}
	}
	return c, false
}

// cell returns the cells of the i-th signal that is laid out.
func (d *DeviceInfo) cell(i int) network.Cell {
	return network.Cell{Slot: d.first + signal.Slot(i*d.Count), Stride: int32(min(1, d.Count-1))}
}

// inputsOf returns where the inputs of a device lie, in cells of their own or in
// those of what they are wired to, in the order of their declaration.
func (s *Signals) inputsOf(d int) []network.Cell {
	first := s.devices[d].inputs
	return s.inputs[first : int(first)+len(s.layouts[s.devices[d].layout].inputs)]
}

// starts tells the start values of all cells.
func (s *Signals) starts(tell func(slot signal.Slot, x float64)) {
	for b := range s.all() {
		for m := range b.count {
			tell(b.first+signal.Slot(m), b.start)
		}
	}
}

func (s *Signals) role(slot signal.Slot) device.Role { return s.kinds[s.block(slot).kind].role }

// internal reports whether people have no name for a cell.
func (s *Signals) internal(slot signal.Slot) bool { return s.kinds[s.block(slot).kind].internal }

// block returns the block that a cell is in.
func (s *Signals) block(slot signal.Slot) block {
	if slot == signal.Clock || slot >= s.laid {
		return s.blocks[sort.Search(len(s.blocks), func(i int) bool { return s.blocks[i].first > slot })-1]
	}
	return s.laidOut(s.locate(slot))
}

// laidOut returns the block of a device's i-th signal that is laid out.
func (s *Signals) laidOut(d, i int) block {
	of := &s.devices[d]
	return block{of.cell(i).Slot, int32(of.Count), int32(d), s.layouts[of.layout].signals[i]}
}

// locate returns the device of a cell that is laid out, and which of its signals.
func (s *Signals) locate(slot signal.Slot) (d, i int) {
	d = sort.Search(len(s.devices), func(i int) bool { return s.devices[i].first > slot }) - 1
	return d, int(slot-s.devices[d].first) / s.devices[d].Count
}

// info describes a member's cell of a block.
func (s *Signals) info(b block, member int) SignalInfo {
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
