package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/harm"
)

// PersonOf returns the person of a name, with or without an exposure after it: "anna", and
// "anna.contact". The exposure is -1 where none is named. What does not exist is an error with
// what does.
func (p *Plan) PersonOf(name string) (person, exposure int, err error) {
	var names []string
	for i := range p.Dangers.People {
		x := &p.Dangers.People[i]
		if names = append(names, x.Device); x.Device == name {
			return i, -1, nil
		}
		of, ok := strings.CutPrefix(name, x.Device+".")
		if !ok {
			continue
		}
		var exposed []string
		for k := range x.Exposed {
			if exposed = append(exposed, x.Exposed[k].Name); x.Exposed[k].Name == of {
				return i, k, nil
			}
		}
		return 0, 0, fmt.Errorf("%s is not exposed to %q, but to %s", x.Device, of, strings.Join(exposed, ", "))
	}
	if len(names) == 0 {
		return 0, 0, fmt.Errorf("there is no person %q; there are none", name)
	}
	return 0, 0, fmt.Errorf("there is no person %q; there are %s", name, strings.Join(names, ", "))
}

// HazardOf returns the hazard of a name; what does not exist is an error with what does.
func (p *Plan) HazardOf(name string) (hazard int, err error) {
	var names []string
	for i := range p.Dangers.Hazards {
		if names = append(names, p.Dangers.Hazards[i].Name); names[i] == name {
			return i, nil
		}
	}
	if len(names) == 0 {
		return 0, fmt.Errorf("there is no hazard %q; there are none", name)
	}
	return 0, fmt.Errorf("there is no hazard %q; there are %s", name, strings.Join(names, ", "))
}

// HarmTo returns the name by which Invariant knows the worst harm that came to a person, by any
// exposure or by one (PersonOf); of who came to none, that it would be slight.
func (r *Result) HarmTo(person, exposure int) string {
	h := &r.Harm[person]
	if exposure < 0 {
		exposure = slices.IndexFunc(h.Exposed, func(e Exposure) bool { return e.Name == h.Exposure })
	}
	if exposure < 0 {
		exposure = max(0, slices.IndexFunc(h.Exposed, func(e Exposure) bool { return len(e.Spared) > 0 }))
	}
	if exposure >= len(h.Exposed) {
		return ""
	}
	e, worst := &h.Exposed[exposure], harm.Slight
	for k := range h.Harms {
		if h.Harms[k].Exposure == e.Name {
			worst = h.Harms[k].Severity
		}
	}
	if len(e.Spared) == 0 {
		return e.Safe.Name
	}
	return e.Spared[worst-1].Name
}

// Harmed lists the people who came to harm, the worst first, and of several the first.
func (r *Result) Harmed() (people []int) {
	for i := range r.Harm {
		if r.Harm[i].Severity > harm.None {
			people = append(people, i)
		}
	}
	slices.SortStableFunc(people, func(a, b int) int {
		x, y := &r.Harm[a], &r.Harm[b]
		if x.Severity != y.Severity {
			return int(y.Severity - x.Severity)
		}
		return int(min(1, max(-1, x.At-y.At)))
	})
	return people
}
