package compile

// outdoors warns of a house that nobody says how cold it is around: that it is 0 degC there is our choice, and it may harm who
// lives in it.
func (b *builder) outdoors() {
	for _, d := range b.devs {
		if !d.is("room") && !d.is("building") {
			continue
		}
		if id := d.spec.Name.Value; !d.gives("outside") && !d.misspelt {
			b.Warnf(d.spec.Name.Span, "say how warm it is: `outside: 10 degC`, or wire it to the weather",
				"nothing is wired to the outside of %s: it is taken to be 0 degC all the time, and %s becomes as cold where it is not heated", id, id)
		}
	}
}
