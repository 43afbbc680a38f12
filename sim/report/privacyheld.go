package report

import (
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/sim"
)

// heldMost is how many persons a report lists by name.
const heldMost = 6

// held writes who has something about each person of the system.
func (s *sheet) held(p *sim.Privacy) {
	for i := range p.Held {
		if i == heldMost && !s.All {
			s.line("  %s", s.ink(dim, fmt.Sprintf("%s more of whom data are (--all).", counted(len(p.Held)-i, "person", "people"))))
			break
		}
		s.bullet("  of "+clean(p.Held[i].Person), holding(&p.Held[i]))
	}
}

// holding says who has something about a person.
func holding(x *sim.HeldOf) string {
	var parts []string
	for _, by := range x.Stores {
		parts = append(parts, clean(by.Store)+" has "+some(by.Attributes))
	}
	if len(parts) == 0 {
		parts = append(parts, "no store has anything")
	}
	for _, by := range x.Taken {
		parts = append(parts, fmt.Sprintf("%s has %s of %s", clean(by.Who), some(by.Attributes), clean(by.Store)))
	}
	return strings.Join(parts, "; ")
}

// jsonHeldOf is who has something about a person of the system.
type jsonHeldOf struct {
	Person string       `json:"person"`
	Stores []jsonHeldBy `json:"stores"`
	Taken  []jsonHeldBy `json:"taken"`
}

type jsonHeldBy struct {
	Who        string   `json:"who,omitempty"`
	Store      string   `json:"store"`
	Attributes []string `json:"attributes"`
}

func heldJSON(p *sim.Privacy) []jsonHeldOf {
	out := []jsonHeldOf{}
	for i := range p.Held {
		x := &p.Held[i]
		one := jsonHeldOf{Person: x.Person, Stores: []jsonHeldBy{}, Taken: []jsonHeldBy{}}
		for _, by := range x.Stores {
			one.Stores = append(one.Stores, jsonHeldBy{by.Who, by.Store, append([]string{}, by.Attributes...)})
		}
		for _, by := range x.Taken {
			one.Taken = append(one.Taken, jsonHeldBy{by.Who, by.Store, append([]string{}, by.Attributes...)})
		}
		out = append(out, one)
	}
	return out
}
