package look

// valve is a ball valve between two ends of a pipe: its bore lies along the pipe while it
// is open.
func valve(p pen) {
	inside := p.Theme.Inside.Mix(p.Theme.Liquid, p.Open)
	for _, x := range [2]float32{1, 17} {
		p.fill(x, 11, 6, 6, 0, inside)
		p.line(p.ink, x, 11, x+6, 11)
		p.line(p.ink, x, 17, x+6, 17)
	}
	p.line(p.ink, 1.4, 8.6, 1.4, 19.4)
	p.line(p.ink, 22.6, 8.6, 22.6, 19.4)
	p.line(p.ink, 12, 8, 12, 3)
	p.line(p.ink, 7.5, 3, 16.5, 3)
	p.disc(12, 14, 7, p.Theme.Inside)
	angle := float64(1-p.Open) * turn / 4
	x1, y1 := rim(12, 14, 6, angle)
	x2, y2 := rim(12, 14, 6, angle+turn/2)
	bore := p.Theme.Liquid
	if p.Open == 0 {
		bore = p.ink
	}
	p.l.Line(4*p.unit, bore, p.at(x1, y1), p.at(x2, y2))
	p.l.Ring(p.at(12, 14), 7*p.unit, p.width, p.ink)
}

// blades draws blades around a hub, from one radius to another.
func (p pen) blades(x, y, from, to float32, n int) {
	for i := range n {
		angle := float64(p.Turn) + turn*float64(i)/float64(n)
		x1, y1 := rim(x, y, from, angle)
		x2, y2 := rim(x, y, (from+to)*0.55, angle+0.34)
		x3, y3 := rim(x, y, to, angle+0.42)
		p.line(p.ink, x1, y1, x2, y2, x3, y3)
	}
}

// pump is a wheel in its casing, that draws from the left and delivers at the top.
func pump(p pen) {
	p.line(p.ink, 5, 22, 8, 18)
	p.line(p.ink, 19, 22, 16, 18)
	p.line(p.ink, 3.5, 22, 20.5, 22)
	p.fill(12, 2.5, 11, 6.5, 0, p.Theme.Inside)
	p.round(12, 11, 8.5)
	p.line(p.ink, 12, 2.9, 22, 2.9)
	p.line(p.ink, 20, 8.6, 22, 8.6)
	p.line(p.ink, 22.4, 1.4, 22.4, 10.1)
	if p.On {
		p.disc(12, 11, 7, p.Theme.Liquid)
	}
	p.blades(12, 11, 1.4, 6, 3)
	p.disc(12, 11, 1.8, p.ink)
}

// rotor is a wheel that turns.
func rotor(p pen) {
	p.round(12, 12, 10)
	if p.On {
		p.disc(12, 12, 8.4, p.Theme.Liquid)
	}
	p.blades(12, 12, 2, 8, 5)
	p.disc(12, 12, 2.4, p.ink)
}

// centrifuge is a tube that spins about its upright axis in a casing; what is worn off of
// it rises from below.
func centrifuge(p pen) {
	p.line(p.ink, 12, 0.8, 12, 3)
	p.line(p.ink, 12, 21, 12, 22.5)
	p.line(p.ink, 5, 22.6, 19, 22.6)
	p.fill(6.5, 3, 11, 18, 2.5, p.Theme.Inside)
	if p.On {
		p.fill(6.5, 3, 11, 18, 2.5, p.Theme.Liquid.Fade(0.55))
	}
	if p.Fill > 0 {
		r := p.rect(6.5, 3, 11, 18)
		worn := r
		worn.Y += r.H * (1 - p.Fill)
		worn.H = r.H * p.Fill
		p.l.Clip(worn)
		p.l.Fill(r, 2.5*p.unit, p.Theme.Fault.Fade(0.7))
		p.l.Unclip()
	}
	for i := range 3 {
		x, depth := rim(12, 0, 4, float64(p.Turn)+turn*float64(i)/3)
		if depth > 0 {
			p.line(p.ink, x, 5.5, x, 18.5)
		}
	}
	p.l.Frame(p.rect(6.5, 3, 11, 18), 2.5*p.unit, p.width, p.ink)
	if p.Alarm {
		p.line(p.Theme.Violated, 14, 2.5, 10.5, 8, 14, 12, 10.5, 16, 13, 21.5)
	}
}

// drive is a converter: a wave, and a lamp.
func drive(p pen) {
	p.body(4, 2, 16, 20, 2)
	p.wave(6.5, 9.5, 11, 3.6)
	p.lamp(8, 18, p.On)
	p.line(p.ink, 12, 18, 17, 18)
}

// wave draws one wave of alternating current.
func (p pen) wave(x, y, w, h float32) {
	const steps = 12
	var xy [2*steps + 2]float32
	for i := range steps + 1 {
		_, up := rim(0, 0, h, turn*float64(i)/steps)
		xy[2*i], xy[2*i+1] = x+w*float32(i)/steps, y-up
	}
	p.line(p.ink, xy[:]...)
}

// robotArm is an arm of two links on a foot, with a hand.
func robotArm(p pen) {
	p.fill(4, 19.5, 12, 3, 0.8, p.ink)
	swing, lift := rim(0, 0, 1, float64(p.Turn))
	x1, y1 := 8+2*swing, 9-lift
	x2, y2 := x1+8.5, y1-3+3*swing
	p.l.Line(p.width*1.7, p.ink, p.at(10, 19), p.at(x1, y1))
	p.l.Line(p.width*1.7, p.ink, p.at(x1, y1), p.at(x2, y2))
	p.line(p.ink, x2-1.5, y2+4.5, x2-1.5, y2+2.3, x2+1.8, y2+2.3, x2+1.8, y2+4.5)
	p.line(p.ink, x2, y2, x2, y2+2.3)
	p.round(10, 18.5, 2.4)
	p.round(x1, y1, 2.2)
	p.round(x2, y2, 1.9)
}

// conveyor is a belt over rolls, with something on it.
func conveyor(p pen) {
	ahead, _ := rim(0, 0, 3.5, float64(p.Turn))
	p.body(8.5+ahead, 4.5, 7, 7.5, 0.8)
	p.body(1.5, 13, 21, 8, 4)
	for _, x := range [3]float32{5.5, 12, 18.5} {
		p.disc(x, 17, 2.2, p.ink)
		to, up := rim(x, 17, 1.5, float64(p.Turn))
		p.disc(to, up, 0.8, p.Theme.Inside)
	}
}

// vehicle is a car from its side.
func vehicle(p pen) {
	p.polygon(p.Theme.Inside, 1.5, 18, 1.5, 12.5, 5, 11.5, 8, 6, 16, 6, 19.5, 11.5, 22.5, 13, 22.5, 18)
	p.loop(p.ink, 1.5, 18, 1.5, 12.5, 5, 11.5, 8, 6, 16, 6, 19.5, 11.5, 22.5, 13, 22.5, 18)
	p.line(p.ink, 5.5, 11.6, 19, 11.6)
	p.line(p.ink, 12, 6, 12, 11.6)
	for _, x := range [2]float32{7, 17} {
		p.round(x, 18, 3.2)
		to, up := rim(x, 18, 1.2, float64(p.Turn))
		p.disc(to, up, 0.9, p.ink)
	}
}
