package look

// instrument is a measuring instrument on its stem, as diagrams of plants have it: the
// letter says what it measures.
func (p pen) instrument(letter string) {
	p.line(p.ink, 12, 18, 12, 23)
	p.line(p.ink, 6.5, 22.6, 17.5, 22.6)
	p.round(12, 9.8, 8.8)
	p.letter(12, 9.8, 11.5, letter)
}

func levelGauge(p pen)    { p.instrument("L") }
func flowMeter(p pen)     { p.instrument("F") }
func pressureGauge(p pen) { p.instrument("P") }
func thermometer(p pen)   { p.instrument("T") }
func tachometer(p pen)    { p.instrument("S") }

// gauge is a dial with a pointer.
func gauge(p pen) {
	p.line(p.ink, 12, 18, 12, 23)
	p.line(p.ink, 6.5, 22.6, 17.5, 22.6)
	p.round(12, 9.8, 8.8)
	for i := range 5 {
		x, y := rim(12, 9.8, 6, turn*(0.375+0.1875*float64(i)))
		p.disc(x, y, 0.7, p.ink)
	}
	x, y := rim(12, 9.8, 5.4, turn*(0.375+0.75*float64(p.Fill)))
	p.line(p.ink, 12, 9.8, x, y)
	p.disc(12, 9.8, 1.5, p.ink)
}

// floatSwitch is a ball on an arm, which rises and closes a contact.
func floatSwitch(p pen) {
	y := float32(18)
	if p.On {
		y = 7
	}
	p.line(p.Theme.Liquid, 9, y+1.5, 23, y+1.5)
	p.body(1.5, 7, 6.5, 10, 1)
	p.line(p.ink, 7, 12, 16, y)
	p.round(17, y, 4)
	p.lamp(4.75, 12, p.On)
}
