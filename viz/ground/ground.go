package ground

import (
	"math"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/scene"
)

// What bounds the work that a header asks for.
const (
	mostBodies = 400
	mostZones  = 200
	mostWalls  = 1000
	farthest   = 1e6 // m, from the origin
)

// A Point is a place in the plane, in m.
type Point struct{ X, Y float64 }

// A Body is somebody or something that has a place.
type Body struct {
	// Device is its number, Member that of one of several; Person is the number of who it
	// is, or -1 of a machine.
	Device, Member, Person int
	// In is the number of the body that it is in, or -1.
	In int
	// Here says that its place is known now.
	Here bool
	At   Point
	// Length is how far it reaches back along x, 0 of what is round; Width how wide it is.
	Length, Width float64
	// Severity is how badly somebody has been harmed; of a machine who in it was harmed worst.
	Severity int
}

// A Zone is a zone of danger, or one that is watched.
type Zone struct {
	Device int
	Name   string
	// Here says that it is there now.
	Here bool
	// A circle has a Radius around Low; else the zone is from Low to High, a line where
	// they differ along one axis alone. One that Widens is the triangle in there from its Tip on.
	Radius    float64
	Low, High Point
	Widens    bool
	Tip       Point
	// Severity is that of the worst hazard that is there, or what the zone says of how badly it harms
	// there, Hazard its number; 0 and -1 where none is.
	Severity, Hazard int
	// Occupied says that somebody or something else is in it, Alarm that it says so itself.
	Occupied, Alarm bool
}

// A Ground is the plane of a trace.
type Ground struct {
	Bodies []Body
	Zones  []Zone
	Walls  []trace.Wall
	// Whole is what there is during all of the run, and Group as much of it as everybody
	// needs at once.
	Whole, Group Box
	follows      bool // there is so much of it that the picture goes with who moves
	header       *trace.Header
	spots        []*trace.Spot
	fields       []*trace.Field
}

// Of returns the ground of a trace, nil where nobody and nothing has a place.
func Of(t *trace.Trace) *Ground {
	g := &Ground{header: &t.Header}
	first := map[int]int{} // bodies, by device
	for i := range t.Header.Devices {
		g.device(i, first)
	}
	if len(g.Bodies) == 0 {
		return nil
	}
	for i := range g.Bodies {
		b := &g.Bodies[i]
		b.In = -1
		if in := g.spots[i].In; in >= 0 {
			n, ok := first[in]
			if ok && g.spots[n].In < 0 {
				b.In = n
			}
		}
		b.Person = g.person(b)
	}
	g.Walls = t.Header.Walls[:min(len(t.Header.Walls), mostWalls)]
	g.survey(t)
	return g
}

// device takes the bodies and the zones of a device.
func (g *Ground) device(i int, first map[int]int) {
	d := &g.header.Devices[i]
	if d.Look == nil {
		return
	}
	if p := d.Look.Place; p != nil {
		first[i] = len(g.Bodies)
		for m := 0; m < max(1, d.Count) && len(g.Bodies) < mostBodies; m++ {
			g.Bodies = append(g.Bodies, Body{Device: i, Member: m})
			g.spots = append(g.spots, p)
		}
		if first[i] == len(g.Bodies) {
			delete(first, i)
		}
	}
	for k := range d.Look.Zones {
		if len(g.Zones) < mostZones {
			g.Zones = append(g.Zones, Zone{Device: i, Name: d.Look.Zones[k].Name})
			g.fields = append(g.fields, &d.Look.Zones[k])
		}
	}
}

// person returns the number of the person that a body is, or -1.
func (g *Ground) person(b *Body) int {
	for i := range g.header.People {
		if p := &g.header.People[i]; p.Device == b.Device && p.Member == b.Member {
			return i
		}
	}
	return -1
}

// Spot is how the place of a body goes by signals.
func (g *Ground) Spot(body int) *trace.Spot { return g.spots[body] }

// At puts everything where it is in a scene.
func (g *Ground) At(s *scene.Scene) {
	for i := range g.Bodies {
		g.put(i, s.Values)
		g.hurt(&g.Bodies[i], s)
	}
	for i := range g.Bodies {
		if b := &g.Bodies[i]; b.In >= 0 {
			car := &g.Bodies[b.In]
			b.At, b.Here = car.At, car.Here
			car.Severity = max(car.Severity, b.Severity)
		}
	}
	for i := range g.Zones {
		g.zone(i, s)
	}
}

