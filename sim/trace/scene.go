package trace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace/robotics"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What viewers of robots are shown is thinned. There are at most mostLines log lines and
// mostEntities devices in a scene. Scenes come at least fewScenes times in a run, and at
// most manyScenes times and twice a second, as far as they take an eighth of the file.
const (
	mostLines    = 2000
	mostEntities = 200
	fewScenes    = 12
	manyScenes   = 500
)

// The colors of devices.
var (
	calm     = robotics.Color{0.45, 0.55, 0.65}
	attacked = robotics.Color{0.95, 0.55, 0.1}
	infested = robotics.Color{0.85, 0.1, 0.15}
)

// A stage is the scene that a Writer shows.
type stage struct {
	header *Header
	actors []actor
	steps  []bool // that are in force
	often  vtime.Time
	least  vtime.Time // from when on there must be one
	soon   vtime.Time // before which there must be none
	bytes  uint64     // in the file when the last one was written
	size   uint64     // of that
	lines  int
	text   []byte
}

// An actor is a device in a scene.
type actor struct {
	robotics.Entity
	id    string
	shows int   // the cell whose value is written beside it, or -1
	kind  *Kind // of that
	steps []int // that are taken against it
	hosts []int // cells that say whether malware is on it
}

func newStage(h *Header) stage {
	s := stage{header: h, steps: make([]bool, len(h.Steps)), often: max(vtime.Time(vtime.Second/2), (h.Run-h.From)/manyScenes)}
	shows := h.telling()
	places, size := h.layout()
	for i := range h.Devices[:min(len(h.Devices), mostEntities)] {
		d := &h.Devices[i]
		a := actor{id: d.ID, shows: -1}
		if d.Count > 1 {
			a.id = fmt.Sprintf("%s (%d)", d.ID, d.Count)
		}
		shape := robotics.Cube
		if t := shows[i]; t.kind != nil {
			a.shows, a.kind = t.cell, t.kind
			if t.rank == len(tells)-1 {
				shape = robotics.Cylinder
			}
		}
		a.Entity = robotics.NewEntity(d.ID, shape, places[i], size)
		for k := range h.Steps {
			if of, _, _ := strings.Cut(h.Steps[k].Target, "."); of == d.ID {
				a.steps = append(a.steps, k)
			}
		}
		s.actors = append(s.actors, a)
	}
	for _, m := range h.Malware {
		for _, x := range m.Hosts {
			if x.Device >= 0 && x.Device < len(s.actors) && x.Cell >= 0 {
				s.actors[x.Device].hosts = append(s.actors[x.Device].hosts, x.Cell)
			}
		}
	}
	return s
}

// tells is which sorts of signals tell most of a device, the best last.
var tells = [...]string{"other", "tunable", "state", "computed", "report", "continuous state"}

// A telling signal is the first one of the sort that tells most.
type telling struct {
	cell, rank int
	kind       *Kind
}

// telling finds by device what is written beside it.
func (h *Header) telling() []telling {
	list, cell := make([]telling, len(h.Devices)), 0
	for _, s := range h.Signals {
		k := &h.Kinds[s.Kind()]
		rank := -1
		for i, role := range tells {
			if k.Role == role && k.Type != "hash" {
				rank = i
			}
		}
		if d := s.Device(); d >= 0 && rank >= 0 && (list[d].kind == nil || rank > list[d].rank) {
			list[d] = telling{cell, rank, k}
		}
		cell += s.Count()
	}
	return list
}

// layout places devices: where they are, or where that is not said in a row for each
// zone, beside those of which it is.
func (h *Header) layout() (places [][3]float64, size float64) {
	var lo, hi [3]float64
	for i := range h.Devices {
		if p := h.Devices[i].Position; p != nil {
			for k := range p {
				lo[k], hi[k] = min(lo[k], p[k]), max(hi[k], p[k])
			}
		}
	}
	size = max(1, (hi[0]-lo[0])/50, (hi[1]-lo[1])/50)
	row := map[int]int{}
	for i := range h.Devices {
		d := &h.Devices[i]
		if d.Position != nil {
			places = append(places, *d.Position)
			continue
		}
		zone := len(h.Zones)
		if len(d.Zones) > 0 {
			zone = d.Zones[0]
		}
		places = append(places, [3]float64{lo[0] + float64(2*size*float64(row[zone])), lo[1] - float64(3*size*float64(zone+1)), 0})
		row[zone]++
	}
	return places, size
}

// look is the color of a device and the text beside it.
func (a *actor) look(s *stage, now []float64) (robotics.Color, string) {
	color := calm
	for _, step := range a.steps {
		if s.steps[step] {
			color = attacked
		}
	}
	for _, cell := range a.hosts {
		if now[cell] > 0 {
			color = infested
		}
	}
	if a.shows < 0 {
		return color, a.id
	}
	return color, a.id + "\n" + a.kind.Name + " " + a.kind.shown(now[a.shows])
}

// shown is a value as a log line or a scene shows it, with its unit.
func (k *Kind) shown(x float64) string { return shown(k.Type, k.Unit, k.Labels, x) }

func shown(sort string, u Unit, labels []string, x float64) string {
	switch {
	case sort == "bool":
		return strconv.FormatBool(x != 0)
	case sort == "enum" && x >= 0 && x < float64(len(labels)):
		return labels[int(x)]
	case sort == "number" && u.Scale != 0:
		x = (x - u.Offset) / u.Scale
	}
	text := strconv.FormatFloat(x, 'g', 4, 64)
	if u.Symbol != "" && sort == "number" {
		text += " " + u.Symbol
	}
	return text
}

// Due reports whether there is to be a scene at a settled instant: once all courses have
// been told up to now, Scene writes it.
func (w *Writer) Due(at vtime.Time) bool {
	s := &w.stage
	if at < s.soon {
		return false
	}
	return at >= s.least || w.out.Written()+uint64(w.out.Size())-s.bytes >= 8*s.size
}

// Scene writes what all devices look like now.
func (w *Writer) Scene(at vtime.Time) {
	s := &w.stage
	if len(s.actors) == 0 {
		s.soon = vtime.Never
		return
	}
	b := robotics.BeginScene(s.text[:0])
	for i := range s.actors {
		color, text := s.actors[i].look(s, w.now)
		b = s.actors[i].Append(b, i, at, color, text)
	}
	s.text = robotics.EndScene(b)
	w.reached = max(w.reached, at)
	w.out.Add(onScene, uint64(at), s.text)
	s.soon, s.least = at+s.often, at+max(s.often, (s.header.Run-s.header.From)/fewScenes)
	s.bytes, s.size = w.out.Written()+uint64(w.out.Size()), uint64(len(s.text))
}
