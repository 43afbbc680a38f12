package look

// router is a box with two aerials.
func router(p pen) {
	p.line(p.ink, 5, 13, 3.5, 3.5)
	p.line(p.ink, 19, 13, 20.5, 3.5)
	p.body(1.5, 12.5, 21, 8.5, 1.6)
	p.lamp(6, 16.8, p.On)
	p.disc(10, 16.8, 1, p.ink)
	p.disc(14, 16.8, 1, p.ink)
	p.arc(12, 9.5, 2.2, turn*0.58, turn*0.92)
	p.arc(12, 9.5, 5.2, turn*0.6, turn*0.9)
}

// netSwitch is a row of sockets.
func netSwitch(p pen) {
	p.body(1.5, 6.5, 21, 11, 1.4)
	for i := range 4 {
		p.fill(4.6+4*float32(i), 9.6, 2.6, 3, 0, p.ink)
	}
	p.lamp(5.8, 15.2, p.On)
	p.line(p.ink, 9, 15.2, 19, 15.2)
}

// firewall is a wall of bricks.
func firewall(p pen) {
	p.body(2.5, 3.5, 19, 17, 0.8)
	p.line(p.ink, 3, 9.2, 21, 9.2)
	p.line(p.ink, 3, 14.8, 21, 14.8)
	p.line(p.ink, 12, 4, 12, 9.2)
	p.line(p.ink, 12, 14.8, 12, 20)
	p.line(p.ink, 7.2, 9.2, 7.2, 14.8)
	p.line(p.ink, 16.8, 9.2, 16.8, 14.8)
}

// camera is a camera on a wall.
func camera(p pen) {
	p.line(p.ink, 2, 14, 2, 22)
	p.line(p.ink, 2, 18, 8.5, 18, 10.5, 14)
	p.polygon(p.Theme.Inside, 3, 4.5, 18, 7.5, 16.6, 15.5, 1.8, 12.2)
	p.loop(p.ink, 3, 4.5, 18, 7.5, 16.6, 15.5, 1.8, 12.2)
	p.polygon(p.ink, 18.4, 8.6, 22.6, 8.4, 21, 16.8, 17.4, 15)
	p.lamp(6.2, 9, p.On)
}

// antenna is a mast that sends.
func antenna(p pen) {
	p.line(p.ink, 12, 8.5, 7.5, 22.5)
	p.line(p.ink, 12, 8.5, 16.5, 22.5)
	p.line(p.ink, 9.4, 17, 14.6, 17)
	p.arc(12, 7, 5, turn*0.88, turn*1.12)
	p.arc(12, 7, 9, turn*0.88, turn*1.12)
	p.arc(12, 7, 5, turn*0.38, turn*0.62)
	p.arc(12, 7, 9, turn*0.38, turn*0.62)
	p.disc(12, 7, 2, p.ink)
}