// put puts a body where it is.
func (g *Ground) put(i int, values []float64) {
	b, p := &g.Bodies[i], g.spots[i]
	b.At = Point{p.X.Of(values, b.Member), p.Y.Of(values, b.Member)}
	b.Length, b.Width = size(p.Length.Of(values, b.Member)), size(p.Width.Of(values, b.Member))
	b.Here = p.In < 0 && sane(b.At.X) && sane(b.At.Y)
}

// hurt says how badly somebody has been harmed.
func (g *Ground) hurt(b *Body, s *scene.Scene) {
	b.Severity = 0
	if b.Person >= 0 && b.Person < len(s.Harmed) {
		b.Severity = severity(s.Harmed[b.Person])
	}
}

// zone says where a zone is now, and what is in it.
func (g *Ground) zone(i int, s *scene.Scene) {
	z, f := &g.Zones[i], g.fields[i]
	x, y := f.X.Of(s.Values, 0), f.Y.Of(s.Values, 0)
	along, across := f.Along.Of(s.Values, 0), f.Across.Of(s.Values, 0)
	z.Radius = f.Radius.Of(s.Values, 0)
	z.Low = Point{min(x, x+along), min(y, y+across)}
	z.High = Point{max(x, x+along), max(y, y+across)}
	if z.Widens = f.Widens != (trace.Amount{}); z.Widens {
		z.Tip, across = Point{x, y}, f.Widens.Of(s.Values, 0)
		z.Low.Y, z.High.Y = y-across/2, y+across/2
	}
	z.Here = f.While.Of(s.Values, 0) != 0 && sane(x) && sane(y) && z.Radius >= 0 && z.Radius <= farthest && sane(along) && sane(across) &&
		(z.Radius > 0 || along != 0 || across != 0) && (!z.Widens || along != 0 && across > 0)
	alarm := f.Alarm.Of(s.Values, 0)
	z.Alarm = alarm == alarm && alarm != 0
	z.Severity, z.Hazard, z.Occupied = 0, -1, false
	if !z.Here {
		return
	}
	for _, n := range f.Hazards {
		if n >= 0 && n < len(s.Present) && n < len(g.header.Hazards) && s.Present[n] {
			h := severity(g.header.Hazards[n].Severity)
			if f.Severity > 0 {
				h = severity(f.Severity)
			}
			if h > z.Severity {
				z.Severity, z.Hazard = h, n
			}
		}
	}
	for k := range g.Bodies {
		b := &g.Bodies[k]
		if z.Occupied = b.Here && b.In < 0 && b.Device != z.Device && z.Has(b) && (b.Person >= 0 || b.Length > 0); z.Occupied {
			return
		}
	}
}

// Has reports whether a body is in a zone, even if only in part.
func (z *Zone) Has(b *Body) bool {
	low, high := b.Box()
	if z.Radius > 0 {
		dx, dy := z.Low.X-min(max(z.Low.X, low.X), high.X), z.Low.Y-min(max(z.Low.Y, low.Y), high.Y)
		return math.Hypot(dx, dy) <= z.Radius
	}
	if !(low.X <= z.High.X && high.X >= z.Low.X && low.Y <= z.High.Y && high.Y >= z.Low.Y) {
		return false
	}
	if !z.Widens {
		return true
	}
	// What of the body is in its reach along x is in it where it is widest there, or nowhere.
	far := max(min(high.X, z.High.X)-z.Tip.X, z.Tip.X-max(low.X, z.Low.X))
	half := (z.High.Y - z.Low.Y) / 2 * far / (z.High.X - z.Low.X)
	return low.Y <= z.Tip.Y+half && high.Y >= z.Tip.Y-half
}

// Corners are those of what widens, its tip first.
func (z *Zone) Corners() [3]Point {
	end := z.High.X
	if z.Tip.X == end {
		end = z.Low.X
	}
	return [3]Point{z.Tip, {end, z.Low.Y}, {end, z.High.Y}}
}

// Box is what a body covers, along the axes.
func (b *Body) Box() (low, high Point) {
	half := b.Width / 2
	if b.Length > 0 {
		return Point{b.At.X - b.Length, b.At.Y - half}, Point{b.At.X, b.At.Y + half}
	}
	return Point{b.At.X - half, b.At.Y - half}, Point{b.At.X + half, b.At.Y + half}
}

func sane(x float64) bool { return math.Abs(x) <= farthest }

// size is a length that something can have.
func size(x float64) float64 {
	if !(x > 0) {
		return 0
	}
	return min(x, farthest)
}

// severity is a severity of the scale.
func severity(s int) int { return max(0, min(len(scene.Severities)-1, s)) }
