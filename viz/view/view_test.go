package view_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// A screen is a replay that is watched without a display.
type screen struct {
	t    testing.TB
	v    *view.View
	list draw.List
	in   view.Input
}

func watched(t testing.TB, o view.Options, names ...string) *screen {
	t.Helper()
	var traces []*trace.Trace
	for _, name := range names {
		traces = append(traces, scenariotest.Recorded(t, name, 0))
	}
	return watching(t, o, traces...)
}

func watching(t testing.TB, o view.Options, traces ...*trace.Trace) *screen {
	t.Helper()
	v, err := view.New(traces, o)
	require.NoError(t, err)
	s := &screen{t: t, v: v, in: view.Input{Width: 1280, Height: 800, Scale: 1}}
	s.frame()
	return s
}

// frame shows the next picture, with the input that was set for it.
func (s *screen) frame() view.State {
	s.t.Helper()
	require.NoError(s.t, s.v.Update(s.in))
	s.list.Reset()
	s.v.Draw(&s.list)
	s.in = view.Input{Width: s.in.Width, Height: s.in.Height, Scale: s.in.Scale, Pointer: s.in.Pointer, Inside: true}
	return s.v.State()
}

func (s *screen) key(keys ...view.Key) view.State {
	s.t.Helper()
	s.in.Keys = keys
	return s.frame()
}

func (s *screen) shift(key view.Key) view.State {
	s.t.Helper()
	s.in.Shift = true
	return s.key(key)
}

func (s *screen) write(text string) view.State {
	s.t.Helper()
	s.in.Text = text
	return s.frame()
}

// place finds where a text is written.
func (s *screen) place(text string) draw.Point {
	s.t.Helper()
	for i := range s.list.Shapes {
		if x := &s.list.Shapes[i]; x.Form == draw.TextForm && x.Text == text {
			p := s.list.Points[x.First]
			return draw.Point{X: p.X + x.Style.Width(text)/2, Y: p.Y - 3}
		}
	}
	require.Fail(s.t, "nothing says "+text)
	return draw.Point{}
}

func (s *screen) click(p draw.Point) view.State {
	s.t.Helper()
	s.in.Pointer, s.in.Inside, s.in.Down, s.in.Pressed = p, true, true, true
	s.frame()
	s.in.Pointer, s.in.Released = p, true
	return s.frame()
}

// A replay opens paused, five seconds before the first violation.
func TestOpensBeforeTheFirstViolation(t *testing.T) {
	s := watched(t, view.Options{}, "swat/attack-01")
	x := s.v.State()
	require.False(t, x.Playing)
	require.InDelta(t, 75.0, x.Violations[0], 0.1)
	require.InDelta(t, x.Violations[0]-5, x.Time, 1e-9)
	require.Contains(t, x.Plots, "t101.level")
	at := vtime.Time(90 * vtime.Second)
	require.Equal(t, 90.0, watched(t, view.Options{At: &at, Select: "lit101"}, "swat/attack-01").v.State().Time)
}

