package look

// person is somebody.
func person(p pen) {
	p.shoulders()
	p.round(12, 7.2, 4.7)
}

// shoulders draws what is below a head.
func (p pen) shoulders() {
	at := p.at(12, 22)
	p.l.Sector(at, 8.8*p.unit, turn/2, turn, p.Theme.Inside)
	p.arc(12, 22, 8.4, turn/2, turn)
	p.line(p.ink, 3.2, 22, 20.8, 22)
}

// attacker is somebody under a hat, of whom only the eyes can be seen.
func attacker(p pen) {
	p.ink = p.Theme.Attack
	p.shoulders()
	p.disc(12, 8.8, 5, p.Theme.Inside)
	p.l.Ring(p.at(12, 8.8), 5*p.unit, p.width, p.ink)
	p.polygon(p.ink, 8.2, 5.4, 9, 1.2, 15, 1.2, 15.8, 5.4)
	p.fill(3.5, 5, 17, 2.1, 1, p.ink)
	p.disc(10, 9.8, 1.1, p.ink)
	p.disc(14, 9.8, 1.1, p.ink)
}

// home is a house, with a light in its window.
func home(p pen) {
	p.polygon(p.Theme.Inside, 12, 3, 20, 10.5, 20, 21, 4, 21, 4, 10.5)
	p.loop(p.ink, 4, 10.5, 4, 21.5, 20, 21.5, 20, 10.5, 12, 3)
	p.line(p.ink, 1.5, 12.4, 12, 2.6, 22.5, 12.4)
	p.line(p.ink, 13.5, 21, 13.5, 14.5, 17.5, 14.5, 17.5, 21)
	c := p.ink.Mix(p.Theme.Inside, 0.45)
	if p.On {
		c = p.Theme.Warm
	}
	p.fill(6.8, 13, 4, 4, 0.3, c)
}

// crowd is many that are alike; so many of them as are filled are in an adversary's hands.
func crowd(p pen) {
	const side = 5
	ink := p.ink
	if p.Compromised {
		ink = p.Theme.Metal
	}
	held := int(p.Fill*side*side + 0.5)
	if p.Compromised {
		held = max(1, held)
	}
	for i := range side * side {
		c := ink
		if dealt(i) < held {
			c = p.Theme.Attack
		}
		p.disc(3.2+4.4*float32(i%side), 3.2+4.4*float32(i/side), 1.6, c)
	}
}

// dealt is the turn of a dot of a crowd, so that neighbors do not follow one another.
func dealt(i int) int { return (7*i + 3) % 25 }
