package view_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// systems are a scenario of each system, and after how many changes of its signals its
// recording ends where the run is long.
var systems = []struct {
	name    string
	changes int
}{
	{"broker/retained-spoof", 0}, {"centrifuge/flat", 40_000}, {"grid/demand-30", 0}, {"mirai/flood", 40_000},
	{"home/alarm-suppressed", 0}, {"insulin/wrong-bolus", 0}, {"platoon/jammed-trusting", 0}, {"robot-cell/zone-spoofed", 0},
	{"reactor/triton", 0}, {"swat/attack-01", 0}, {"tennessee/pressure-frozen", 40_000}, {"tower/spoofed-gauge", 0},
}

// screens are sizes in pixels, and how many of them a point has.
var allScreens = [...][3]float32{{1024, 640, 1}, {1280, 800, 1}, {1920, 1080, 1}, {3840, 2160, 1}, {3840, 2160, 2}}

func screens() [][3]float32 {
	if testing.Short() {
		return allScreens[:2]
	}
	return allScreens[:]
}

// A written is a text where it is seen.
type written struct {
	text string
	r    draw.Rect
}

// texts returns what is written in a picture, without what lies below the page of help.
// A line is as high as its letters reach; lines may touch.
func texts(l *draw.List, shade draw.Color) (list []written) {
	clips := []draw.Rect{{X: -1e6, Y: -1e6, W: 2e6, H: 2e6}}
	for i := range l.Shapes {
		x := &l.Shapes[i]
		p := l.Points[x.First : x.First+x.Count]
		inner := clips[len(clips)-1]
		switch x.Form {
		case draw.ClipForm:
			clips = append(clips, inner.Intersect(draw.Rect{X: p[0].X, Y: p[0].Y, W: p[1].X - p[0].X, H: p[1].Y - p[0].Y}))
		case draw.UnclipForm:
			clips = clips[:len(clips)-1]
		case draw.FillForm:
			if x.Color == shade {
				list = list[:0]
			}
		case draw.TextForm:
			r := draw.Rect{X: p[0].X, Y: p[0].Y - x.Style.Ascent(), W: x.Style.Width(x.Text), H: x.Style.Ascent() + x.Style.Descent()}
			if r = r.InsetXY(0, x.Style.Size*0.06).Intersect(inner); r.W > 0 && r.H > 0 {
				list = append(list, written{x.Text, r})
			}
		}
	}
	return list
}

// requireApart requires that no text lies over another one or leaves its part of the
// picture.
func (s *screen) requireApart(what string) {
	s.t.Helper()
	list := texts(&s.list, s.v.Shade())
	require.NotEmpty(s.t, list, what)
	regions := s.v.Regions()
	if s.v.State().Help {
		regions = map[string]draw.Rect{"all": {W: s.in.Width, H: s.in.Height}}
	}
	slices.SortFunc(list, func(a, b written) int { return cmp.Compare(a.r.X, b.r.X) })
	for i, a := range list {
		inside := false
		for _, r := range regions {
			inside = inside || r.Inset(-0.5).Intersect(a.r) == a.r
		}
		if !inside {
			s.t.Errorf("%s: %q leaves its part of the picture: %v of %v", what, a.text, a.r, regions)
		}
		for _, b := range list[i+1:] {
			if b.r.X >= a.r.Right() {
				break
			}
			if a.r.Overlaps(b.r) {
				s.t.Errorf("%s: %q %v lies over %q %v", what, a.text, a.r, b.text, b.r)
			}
		}
	}
}

// Nothing that is written lies over something else that is written, on screens from
// 1024x640 to 4K, whatever list is open.
func TestNothingOverlaps(t *testing.T) {
	for _, x := range systems {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			one := scenariotest.Recorded(t, x.name, x.changes)
			for _, size := range screens() {
				s := watching(t, view.Options{Eager: true}, one)
				s.in.Width, s.in.Height, s.in.Scale = size[0], size[1], size[2]
				apartAll(s, one, fmt.Sprintf("%gx%g at %g", size[0], size[1], size[2]))
			}
		})
	}
}

// apartAll looks at a screen at several times, with every list and mark.
func apartAll(s *screen, x *trace.Trace, what string) {
	for part := range vtime.Time(5) {
		at := x.Header.From + (x.Last()-x.Header.From)/4*part
		s.v.Seek(at)
		s.frame()
		s.frame() // lists know their length
		for range 4 {
			s.requireApart(fmt.Sprintf("%s, at %v, %s", what, at, s.v.State().Panel))
			s.key("tab")
		}
	}
	s.key("n")
	s.requireApart(what + ", a violation")
	s.key("home", "h")
	s.requireApart(what + ", harm")
	for range 3 {
		s.key("g")
		s.key("arrowright")
		s.requireApart(what + ", " + s.v.State().Shows + " shown")
	}
	for range 3 {
		s.key("d")
		s.key("enter")
		s.requireApart(what + ", a device")
	}
	s.key("p", "p", "p")
	s.requireApart(what + ", four plots")
	s.key("a", "arrowright", "b")
	s.requireApart(what + ", cursors")
	s.key("+", "+", "+", "+", "+", "+")
	s.requireApart(what + ", zoomed")
	s.key("z", "z", "o", "m")
	s.write("The gauge shows what the attacker wants, and nobody looks at the float switch beside it")
	s.key("enter")
	s.requireApart(what + ", notes")
	s.key("?")
	s.requireApart(what + ", help")
}

// Nothing overlaps where two traces are side by side either.
func TestNothingOverlapsSideBySide(t *testing.T) {
	a, b := scenariotest.Recorded(t, "reactor/triton", 0), scenariotest.Recorded(t, "reactor/triton-key-in-run", 0)
	for _, size := range screens() {
		s := watching(t, view.Options{Eager: true}, a, b)
		s.in.Width, s.in.Height, s.in.Scale = size[0], size[1], size[2]
		apartAll(s, a, fmt.Sprintf("two, %gx%g at %g", size[0], size[1], size[2]))
	}
}
