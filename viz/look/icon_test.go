package look

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/viz/draw"
)

// What a scenario can name is what can be drawn.
func TestIconsAreThoseOfTheLanguage(t *testing.T) {
	require.Equal(t, device.Icons(), Names())
}

// pictured draws an icon 48 pixels wide.
func pictured(name string, s State) *draw.List {
	l := &draw.List{}
	Icon(l, name, draw.Rect{W: 48, H: 48}, s)
	return l
}

// No two icons are the same, and one that nobody knows is a box.
func TestIconsDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, name := range Names() {
		key := fmt.Sprint(*pictured(name, State{Theme: &Dark}))
		assert.Empty(t, seen[key], "%s looks like another one", name)
		seen[key] = name
	}
	assert.Equal(t, pictured("box", State{Theme: &Light}), pictured("unheard-of", State{Theme: &Light}))
}

// What an icon is said to show can be seen.
func TestStatesShow(t *testing.T) {
	still := State{Theme: &Dark, Fill: 0.2, Open: 0.2, Turn: 0.2}
	change := map[string]func(*State){
		"fill": func(s *State) { s.Fill = 0.7 },
		"told": func(s *State) { s.Told, s.HasTold = 0.9, true },
		"heat": func(s *State) { s.Heat = 1 },
		"open": func(s *State) { s.Open = 1 },
		"turn": func(s *State) { s.Turn = 1.1 },
		"on":   func(s *State) { s.On = true },
	}
	for part, icons := range map[string][]string{
		"fill": {"tank", "reactor", "filter", "insulin-pump", "centrifuge", "gauge", "crowd"},
		"told": {"tank", "reactor"},
		"heat": {"tank", "reactor"},
		"open": {"valve", "breaker", "key", "gate"},
		"turn": {"pump", "rotor", "centrifuge", "generator", "robot-arm", "conveyor", "vehicle", "reactor"},
		"on": {
			"pump", "rotor", "centrifuge", "generator", "drive", "grid", "float-switch", "plc", "hmi", "server", "router",
			"switch", "camera", "home", "load", "module", "stick", "insulin-pump", "box", "burst", "plume", "fire",
		},
	} {
		for _, icon := range icons {
			s := still
			change[part](&s)
			assert.NotEqual(t, pictured(icon, still), pictured(icon, s), "%s: %s", icon, part)
		}
	}
	for _, icon := range Names() {
		still.Fill = 0
		alarm, held, lies := still, still, still
		alarm.Alarm, held.Compromised, lies.False = true, true, true
		assert.NotEqual(t, pictured(icon, still), pictured(icon, alarm), icon)
		if icon != "attacker" { // who is one always
			assert.NotEqual(t, pictured(icon, still), pictured(icon, held), icon)
			assert.NotEqual(t, pictured(icon, held), pictured(icon, lies), icon)
			assert.NotEqual(t, pictured(icon, still), pictured(icon, lies), icon)
		}
	}
}

func TestBladesComeRound(t *testing.T) {
	for _, s := range []State{{Turn: 0}, {Turn: 1}, {Turn: 4}} {
		once := s
		once.Turn += 2 * math.Pi
		a, b := pictured("pump", s), pictured("pump", once)
		require.Len(t, b.Points, len(a.Points))
		for i := range a.Points {
			assert.InDelta(t, a.Points[i].X, b.Points[i].X, 1e-3)
			assert.InDelta(t, a.Points[i].Y, b.Points[i].Y, 1e-3)
		}
	}
}

// An icon stays where it belongs, whatever its state, and has no point that is none.
func TestIconsStayInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		share := rapid.OneOf(rapid.Float32Range(-1, 2), rapid.Just(float32(math.NaN())))
		s := State{
			Theme: &Light, Fill: share.Draw(t, "fill"), Open: share.Draw(t, "open"), Told: share.Draw(t, "told"), Heat: share.Draw(t, "heat"),
			HasTold: rapid.Bool().Draw(t, "has told"), Turn: rapid.Float32Range(-100, 100).Draw(t, "turn"), On: rapid.Bool().Draw(t, "on"),
			Alarm: rapid.Bool().Draw(t, "alarm"), Compromised: rapid.Bool().Draw(t, "held"), False: rapid.Bool().Draw(t, "false"),
		}
		r := draw.Rect{X: 100, Y: 200, W: rapid.Float32Range(0, 300).Draw(t, "w"), H: rapid.Float32Range(0, 300).Draw(t, "h")}
		name := rapid.SampledFrom(Names()).Draw(t, "icon")
		l := &draw.List{}
		Icon(l, name, r, s)
		size := min(r.W, r.H)
		around := draw.Rect{X: r.X + (r.W-size)/2, Y: r.Y + (r.H-size)/2, W: size, H: size}.Inset(-1 - size/8) // for signs at its corner
		depth := 0
		for _, shape := range l.Shapes {
			switch shape.Form {
			case draw.ClipForm:
				depth++
			case draw.UnclipForm:
				depth--
			}
			require.GreaterOrEqual(t, depth, 0)
			for _, p := range l.Points[shape.First : shape.First+shape.Count] {
				require.True(t, around.Contains(p), "%s: %v", name, p)
			}
		}
		require.Zero(t, depth)
	})
}

// Drawing allocates nothing once the list has room.
func TestDrawingAllocatesNothing(t *testing.T) {
	l, s := &draw.List{}, State{Theme: &Dark, Fill: 0.5, Told: 0.2, HasTold: true, Turn: 1, On: true, Alarm: true}
	names := Names()
	all := func() {
		l.Reset()
		for _, name := range names {
			Icon(l, name, draw.Rect{W: 64, H: 64}, s)
		}
	}
	all()
	require.Zero(t, testing.AllocsPerRun(20, all))
}

func BenchmarkIcons(b *testing.B) {
	l, names := &draw.List{}, Names()
	b.ReportAllocs()
	for b.Loop() {
		l.Reset()
		for _, name := range names {
			Icon(l, name, draw.Rect{W: 64, H: 64}, State{Theme: &Dark, On: true, Turn: 1})
		}
	}
}
