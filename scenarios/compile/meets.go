package compile

import (
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
)

// meets warns of people whom an arm goes through without a word: it knows only those who are wired to it as its
// body, and they feel it only by what is wired to them.
func (b *builder) meets(arm *dev) {
	body, knows := arm.wiredTo("body")
	if knows != arm.gives("body") {
		return // it has a mistake, which is told
	}
	known := b.reached(body.Value)
	var beside, others []*dev // in whose plane it is known to move
	for _, d := range b.devs {
		if !d.human() || d.broken {
			continue
		}
		felt, met := b.feels(d, arm), slices.Contains(known, d)
		switch {
		case felt == "contact" && !knows:
			b.knowsNobody(arm, d)
		case felt == "contact" && !met:
			b.meetsAnother(arm, d, body, known)
		case felt == "contact" && met:
			b.sharesForce(arm, d, body)
		case felt == "" && met:
			b.feelsNothing(arm, d)
		case felt == "hidden":
			b.hides(arm, d)
		}
		if met || felt != "" {
			beside = append(beside, d)
		} else {
			others = append(others, d)
		}
	}
	if len(beside) > 0 {
		b.walksInto(arm, beside, others)
	} else if len(others) > 0 {
		a, d := arm.spec.Name, others[0].spec.Name.Value
		b.Warnf(a.Span, "add "+bodyOf(d)+" to "+a.Value+" and `contact: "+a.Value+".force` to "+d+", or `separation: "+d+".x - "+a.Value+".x`",
			"nobody is exposed to %s: it goes through whoever is there, and harms nobody", a.Value)
	}
}

// feels is by what exposure a person feels an arm: contact, separation, or none. It is hidden where a separation
// harms nobody, as the contact that is wired, which is another's, has the force.
func (b *builder) feels(d, arm *dev) string {
	contact, forced := d.wiredTo("contact")
	apart, _ := d.wiredTo("separation")
	by := slices.Contains(b.reached(apart.Value), arm)
	force := b.reached(contact.Value)
	switch {
	case slices.Contains(force, arm):
		return "contact"
	case by && forced && len(force) > 0:
		return "hidden"
	case by || forced && len(force) == 0: // a force of its own, which somebody wrote on purpose
		return "separation"
	}
	return ""
}

func (b *builder) knowsNobody(arm, d *dev) {
	a, id := arm.spec.Name.Value, d.spec.Name.Value
	text, _ := d.wiredTo("contact")
	b.Warnf(text.Span, "add "+bodyOf(id)+" to "+a, "%s.force is always 0, as nothing is wired to the body of %s: it goes through %s", a, a, id)
}

func (b *builder) meetsAnother(arm, d *dev, body syntax.Text, known []*dev) {
	a, id := arm.spec.Name.Value, d.spec.Name.Value
	var whom []string
	for _, k := range known {
		if k.human() {
			whom = append(whom, k.spec.Name.Value)
		}
	}
	felt := ", whose contact reads its force on another"
	if _, told := d.wiredTo("is_touching"); told {
		felt = " without harm" // but where both are at one place
	}
	switch {
	case len(whom) > 0:
		b.Warnf(body.Span, "write "+bodyOf(id)+", or of several the nearest: `body: min("+id+".x, "+whom[0]+".x)`",
			"%s meets %s, and not %s: it goes through %s%s", a, list(whom), id, id, felt)
	case len(d.entries("path")) > 0:
		b.Warnf(body.Span, "write "+bodyOf(id), "%s goes through %s, who walks: the body that it meets is not where they are", a, id)
	}
}

// sharesForce warns of who feels what an arm does to others: only where the contact of somebody is its force alone, and
// its body is one of several as they are, does a run know whom it met (strikes).
func (b *builder) sharesForce(arm, d *dev, body syntax.Text) {
	contact, _ := d.wiredTo("contact")
	met := b.peopleIn(body.Value)
	if _, told := d.wiredTo("is_touching"); told || len(met) < 2 || len(b.peopleIn(contact.Value)) > 0 {
		return // somebody chooses, by who is where
	}
	a, id := arm.spec.Name.Value, d.spec.Name.Value
	places := make([]string, len(met))
	for i, m := range met {
		places[i] = m.spec.Name.Value + ".x"
	}
	b.Warnf(contact.Span, "write `contact: "+a+".force` alone, and `body: min("+strings.Join(places, ", ")+")` to "+a+", or have it be 0 N by who is where",
		"%s feels the force of %s whomever it meets: it does not follow from this who that is", id, a)
}

