package look

// breaker is a switch of a power line within its cubicle: its blade swings out as it opens.
func breaker(p pen) {
	p.line(p.ink, 12, 0.5, 12, 4)
	p.line(p.ink, 12, 20, 12, 23.5)
	p.body(4, 3.5, 16, 17, 1)
	if p.Open == 0 {
		p.fill(4, 3.5, 16, 17, 1, p.Theme.Liquid.Fade(0.45))
		p.l.Frame(p.rect(4, 3.5, 16, 17), p.unit, p.width, p.ink)
	}
	x, y := rim(12, 17, 9.5, -turn/4+0.75*float64(p.Open))
	p.l.Line(p.width*1.4, p.ink, p.at(12, 17), p.at(x, y))
	p.disc(12, 17, 1.7, p.ink)
	p.disc(12, 7, 1.7, p.ink)
}

// generator is a machine that makes a wave; a mark on its rim turns.
func generator(p pen) {
	if p.On {
		p.disc(12, 12, 11, p.Theme.Warm.Fade(0.25))
	}
	p.round(12, 12, 9.5)
	p.wave(6.5, 12, 11, 3.6)
	x, y := rim(12, 12, 9, float64(p.Turn)-turn/4)
	p.disc(x, y, 2.4, p.Theme.Inside)
	p.disc(x, y, 1.7, p.ink)
}

// bus is a bar with lines that leave it.
func bus(p pen) {
	for _, x := range [3]float32{5, 12, 19} {
		p.line(p.ink, x, 12, x, 21)
		p.disc(x, 21, 1.3, p.ink)
	}
	p.line(p.ink, 12, 3, 12, 12)
	p.disc(12, 3, 1.3, p.ink)
	p.fill(1, 10.5, 22, 3, 0.6, p.ink)
}

// line is a tower of a power line.
func line(p pen) {
	p.line(p.ink, 6, 22.5, 10.5, 6, 12, 1.5, 13.5, 6, 18, 22.5)
	p.line(p.ink, 2.5, 8.5, 21.5, 8.5)
	p.line(p.ink, 5, 13.5, 19, 13.5)
	p.line(p.ink, 7.2, 18.4, 15.3, 13.5)
	p.line(p.ink, 16.8, 18.4, 8.7, 13.5)
	for _, x := range [2]float32{3, 21} {
		p.line(p.ink, x, 8.5, x, 11)
	}
}

// load is where something is taken: an arrow away from a bar.
func load(p pen) {
	p.fill(4, 2, 16, 2.4, 0.6, p.ink)
	p.line(p.ink, 12, 4, 12, 14)
	c := p.Theme.Inside
	if p.On {
		c = p.Theme.Liquid
	}
	p.polygon(c, 5.5, 12.5, 18.5, 12.5, 12, 21.5)
	p.loop(p.ink, 5.5, 12.5, 18.5, 12.5, 12, 21.5)
}

// grid is a network of lines, with a flash while something is connected.
func grid(p pen) {
	p.loop(p.ink, 4, 5, 20, 5, 20, 19, 4, 19)
	p.line(p.ink, 4, 5, 8.5, 9)
	p.line(p.ink, 20, 19, 15.5, 15)
	for _, x := range [2]float32{4, 20} {
		p.round(x, 5, 2.6)
		p.round(x, 19, 2.6)
	}
	p.disc(12, 12, 6.6, p.Theme.Inside)
	c := p.ink.Mix(p.Theme.Inside, 0.45)
	if p.On {
		c = p.Theme.Warm
	}
	p.polygon(c, 13.4, 5.8, 7.6, 13.2, 11.2, 13.2, 10.2, 18.4, 16.4, 10.6, 12.6, 10.6)
}
