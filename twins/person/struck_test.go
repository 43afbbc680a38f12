package person_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

// A presser touches somebody at a place from 1 s to 3 s on, with 100 N, by a tool that is a centimetre further then.
type presser struct{ x, y, depth float64 }

func (m presser) Declare(p *device.Ports) {
	touching := device.State(p, "touching", unit.One, false)
	force := device.State(p, "force", unit.Newton, 0.0)
	met := device.State(p, "met", unit.Metre, 0.0)
	aside := device.State(p, "aside", unit.Metre, 0.0)
	tool := device.State(p, "tool", unit.Metre, 0.0)
	press := func(on bool, newton, deep float64) func(c *device.Context) {
		return func(c *device.Context) {
			touching.Set(c, on)
			force.Set(c, newton)
			met.Set(c, m.x)
			aside.Set(c, m.y)
			tool.Set(c, m.x+deep)
		}
	}
	begins, ends := p.Timer("begins", press(true, 100, m.depth)), p.Timer("ends", press(false, 0, 0))
	p.OnStart(func(c *device.Context) {
		c.Start(begins, second)
		c.Start(ends, 3*second)
	})
}

// TestStruck: the force of a machine that meets one of several is felt by who is where it met somebody, and by nobody
// else; by who goes away from it no longer, and it is not theirs again when they come back.
func TestStruck(t *testing.T) {
	const felt, none = 100., 0.
	away := []person.Waypoint{{Name: "away", At: 1500 * vtime.Millisecond, X: 5}, {Name: "back", At: 2 * second, X: 2}}
	for name, c := range map[string]struct {
		presser
		x, y         float64
		path         []person.Waypoint
		early, later float64
		knowsAside   bool
	}{
		"who is there":                  {presser{2, 0, 0.01}, 2, 0, nil, felt, felt, false},
		"from the other side":           {presser{2, 0, -0.01}, 2, 0, nil, felt, felt, false},
		"who is elsewhere":              {presser{2, 0, 0.01}, 6, 0, nil, none, none, false},
		"who stands a bit behind":       {presser{2, 0, 0.01}, 1.9, 0, nil, none, none, false},
		"aside, where that is not told": {presser{2, 0, 0.01}, 2, 5, nil, felt, felt, false},
		"aside":                         {presser{2, 0, 0.01}, 2, 5, nil, none, none, true},
		"at the same aside":             {presser{2, 5, 0.01}, 2, 5, nil, felt, felt, true},
		"who leaves and comes back":     {presser{2, 0, 0.01}, 2, 0, away, felt, none, false},
		"who leaves past it":            {presser{2, 0, -0.01}, 2, 0, away, felt, felt, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := spec()
			s.X, s.Y, s.Path = c.x, c.y, c.path
			d, err := person.New(s)
			require.NoError(t, err)
			wires := map[string]string{"anna.contact": "arm.force", "anna.is_touching": "arm.touching", "anna.met_at": "arm.met", "anna.met_by": "arm.tool"}
			if c.knowsAside {
				wires["anna.met_aside"] = "arm.aside"
			}
			d, err = d.(device.Fitter).Fit(func(input string) bool { return wires["anna."+input] != "" })
			require.NoError(t, err)
			p := simtest.Scene{Run: 4 * second, Every: 10 * vtime.Millisecond, Wires: wires, Devices: map[string]device.Device{"anna": d, "arm": c.presser}}.Play(t)
			for at, want := range map[vtime.Duration]float64{second / 2: 0, 1400 * vtime.Millisecond: c.early, 2900 * vtime.Millisecond: c.later, 3500 * vtime.Millisecond: 0} {
				assert.Equal(t, want, p.At("anna.contact_felt", at), "%v", at)
			}
		})
	}
	_, err := fitter(t).Fit(func(input string) bool { return input == "contact" || input == "met_at" })
	require.ErrorContains(t, err, "is_touching must be wired")
}

func fitter(t *testing.T) device.Fitter {
	t.Helper()
	d, err := person.New(spec())
	require.NoError(t, err)
	return d.(device.Fitter)
}
