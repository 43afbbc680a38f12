package ground_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/ground"
	"github.com/harmproof/harmproof/viz/scene"
)

// of reads the ground of a scenario.
func of(t *testing.T, name string) (*ground.Ground, *scene.Reader) {
	x := scenariotest.Recorded(t, name, 0)
	read := scene.Of(x)
	require.NoError(t, read.Story.ReadAll())
	g := ground.Of(x)
	require.NotNil(t, g)
	return g, read
}

// at puts everything where it is at a time in seconds.
func at(t *testing.T, g *ground.Ground, read *scene.Reader, seconds float64) *scene.Scene {
	s, err := read.At(vtime.Time(seconds*1e9), 0)
	require.NoError(t, err)
	g.At(s)
	return s
}

// value is that of a signal.
func value(t *testing.T, read *scene.Reader, s *scene.Scene, path string) float64 {
	cell, err := read.Trace.Cell(path)
	require.NoError(t, err)
	return s.Values[cell]
}

func body(t *testing.T, g *ground.Ground, read *scene.Reader, id string) *ground.Body {
	for i := range g.Bodies {
		if read.Trace.Header.Devices[g.Bodies[i].Device].ID == id {
			return &g.Bodies[i]
		}
	}
	require.Fail(t, "nobody is "+id)
	return nil
}

func zone(t *testing.T, g *ground.Ground, name string) *ground.Zone {
	for i := range g.Zones {
		if g.Zones[i].Name == name {
			return &g.Zones[i]
		}
	}
	require.Fail(t, "no zone is "+name)
	return nil
}

// Somebody is where the run says, the zone around the arm is as large as it needs to stop, and
// somebody is in it where they are nearer than that, with half of their shoulders.
func TestCell(t *testing.T) {
	g, read := of(t, "robot-cell/zone-spoofed")
	anna, arm, needed := body(t, g, read, "anna"), body(t, g, read, "arm"), zone(t, g, "needed-to-stop")
	in, out := 0, 0
	for ms := range 200 {
		s := at(t, g, read, float64(ms)*0.1)
		require.Equal(t, value(t, read, s, "anna.x"), anna.At.X)
		require.Equal(t, value(t, read, s, "arm.x"), arm.At.X)
		require.Equal(t, value(t, read, s, "norm.needed") > 0, needed.Here)
		if !needed.Here {
			continue
		}
		require.Equal(t, value(t, read, s, "norm.needed"), needed.Radius)
		near := anna.At.X-0.25-arm.At.X <= needed.Radius
		require.Equal(t, near, needed.Occupied, "at %d00 ms", ms)
		if near {
			in++
		} else {
			out++
		}
	}
	assert.Positive(t, in)
	assert.Positive(t, out)
	at(t, g, read, 9)
	assert.Equal(t, [2]int{0, 2}, [2]int{anna.Severity, needed.Severity}, "crushing is serious, and has not yet harmed her")
	at(t, g, read, 9.1)
	assert.Equal(t, 1, anna.Severity)
	assert.False(t, zone(t, g, "curtain").Here, "it is not fitted")
	assert.Len(t, g.Walls, 1)
	at(t, g, read, 0)
	assert.Zero(t, anna.Severity, "a scene of a time is the same whether played to or jumped to")
}

// A light curtain is a line where it is fitted, which says when somebody broke it.
func TestCurtain(t *testing.T) {
	g, read := of(t, "robot-cell/zone-spoofed-curtain")
	curtain := zone(t, g, "curtain")
	at(t, g, read, 7)
	assert.Equal(t, [3]bool{true, false, true}, [3]bool{curtain.Here, curtain.Alarm, curtain.Low.X == curtain.High.X})
	at(t, g, read, 9)
	assert.True(t, curtain.Alarm)
}

