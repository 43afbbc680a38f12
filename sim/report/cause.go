package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// technique is an id of ATT&CK behind what was done so.
func technique(id string) string {
	if id == "" {
		return ""
	}
	return " (" + clean(id) + ")"
}

// linked says what one link of a tree of causes is.
func linked(r *sim.Result, c *sim.Cause) string {
	switch {
	case c.Kind == sim.InjectionCause:
		return acted(r, c)
	case c.Kind == sim.OmissionCause:
		return omitted(c)
	case c.Kind == sim.DataCause || c.Kind == sim.LoadCause:
		return clean(c.Check)
	case c.Kind == sim.SpreadCause:
		if c.Who == c.Signal.Signal && c.Signal.Type == signal.Number {
			return fmt.Sprintf("%s had come to %.0f of %s by %s", clean(c.Signal.Device), c.Value, clean(c.Who), c.At.Short())
		}
		return fmt.Sprintf("%s came to %s%s, at %s", clean(c.Signal.Device), clean(c.Who), origin(c.True, c.Check)+technique(c.Technique), c.At.Short())
	case c.Kind == sim.CheckCause && c.Check != "" && c.True != "":
		return declined(r, c)
	case c.Kind == sim.MessageCause && c.Signal.Device == "": // a figure, which messages make
		return fmt.Sprintf("%s was %s %s", clean(c.Signal.Signal), linkValue(c), since(c))
	case c.Kind == sim.MessageCause && c.At == 0:
		path, _ := pathOf(c)
		return fmt.Sprintf("%s was %s from the start, as %s would have told it", path, linkValue(c), clean(c.Who))
	case c.Kind == sim.MessageCause:
		return told(c)
	case c.Kind == sim.ComputedCause && c.Signal.Continuous:
		path, _ := pathOf(c)
		return path + " was " + linkValue(c)
	}
	return because(r, c)
}

// told says who told what, whom that said to be, and which checks it passed.
func told(c *sim.Cause) string {
	text := fmt.Sprintf("%s told %s: %s = %s, at %s", sender(c), clean(c.Signal.Device), clean(c.Signal.Signal), linkValue(c), c.At.Short())
	if c.Check != "" {
		text += "; " + clean(c.Check)
	}
	return text
}

// sender is the true sender of a message, and the claimed one where that is another.
func sender(c *sim.Cause) string {
	if c.True != "" && c.Claimed != "" && c.True != c.Claimed {
		return clean(c.True) + " as " + clean(c.Claimed)
	}
	if c.True != "" {
		return clean(c.True)
	}
	return clean(c.Who)
}

// declined says what a check kept from whom, and who answers for the check.
func declined(r *sim.Result, c *sim.Cause) string {
	text := fmt.Sprintf("what %s told %s for %s: %s, last at %s", sender(c), clean(c.Signal.Device), clean(c.Signal.Signal), clean(c.Check), c.Since.Short())
	if owner := checkOwner(r, c); owner != "" {
		text += "; " + clean(owner) + " answers for that"
	}
	return text
}

// checkOwner is who answers for what a device did: of a check that may be somebody else.
func checkOwner(r *sim.Result, c *sim.Cause) string {
	if c.Owner != "" {
		return c.Owner
	}
	return ownerOf(r.Plan, c.Who)
}

func linkValue(c *sim.Cause) string {
	return value(c.Value, c.Signal.Type, c.Signal.Unit, c.Signal.Labels)
}

// omitted says what was left as it was.
func omitted(c *sim.Cause) string {
	path, _ := pathOf(c)
	x := linkValue(c)
	since := "as it has been since " + c.Since.Short()
	if c.Since == 0 {
		since = "as at the start"
	}
	switch c.Omitted {
	case sim.DecisionCause:
		return fmt.Sprintf("%s left %s at %s, %s, whatever came after", clean(c.Who), path, x, since)
	case sim.MessageCause:
		if c.Since != 0 {
			since = "as told at " + c.Since.Short()
		}
		return fmt.Sprintf("%s was told nothing new by %s: %s stayed %s, %s", clean(c.Signal.Device), sender(c), path, x, since)
	}
	return fmt.Sprintf("%s stayed %s, %s", path, x, since)
}

