package guard_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/guard"
)

const millisecond = vtime.Millisecond

// A hand changes its mind at times.
type hand []vtime.Duration

func (h hand) Declare(p *device.Ports) {
	on := device.State(p, "on", unit.One, false, device.Doc("it does it"))
	for _, at := range h {
		turn := p.Timer("turn at "+at.String(), func(c *device.Context) { on.Set(c, !on.Get(c)) })
		p.OnStart(func(c *device.Context) { c.Start(turn, at) })
	}
}

// closed lists when its switch said something else, in s, and what.
func closed(t *testing.T, s guard.Spec, opens, tapes hand) (list [][2]float64) {
	g, err := guard.New(s)
	require.NoError(t, err)
	p := simtest.Scene{
		Run: 10 * vtime.Second, Devices: map[string]device.Device{"gate": g, "anna": opens, "bert": tapes},
		Wires: map[string]string{"gate.open_by": "anna.on", "gate.taped": "bert.on"},
	}.Play(t)
	last := 1.0
	for _, c := range p.Changes("gate.closed") {
		if c.Value != last {
			list, last = append(list, [2]float64{c.At.Seconds(), c.Value}), c.Value
		}
	}
	return list
}

// What is seen is told so much later as the switch takes, and what did not last so long is not.
func TestSees(t *testing.T) {
	s := guard.Spec{Coding: "none", Sees: 100 * millisecond, Every: 37 * millisecond}
	assert.Equal(t, [][2]float64{{2.1, 0}, {5.1, 1}}, closed(t, s, hand{2 * vtime.Second, 5 * vtime.Second}, nil))
	assert.Empty(t, closed(t, s, hand{2 * vtime.Second, 2*vtime.Second + 99*millisecond}, nil))
	s.Sees = 0
	assert.Equal(t, [][2]float64{{2, 0}, {5, 1}}, closed(t, s, hand{2 * vtime.Second, 5 * vtime.Second}, nil))
}

// A tape at the switch keeps it from seeing, unless it knows its one actuator; taken off, it sees.
func TestTaped(t *testing.T) {
	opens, tapes := hand{2 * vtime.Second, 5 * vtime.Second}, hand{vtime.Second, 4 * vtime.Second}
	for _, coding := range []string{"none", "low", "medium"} {
		s := guard.Spec{Coding: coding, Sees: 100 * millisecond, Every: 50 * millisecond}
		assert.Equal(t, [][2]float64{{4.1, 0}, {5.1, 1}}, closed(t, s, opens, tapes), coding)
	}
	s := guard.Spec{Coding: "high", Sees: 100 * millisecond, Every: 50 * millisecond}
	assert.Equal(t, [][2]float64{{2.1, 0}, {5.1, 1}}, closed(t, s, opens, tapes))
}

func TestRefuses(t *testing.T) {
	for want, s := range map[string]guard.Spec{
		"sees must be at most 10s": {Coding: "none", Sees: 11 * vtime.Second, Every: vtime.Second},
		"sees must be at least":    {Coding: "none", Sees: -1, Every: vtime.Second},
		"every must be above":      {Coding: "none"},
		"coding":                   {Coding: "secret", Every: vtime.Second},
	} {
		_, err := guard.New(s)
		assert.ErrorContains(t, err, want)
	}
}