// Cars reach back from their position by their length, and who is in one goes with it. The
// picture follows them at one scale, and never leaves one out.
func TestPlatoon(t *testing.T) {
	g, read := of(t, "platoon/jammed-trusting")
	car, driver := body(t, g, read, "v3_car"), body(t, g, read, "v3_driver")
	first := g.Frame()
	for second := range 60 {
		s := at(t, g, read, float64(second))
		low, high := car.Box()
		assert.InDelta(t, value(t, read, s, "v3_car.rear"), low.X, 1e-6)
		assert.Equal(t, value(t, read, s, "v3_car.position"), high.X)
		assert.Equal(t, car.At, driver.At)
		frame := g.Frame()
		assert.InDelta(t, first.Width(), frame.Width(), 1e-6)
		for i := range g.Bodies {
			low, high := g.Bodies[i].Box()
			assert.True(t, low.X >= frame.Low.X && high.X <= frame.High.X, "at %d s", second)
		}
	}
	worst := 0
	for i := range g.Bodies {
		if b := &g.Bodies[i]; b.In >= 0 {
			worst = max(worst, b.Severity)
			assert.GreaterOrEqual(t, g.Bodies[b.In].Severity, b.Severity)
		}
	}
	assert.Equal(t, 4, worst)
}

// Where nobody goes anywhere there is no ground.
func TestNobody(t *testing.T) {
	for _, name := range []string{"insulin/wrong-bolus", "tower/spoofed-gauge"} {
		assert.Nil(t, ground.Of(scenariotest.Recorded(t, name, 1000)), name)
	}
}

// A body is in a zone exactly where some place of it is: by trying many places.
func TestHas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := func(name string, lo, hi int) float64 { return float64(rapid.IntRange(lo, hi).Draw(t, name)) / 4 }
		b := ground.Body{At: ground.Point{X: length("x", -20, 20), Y: length("y", -20, 20)}, Length: length("length", 0, 12), Width: length("width", 1, 8)}
		z := ground.Zone{Low: ground.Point{X: length("left", -12, 12), Y: length("low", -12, 12)}}
		z.High = ground.Point{X: z.Low.X + length("along", 0, 16), Y: z.Low.Y + length("across", 0, 16)}
		if rapid.Bool().Draw(t, "round") {
			z.Radius, z.High = length("radius", 1, 16), z.Low
		}
		if z.Radius == 0 && z.High.X > z.Low.X && rapid.Bool().Draw(t, "widens") {
			z.Widens, z.Tip = true, ground.Point{X: z.Low.X, Y: (z.Low.Y + z.High.Y) / 2}
			if rapid.Bool().Draw(t, "to the left") {
				z.Tip.X = z.High.X
			}
		}
		low, high := b.Box()
		const parts = 64
		least := math.Inf(1) // distance of the zone from the places of the body
		for i := range parts + 1 {
			for k := range parts + 1 {
				p := ground.Point{X: low.X + (high.X-low.X)*float64(i)/parts, Y: low.Y + (high.Y-low.Y)*float64(k)/parts}
				dx, dy := max(z.Low.X-p.X, 0, p.X-z.High.X), max(z.Low.Y-p.Y, 0, p.Y-z.High.Y)
				if z.Widens && dx == 0 { // to the border, and not up or down to it
					slope := (z.High.Y - z.Low.Y) / 2 / (z.High.X - z.Low.X)
					dy = max(0, math.Abs(p.Y-z.Tip.Y)-slope*math.Abs(p.X-z.Tip.X)+1e-9) / math.Hypot(1, slope)
				}
				least = min(least, math.Hypot(dx, dy)-z.Radius)
			}
		}
		off := math.Hypot(high.X-low.X, high.Y-low.Y) / parts // what the places that are tried miss
		switch {
		case least <= 0:
			assert.True(t, z.Has(&b))
		case least > off:
			assert.False(t, z.Has(&b))
		}
	})
}

