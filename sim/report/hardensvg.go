package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
)

// Colours that people who confuse red and green tell apart (Okabe and Ito); shapes and
// dashes say the same.
const (
	attackInk  = "#b34700"
	attackFill = "#f6d5bf"
	reachFill  = "#fdf0c8"
	reachInk   = "#8a6d00"
	wallInk    = "#0072b2"
	wallFill   = "#d5e8f5"
	plainInk   = "#444444"
	zoneFill   = "#f5f5f3"
)

// Sizes of the drawing, in pixels.
const (
	hostWide, hostHigh = 118, 34
	hostGap            = 46
	zonePad, zoneHead  = 22, 30
	rowGap, zoneGap    = 84, 70
	perLine            = 4
	rim                = 30
	titleWide          = 150 // to the left of the zones
)

// HardenSVG draws zones, conduits and hosts of a system, the ways that malware took in
// the first run without barriers, and what the best set closes: before is the plan of
// that run, after the same with the set raised.
func HardenSVG(w io.Writer, a *harden.Answer, before, after *sim.Plan) error {
	d := drawing{Answer: a, before: before, after: after, hosts: map[string]box{}}
	d.lay()
	d.zonesAndConduits()
	d.allHosts()
	d.ways()
	d.legend()
	_, err := io.WriteString(w, d.page())
	return err
}

// A drawing is the picture as it is being made.
type drawing struct {
	*harden.Answer
	before, after *sim.Plan
	body, over    bytes.Buffer
	zones         []zoneBox
	hosts         map[string]box
	wide, high    int
	far           int      // where lanes begin: right of all zones
	lanes         int      // there are
	taken         [][2]int // points where a mark is
	marks         []string
}

type box struct{ x, y, w, h int }

func (b box) centre() (x, y int) { return b.x + b.w/2, b.y + b.h/2 }

// A zoneBox is a zone with those of its devices that matter.
type zoneBox struct {
	box
	name, level string
	hosts       []string
	others      int
}

// carried is the zone of what is in none.
const carried = "carried"

// lay decides where everything stands: zones in rows by level, the highest above.
func (d *drawing) lay() {
	surface := d.before.Surface()
	matter := d.matter()
	var free []string
	placed := map[string]bool{}
	for _, z := range surface.Zones {
		one := zoneBox{name: z.Name, level: z.Level}
		for _, id := range z.Devices {
			switch {
			case slices.Contains(matter, id) && !placed[id]:
				placed[id] = true
				one.hosts = append(one.hosts, id)
			case !placed[id]:
				one.others++
			}
		}
		d.zones = append(d.zones, one)
	}
	for _, id := range matter {
		if !placed[id] {
			free = append(free, id)
		}
	}
	if len(free) > 0 {
		d.zones = append(d.zones, zoneBox{name: carried, level: "9", hosts: free})
	}
	slices.SortStableFunc(d.zones, func(a, b zoneBox) int { return strings.Compare(b.level, a.level) })
	d.rows()
}

// matter lists the hosts to draw: those that malware could ever be on, and those on which
// attackers could stand.
func (d *drawing) matter() (list []string) {
	add := func(names ...string) {
		for _, name := range names {
			if name != "" && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	for _, w := range d.before.Spreads() {
		add(w.From, w.To)
	}
	for _, r := range d.before.Released() {
		add(r[1])
	}
	for _, s := range d.before.Stands() {
		add(s.At...)
	}
	for i := range d.Sets {
		add(d.Sets[i].InReach()...)
		add(d.Sets[i].Spared...)
	}
	return list
}

// rows gives zones and hosts their places.
func (d *drawing) rows() {
	x, y, tall := rim+titleWide, rim+64, 0
	for i := range d.zones {
		z := &d.zones[i]
		if i > 0 && d.zones[i-1].level != z.level {
			x, y, tall = rim+titleWide, y+tall+rowGap, 0
		}
		columns := max(1, min(perLine, len(z.hosts)))
		lines := (len(z.hosts) + perLine - 1) / perLine
		z.box = box{x, y, 2*zonePad + columns*hostWide + (columns-1)*hostGap, zoneHead + lines*(hostHigh+hostGap) + zonePad/3}
		if z.others > 0 {
			z.h += 14
		}
		for k, id := range z.hosts {
			d.hosts[id] = box{x + zonePad + k%perLine*(hostWide+hostGap), y + zoneHead + 8 + k/perLine*(hostHigh+hostGap), hostWide, hostHigh}
		}
		x += z.w + zoneGap
		tall = max(tall, z.h)
		d.wide, d.high = max(d.wide, x-zoneGap+rim), max(d.high, y+z.h)
	}
	d.far = d.wide - rim
	d.wide = max(d.wide+laneGap*(len(d.took())+1), 640)
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.body, format+"\n", args...) }

// text writes a label above all, on a ground that keeps it readable over lines.
func (d *drawing) text(x, y, size int, anchor, ink, text string) {
	d.above(`<text x="%d" y="%d" font-size="%d" text-anchor="%s" fill="%s" paint-order="stroke" stroke="#ffffff" stroke-width="3">%s</text>`,
		x, y, size, anchor, ink, escaped(text))
}

func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean(text))) // a buffer takes all
	return b.String()
}

