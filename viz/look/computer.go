package look

// screen draws a screen with lines of text.
func (p pen) screen(x, y, w, h float32) {
	p.body(x, y, w, h, 1.4)
	p.line(p.ink, x+3.5, y+h*0.36, x+w*0.68, y+h*0.36)
	p.line(p.ink, x+3.5, y+h*0.66, x+w*0.48, y+h*0.66)
}

// workstation is a screen on a foot.
func workstation(p pen) {
	p.line(p.ink, 12, 17, 12, 21)
	p.line(p.ink, 6.5, 21.4, 17.5, 21.4)
	p.screen(2, 3, 20, 14)
}

// laptop is a screen on a keyboard.
func laptop(p pen) {
	p.screen(4.5, 4, 15, 11.5)
	p.polygon(p.ink, 4, 17, 20, 17, 23, 20.6, 1, 20.6)
}

// server is three units of a rack.
func server(p pen) {
	for i := range 3 {
		y := 2.5 + 6.5*float32(i)
		p.body(3, y, 18, 6, 1)
		p.lamp(6.5, y+3, p.On)
		p.line(p.ink, 11, y+3, 18, y+3)
	}
}

// ellipse draws a part of a flat circle, clockwise.
func (p pen) ellipse(x, y, rx, ry float32, from, to float64) {
	const steps = 16
	var xy [2*steps + 2]float32
	for i := range steps + 1 {
		a, b := rim(0, 0, 1, from+(to-from)*float64(i)/steps)
		xy[2*i], xy[2*i+1] = x+rx*a, y+ry*b
	}
	p.line(p.ink, xy[:]...)
}

// historian is a store of records.
func historian(p pen) {
	p.fill(4, 2, 16, 20, 5.5, p.Theme.Inside)
	p.ellipse(12, 5.2, 8, 3.2, 0, turn)
	p.ellipse(12, 10.4, 8, 3.2, 0, turn/2)
	p.ellipse(12, 14.8, 8, 3.2, 0, turn/2)
	p.ellipse(12, 19, 8, 3.2, 0, turn/2)
	p.line(p.ink, 4, 5.2, 4, 19)
	p.line(p.ink, 20, 5.2, 20, 19)
}

// phone is a phone.
func phone(p pen) {
	p.body(6.5, 1.5, 11, 21, 2)
	p.line(p.ink, 10.5, 4.5, 13.5, 4.5)
	p.disc(12, 19, 1.2, p.ink)
}

// stick is a memory stick.
func stick(p pen) {
	p.body(8.5, 2, 7, 7, 0.6)
	p.fill(10.2, 4.4, 1.4, 1.6, 0, p.ink)
	p.fill(12.6, 4.4, 1.4, 1.6, 0, p.ink)
	p.body(6.5, 8.5, 11, 13.5, 1.8)
	p.lamp(12, 18.5, p.On)
}

// box is what has no icon of its own.
func box(p pen) {
	p.body(3.5, 3.5, 17, 17, 2.4)
	p.lamp(12, 12, p.On)
}