func (b *builder) feelsNothing(arm, d *dev) {
	a, id := arm.spec.Name.Value, d.spec.Name.Value
	b.Warnf(d.spec.Name.Span, "add `contact: "+a+".force` to "+id, "%s meets %s, and nothing of that harms them: neither their contact nor their separation reads it", a, id)
}

func (b *builder) hides(arm, d *dev) {
	a, id := arm.spec.Name.Value, d.spec.Name.Value
	contact, _ := d.wiredTo("contact")
	b.Warnf(contact.Span, "add "+bodyOf(id)+" to "+a+" and write `contact: max("+a+".force, ...)`",
		"%s goes through %s without harm: their contact does not read its force, and where contact is wired separation harms nobody", a, id)
}

// walksInto warns of people who stand or go where an arm moves, or within its reach of that, and are not wired to it.
// The arm goes along the x and at the y of those who are.
func (b *builder) walksInto(arm *dev, beside, others []*dev) {
	from, ok1 := arm.number("from")
	to, ok2 := arm.number("to")
	reach, ok3 := arm.number("reach")
	if !ok1 || !ok2 || !ok3 {
		return
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, d := range beside {
		for _, way := range d.segments() {
			low, high = min(low, way.y0, way.y1), max(high, way.y0, way.y1)
		}
	}
	for _, d := range others {
		for _, way := range d.segments() {
			if y0, y1, in := way.between(from, to); in && y1 >= low-reach && y0 <= high+reach {
				a, id := arm.spec.Name.Value, d.spec.Name.Value
				b.Warnf(d.spec.Name.Span, "add `separation: "+id+".x - "+a+".x`, or have "+a+" know them as its body",
					"%s stands or walks where %s moves, from %s to %s, and is not wired to it: it goes through them", id, a, arm.write("from", from), arm.write("to", to))
				break
			}
		}
	}
}

// A segment is a straight way in the plane.
type segment struct{ x0, y0, x1, y1 float64 }

// segments are where somebody stands, and the ways that they walk.
func (d *dev) segments() (list []segment) {
	if d.walker == nil {
		return nil
	}
	walk := d.walker.Walk()
	for _, p := range walk.Places[:1] {
		list = append(list, segment{p.X, p.Y, p.X, p.Y})
	}
	for _, w := range walk.Ways {
		list = append(list, segment{w.From.X, w.From.Y, w.To.X, w.To.Y}, segment{w.Past.X, w.Past.Y, w.To.X, w.To.Y})
	}
	return list
}

// between is from which y to which a way goes within a range of x, and whether it comes there.
func (s segment) between(from, to float64) (low, high float64, in bool) {
	if s.x0 > s.x1 {
		s = segment{s.x1, s.y1, s.x0, s.y0}
	}
	if s.x1 < from || s.x0 > to {
		return 0, 0, false
	}
	at := func(x float64) float64 {
		if s.x1 == s.x0 {
			return s.y1
		}
		return s.y0 + float64((s.y1-s.y0)*((x-s.x0)/(s.x1-s.x0)))
	}
	y0, y1 := at(max(from, s.x0)), at(min(to, s.x1))
	if s.x0 == s.x1 {
		y0 = s.y0
	}
	return min(y0, y1), max(y0, y1), true
}

// bodyOf is what an arm needs to meet somebody.
func bodyOf(id string) string { return "`body: " + id + ".x` and `body_speed: " + id + ".speed_x`" }

// reached are the devices that an expression reads, and those that they read in turn.
func (b *builder) reached(expression string) (list []*dev) {
	list = b.readBy(nil, expression)
	for i := 0; i < len(list); i++ {
		if list[i].human() || list[i].is("robot-arm") {
			continue // what they go by is not what they are exposed to
		}
		for _, w := range list[i].inputs {
			list = b.readBy(list, w.wiring.Source.Value)
		}
	}
	return list
}

// readBy adds the devices that an expression names.
func (b *builder) readBy(list []*dev, expression string) []*dev {
	end := 0
	for start := 0; start < len(expression); start = end + 1 {
		for end = start; end < len(expression) && inName(expression[end]); end++ {
		}
		id, _, path := strings.Cut(expression[start:end], ".")
		if d := b.byName[id]; d != nil && (path || strings.HasPrefix(expression[end:], "[")) && !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}
