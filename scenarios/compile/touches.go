package compile

// touches warns of arms and people that are told otherwise of the same contact: the arm computes the
// force by its region, the person is judged by theirs.
func (b *builder) touches() {
	for _, arm := range b.devs {
		if !arm.is("robot-arm") {
			continue
		}
		b.closesIn(arm)
		b.meets(arm)
		b.aside(arm)
		for _, d := range b.devs {
			if !d.human() || d.broken {
				continue
			}
			if text, ok := d.wiredTo("contact"); ok && names(text.Value, arm.spec.Name.Value, "force") {
				b.sameContact(arm, d)
			}
		}
	}
}

// closesIn warns of an arm that cannot know how fast whom it meets comes.
func (b *builder) closesIn(arm *dev) {
	body, ok := arm.wiredTo("body")
	if _, knows := arm.wiredTo("body_speed"); !ok || knows {
		return
	}
	for _, d := range b.devs {
		id := d.spec.Name.Value
		if d.human() && names(body.Value, id, "x") && len(d.entries("path")) > 0 {
			b.Warnf(body.Span, "add `body_speed: "+id+".speed_x`", "%s does not know how fast %s comes towards it: who walks into it counts as standing", arm.spec.Name.Value, id)
			return
		}
	}
}

// sameContact warns where an arm and a person differ.
func (b *builder) sameContact(arm, d *dev) {
	a, p := arm.spec.Name.Value, d.spec.Name.Value
	if of, is := arm.parameter("region"), d.parameter("region"); of != is {
		b.Warnf(d.given("region").Span, "write the region that it meets at both: one has its spring and mass, the other what it bears",
			"%s meets the region %s, and %s is judged by the region %s", a, of, p, is)
	}
	clamps, touch, at := arm.parameter("clamps") == "true", d.parameter("touch"), d.given("touch").Span
	switch {
	case clamps && touch == "transient":
		b.Warnf(at, "write `touch: quasi_static`, or `clamps: false` of "+a+" where they can give way", "%s clamps whom it meets, and %s is judged as one who can give way", a, p)
	case !clamps && touch == "quasi_static" && arm.parameter("power_limited") == "true":
		b.Warnf(at, "write `touch: transient`, or `clamps: true` of "+a+" where they cannot give way", "%s goes as fast as who can give way bears, and %s is judged as one who cannot", a, p)
	}
}