// acted says what an injection did: to the signal that it acts on, or, where it kept
// something from happening, what that was.
func acted(r *sim.Result, c *sim.Cause) string {
	step := &r.Injections[c.Injection].Step
	head := fmt.Sprintf("%s (%s)", label(step), doing(step))
	if c.At == vtime.Never {
		return head + " never began: what it waits for did not come"
	}
	named := c.Signal.Signal != ""
	path, place := pathOf(c)
	if began := r.Injections[c.Injection].Applied; step.What == "release" && named && c.At > began {
		return fmt.Sprintf("%s, from %s: %s was %s from %s", head, began.Short(), path, linkValue(c), c.At.Short())
	}
	if step.What == "release" {
		return head + during(c)
	}
	switch {
	case c.Omitted == sim.InjectionCause && named && c.Signal.Role == device.RoleTold:
		return fmt.Sprintf("%s kept or held back what %s is told: %s was %s, from %s", head, clean(c.Signal.Device), path, linkValue(c), c.At.Short())
	case c.Omitted == sim.InjectionCause && named && c.Signal.Device != "":
		return fmt.Sprintf("%s kept %s from doing as it would, from %s", head, clean(c.Signal.Device), c.At.Short())
	case named && !math.IsNaN(c.Value) && c.Omitted != sim.InjectionCause:
		return injected(r, c, path, place, linkValue(c))
	case named:
		return head + " acted on " + path + during(c)
	case c.Needed != "":
		return head + during(c) + "; needed by " + clean(c.Needed)
	}
	if in := &r.Injections[c.Injection]; in.Why != "" && in.HeldUp() {
		fate := ", was stopped: "
		if in.Outcome == inject.Pending {
			fate = ", is pending: "
		}
		return head + during(c) + fate + clean(in.Why) + ". It could have mattered all the same"
	}
	return head + during(c) + ", had influence on this; how, cannot be told link by link"
}

// during says when a step acted.
func during(c *sim.Cause) string {
	if c.Until == 0 {
		return ", from " + c.At.Short()
	}
	return ", from " + c.At.Short() + " to " + c.Until.Short()
}

// doer is the device behind a link, or the injection.
func doer(r *sim.Result, c *sim.Cause) string {
	switch {
	case c.Injection >= 0:
		return r.Injections[c.Injection].Step.Name
	case c.Who != "":
		return c.Who
	}
	return c.Signal.Device
}

// An account is what a device did on the way to a violation.
type account struct{ device, owner, did string }

// accounts lists who answers for what: all devices of a tree of causes.
func accounts(r *sim.Result, f *why.Finding) (list []account) {
	var names []string
	did := map[string][]string{}
	add := func(name, what string) {
		if name == "" {
			return
		}
		if did[name] == nil {
			names = append(names, name)
		}
		if !slices.Contains(did[name], what) {
			did[name] = append(did[name], what)
		}
	}
	for k := range f.Tree.Links {
		l := &f.Tree.Links[k]
		switch l.Kind {
		case sim.DecisionCause:
			add(l.Who, "decided")
		case sim.MessageCause:
			add(l.Who, "told")
		case sim.PhysicsCause, sim.ComputedCause:
			add(l.Who, moved(f.Tree, k))
		case sim.CheckCause:
			add(l.Who, judged(&l.Cause))
		case sim.OmissionCause:
			switch l.Omitted {
			case sim.MessageCause:
				add(l.Who, "told nothing new")
			case sim.PhysicsCause, sim.ComputedCause:
				add(l.Who, moved(f.Tree, k))
			default:
				add(l.Who, "left as it was")
			}
		}
	}
	for _, name := range names {
		what := ""
		for k, one := range did[name] {
			if k > 0 {
				what += ", "
			}
			what += one
		}
		list = append(list, account{name, ownerOf(r.Plan, name), what})
	}
	return list
}

// moved says what a device did whose physics is a link: what it is told itself makes
// it an actuator.
func moved(t *sim.Tree, link int) string {
	for k := range t.Links {
		if l := &t.Links[k]; l.Effect == link && l.Signal.Role == device.RoleTold {
			return "actuated"
		}
	}
	return "physics"
}

// judged says what a device did by a check: what only counts shows how many there were.
func judged(c *sim.Cause) string {
	if c.Check == "" {
		return "counted"
	}
	return "refused"
}