// What a vessel lets go is seen as far as it harms: a cloud from the cylinder on, in which is who
// breathes it and out of which the guard goes, and a fire as long as it burns.
func TestReleases(t *testing.T) {
	g, read := of(t, "centrifuge/feed-overheated")
	cloud, farmer, guard := zone(t, g, "plume"), body(t, g, read, "farmer"), body(t, g, read, "gate_guard")
	at(t, g, read, 600)
	require.False(t, cloud.Here, "nothing is out yet")
	at(t, g, read, 615)
	require.True(t, cloud.Here)
	assert.Equal(t, 4, cloud.Severity)
	assert.Equal(t, [3]ground.Point{{}, {X: 1100, Y: -90}, {X: 1100, Y: 90}}, cloud.Corners())
	assert.True(t, cloud.Has(farmer) && cloud.Has(guard))
	at(t, g, read, 900)
	assert.True(t, cloud.Has(farmer))
	assert.False(t, cloud.Has(guard), "60 m across, where the edge is 12 m across")

	g, read = of(t, "reactor/runaway-fire")
	heat, blast := zone(t, g, "heat"), zone(t, g, "blast")
	at(t, g, read, 30)
	assert.False(t, heat.Here || blast.Here)
	at(t, g, read, 51)
	assert.True(t, heat.Here && blast.Here)
	assert.Equal(t, [2]int{1, 3}, [2]int{heat.Severity, blast.Severity}, "at their edges")
	assert.True(t, heat.Has(body(t, g, read, "near_operator")))
	assert.False(t, heat.Has(body(t, g, read, "far_operator")))
	assert.False(t, blast.Has(body(t, g, read, "near_operator")), "who is hurt by glass alone")
	at(t, g, read, 310)
	assert.False(t, heat.Here, "it is burnt")
}

// Whatever a header and a run say of places, what is shown is finite.
func TestHostile(t *testing.T) {
	wild := rapid.SampledFrom([]float64{0, 1, -3, 1e5, 1e7, -1e300, 1e308, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324})
	rapid.Check(t, func(t *rapid.T) {
		amount := func() trace.Amount {
			return trace.Amount{Cell: rapid.IntRange(-3, 9).Draw(t, "cell"), Stride: rapid.IntRange(-2, 2).Draw(t, "stride"), Times: wild.Draw(t, "times"), Plus: wild.Draw(t, "plus")}
		}
		h := trace.Header{Hazards: []trace.Hazard{{Name: "fire", Severity: rapid.IntRange(-9, 9).Draw(t, "severity")}}}
		for range rapid.IntRange(1, 4).Draw(t, "devices") {
			look := &trace.Look{Place: &trace.Spot{In: rapid.IntRange(-2, 5).Draw(t, "in"), X: amount(), Y: amount(), Length: amount(), Width: amount()}}
			look.Zones = []trace.Field{{X: amount(), Y: amount(), Radius: amount(), Along: amount(), Across: amount(), Widens: amount(), While: amount(), Alarm: amount(), Hazards: []int{0, -1, 7}}}
			h.Devices = append(h.Devices, trace.Device{ID: "x", Count: rapid.SampledFrom([]int{-1, 0, 1, 3, 1 << 40}).Draw(t, "count"), Look: look})
		}
		g := ground.Of(&trace.Trace{Header: h})
		s := &scene.Scene{Values: rapid.SliceOfN(wild, 6, 6).Draw(t, "values"), Present: []bool{true}}
		require.NotNil(t, g)
		g.At(s)
		f := g.Frame()
		require.False(t, f.Empty())
		require.Less(t, f.Width()+f.Height(), 1e8)
		for i := range g.Bodies {
			if b := &g.Bodies[i]; b.Here {
				require.LessOrEqual(t, max(math.Abs(b.At.X), math.Abs(b.At.Y), b.Length, b.Width), 1e6)
			}
		}
		for i := range g.Zones {
			if z := &g.Zones[i]; z.Here {
				require.LessOrEqual(t, max(math.Abs(z.Low.X), math.Abs(z.High.Y), z.Radius), 2e6)
				require.Contains(t, []int{0, 1, 2, 3, 4}, z.Severity)
			}
		}
	})
}

// Of a hazard that has several zones each has the severity that it stands for: flames kill, and far from them their
// heat harms slightly.
func TestZonesBySeverity(t *testing.T) {
	g, read := of(t, "reactor/runaway-fire")
	flames, heat := zone(t, g, "flames"), zone(t, g, "heat")
	at(t, g, read, 0)
	assert.Equal(t, [2]int{0, 0}, [2]int{flames.Severity, heat.Severity}, "nothing burns yet")
	for _, l := range read.Story.Lines {
		if h := read.Story.Hazard(&l); h == nil || h.Name != "fire" {
			continue
		}
		at(t, g, read, l.At.Seconds())
		assert.Equal(t, [2]int{4, 1}, [2]int{flames.Severity, heat.Severity})
		return
	}
	assert.Fail(t, "there was no fire")
}
