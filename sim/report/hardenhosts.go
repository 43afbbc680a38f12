package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// took is the ways of the first run without barriers.
func (d *drawing) took() []sim.Spread {
	if len(d.Before.Harms) == 0 {
		return nil
	}
	return d.Before.Harms[0].Took
}

// closed reports whether the best set closes a way.
func (d *drawing) closed(w sim.Spread) bool {
	return len(d.Sets) > 0 && slices.ContainsFunc(d.Sets[0].Ways, func(c sim.Spread) bool { return c.Passage() == w.Passage() })
}

// above draws what lies above the hosts.
func (d *drawing) above(format string, args ...any) {
	fmt.Fprintf(&d.over, format+"\n", args...)
}

// A look is how a host is drawn, and what that means.
type look struct{ fill, ink, mark, means string }

// The looks of hosts.
var (
	reachedLook = look{attackFill, attackInk, "!", "malware came here, and still could"}
	sparedLook  = look{wallFill, wallInk, "+", "it came here, and no longer can"}
	openLook    = look{reachFill, reachInk, "?", "still in reach"}
	quietLook   = look{"#ffffff", plainInk, "", "out of reach"}
)

// look says how a host fares.
func (d *drawing) look(id string) look {
	was := len(d.Before.Harms) > 0 && (slices.Contains(d.Before.Harms[0].Hosts, id) ||
		slices.ContainsFunc(d.took(), func(w sim.Spread) bool { return w.From == id || w.To == id }))
	still := len(d.Sets) == 0 || slices.Contains(d.Sets[0].InReach(), id)
	switch {
	case was && still:
		return reachedLook
	case was:
		return sparedLook
	case still:
		return openLook
	}
	return quietLook
}

// allHosts draws the hosts, above the ways.
func (d *drawing) allHosts() {
	for i := range d.zones {
		for _, id := range d.zones[i].hosts {
			d.host(d.hosts[id], id, d.look(id))
		}
	}
}

func (d *drawing) host(b box, name string, l look) {
	d.add(`<rect x="%d" y="%d" width="%d" height="%d" rx="5" fill="%s" stroke="%s" stroke-width="2"><title>%s</title></rect>`,
		b.x, b.y, b.w, b.h, l.fill, l.ink, escaped(name+": "+l.means))
	if len([]rune(name)) > 14 {
		name = string([]rune(name)[:13]) + "…"
	}
	d.add(`<text x="%d" y="%d" font-size="13" text-anchor="middle" fill="#222222">%s</text>`, b.x+b.w/2, b.y+b.h/2+5, escaped(name))
	if l.mark != "" {
		d.add(`<circle cx="%d" cy="%d" r="8" fill="#ffffff" stroke="%s" stroke-width="1.5"/>`, b.x+b.w-2, b.y+2, l.ink)
		d.add(`<text x="%d" y="%d" font-size="12" font-weight="bold" text-anchor="middle" fill="%s">%s</text>`, b.x+b.w-2, b.y+6, l.ink, l.mark)
	}
}

// legend says what everything means.
func (d *drawing) legend() {
	y := d.high + 34
	x := rim
	item := func(room int, means string, draw func(x, y int)) {
		if x+room > d.wide-rim && x > rim {
			x, y = rim, y+28
		}
		draw(x, y)
		d.add(`<text x="%d" y="%d" font-size="12" fill="#222222">%s</text>`, x+44, y+4, means)
		x += room
	}
	for _, l := range []look{reachedLook, sparedLook, openLook, quietLook} {
		item(60+7*len(l.means), l.means, func(x, y int) { d.host(box{x, y - 10, 34, 20}, "", l) })
	}
	item(210, "way that it took, in order", func(x, y int) {
		d.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2.4" marker-end="url(#head)"/>`, x, y, x+32, y, attackInk)
	})
	item(160, "the same, closed", func(x, y int) {
		d.add(`<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2.4" stroke-dasharray="7 5" marker-end="url(#head)"/>`, x, y, x+32, y, attackInk)
		d.wall(x, y, x+32, y, 0.5, 8)
	})
	d.high = y + 20
}

// page is the whole picture.
func (d *drawing) page() string {
	title := clean(d.before.Name)
	line := "No set of the declared barriers holds."
	if len(d.Sets) > 0 {
		s := hardened{nil, d.Answer}
		line = "Best set, for " + plainNumber(d.Sets[0].Cost) + ": " + s.listed(d.Sets[0].Barriers)
	} else if d.Before.Holds() {
		line = "Nothing is violated."
	}
	d.wide = max(d.wide, 2*rim+8*max(len(line), len(title)))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="sans-serif">`+"\n", d.wide, d.high+rim/2, d.wide, d.high+rim/2)
	fmt.Fprintf(&b, `<title>%s: %s</title>`+"\n", escaped(title), escaped(line))
	fmt.Fprintf(&b, `<defs><marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="%s"/></marker></defs>`+"\n", attackInk)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n")
	fmt.Fprintf(&b, `<text x="%d" y="36" font-size="18" font-weight="bold" fill="#222222">%s</text>`+"\n", rim, escaped(title))
	fmt.Fprintf(&b, `<text x="%d" y="60" font-size="14" fill="%s">%s</text>`+"\n", rim, wallInk, escaped(line))
	b.Write(d.body.Bytes())
	b.Write(d.over.Bytes())
	b.WriteString("</svg>\n")
	return b.String()
}
