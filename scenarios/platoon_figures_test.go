package scenarios

import (
	"context"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// TestPlatoonBrakesAsPublished: from the fifth second on the leader brakes with 8 m/s2, by an engine of 0.5 s,
// from 100 km/h.
func TestPlatoonBrakesAsPublished(t *testing.T) {
	r := ofLibrary(t, "platoon/emergency-braking")
	at := func(path string, seconds float64) float64 {
		return r.signal(path).At(vtime.Time(vtime.FromSeconds(seconds)))
	}
	assert.InDelta(t, 100/3.6, at("v0_car.speed", 5), 1e-9)
	for _, after := range []float64{0, 0.1, 0.5, 1, 2, 3} {
		yields := 1 - math.Exp(-after/0.5)
		assert.InDelta(t, -8*yields, at("v0_car.acceleration", 5+after), 1e-6)
		assert.InDelta(t, 100/3.6-8*(after-0.5*yields), at("v0_car.speed", 5+after), 1e-6)
	}
}

// aired counts the messages of a size that have been in the air, arrived or lost there, and the bytes of all.
type aired struct{ size, count, bytes int }

func (*aired) Sent(*network.Packet, string) {}

func (a *aired) Gone(p *network.Packet, e sim.Ending, _ string) {
	if e.Fate != network.Arrived && e.Fate != network.Lost {
		return
	}
	a.bytes += int(p.Bytes)
	if int(p.Bytes) == a.size {
		a.count++
	}
}

// airedBy is what of the beacons of 200 B that somebody sends for five seconds, from the first one on, has been in
// the air of the platoon by a time, in s.
func airedBy(t *testing.T, every string, until int) aired {
	t.Helper()
	flood := "  - {at: 1s, attack: flood, from: van, to: v1_ecu, every: " + every + ", size: 200 B, for: 5s}\n"
	s := platoonWith(t, "normal", flood+"system: {attackers: {road: {at: van, knows: all}}}\n")
	a := aired{size: 200}
	_, err := sim.Run(context.Background(), s.Plan, sim.Capture(&a), sim.Until(vtime.Time(until)*vtime.Time(vtime.Second)))
	require.NoError(t, err)
	return a
}

// TestPlatoonAir: 6 Mbit/s carry 3750 beacons of 200 B a second, as they are in the examples of Plexe, so
// that eight cars that each tell ten a second take 2.1 % of it.
func TestPlatoonAir(t *testing.T) {
	before, after := airedBy(t, "100us", 3), airedBy(t, "100us", 4)
	bytes, beacons := after.bytes-before.bytes, after.count-before.count
	assert.InDelta(t, 6e6/8, bytes, 2*200, "the air is full")
	others := bytes - 200*beacons // what the cars told meanwhile
	assert.InDelta(t, 3750, float64(beacons)+float64(others)/200, 2)
	all := airedBy(t, "12500us", 7) // as many as eight cars tell that tell ten a second
	assert.InDelta(t, 5*80, all.count, 1)
	assert.InDelta(t, 0.021, float64(all.count)/5/3750, 5e-4)
}

// TestPlatoonDeadTimeIsExplained: what is asked of an engine with dead time is still why the cars collide.
func TestPlatoonDeadTimeIsExplained(t *testing.T) {
	trials.Long(t)
	s := platoonWith(t, "false-acceleration", "system: {devices: {v1_car: {dead_time: 200ms}}}\n")
	r, err := sim.Run(context.Background(), s.Plan, sim.Explain())
	require.NoError(t, err)
	i, err := r.Invariant("no-collision")
	require.NoError(t, err)
	require.NotEmpty(t, i.Violations)
	for step, name := range []string{"faster", "brakes"} {
		assert.True(t, i.Tree.Has(step), name)
	}
}
