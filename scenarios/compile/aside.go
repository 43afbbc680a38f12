package compile

import (
	"math"
	"slices"
)

// aside warns of people whom an arm meets, or who are near it, by how far they are along x alone, and who stand or walk
// beside it further aside than it reaches: it harms them there.
func (b *builder) aside(arm *dev) {
	from, ok1 := arm.number("from")
	to, ok2 := arm.number("to")
	reach, ok3 := arm.number("reach")
	line, ok4 := arm.number("y")
	if !ok1 || !ok2 || !ok3 || !ok4 {
		return
	}
	body, _ := arm.wiredTo("body")
	known, a := b.reached(body.Value), arm.spec.Name.Value
	for _, d := range b.devs {
		id := d.spec.Name.Value
		far := math.NaN()
		for _, way := range d.segments() {
			if y0, y1, in := way.between(from, to); in && (y0 > line+reach || y1 < line-reach) {
				far = y0
				if y1 < line-reach {
					far = y1
				}
				break
			}
		}
		apart, _ := d.wiredTo("separation")
		switch {
		case !d.human() || d.broken || far != far:
		case slices.Contains(known, d) && b.feels(d, arm) == "contact":
			if !arm.gives("body_y") {
				b.Warnf(body.Span, "add `body_y: "+id+".y` to "+a+", and `y: "+arm.write("y", far)+"` where its line is there",
					"%s meets %s at any distance aside of its line, and they come to y = %s", a, id, arm.write("y", far))
			}
		case b.feels(d, arm) == "separation" && names(apart.Value, a, "x") && names(apart.Value, id, "x") && !names(apart.Value, id, "y"):
			b.Warnf(apart.Span, "write `separation: hypot("+id+".x - "+a+".x, "+id+".y) - \"0.3 m\"`, half a body and half a tool, or other figures",
				"%s counts as near %s by how far they are along x alone, and they come to y = %s", id, a, arm.write("y", far))
		}
	}
}
