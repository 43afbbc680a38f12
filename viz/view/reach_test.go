package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/look"
	"github.com/harmproof/harmproof/viz/view"
)

// says reports whether a text is written where it can be seen.
func (s *screen) says(text string) bool {
	for _, x := range texts(&s.list, s.v.Shade()) {
		if x.text == text {
			return true
		}
	}
	return false
}

// The first picture already has the line of now in its list, however long the story is.
func TestStoryFollows(t *testing.T) {
	at := vtime.Time(230 * vtime.Second)
	s := watched(t, view.Options{Eager: true, At: &at}, "reactor/triton")
	require.True(t, s.says("no-runaway is met again"))
	require.False(t, s.says("Act key-left: set key.position: value program"))
	s.key("home")
	require.True(t, s.says("Act key-left: set key.position: value program"))
}

// What is plotted at first is what is true, of what an invariant reads, with what is told.
func TestFirstPlots(t *testing.T) {
	for name, want := range map[string]string{
		"tower/spoofed-gauge": "tower.level", "broker/retained-spoof": "tower.level", "reactor/triton": "reactor.temperature",
		"swat/attack-01": "t101.level",
	} {
		s := watched(t, view.Options{Select: want}, name)
		require.Equal(t, want, s.v.State().Plots[0], name)
		require.True(t, s.v.Select(want), "and choosing it leaves it plotted")
		require.Contains(t, s.v.State().Plots, want)
	}
}

// All of a replay that a pointer reaches a key does too.
func TestKeysReachAll(t *testing.T) {
	s := watched(t, view.Options{Eager: true}, "reactor/triton")
	home := s.place("R101")
	near := s.key("z", "z")
	require.NotEqual(t, home, s.place("R101"), "%v", near)
	zoomed := s.place("R101")
	s.key("l")
	require.Less(t, s.place("R101").X, zoomed.X)
	s.key("j")
	s.key("i")
	require.Greater(t, s.place("R101").Y, zoomed.Y)
	s.key("k", "0")
	require.Equal(t, home, s.place("R101"))

	s.key("home", "pagedown")
	require.False(t, s.says("Act key-left: set key.position: value program"), "the story is scrolled")
	s.key("pageup")
	require.True(t, s.says("Act key-left: set key.position: value program"))
	require.Equal(t, 2.0, s.key("arrowdown").Time, "the next line of the story")

	x := s.key("v")
	require.Equal(t, "Why", x.Panel)
	chain := s.says("CHAIN 1 OF 13, FROM ITS ROOT")
	require.True(t, chain)
	s.key("r")
	require.True(t, s.says("CHAIN 2 OF 13, FROM ITS ROOT"))
	first := s.v.State().Time
	require.NotEqual(t, first, s.key("v").Time, "another violation")
	require.Equal(t, first, s.shift("v").Time)
	require.NotEqual(t, first, s.key("arrowdown").Time, "a cause")

	x = s.key("d", "arrowdown", "arrowdown", "enter")
	require.Equal(t, "Device", x.Panel)
	require.Len(t, x.Plots, 3)
	require.Len(t, s.key("enter").Plots, 2, "the same row ends it")
	require.Len(t, s.key("x").Plots, 1)

	s.key("m")
	s.write("first")
	s.key("enter")
	s.key("m")
	s.write("second")
	require.Equal(t, 2, s.key("enter").Notes)
	require.Equal(t, 1, s.key("arrowup", "delete").Notes)
	require.True(t, s.says("second"))

	s.key("0", "home", "+", "+")
	require.Equal(t, []float64{30, 90}, s.shift("pagedown").Window)
	require.Equal(t, []float64{0, 60}, s.shift("pageup").Window)
}

// Of a trace that is too long to be read at once lanes come from its overview, and it is
// said that what is known of now is not all.
func TestUnread(t *testing.T) {
	p := newPlant(20, vtime.Hour)
	p.paged, p.lines = true, 1000
	end := p.run
	s := watching(t, view.Options{At: &end}, p.recorded(t))
	require.False(t, s.v.State().Ready)
	const reading = "The trace is being read: what happened is known up to "
	require.True(t, s.begins(reading))
	line := s.v.State().Timeline
	require.NotZero(t, s.filled(look.Dark.Attack, line[0]+line[2]*0.8))
	require.NotZero(t, s.filled(look.Dark.Violated, line[0]+line[2]*0.8))
	for range 50 {
		s.frame()
	}
	require.True(t, s.v.State().Ready)
	require.False(t, s.begins(reading))
}

// begins reports whether something that is written begins with a text.
func (s *screen) begins(text string) bool {
	for _, x := range texts(&s.list, s.v.Shade()) {
		if len(x.text) > len(text) && x.text[:len(text)] == text {
			return true
		}
	}
	return false
}

// filled counts what is filled with a color, however faint, in the timeline right of a
// place.
func (s *screen) filled(c draw.Color, from float32) (n int) {
	line := s.v.State().Timeline
	for i := range s.list.Shapes {
		x := &s.list.Shapes[i]
		if p := s.list.Points[x.First]; x.Form == draw.FillForm && x.Color>>8 == c>>8 && p.X > from && p.Y > line[1] {
			n++
		}
	}
	return n
}
