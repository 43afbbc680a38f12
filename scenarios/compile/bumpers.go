package compile

// bumpers warns of collisions that only one of two vehicles knows of, of people who feel none (a push is felt
// by who is wired to it), and of ways that they never go.
func (b *builder) bumpers() {
	for _, d := range b.devs {
		switch {
		case d.is("vehicle"):
			b.pushes(d)
		case d.human() && !d.broken:
			b.neverHit(d)
			b.leavesLate(d)
		}
	}
}

// pushes compares what a vehicle and those beside it are told of one another.
func (b *builder) pushes(d *dev) {
	id := d.spec.Name.Value
	if text, ok := d.wiredTo("ahead"); ok {
		for _, front := range b.feeding(text, "vehicle", "rear") {
			f := front.spec.Name.Value
			if behind, ok := front.wiredTo("behind"); ok == front.gives("behind") && !names(behind.Value, id, "push") {
				b.Warnf(front.spec.Name.Span, "add `behind: "+id+".push` to "+f, "%s does not feel it when %s runs into it: it goes on as it did, and who is in it is unharmed", f, id)
			}
			if !d.gives("ahead_speed") {
				b.Warnf(text.Span, "add `ahead_speed: "+f+".speed` to "+id, "%s does not know how fast %s goes: it runs into it as if it stood", id, f)
			}
		}
	}
	text, _ := d.wiredTo("behind")
	for _, rear := range b.feeding(text, "vehicle", "push") {
		r := rear.spec.Name.Value
		ahead, _ := rear.wiredTo("ahead") // without, there is no push to be wired to
		if of := b.feeding(ahead, "vehicle", "rear"); len(of) > 0 && !names(ahead.Value, id, "rear") {
			b.Warnf(text.Span, "write `ahead: "+id+".rear` at "+r+", or leave this out", "%s is pushed by %s, which runs into %s and not into it", id, r, of[0].spec.Name.Value)
		}
	}
}

// neverHit warns of who feels the collisions of a vehicle that has none.
func (b *builder) neverHit(d *dev) {
	text, _ := d.wiredTo("collision")
	for _, car := range b.feeding(text, "vehicle", "delta_v") {
		if car.gives("ahead") || car.gives("behind") {
			continue
		}
		c, id := car.spec.Name.Value, d.spec.Name.Value
		b.Warnf(text.Span, "wire the ahead of "+c+" to what it may run into, such as the rear of another vehicle",
			"%s.delta_v is always 0, as %s can run into nothing: it never harms %s", c, c, id)
	}
}
