package lora

import (
	"errors"
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Band is a range of frequencies with a duty cycle of its own.
type Band struct {
	Name string
	Duty float64 // share of the time, more than 0 to 1
}

// Europe returns the bands of EU863-870 with their duty cycles.
func Europe() []Band {
	return []Band{{"g", 0.01}, {"g1", 0.01}, {"g2", 0.001}, {"g3", 0.1}, {"g4", 0.01}}
}

// A Regulator keeps one device to the duty cycles of its bands. It has one transmitter, so nothing
// is sent in any band while it sends.
type Regulator struct {
	bands    []Band
	patience vtime.Duration
	until    vtime.Time   // it sends
	open     []vtime.Time // when each band is free again
	BandCount
}

// A BandCount is what a device has sent.
type BandCount struct {
	Offered, Dropped uint64
	OnAir            vtime.Duration // of what was sent, each packet from when it begins
	Waited           vtime.Duration // all together
	Longest          vtime.Duration // that one waited
}

// NewRegulator returns a regulator. A packet that would have to wait longer than patience is
// dropped: with 0 it is sent at once or never.
func NewRegulator(bands []Band, patience vtime.Duration) (*Regulator, error) {
	if len(bands) == 0 {
		return nil, errors.New("a LoRa device without a band: it has one at least")
	}
	if patience < 0 {
		return nil, fmt.Errorf("a LoRa device with a patience of %v: it is not negative", patience)
	}
	for _, b := range bands {
		if !(b.Duty > 0 && b.Duty <= 1) {
			return nil, fmt.Errorf("LoRa band %s with a duty cycle of %v: it is more than 0, up to 1", b.Name, b.Duty)
		}
	}
	return &Regulator{bands: bands, patience: patience, open: make([]vtime.Time, len(bands))}, nil
}

// Opens returns when a packet that comes now can be sent in a band.
func (r *Regulator) Opens(now vtime.Time, band int) vtime.Time {
	return max(now, r.until, r.open[band])
}

// First returns in which band a packet can be sent first; of those that are alike, the first.
func (r *Regulator) First(now vtime.Time) (band int) {
	for i := range r.bands {
		if r.Opens(now, i) < r.Opens(now, band) {
			band = i
		}
	}
	return band
}

// Offer gives the device a packet with an airtime to send in a band, so late after it could. It returns when
// that begins, or that it is dropped. Packets are sent in the order in which they are offered.
func (r *Regulator) Offer(now vtime.Time, band int, airtime, late vtime.Duration) (begins vtime.Time, ok bool) {
	r.Offered++
	begins = r.Opens(now, band).Add(late)
	wait := begins.Sub(now)
	if wait-late > r.patience {
		r.Dropped++
		return 0, false
	}
	r.Waited += wait
	r.Longest = max(r.Longest, wait)
	r.until = begins.Add(airtime)
	r.open[band] = r.until.Add(off(airtime, r.bands[band].Duty))
	return begins, true
}

// Sent notes that a packet that was offered is sent now: one that still waits has drawn nothing of a
// battery, nor used the air.
func (r *Regulator) Sent(airtime vtime.Duration) { r.OnAir += airtime }

// off is how long a band is closed after a packet, rounded up.
func off(airtime vtime.Duration, duty float64) vtime.Duration {
	ns := float64(float64(airtime)/duty) - float64(airtime)
	return vtime.Duration(math.Ceil(min(float64(ns*(1-0x1p-50)), 1<<62)))
}

// Duty returns the share of the time up to now that what was sent was on the air.
func (c *BandCount) Duty(now vtime.Time) float64 {
	if now <= 0 {
		return 0
	}
	return float64(c.OnAir) / float64(now)
}

// Archive archives when bands are open again, and what has been counted.
func (r *Regulator) Archive(a *snapshot.Archive) {
	snapshot.Int(a, &r.until)
	snapshot.Column(a, r.open, snapshot.Int)
	snapshot.Int(a, &r.Offered)
	snapshot.Int(a, &r.Dropped)
	snapshot.Int(a, &r.OnAir)
	snapshot.Int(a, &r.Waited)
	snapshot.Int(a, &r.Longest)
}
