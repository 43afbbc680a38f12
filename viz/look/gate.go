package look

// gate is a leaf between two posts, which swings out of the way as it opens.
func gate(p pen) {
	p.fill(2, 3, 3, 18.5, 0.6, p.ink)
	p.fill(19, 3, 3, 18.5, 0.6, p.ink)
	right := 19 - 9*p.Open // its far edge, and how much lower that is seen as it swings out
	low := 2 * p.Open
	p.polygon(p.Theme.Inside, 5, 5.5, right, 5.5+low, right, 18.5+low, 5, 18.5)
	p.loop(p.ink, 5, 5.5, right, 5.5+low, right, 18.5+low, 5, 18.5)
	p.line(p.ink, 5, 12, right, 12+low)
	p.line(p.ink, 5, 18.5, right, 5.5+low)
}
