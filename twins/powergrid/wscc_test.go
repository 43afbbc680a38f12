package powergrid

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
)

// wscc is the nine-bus system of the Western Systems Coordinating Council, in the
// numbering of Anderson and Fouad, example 2.6.
func wscc() Spec {
	line := func(name, from, to string, r, x, half float64) Branch {
		return Branch{name, from, to, r, x, 2 * half}
	}
	return Spec{
		Base: 100e6, Frequency: 60, Resolution: 1e5,
		Branches: []Branch{
			line("t14", "b1", "b4", 0, 0.0576, 0), line("t27", "b2", "b7", 0, 0.0625, 0), line("t39", "b3", "b9", 0, 0.0586, 0),
			line("l45", "b4", "b5", 0.010, 0.085, 0.088), line("l46", "b4", "b6", 0.017, 0.092, 0.079),
			line("l57", "b5", "b7", 0.032, 0.161, 0.153), line("l69", "b6", "b9", 0.039, 0.170, 0.179),
			line("l78", "b7", "b8", 0.0085, 0.072, 0.0745), line("l89", "b8", "b9", 0.0119, 0.1008, 0.1045),
		},
		Machines: []Machine{
			{Name: "g1", Bus: "b1", Voltage: 1.04, Inertia: 23.64, Reactance: 0.0608, Lag: 0.5},
			{Name: "g2", Bus: "b2", Voltage: 1.025, Power: 163e6, Inertia: 6.40, Reactance: 0.1198, Lag: 0.5},
			{Name: "g3", Bus: "b3", Voltage: 1.025, Power: 85e6, Inertia: 3.01, Reactance: 0.1813, Lag: 0.5},
		},
		Loads: []Load{
			{"a", "b5", 125e6, 50e6}, {"b", "b6", 90e6, 30e6}, {"c", "b8", 100e6, 35e6},
		},
	}
}

const degree = math.Pi / 180

// TestWSCCStart holds the power flow, the voltages behind x'd and the reduced network
// against Anderson and Fouad, tables 2.5 and 2.6.
func TestWSCCStart(t *testing.T) {
	g, err := newGrid(wscc())
	require.NoError(t, err)
	for i, want := range []struct{ power, voltage, angle, emf, rotor float64 }{
		{71.6, 1.04, 0, 1.0566, 2.27}, {163, 1.025, 9.28, 1.0502, 19.73}, {85, 1.025, 4.66, 1.0170, 13.17},
	} {
		v := g.voltages[g.machine[i]]
		assert.InDelta(t, want.power, g.given[i]/1e6, 0.05)
		assert.InDelta(t, want.voltage, v.magnitude(), 1e-12)
		assert.InDelta(t, want.angle, v.angle()/degree, 0.005)
		assert.InDelta(t, want.emf, g.emf[i], 5e-5)
		assert.InDelta(t, want.rotor, g.angles[i]/degree, 0.005)
	}
	y := g.reduction.admittance
	for _, want := range []struct {
		i, j int
		y    phasor
	}{
		{0, 0, phasor{0.845, -2.988}}, {0, 1, phasor{0.287, 1.513}}, {0, 2, phasor{0.210, 1.226}},
		{1, 1, phasor{0.420, -2.724}}, {1, 2, phasor{0.213, 1.088}}, {2, 2, phasor{0.277, -2.368}},
	} {
		assert.InDelta(t, want.y.re, y[want.i][want.j].re, 0.0005, "%d %d", want.i, want.j)
		assert.InDelta(t, want.y.im, y[want.i][want.j].im, 0.0005, "%d %d", want.i, want.j)
		assert.InDelta(t, y[want.j][want.i].re, y[want.i][want.j].re, 1e-12, "by symmetry")
	}
}

// TestFlowBalances adds up what the solved start leaves at each bus, with complex
// numbers of its own.
func TestFlowBalances(t *testing.T) {
	s := wscc()
	g, err := newGrid(s)
	require.NoError(t, err)
	voltage := func(bus int) complex128 { return complex(g.voltages[bus].re, g.voltages[bus].im) }
	into := make([]complex128, len(g.buses))
	for i, b := range s.Branches {
		from, to := voltage(g.from[i]), voltage(g.to[i])
		series, half := (from-to)/complex(b.Resistance, b.Reactance), complex(0, b.Charging/2)
		into[g.from[i]] += from * cmplx.Conj(series+half*from)
		into[g.to[i]] += to * cmplx.Conj(half*to-series)
	}
	for i, x := range s.Loads {
		into[g.load[i]] += complex(x.Power, x.Reactive) / 1e8
	}
	for bus, power := range into {
		switch i := slices.Index(g.machine, bus); {
		case i < 0:
			assert.InDelta(t, 0, cmplx.Abs(power), 1e-12, g.buses[bus])
		default:
			assert.InDelta(t, g.given[i]/1e8, real(power), 1e-12, g.buses[bus])
		}
	}
	assert.InDelta(t, 27.0, imag(into[g.machine[0]])*100, 0.05)
	assert.InDelta(t, 6.7, imag(into[g.machine[1]])*100, 0.05)
	assert.InDelta(t, -10.9, imag(into[g.machine[2]])*100, 0.05)
	rounded := cmplx.Abs(1.025 + 0.1198i*cmplx.Conj((1.63+0.067i)/1.025))
	assert.InDelta(t, 1.0503, rounded, 5e-5, "the figure that follows from 6.7 Mvar instead of 6.65")
}

// TestRest: without a disturbance nothing at all moves.
func TestRest(t *testing.T) {
	p := simtest.Scene{
		Run: vtime.Hour, Every: vtime.Hour / 2, Devices: map[string]device.Device{"grid": made(t, relayed(wscc()))},
	}.Play(t)
	for i, name := range []string{"g1", "g2", "g3"} {
		assert.Equal(t, 60.0, p.At("grid."+name+"_frequency", vtime.Hour))
		assert.Equal(t, made(t, wscc()).angles[i], p.At("grid."+name+"_angle", vtime.Hour))
	}
	assert.Less(t, p.Stats.Steps, uint64(200))
	assert.Equal(t, 3.0, p.At("grid.connected", vtime.Hour))
}

func made(t testing.TB, s Spec) *grid {
	t.Helper()
	g, err := newGrid(s)
	require.NoError(t, err)
	return g
}