// All can be done without a pointer.
func TestKeys(t *testing.T) {
	kept := []view.Note(nil)
	s := watched(t, view.Options{Save: func(n []view.Note) error { kept = slices.Clone(n); return nil }}, "swat/attack-01")
	first := s.v.State().Violations
	require.Len(t, first, 2)
	require.Equal(t, first[0], s.key("n").Time)
	require.Equal(t, first[1], s.key("n").Time)
	require.Equal(t, first[1], s.key("n").Time, "there is no third")
	require.Equal(t, first[0], s.shift("n").Time)
	require.Less(t, s.key(",").Time, first[0])
	require.Equal(t, first[0], s.key(".").Time)

	require.InDelta(t, first[0]+12, s.key("arrowright").Time, 1e-6, "a hundredth of 20 minutes")
	require.InDelta(t, first[0]+10.8, s.shiftTwice("arrowleft"), 1e-6)
	require.Zero(t, s.key("home").Time)
	require.Equal(t, 1200.0, s.key("end").Time)

	require.Equal(t, 2.0, s.key("]").Speed)
	require.Equal(t, 0.5, s.key("[", "[").Speed)
	require.Equal(t, []float64{0, 1200}, s.v.State().Window)
	s.key("home")
	require.Equal(t, []float64{0, 600}, s.key("+").Window)
	require.Equal(t, []float64{0, 1200}, s.key("0").Window)

	require.True(t, s.key(" ").Playing)
	s.in.Elapsed = 4 * time.Second
	require.Equal(t, 2.0, s.frame().Time)
	require.False(t, s.key(" ").Playing)

	require.Equal(t, "Why", s.key("tab").Panel)
	require.Equal(t, "Story", s.shift("tab").Panel)
	require.NotEmpty(t, s.key("d").Selected)
	require.Equal(t, []string{"t101.level", "mv101.closed"}, s.v.State().Plots)
	require.Len(t, s.key("p").Plots, 3)
	require.True(t, s.key("o").Told)
	require.Equal(t, "light", s.key("t").Theme)
	require.True(t, s.key("?").Help)
	require.False(t, s.key("escape").Help)

	s.key("/")
	x := s.write("violated")
	require.Equal(t, 2, x.Found)
	require.Equal(t, "violated", x.Search)
	s.key("enter")
	require.Equal(t, x.Lines, s.key("escape").Found, "escape clears the search")

	s.key("m")
	s.write("The valve does not obey")
	require.Equal(t, 1, s.key("enter").Notes)
	require.Equal(t, "The valve does not obey", kept[0].Text)
}

// Keys lead from harm to harm, and from the plant to the ground and back.
func TestKeysOfHarm(t *testing.T) {
	s := watched(t, view.Options{Eager: true}, "insulin/wrong-bolus")
	hurt := s.v.State().Injuries
	require.Len(t, hurt, 4, "slight, serious, irreversible, death")
	s.key("home")
	for _, at := range hurt {
		require.Equal(t, at, s.key("h").Time)
	}
	require.Equal(t, hurt[3], s.key("h").Time, "there is no more")
	s.place("There is no further harm to anybody")
	require.Equal(t, hurt[2], s.shift("h").Time)
	require.Equal(t, hurt[1], s.click(s.place("< Harm")).Time)
	require.Equal(t, hurt[2], s.click(s.place("Harm >")).Time)
	require.Equal(t, "plant", s.key("g").Shows, "nobody goes anywhere")
	s.place("Nobody and nothing in this recording has a place to be seen from above")
	require.Contains(t, s.v.State().Plots, "patient.glucose", "what harmed her is plotted without being asked for")

	s = watched(t, view.Options{Eager: true}, "robot-cell/zone-spoofed")
	require.Equal(t, "both", s.v.State().Shows)
	require.InDelta(t, 9.062, s.key("home", "h").Time, 1e-3)
	require.Equal(t, "anna is HARMED by contact: slight", s.v.State().Caption)
	s.place("anna: slight")
	require.Equal(t, "ground", s.key("g").Shows)
	far := s.place("anna: slight")
	s.key("z")
	require.NotEqual(t, far, s.place("anna: slight"))
	s.key("j")
	s.key("0")
	require.Equal(t, far, s.place("anna: slight"))
	require.Equal(t, "plant", s.key("g").Shows)
	s.place("LAP1")
	require.Equal(t, "both", s.key("g").Shows)
	require.Equal(t, "bert", s.click(draw.Point{X: s.place("bert").X, Y: s.place("bert").Y}).Selected)
}

func (s *screen) shiftTwice(key view.Key) float64 {
	s.shift(key)
	return s.v.State().Time
}

