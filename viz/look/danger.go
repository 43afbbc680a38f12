package look

// plume is a chimney, from which a cloud goes with the wind while there is one.
func plume(p pen) {
	c := p.ink.Mix(p.Theme.Inside, 0.55)
	if p.On {
		c = p.Theme.Warm
	}
	p.disc(8.6, 9.4, 2.2, c)
	p.disc(12.6, 8.2, 3, c)
	p.disc(17.6, 6.8, 4.2, c)
	p.polygon(p.Theme.Inside, 3.5, 22, 4.6, 10.5, 7.4, 10.5, 8.5, 22)
	p.loop(p.ink, 3.5, 22, 4.6, 10.5, 7.4, 10.5, 8.5, 22)
	p.line(p.ink, 1.5, 22, 22.5, 22)
}

// fire is a flame over what burns; before it burns only that is there.
func fire(p pen) {
	if p.On {
		p.polygon(p.Theme.Hot, 12, 2, 16.4, 8.6, 18.4, 13, 17.4, 17.4, 14.4, 20, 9.6, 20, 6.6, 17.4, 5.6, 13, 7.4, 9.4, 9.4, 11.6)
		p.polygon(p.Theme.Warm, 12.2, 11, 14.4, 14.6, 13.6, 19, 10.4, 19, 9.6, 15.4)
	} else {
		p.loop(p.ink.Mix(p.Theme.Inside, 0.55), 12, 2, 16.4, 8.6, 18.4, 13, 17.4, 17.4, 14.4, 20, 9.6, 20, 6.6, 17.4, 5.6, 13, 7.4, 9.4, 9.4, 11.6)
	}
	p.line(p.ink, 3, 19.4, 21, 22.4)
	p.line(p.ink, 3, 22.4, 21, 19.4)
}