// zonesAndConduits draws the ground.
func (d *drawing) zonesAndConduits() {
	at := map[string]box{}
	for i := range d.zones {
		z := &d.zones[i]
		at[z.name] = z.box
	}
	was, is := d.before.Surface().Conduits, d.after.Surface().Conduits
	for i, c := range was {
		if len(c.Joins) != 2 || at[c.Joins[0]].w == 0 || at[c.Joins[1]].w == 0 {
			continue
		}
		x1, y1, x2, y2 := between(at[c.Joins[0]], at[c.Joins[1]])
		d.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#b5b5b0" stroke-width="9" stroke-linecap="round"/>`, x1, y1, x2, y2)
		narrowed := i < len(is) && (is[i].OneWay != c.OneWay || is[i].Filtered != c.Filtered || len(is[i].Rules) != len(c.Rules))
		label, ink := c.Name, plainInk
		if narrowed {
			d.wall(x1, y1, x2, y2, 0.5, 17)
			label, ink = d.obstructs(&c.Name)+" on "+c.Name, wallInk
		}
		if x1 == x2 && x1 < rim+titleWide+zonePad {
			d.text(x1-24, (y1+y2)/2+4, 12, "end", ink, label)
		} else {
			d.text((x1+x2)/2+24, (y1+y2)/2+4, 12, "start", ink, label)
		}
	}
	for i := range d.zones {
		z := &d.zones[i]
		dash, title, level := "", z.name, ""
		if z.name == carried {
			dash, level = ` stroke-dasharray="5 4"`, "or in no zone"
		} else if z.level != "" {
			level = "level " + z.level
		}
		d.add(`<rect x="%d" y="%d" width="%d" height="%d" rx="8" fill="%s" stroke="#8c8c86"%s/>`, z.x, z.y, z.w, z.h, zoneFill, dash)
		if z.x == rim+titleWide {
			d.text(rim, z.y+z.h/2-2, 13, "start", plainInk, title)
			d.text(rim, z.y+z.h/2+15, 11, "start", "#666666", level)
		} else {
			d.text(z.x+4, z.y-8, 13, "start", plainInk, title+"  "+level)
		}
		if z.others > 0 {
			d.text(z.x+12, z.y+z.h-9, 11, "start", "#666666", "and "+count(z.others, "other device"))
		}
	}
}

// obstructs names what the best set has at a conduit.
func (d *drawing) obstructs(conduit *string) string {
	for i := range d.Barriers {
		b := &d.Barriers[i]
		if d.Sets[0].Barriers>>i&1 != 0 && slices.Contains(strings.FieldsFunc(b.Text, func(r rune) bool { return r == ' ' || r == ',' }), *conduit) {
			return b.Name
		}
	}
	return "barrier"
}

// between is a line from the edge of one box to that of another.
func between(a, b box) (x1, y1, x2, y2 int) {
	overlap := func(a, aw, b, bw int) (int, bool) {
		lo, hi := max(a, b), min(a+aw, b+bw)
		return (lo + hi) / 2, hi-lo > 30
	}
	if _, ok := overlap(a.x, a.w, b.x, b.w); ok {
		x := max(a.x, b.x) + zonePad/2 // beside all hosts, where no way runs
		if a.y > b.y {
			a, b = b, a
		}
		return x, a.y + a.h, x, b.y
	}
	if y, ok := overlap(a.y, a.h, b.y, b.h); ok {
		if a.x > b.x {
			a, b = b, a
		}
		return a.x + a.w, y, b.x, y
	}
	x1, y1 = a.centre()
	x2, y2 = b.centre()
	return x1, y1, x2, y2
}

// wall draws a bar across a line, so far along it.
func (d *drawing) wall(x1, y1, x2, y2 int, share float64, half int) {
	x, y := x1+int(share*float64(x2-x1)), y1+int(share*float64(y2-y1))
	dx, dy := across(x1, y1, x2, y2, half)
	d.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#ffffff" stroke-width="11" stroke-linecap="round"/>`, x-dx, y-dy, x+dx, y+dy)
	d.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="6" stroke-linecap="round"/>`, x-dx, y-dy, x+dx, y+dy, wallInk)
}

// wallAbove draws a wall across a way, above it.
func (d *drawing) wallAbove(a, b [2]int) {
	x, y := (a[0]+b[0])/2, (a[1]+b[1])/2
	dx, dy := across(a[0], a[1], b[0], b[1], 10)
	d.above(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="6" stroke-linecap="round"/>`, x-dx, y-dy, x+dx, y+dy, wallInk)
}

// across is a step of a length at a right angle to a line.
func across(x1, y1, x2, y2, length int) (dx, dy int) {
	vx, vy := x2-x1, y2-y1
	long := max(1, max(abs(vx), abs(vy))) // no root is needed for a drawing
	return -vy * length / long, vx * length / long
}

func abs(x int) int { return max(x, -x) }