// Notes that cannot be kept are not lost, and it is said.
func TestNotesThatCannotBeKept(t *testing.T) {
	s := watched(t, view.Options{Save: func([]view.Note) error { return errors.New("the disk is full") }}, "tower/spoofed-gauge")
	s.key("m")
	s.write("x")
	require.Equal(t, 1, s.key("enter").Notes)
	s.place("The notes could not be kept: the disk is full")
}

// The pointer presses buttons, scrubs, chooses devices, signals and lines, and zooms.
func TestPointer(t *testing.T) {
	s := watched(t, view.Options{}, "swat/attack-01")
	require.Equal(t, s.v.State().Violations[0], s.click(s.place("Violation >")).Time)
	require.Equal(t, "t101", s.click(s.place("T101")).Selected)
	x := s.click(s.place("level"))
	require.NotContains(t, x.Plots, "t101.level", "it was plotted")
	require.Contains(t, s.click(s.place("level")).Plots, "t101.level")

	line := x.Timeline
	half := draw.Point{X: line[0] + line[2]/2, Y: line[1] + 4}
	require.InDelta(t, 600, s.click(half).Time, 1)
	s.in.Pointer, s.in.Wheel = half, draw.Point{Y: 1}
	x = s.frame()
	require.InDelta(t, 960, x.Window[1]-x.Window[0], 1e-6)
	require.InDelta(t, 600, (x.Window[1]+x.Window[0])/2, 1)

	s.in.Pointer, s.in.Down, s.in.Pressed = half, true, true
	s.frame()
	for i := range 10 {
		s.in.Pointer, s.in.Down = draw.Point{X: half.X + float32(i)*10, Y: half.Y}, true
		s.frame()
	}
	require.InDelta(t, 600+90/float64(line[2])*960, s.v.State().Time, 2, "scrubbed")
	require.False(t, s.v.State().Playing)
	s.click(s.place("Story"))
	s.click(s.place("mv101-obeys is VIOLATED"))
	require.InDelta(t, 75, s.v.State().Time, 0.1)
	s.click(s.place("Why"))
	s.click(s.place("t101-below-hh"))
	require.InDelta(t, 769.348, s.v.State().Time, 0.001)
}

// Seeking does not pause.
func TestSeekingGoesOn(t *testing.T) {
	s := watched(t, view.Options{}, "tower/spoofed-gauge")
	s.key(" ")
	line := s.v.State().Timeline
	x := s.click(draw.Point{X: line[0] + line[2]/4, Y: line[1] + 4})
	require.True(t, x.Playing)
}

// Of two traces the first difference is marked: at 14 s somebody turns the key to RUN in
// one of them.
func TestTwoTraces(t *testing.T) {
	s := watched(t, view.Options{}, "reactor/triton", "reactor/triton-key-in-run")
	require.Equal(t, 14.0, s.click(s.place("First difference")).Time)
	same := watched(t, view.Options{}, "tower/spoofed-gauge", "tower/spoofed-gauge")
	same.place("No difference was found in what happened")
}

// What a person can press, write or turn never breaks a replay.
func TestAnyInput(t *testing.T) {
	s := watched(t, view.Options{}, "tower/spoofed-gauge")
	for _, in := range []view.Input{
		{}, {Width: -5, Height: 10}, {Width: 1, Height: 1, Scale: 100}, {Width: float32(math.NaN()), Height: 800},
		{Width: 1280, Height: 800, Scale: float32(math.NaN()), Pointer: draw.Point{X: float32(math.Inf(1))}, Pressed: true, Down: true, Inside: true},
		{Width: 1280, Height: 800, Scale: 1, Wheel: draw.Point{X: 1e9, Y: -1e9}, Inside: true, Elapsed: -time.Hour},
		{Width: 1280, Height: 800, Scale: 1, Text: "\x00\xff", Keys: []view.Key{"", "nothing", "/", "m", "enter", "escape", "down"}},
		{Width: 1e6, Height: 1e6, Scale: 3, Elapsed: time.Duration(math.MaxInt64)},
	} {
		s.in = in
		s.frame()
	}
}
