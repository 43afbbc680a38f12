package sim

import (
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// guarded is a device that checks messages: it shows what came of that.
type guarded struct{ device.Device }

// Declare implements device.Device.
func (d guarded) Declare(p *device.Ports) {
	d.Device.Declare(p)
	for _, s := range []device.Signal{
		{Name: "alarms", Doc: "alarms that its checks raised", Type: signal.Int},
		{Name: "refused", Doc: "messages that its checks refused", Type: signal.Int},
		{Name: "latched", Doc: "a check tripped it", Type: signal.Bool},
	} {
		s.Role, s.Unit = device.RoleState, unit.One
		p.Add(s)
	}
}

// NewGuard returns a guard for a device whose inputs are wired, with what messages
// can tell it as objects and without rules.
func (s *System) NewGuard(id string) check.Guard {
	p := s.byID[id]
	g := check.Guard{Device: int32(p.rank), Members: int32(p.Count)}
	for i := range p.decl.Signals {
		sig := &p.decl.Signals[i]
		if s.writable(p, sig) {
			g.Objects = append(g.Objects, check.Object{Name: sig.Name, Symbol: sig.Unit.Symbol, Slot: sig.Cell.Slot, Stride: sig.Cell.Stride})
		}
	}
	cell := func(name string) check.Cell {
		c := p.decl.Signals[p.signal(name)].Cell
		return check.Cell{Slot: c.Slot, Stride: c.Stride}
	}
	g.Alarm, g.Refused, g.Tripped = cell("alarms"), cell("refused"), cell("latched")
	return g
}

// writable reports whether a message can write a signal: what is told over the
// network, and settings. Copper is out of its reach.
func (s *System) writable(p *part, sig *device.Signal) bool {
	return sig.Role == device.RoleTunable || sig.Role == device.RoleTold && !s.copper[[2]string{p.ID, sig.Name}]
}

// Offered gives an object of a guard the cell in which expressions see what is
// offered.
func (s *System) Offered(g *check.Guard, object int) {
	o := &g.Objects[object]
	if o.Offered == 0 {
		c := s.hidden(int(g.Device), kind{unit: unit.One}, o.Name+" offered", int(g.Members), 0)
		o.Offered = c.Slot
		if g.Members > 1 {
			o.Stride = c.Stride
		}
	}
}

// Guard puts a guard before a device. It must have no mistakes.
func (s *System) Guard(g check.Guard) {
	s.guardAt[int(g.Device)] = int32(len(s.guards))
	s.guards = append(s.guards, g)
}

// guardOf returns the guard of a device, or -1.
func (s *System) guardOf(rank int) int32 {
	if g, ok := s.guardAt[rank]; ok {
		return g
	}
	return -1
}

// object returns the number of an input among the objects of a guard, plus 1; 0
// where there is none.
func (s *System) object(guard int32, name string) int32 {
	if guard < 0 {
		return 0
	}
	for i := range s.guards[guard].Objects {
		if s.guards[guard].Objects[i].Name == name {
			return int32(i + 1)
		}
	}
	return 0
}

// Sign protects what a device is told, and what it asks others for.
func (s *System) Sign(id string, security network.Security) {
	s.signed[s.byID[id].rank] = security
}
