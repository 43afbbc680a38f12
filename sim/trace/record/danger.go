package record

import (
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/trace"
)

// dangers describes people, how they may be harmed, and hazards.
func (r *Recorder) dangers(h *trace.Header, devices map[string]int) {
	p := r.plan
	for i := range p.Dangers.People {
		h.People = append(h.People, r.person(&p.Dangers.People[i], devices))
	}
	for _, x := range p.Harms() {
		h.Harms = append(h.Harms, trace.Harm{Person: x.Person, Exposure: x.Exposure, Severity: int(x.Severity), Word: x.Severity.String()})
	}
	for i := range p.Dangers.Hazards {
		x := &p.Dangers.Hazards[i]
		one := trace.Hazard{Name: x.Name, What: x.What, When: x.When, Exposes: []int{}, Severity: int(x.Severity), Word: x.Severity.String()}
		for k := range p.Dangers.People {
			if slices.Contains(x.Exposes, p.Dangers.People[k].Of) {
				one.Exposes = append(one.Exposes, k)
			}
		}
		for k := range x.Layers {
			one.Layers = append(one.Layers, trace.Layer{Name: x.Layers[k].Name, Acts: x.Layers[k].Text})
		}
		h.Hazards = append(h.Hazards, one)
	}
}

// person describes a person, and where the margins of what harms them are.
func (r *Recorder) person(x *sim.Person, devices map[string]int) trace.Person {
	one := trace.Person{Name: x.Device, Role: x.Role, Device: devices[x.Of]}
	if _, member, ok := strings.Cut(x.Device, "["); ok {
		one.Member, _ = strconv.Atoi(strings.TrimSuffix(member, "]"))
	}
	for i := range x.Exposed {
		e := trace.Exposure{Name: x.Exposed[i].Name, Of: x.Exposed[i].Of, Margin: -1}
		if slot, ok := r.plan.Signals.Slot(x.Device + "." + x.Exposed[i].Signal); ok {
			e.Margin = r.cell(slot)
		}
		one.Exposures = append(one.Exposures, e)
	}
	r.bounds(&one, one.Exposures)
	return one
}
