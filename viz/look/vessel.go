package look

import "github.com/harmproof/harmproof/viz/draw"

// contents fills a vessel from its bottom: what is there, and a mark where somebody is
// told that it ends.
func (p pen) contents(x, y, w, h, radius float32) {
	c := p.Theme.Liquid.Mix(p.Theme.Hot, p.Heat)
	r := p.rect(x, y, w, h)
	if p.Fill > 0 {
		level := r
		level.Y += r.H * (1 - p.Fill)
		level.H = r.H * p.Fill
		p.l.Clip(level)
		p.l.Fill(r, radius*p.unit, c)
		p.l.Unclip()
		surface := draw.Rect{X: r.X, Y: level.Y, W: r.W, H: max(1, p.unit/2)}
		p.l.Fill(surface.Intersect(r), 0, c.Mix(p.Theme.Text, 0.35))
	}
}

// claim marks how full somebody is told that a vessel is: a line of dashes between two
// arrows, over its border.
func (p pen) claim(x, y, w, h float32) {
	if !p.HasTold {
		return
	}
	at, c := y+h*(1-p.Told), p.Theme.Told
	for i := float32(0); i < 3; i++ {
		left := x + w*(i*0.36+0.02)
		p.l.Line(p.width*1.1, c, p.at(left, at), p.at(left+w*0.24, at))
	}
	p.polygon(c, x-3.4, at-2.4, x-3.4, at+2.4, x+0.4, at)
	p.polygon(c, x+w+3.4, at-2.4, x+w+3.4, at+2.4, x+w-0.4, at)
}

// tank is an open vessel.
func tank(p pen) {
	p.fill(3.5, 4, 17, 17.5, 1, p.Theme.Inside)
	p.contents(4, 4, 16, 17, 0.5)
	p.line(p.ink, 2.5, 3, 4, 3, 4, 21.5, 20, 21.5, 20, 3, 21.5, 3)
	p.claim(4, 4, 16, 17)
}

// reactor is a closed vessel with a stirrer.
func reactor(p pen) {
	p.fill(5, 5, 14, 17, 5, p.Theme.Inside)
	p.contents(5, 5, 14, 17, 5)
	p.l.Frame(p.rect(5, 5, 14, 17), 5*p.unit, p.width, p.ink)
	p.line(p.ink, 2.5, 10.5, 2.5, 19, 5, 21.5)
	p.line(p.ink, 21.5, 10.5, 21.5, 19, 19, 21.5)
	p.fill(9.5, 1, 5, 3, 0.8, p.ink)
	p.line(p.ink, 12, 3, 12, 16)
	across, _ := rim(0, 0, 4, float64(p.Turn))
	if across < 0 {
		across = -across
	}
	across = max(1, across)
	p.line(p.ink, 12-across, 16.8, 12+across, 15.2)
	p.claim(5, 5, 14, 17)
}

// filter is a vessel with a membrane across it, on which a cake lies.
func filter(p pen) {
	p.fill(3, 5, 18, 14, 4, p.Theme.Inside)
	p.l.Clip(p.rect(3, 5, 18, 14))
	thick := 7 * p.Fill
	p.polygon(p.Theme.Liquid, 10.5, 5, 13.5, 19, 13.5-thick, 19, 10.5-thick, 5)
	p.l.Unclip()
	p.l.Frame(p.rect(3, 5, 18, 14), 4*p.unit, p.width, p.ink)
	for i := float32(0); i < 4; i++ {
		top := 5.6 + 3.5*i
		p.line(p.ink, 10.6+(top-5)*0.21, top, 10.6+(top-3)*0.21, top+2)
	}
	p.line(p.ink, 0.5, 12, 3, 12)
	p.line(p.ink, 21, 12, 23.5, 12)
}

// insulinPump is a pump that is worn, with its tube.
func insulinPump(p pen) {
	p.line(p.ink, 19, 10, 21.5, 12, 21.5, 18, 18, 21.5, 13, 21.5)
	p.disc(12, 21.5, 1.4, p.ink)
	p.body(3, 4, 16, 12, 2.5)
	p.l.Frame(p.rect(5.5, 6.5, 7.5, 7), 0.6*p.unit, p.width*0.8, p.ink)
	p.contents(6.4, 7.4, 5.7, 5.2, 0)
	p.lamp(16, 8, p.On)
	p.disc(16, 12.4, 1, p.ink)
}

// burst is a vessel that breaks: whole it is cracked, broken a wave goes out of it.
func burst(p pen) {
	p.body(5, 4, 14, 18, 6)
	p.line(p.ink, 12.5, 4, 10, 9, 14, 12.5, 10.5, 17, 12, 22)
	if !p.On {
		return
	}
	for i := range 8 {
		at := turn * (float64(i) + 0.5) / 8
		fromX, fromY := rim(12, 13, 4, at)
		toX, toY := rim(12, 13, 11.4, at)
		p.line(p.Theme.Hot, fromX, fromY, toX, toY)
	}
	p.disc(12, 13, 3.4, p.Theme.Hot)
}
