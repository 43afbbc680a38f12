package trace

import "fmt"

// A Person is a device that is a human, or one of its members. Where they are, what they
// are exposed to and how badly that harms them are signals of the device: x, y, contact,
// contact_harm, harm, worst and so on.
type Person struct {
	Name   string `json:"name"`
	Role   string `json:"role"`
	Device int    `json:"device"` // of Devices
	Member int    `json:"member,omitempty"`
	// Exposures are the signals that say how much of what harms them there is to spare.
	Exposures []Exposure `json:"exposures,omitempty"`
}

// An Exposure is something that may harm a person.
type Exposure struct {
	Name   string `json:"name"`
	Of     string `json:"of,omitempty"` // the exposure that it harms by, of a dose that adds up beside that
	Margin int    `json:"margin"`       // the cell of the signal, below 0 where it harms; -1 where there is none
	// Bounds are where severities of it begin, by the signal that Amount is the cell of.
	Amount int     `json:"amount,omitempty"`
	Bounds []Bound `json:"bounds,omitempty"`
}

// A Bound is from which value on an exposure is as bad as a severity, or below which.
type Bound struct {
	Severity int     `json:"severity"`
	Value    float64 `json:"value"` // SI
	Below    bool    `json:"below,omitempty"`
}

// A Harm is that a person is harmed by an exposure as badly as a severity, from 1 to 4.
type Harm struct {
	Person   int    `json:"person"` // of People
	Exposure string `json:"exposure"`
	Severity int    `json:"severity"`
	Word     string `json:"word"`
}

// A Hazard is something that may harm people.
type Hazard struct {
	Name     string  `json:"name"`
	What     string  `json:"what,omitempty"`
	When     string  `json:"when"`
	Exposes  []int   `json:"exposes"` // of People
	Severity int     `json:"severity"`
	Word     string  `json:"word"`
	Layers   []Layer `json:"layers,omitempty"`
}

// A Layer is a layer of protection against a hazard.
type Layer struct {
	Name string `json:"name"`
	Acts string `json:"acts"`
}

// danger is an event of harm or of a hazard in words.
func (h *Header) danger(x *Event) (name, text string) {
	switch x.Kind {
	case HazardBegan:
		return h.Hazards[x.Index].Name, "the hazard is there: " + h.Hazards[x.Index].When
	case HazardEnded:
		return h.Hazards[x.Index].Name, "the hazard is gone"
	}
	harm := &h.Harms[x.Index]
	return h.People[harm.Person].Name, "is harmed by " + harm.Exposure + ": " + harm.Word
}

// dangers checks that people are devices with cells, and that harm and hazards are of people.
func (t *Trace) dangers() error {
	h := &t.Header
	for i := range h.People {
		p := &h.People[i]
		if p.Device < 0 || p.Device >= len(h.Devices) || p.Member < 0 || p.Member >= max(1, h.Devices[p.Device].Count) {
			return fmt.Errorf("there is no person %q", p.Name)
		}
		for _, e := range p.Exposures {
			if e.Margin < -1 || e.Margin >= t.cells || e.Amount < 0 || e.Amount >= t.cells && len(e.Bounds) > 0 {
				return fmt.Errorf("%q is exposed to %q, of which there is no signal", p.Name, e.Name)
			}
		}
	}
	for _, x := range h.Harms {
		if x.Person < 0 || x.Person >= len(h.People) {
			return fmt.Errorf("harm by %q is of nobody", x.Exposure)
		}
	}
	for i := range h.Hazards {
		for _, n := range h.Hazards[i].Exposes {
			if n < 0 || n >= len(h.People) {
				return fmt.Errorf("hazard %q exposes nobody", h.Hazards[i].Name)
			}
		}
	}
	return nil
}
