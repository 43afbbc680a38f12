package layout

import (
	"math"
	"unicode/utf8"

	"github.com/harmproof/harmproof/sim/trace"
)

// What the picture is made of. A device's cell holds its icon and, beneath, two lines of
// label; an area has a strip on top for its title.
const (
	Icon       = 64
	CellWidth  = 112
	CellHeight = 108
	Title      = 28
)

// The zones of areas that are none.
const (
	Plant   = -1 // what is in no zone
	Malware = -2 // what spreads, and stands nowhere
)

// A Plan is a picture: where areas, devices and lines are. It remembers ways, so it is not
// for several goroutines at a time.
type Plan struct {
	Width, Height float32
	Areas         []Area
	Devices       []Place // by device number
	// Conduits join zones: one that joins more than two has several routes.
	Conduits []Route
	// Wires join devices, one route for all wires between two, along the material.
	Wires []Route
	// Ties lead from devices that are in several zones to the other ones; Index is the place
	// of the zone among those of the device.
	Ties []Route
	// Links join devices of an area that send each other messages, in small systems where these are few; Index
	// is one of their flows.
	Links []Route

	zones [][]int // by device: the zones that it is in
	doors [][]int // by zone: the conduits' routes that end there
	ways  map[[2]int][][2]float32
}

// A Box is a rectangle: its left upper corner, and its width and height.
type Box struct{ X, Y, W, H float32 }

// An Area is the room of a zone.
type Area struct {
	Zone        int // or Plant, or Malware
	Name, Level string
	Box
}

// What a title needs: so much for each letter, and for the level beside it; a longer one
// is cut.
const (
	letter = 8
	beside = 48
	widest = 2.5 * CellWidth
)

// TitleBox is the room for the title and the level: no line crosses it.
func (a *Area) TitleBox() Box {
	return Box{a.X, a.Y, min(float32(utf8.RuneCountInString(a.Name))*letter+beside, widest), Title}
}

// A Place is where a device is: the box of its icon, and that of its label.
type Place struct {
	Box
	Label Box
}

// A Route is a line of horizontal and vertical pieces between zones or devices.
type Route struct {
	From, To int
	Index    int // of what it is, in the header
	Points   [][2]float32
}

// Of returns the picture of a system for a frame of the given aspect, width by height.
func Of(h *trace.Header, aspect float32) *Plan {
	if !(aspect >= 0.05 && aspect <= 20) {
		aspect = 1.6
	}
	p := newBuilder(h, true).best(aspect)
	if len(p.Links) == 0 {
		return p
	}
	if q := newBuilder(h, false).best(aspect); p.high(aspect) > dearest*q.high(aspect) {
		return q // lines between those who talk are not worth that names are cut
	}
	return p
}

// dearest is how much smaller everything may be for the sake of links.
const dearest = 1.06

// high is how high a frame of an aspect has to be for a picture.
func (p *Plan) high(aspect float32) float32 { return max(p.Width/aspect, p.Height) }

// best works out drafts, and returns the picture of the best.
func (b *builder) best(aspect float32) *Plan {
	drafts := b.drafts(aspect)
	var best *Plan
	least := float32(math.MaxFloat32)
	for _, d := range drafts[:min(len(drafts), tries(len(b.h.Devices)))] {
		b.rows = d.rows
		b.arrange()
		b.route()
		b.widen()
		b.locate()
		if cost := d.cost(size{b.width, b.height}, aspect); best == nil || cost < least {
			b.route()
			best, least = b.plan(), cost
		}
	}
	return best
}

// tries is how many drafts are worked out: one of large systems.
func tries(devices int) int { return max(1, min(12, 600/(devices+1))) }

// A builder makes a plan.
type builder struct {
	h        *trace.Header
	wires    []wire
	flow     *flow
	near     [][]int // by device: who is wired to it
	links    [][]int // by device: its partners, by wire or message
	areas    []area
	home     []int   // by device: its area
	joined   []wire  // zones, by conduits
	doors    [][]int // by area: those that it is joined to
	seats    []seat  // by device
	inferred bool    // whether levels are
	rows     []row
	halls    []street // above each row, and beneath the last
	paths    []path
	linked   bool // those who talk within an area are joined by lines
	width    float32
	height   float32
}

// A seat is the cell of a device in its area.
type seat struct{ column, row int }

func newBuilder(h *trace.Header, links bool) *builder {
	b := &builder{h: h, linked: links && len(h.Devices) <= mostLinked, seats: make([]seat, len(h.Devices))}
	raw := wiresOf(h)
	b.flow = newFlow(h, raw)
	b.wires = b.flow.wires
	b.settle()
	b.join()
	b.level()
	b.meet()
	for i := range b.areas {
		b.furnish(i)
	}
	return b
}

// meet lists who has to do with whom.
func (b *builder) meet() {
	n := len(b.h.Devices)
	b.links, b.near = make([][]int, n), make([][]int, n)
	meet := func(i, k int) {
		if i >= 0 && k >= 0 && i < n && k < n && i != k {
			b.links[i] = append(b.links[i], k)
			b.links[k] = append(b.links[k], i)
		}
	}
	for _, w := range b.wires {
		meet(w.from, w.to)
	}
	for d, list := range b.links {
		b.near[d] = list[:len(list):len(list)]
	}
	for i := range b.h.Flows {
		meet(b.h.Flows[i].From, b.h.Flows[i].To)
	}
}

// plan returns what has been built.
func (b *builder) plan() *Plan {
	p := &Plan{
		Width: b.width, Height: b.height, Devices: make([]Place, len(b.h.Devices)), zones: make([][]int, len(b.h.Devices)),
		doors: make([][]int, len(b.h.Zones)), ways: map[[2]int][][2]float32{},
	}
	for i := range b.areas {
		p.Areas = append(p.Areas, b.areas[i].Area)
	}
	for d := range p.Devices {
		p.Devices[d] = b.place(d)
		p.zones[d] = b.zonesOf(d)
	}
	for i := range b.paths {
		x := &b.paths[i]
		r := Route{From: x.from, To: x.to, Index: x.index, Points: x.points()}
		switch x.of {
		case ofConduit:
			p.doors[r.From] = append(p.doors[r.From], len(p.Conduits))
			p.doors[r.To] = append(p.doors[r.To], len(p.Conduits))
			p.Conduits = append(p.Conduits, r)
		case ofWire:
			p.Wires = append(p.Wires, r)
		case ofLink:
			p.Links = append(p.Links, r)
		default:
			p.Ties = append(p.Ties, r)
		}
	}
	return p
}
