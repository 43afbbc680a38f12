package lora

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Packet is one on the air.
type Packet struct {
	ID              uint64
	Channel         int32
	SpreadingFactor int32
	Power           float64 // dBm at the receiver; only Capture asks for it
	Airtime         vtime.Duration
}

// A Medium is the channels that devices share.
type Medium struct {
	channels int
	capture  float64
	cells    []cell    // by channel and spreading factor
	ends     []pending // a heap by time
	begun    uint64
	since    vtime.Time
	AirCount
}

// An AirCount is what was sent over a medium and is over.
type AirCount struct {
	Sent, Lost uint64
	Airtime    vtime.Duration // of Sent
}

// A cell is a channel with one spreading factor.
type cell struct {
	on      int    // packets on the air
	spoiled uint64 // all up to this number are lost
	alive   uint64 // with capture: the one that may survive, 0 if none
}

// A pending packet is on the air.
type pending struct {
	Packet
	ends   vtime.Time
	number uint64
}

// firstFactor is the least spreading factor, and factors how many there are.
const firstFactor, factors = 6, 7

// MostChannels is how many channels a medium has at most.
const MostChannels = 1 << 16

// NewMedium returns a medium with so many channels. A packet that is at least capture decibels
// stronger than every other one in its channel and spreading factor survives; 0 is without that.
func NewMedium(channels int, capture float64) (*Medium, error) {
	if channels < 1 || channels > MostChannels {
		return nil, fmt.Errorf("a radio medium with %d channels: it has from 1 to %d", channels, MostChannels)
	}
	if !(capture >= 0 && capture <= 200) {
		return nil, fmt.Errorf("a radio medium with capture at %v dB: it is from 0, which is none, to 200", capture)
	}
	return &Medium{channels: channels, capture: capture, cells: make([]cell, channels*factors)}, nil
}

// Begin puts a packet on the air. Those that ended before, or now, must have been taken off by End.
func (m *Medium) Begin(now vtime.Time, p Packet) error {
	if p.Channel < 0 || int(p.Channel) >= m.channels || p.SpreadingFactor < firstFactor || p.SpreadingFactor >= firstFactor+factors {
		return fmt.Errorf("a packet in channel %d of %d with spreading factor %d: there are not such", p.Channel, m.channels, p.SpreadingFactor)
	}
	if now < m.since || now > m.Next() || p.Airtime < 0 || math.IsNaN(p.Power) {
		return fmt.Errorf("a packet of %v at %v, after %v and while one ends at %v", p.Airtime, now, m.since, m.Next())
	}
	m.since = now
	m.begun++
	c := m.cell(&p)
	switch {
	case m.capture > 0:
		m.fight(c, &p)
	case c.on > 0:
		c.spoiled = m.begun
	}
	c.on++
	m.push(pending{Packet: p, ends: now.Add(p.Airtime), number: m.begun})
	return nil
}

// fight decides whom a packet that begins leaves alive: it, the one that was, or none. Of two that
// overlap at most one is so much stronger.
func (m *Medium) fight(c *cell, p *Packet) {
	if c.on == 0 {
		c.alive = m.begun
		return
	}
	strongest, alive := math.Inf(-1), math.Inf(-1)
	for i := range m.ends {
		o := &m.ends[i]
		if o.Channel == p.Channel && o.SpreadingFactor == p.SpreadingFactor {
			strongest = max(strongest, o.Power)
			if o.number == c.alive {
				alive = o.Power
			}
		}
	}
	switch {
	case p.Power >= strongest+m.capture:
		c.alive = m.begun
	case !(alive >= p.Power+m.capture):
		c.alive = 0
	}
}

func (m *Medium) cell(p *Packet) *cell {
	return &m.cells[int(p.Channel)*factors+int(p.SpreadingFactor-firstFactor)]
}

// Next returns when a packet ends next, Never if none is on the air.
func (m *Medium) Next() vtime.Time {
	if len(m.ends) == 0 {
		return vtime.Never
	}
	return m.ends[0].ends
}

// End takes the packet that ends next off the air, at the time that Next says, and reports whether
// it was received. It must not be called when none is there.
func (m *Medium) End() (p Packet, received bool) {
	o := m.pop()
	m.since = o.ends
	c := m.cell(&o.Packet)
	c.on--
	received = o.number > c.spoiled
	if m.capture > 0 {
		received = o.number == c.alive
	}
	m.Sent++
	m.Airtime += o.Airtime
	if !received {
		m.Lost++
	}
	return o.Packet, received
}

// OnAir returns how many packets are on the air.
func (m *Medium) OnAir() int { return len(m.ends) }

// Each goes over the packets on the air.
func (m *Medium) Each(do func(p Packet)) {
	for i := range m.ends {
		do(m.ends[i].Packet)
	}
}

// Archive archives what is on the air, and what has been counted.
func (m *Medium) Archive(a *snapshot.Archive) {
	snapshot.Int(a, &m.begun)
	snapshot.Int(a, &m.since)
	snapshot.Int(a, &m.Sent)
	snapshot.Int(a, &m.Lost)
	snapshot.Int(a, &m.Airtime)
	snapshot.Column(a, m.cells, func(a *snapshot.Archive, c *cell) {
		snapshot.Int(a, &c.spoiled)
		snapshot.Int(a, &c.alive)
		c.on = 0
	})
	snapshot.Slice(a, &m.ends, func(a *snapshot.Archive, p *pending) {
		snapshot.Int(a, &p.ID)
		snapshot.Int(a, &p.Channel)
		snapshot.Int(a, &p.SpreadingFactor)
		snapshot.Float(a, &p.Power)
		snapshot.Int(a, &p.Packet.Airtime)
		snapshot.Int(a, &p.ends)
		snapshot.Int(a, &p.number)
	})
	m.recount(a)
}

// recount finds how many packets are in each cell, and fails an archive that says what cannot be.
func (m *Medium) recount(a *snapshot.Archive) {
	for i := range m.ends {
		p := &m.ends[i]
		if p.Channel < 0 || int(p.Channel) >= m.channels || p.SpreadingFactor < firstFactor ||
			p.SpreadingFactor >= firstFactor+factors || p.ends < m.since || i > 0 && m.before(i, (i-1)/2) {
			a.Fail("a packet is on the air in channel %d at spreading factor %d, which cannot be", p.Channel, p.SpreadingFactor)
			m.ends = m.ends[:0]
			break
		}
	}
	for i := range m.ends {
		m.cell(&m.ends[i].Packet).on++
	}
}
