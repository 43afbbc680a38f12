package lora

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Battery is a charge, and what a device draws of it.
type Battery struct {
	Capacity float64 // J; an ampere-hour at 3.6 V is 12 960
	Sleep    float64 // W, all the time
	Transmit float64 // W, while it sends
	Receive  float64 // W, while it listens
	// Windows is how long it listens after each packet, both receive windows together.
	Windows vtime.Duration
}

// Valid returns what is wrong with a battery, if anything.
func (b *Battery) Valid() error {
	for _, f := range []struct {
		name string
		x    float64
	}{{"a capacity", b.Capacity}, {"a sleeping power", b.Sleep}, {"a sending power", b.Transmit}, {"a listening power", b.Receive}} {
		if !(f.x >= 0 && f.x <= 1e15) {
			return fmt.Errorf("a battery with %s of %v: it is from 0 to 1e15", f.name, f.x)
		}
	}
	switch {
	case b.Windows < 0:
		return fmt.Errorf("a battery device that listens for %v: it is not negative", b.Windows)
	case b.Transmit < b.Sleep || b.Receive < b.Sleep:
		return fmt.Errorf("a battery device that draws %v W asleep and less awake: the lower one is that asleep", b.Sleep)
	}
	return nil
}

// PerPacket returns the energy of a packet with its receive windows, in J, beyond what the device
// would have drawn asleep.
func (b *Battery) PerPacket(airtime vtime.Duration) float64 {
	return float64((b.Transmit-b.Sleep)*vtime.Seconds(airtime)) + float64((b.Receive-b.Sleep)*vtime.Seconds(b.Windows))
}

// Power returns the mean power of a device that sends a packet every so often, in W.
func (b *Battery) Power(airtime, every vtime.Duration) float64 {
	if every <= 0 {
		return math.Inf(1)
	}
	return b.Sleep + b.PerPacket(airtime)/vtime.Seconds(every)
}

// Lifetime returns how many seconds the battery of such a device lasts: +Inf if it draws nothing.
func (b *Battery) Lifetime(airtime, every vtime.Duration) float64 {
	if power := b.Power(airtime, every); power > 0 {
		return b.Capacity / power
	}
	return math.Inf(1)
}

// A Meter follows the charge of one battery, from full at time 0.
type Meter struct {
	battery Battery
	packets float64 // J that packets took
	Sent    uint64
	OnAir   vtime.Duration
}

// NewMeter returns the meter of a battery.
func NewMeter(b Battery) (*Meter, error) {
	if err := b.Valid(); err != nil {
		return nil, err
	}
	return &Meter{battery: b}, nil
}

// Send takes what a packet needs. Where less is left the battery is empty: it reports whether
// there was enough.
func (m *Meter) Send(now vtime.Time, airtime vtime.Duration) bool {
	need := m.battery.PerPacket(airtime)
	enough := m.Left(now) >= need && m.Empties() > now
	m.packets += need
	if enough {
		m.Sent++
		m.OnAir += airtime
	}
	return enough
}

// Left returns the energy that is left, in J.
func (m *Meter) Left(now vtime.Time) float64 {
	b := &m.battery
	return max(0, b.Capacity-m.packets-float64(b.Sleep*now.Seconds()))
}

// Empties returns when the battery will be empty if nothing more is sent: 0 if packets alone took all, Never if that is
// beyond all runs.
func (m *Meter) Empties() vtime.Time {
	b := &m.battery
	left := b.Capacity - m.packets
	switch {
	case left <= 0:
		return 0
	case float64(b.Sleep*9e9) <= left:
		return vtime.Never
	}
	return vtime.Time(vtime.FromSeconds(left / b.Sleep))
}

// Archive archives what was drawn.
func (m *Meter) Archive(a *snapshot.Archive) {
	snapshot.Float(a, &m.packets)
	snapshot.Int(a, &m.Sent)
	snapshot.Int(a, &m.OnAir)
	if a.Reading() && !(m.packets >= 0) {
		a.Fail("packets took %v J", m.packets)
		m.packets = 0
	}
}
