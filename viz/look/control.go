package look

// plc is a rack of modules.
func plc(p pen) {
	p.body(1.5, 4.5, 21, 15, 1.2)
	for _, x := range [3]float32{6.75, 12, 17.25} {
		p.line(p.ink, x, 5, x, 19)
	}
	p.lamp(4.2, 8, p.On)
	for _, x := range [3]float32{9.4, 14.6, 19.8} {
		p.fill(x-1, 7, 2, 2, 0, p.ink)
		p.fill(x-1, 10.8, 2, 2, 0, p.ink)
		p.fill(x-1, 14.6, 2, 2, 0, p.ink)
	}
}

// safetyController is a shield with a mark.
func safetyController(p pen) {
	p.polygon(p.Theme.Inside, 12, 1.5, 20.5, 4.5, 20.5, 12, 18, 17.5, 12, 22.5, 6, 17.5, 3.5, 12, 3.5, 4.5)
	p.loop(p.ink, 12, 1.5, 20.5, 4.5, 20.5, 12, 18, 17.5, 12, 22.5, 6, 17.5, 3.5, 12, 3.5, 4.5)
	p.l.Line(p.width*1.4, p.ink, p.at(7.5, 11.5), p.at(11, 15.2), p.at(16.8, 8))
}

// hmi is a panel with a trend and a row of keys.
func hmi(p pen) {
	p.body(1.5, 2.5, 21, 19, 1.6)
	p.fill(4, 5, 16, 9.5, 0.4, p.Theme.Liquid.Fade(0.3))
	p.line(p.ink, 5, 12.5, 8.5, 9, 12, 11.2, 19, 6.5)
	p.lamp(6, 18, p.On)
	p.fill(10, 17, 3.5, 2, 0.4, p.ink)
	p.fill(15.5, 17, 3.5, 2, 0.4, p.ink)
}

// key is a key switch: its slot turns as it opens.
func key(p pen) {
	p.body(3, 3, 18, 18, 2)
	p.round(12, 12, 6.4)
	x1, y1 := rim(12, 12, 4, -turn/4+turn/4*float64(p.Open))
	x2, y2 := rim(12, 12, 4, turn/4+turn/4*float64(p.Open))
	p.l.Line(p.width*1.7, p.ink, p.at(x1, y1), p.at(x2, y2))
	p.disc(x1, y1, 1.6, p.Theme.Warm)
}

// module is a part on a field bus, with its contacts.
func module(p pen) {
	for _, y := range [3]float32{7, 12, 17} {
		p.line(p.ink, 1.5, y, 6, y)
		p.line(p.ink, 18, y, 22.5, y)
	}
	p.body(5.5, 3, 13, 18, 1.4)
	p.lamp(12, 7.5, p.On)
	p.line(p.ink, 9, 12.5, 15, 12.5)
	p.line(p.ink, 9, 16.5, 15, 16.5)
}
