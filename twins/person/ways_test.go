package person_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

// ways are those of somebody who walks 1 m/s, warned by something or not.
func ways(t *testing.T, warned bool, path ...person.Waypoint) device.Walk {
	t.Helper()
	p, err := person.New(person.Spec{
		Role: "operator", Speed: 1, Region: "hand", Touch: "transient", Collides: "pedestrian", Gas: "none", X: 2, Path: path,
	})
	require.NoError(t, err)
	p, err = p.(device.Fitter).Fit(func(input string) bool { return warned && input == "warned" })
	require.NoError(t, err)
	return p.(device.Walker).Walk()
}

// Who is not there yet when it is time for the next waypoint goes there from where they are.
func TestWaysBeginWhereTheyHaveCome(t *testing.T) {
	start, a, b, c := device.Waypoint{X: 2}, device.Waypoint{Name: "a", X: 10}, device.Waypoint{Name: "b", X: 5, Y: 4}, device.Waypoint{Name: "c", X: 5}
	walk := ways(t, false,
		person.Waypoint{Name: "a", At: vtime.Second, X: 10}, person.Waypoint{Name: "b", At: 4 * vtime.Second, X: 5, Y: 4},
		person.Waypoint{Name: "out", Warned: true, X: -1}, person.Waypoint{Name: "c", At: 9 * vtime.Second, X: 5})
	require.Equal(t, []device.Waypoint{start, a, b, {Name: "out", X: -1}, c}, walk.Places)
	caught := device.Waypoint{X: 5} // 3 s on the way to a
	require.Equal(t, []device.Way{{From: start, Past: start, To: a}, {From: caught, Past: caught, To: b}, {From: b, Past: b, To: c}}, walk.Ways)
}

func TestWarnedWaysBeginAnywhere(t *testing.T) {
	start, a, b, out := device.Waypoint{X: 2}, device.Waypoint{Name: "a", X: 10}, device.Waypoint{Name: "b"}, device.Waypoint{Name: "out", X: -1}
	walk := ways(t, true, person.Waypoint{Name: "out", Warned: true, X: -1}, person.Waypoint{Name: "a", At: vtime.Second, X: 10}, person.Waypoint{Name: "b", At: vtime.Minute})
	require.Equal(t, []device.Way{
		{From: start, Past: start, To: a}, {From: start, Past: a, To: out, Warned: true},
		{From: a, Past: a, To: b}, {From: a, Past: b, To: out, Warned: true},
		{From: out, Past: out, To: a, Warned: true}, {From: out, Past: out, To: b, Warned: true},
	}, walk.Ways)
	walk = ways(t, true, person.Waypoint{Name: "out", Warned: true, X: -1})
	require.Equal(t, []device.Way{{From: start, Past: start, To: out, Warned: true}}, walk.Ways)
	require.Empty(t, ways(t, false, person.Waypoint{Name: "out", Warned: true, X: -1}).Ways, "nothing warns them")
	require.Len(t, ways(t, true).Places, 1)
}

// Wherever somebody is while they walk is on one of their ways.
func TestWhoWalksIsOnAWay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := spec()
		s.Path = nil
		coordinate, at := rapid.IntRange(-20, 20), 0
		for i := range rapid.IntRange(1, 4).Draw(rt, "waypoints") {
			at += rapid.IntRange(1, 15).Draw(rt, "later")
			s.Path = append(s.Path, person.Waypoint{
				Name: string(rune('a' + i)), At: vtime.Duration(at) * second, X: float64(coordinate.Draw(rt, "x")), Y: float64(coordinate.Draw(rt, "y")),
			})
		}
		d, err := person.New(s)
		require.NoError(rt, err)
		d, err = d.(device.Fitter).Fit(func(string) bool { return false })
		require.NoError(rt, err)
		walk := d.(device.Walker).Walk()
		run := vtime.Duration(at+40) * second
		played := simtest.Scene{Run: run, Every: second, Devices: map[string]device.Device{"anna": d}}.Play(t)
		for now := vtime.Duration(0); now < run; now += second {
			x, y := played.At("anna.x", now), played.At("anna.y", now)
			off := math.Hypot(x-walk.Places[0].X, y-walk.Places[0].Y)
			for _, w := range walk.Ways {
				off = min(off, aside(w, x, y))
			}
			require.Less(rt, off, 1e-6, "at %v: (%v, %v)", now, x, y)
		}
	})
}

// aside is how far a place is from a way.
func aside(w device.Way, x, y float64) float64 {
	dx, dy := w.To.X-w.From.X, w.To.Y-w.From.Y
	share := 0.0
	if far := dx*dx + dy*dy; far > 0 {
		share = min(max(((x-w.From.X)*dx+(y-w.From.Y)*dy)/far, 0), 1)
	}
	return math.Hypot(w.From.X+share*dx-x, w.From.Y+share*dy-y)
}
