package lora

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/harmproof/harmproof/sim/vtime"
)

// MostPayload is how many bytes a packet has at most.
const MostPayload = 255

// A Modulation is how packets are sent. The zero fields of it are what LoRaWAN uses: 125 kHz, 4/5,
// 8 symbols of preamble, with header and CRC.
type Modulation struct {
	SpreadingFactor int  // 6 to 12
	Bandwidth       int  // Hz, 7 800 to 500 000; 0 is 125 000
	CodingRate      int  // 1 to 4 for 4/5 to 4/8; 0 is 1
	Preamble        int  // symbols, 6 to 65 535, without the 4.25 that the modem adds; 0 is 8
	Implicit        bool // no header; SF6 has none
	NoCRC           bool
}

// full returns the modulation with its defaults filled in.
func (m Modulation) full() Modulation {
	for _, f := range []struct {
		to *int
		by int
	}{{&m.Bandwidth, 125_000}, {&m.CodingRate, 1}, {&m.Preamble, 8}} {
		if *f.to == 0 {
			*f.to = f.by
		}
	}
	return m
}

// Valid returns what is wrong with a modulation, if anything.
func (m Modulation) Valid() error {
	m = m.full()
	switch {
	case m.SpreadingFactor < 6 || m.SpreadingFactor > 12:
		return fmt.Errorf("LoRa with spreading factor %d: it is from 6 to 12", m.SpreadingFactor)
	case m.Bandwidth < 7_800 || m.Bandwidth > 500_000:
		return fmt.Errorf("LoRa with a bandwidth of %d Hz: it is from 7800 to 500000", m.Bandwidth)
	case m.CodingRate < 1 || m.CodingRate > 4:
		return fmt.Errorf("LoRa with coding rate %d: it is 1 to 4, for 4/5 to 4/8", m.CodingRate)
	case m.Preamble < 6 || m.Preamble > 65_535:
		return fmt.Errorf("LoRa with a preamble of %d symbols: it is from 6 to 65535", m.Preamble)
	case m.SpreadingFactor == 6 && !m.Implicit:
		return errors.New("LoRa with spreading factor 6 and a header: that one has none, say Implicit")
	}
	return nil
}

// Symbol returns how long a symbol is on the air, to the nanosecond.
func (m Modulation) Symbol() vtime.Duration { return m.quarters(4) }

// Airtime returns how long a packet of so many bytes is on the air. They are those of the physical
// layer: LoRaWAN adds 13 to what an application sends.
func (m Modulation) Airtime(bytes int) (vtime.Duration, error) {
	if err := m.Valid(); err != nil {
		return 0, err
	}
	if bytes < 0 || bytes > MostPayload {
		return 0, fmt.Errorf("a LoRa packet of %d bytes: it has from 0 to %d", bytes, MostPayload)
	}
	return m.quarters(4*m.full().Preamble + 17 + 4*m.symbols(bytes)), nil
}

// symbols returns how many symbols the payload has, header and CRC included.
func (m Modulation) symbols(bytes int) int {
	m = m.full()
	bits, each := 8*bytes-4*m.SpreadingFactor+28, 4*m.SpreadingFactor
	if !m.NoCRC {
		bits += 16
	}
	if m.Implicit {
		bits -= 20
	}
	if m.slow() {
		each -= 8
	}
	return 8 + max(0, (bits+each-1)/each)*(m.CodingRate+4)
}

// slow reports whether symbols are so long, 16 ms, that the low data rate optimisation is on.
func (m Modulation) slow() bool { return 1000<<m.SpreadingFactor >= 16*m.full().Bandwidth }

// quarters returns how long so many quarters of a symbol are, to the nearest nanosecond.
func (m Modulation) quarters(n int) vtime.Duration {
	m = m.full()
	high, low := bits.Mul64(uint64(n)<<m.SpreadingFactor, 1e9)
	by := 4 * uint64(m.Bandwidth)
	low, carry := bits.Add64(low, by/2, 0)
	q, _ := bits.Div64(high+carry, low, by)
	return vtime.Duration(q)
}

// PerHour returns how many packets of an airtime a duty cycle allows in an hour.
func PerHour(airtime vtime.Duration, duty float64) int {
	if airtime <= 0 || !(duty > 0) {
		return 0
	}
	n := float64(float64(vtime.Hour)*min(1, duty)) / float64(airtime)
	return int(math.Floor(float64(n * (1 + 0x1p-50)))) // what is a whole number but for its rounding is that
}
