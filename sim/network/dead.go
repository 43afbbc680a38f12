package network

import (
	"fmt"
	"slices"
)

// A DeadRule is a rule that can never match.
type DeadRule struct {
	Conduit, Rule int
	Why           string // for people
}

// DeadRules returns the rules that can never match: they name somebody who is
// nowhere, or whose messages never take the conduit that way, or an earlier rule
// covers all that they are about.
func (t *Topology) DeadRules() (dead []DeadRule) {
	r := t.Router()
	for i := range t.Conduits {
		reach := r.reach(i)
		for k := range t.Conduits[i].Rules {
			if why := r.dead(i, k, reach); why != "" {
				dead = append(dead, DeadRule{i, k, why})
			}
		}
	}
	return dead
}

// A crossing is a way over a conduit: from whose zones, and to whose, it is one.
type crossing struct{ from, to []bool }

// reach returns the crossings of a conduit: who can come to one of its ends without
// it, and where they can go from another one without it.
func (r *Router) reach(conduit int) (list []crossing) {
	for _, a := range r.joins[conduit] {
		for _, b := range r.joins[conduit] {
			if a == b || r.t.Conduits[conduit].OneWay && a != r.joins[conduit][0] {
				continue
			}
			list = append(list, crossing{r.connected(a, conduit, true), r.connected(b, conduit, false)})
		}
	}
	return list
}

// connected returns the zones from which one can come to a zone without a conduit,
// or those that one can go to.
func (r *Router) connected(zone int32, without int, against bool) []bool {
	seen := make([]bool, len(r.t.Zones))
	seen[zone] = true
	for queue := []int32{zone}; len(queue) > 0; queue = queue[1:] {
		for c, joins := range r.joins {
			if c == without || !slices.Contains(joins, queue[0]) {
				continue
			}
			for _, next := range joins {
				first := queue[0]
				if against {
					first = next
				}
				if !seen[next] && (!r.t.Conduits[c].OneWay || first == joins[0]) {
					seen[next] = true
					queue = append(queue, next)
				}
			}
		}
	}
	return seen
}

func (r *Router) dead(conduit, rule int, reach []crossing) string {
	c := &r.t.Conduits[conduit]
	x := &c.Rules[rule]
	for _, names := range [][]string{x.From, x.To} {
		if len(names) > 0 && all(names, func(name string) bool { return len(r.zonesOf(name)) == 0 }) {
			return fmt.Sprintf("%s is neither a zone nor a device in one", names[0])
		}
	}
	if !slices.ContainsFunc(reach, func(w crossing) bool { return r.any(x.From, w.from) && r.any(x.To, w.to) }) {
		return fmt.Sprintf("nothing passes %s from %s to %s", c.Name, anybody(x.From), anybody(x.To))
	}
	if p, only := x.Protocols.only(); only && len(x.Functions) > 0 && !p.occurs(x.Verbs, x.Functions) {
		return p.misfit(x.Verbs)
	}
	first := rule
	for first > 0 && !c.Rules[first].Further {
		first--
	}
	for k := first; k < rule; k++ {
		if r.covers(&c.Rules[k], x) {
			return fmt.Sprintf("rule %d (%s) decides about all that it is about", k+1, c.Rules[k].Text)
		}
	}
	return ""
}

// Hearers returns the devices that can be asked or told something where a rule is asked,
// in the order of the zones.
func (t *Topology) Hearers(conduit, rule int) (devices []string) {
	r := t.Router()
	reach := r.reach(conduit)
	x := &t.Conduits[conduit].Rules[rule]
	for z := range t.Zones {
		if !slices.ContainsFunc(reach, func(w crossing) bool { return w.to[z] && r.any(x.From, w.from) }) {
			continue
		}
		for _, device := range t.Zones[z].Devices {
			if !slices.Contains(devices, device) && (speaker{device, t.Zones[z].Name}).among(x.To) {
				devices = append(devices, device)
			}
		}
	}
	return devices
}

func anybody(names []string) string {
	if len(names) == 0 {
		return "anybody"
	}
	return fmt.Sprint(names)
}

// zonesOf returns the zones of a device, or the zone itself, of both where one name
// is that of both.
func (r *Router) zonesOf(name string) []int32 {
	zones := slices.Clone(r.zones[name])
	if zone := r.t.zone(name); zone >= 0 {
		zones = append(zones, zone)
	}
	return zones
}

// any reports whether one of the names is in one of the zones.
func (r *Router) any(names []string, zones []bool) bool {
	if len(names) == 0 {
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return slices.ContainsFunc(r.zonesOf(name), func(z int32) bool { return zones[z] })
	})
}

// covers reports whether an earlier rule matches all that a later one does.
func (r *Router) covers(a, b *Rule) bool {
	return r.includes(a.From, b.From) && r.includes(a.To, b.To) &&
		(a.Protocols == 0 || b.Protocols != 0 && b.Protocols&^a.Protocols == 0) &&
		(a.Verbs == 0 || b.Verbs != 0 && b.Verbs&^a.Verbs == 0) &&
		(len(a.Functions) == 0 || len(b.Functions) > 0 && all(b.Functions, func(f Function) bool { return slices.Contains(a.Functions, f) })) &&
		(len(a.Objects) == 0 || len(b.Objects) > 0 && all(b.Objects, func(q string) bool {
			return slices.ContainsFunc(a.Objects, func(p string) bool { return Match(p, q) })
		}))
}

// includes reports whether who is among b, is among a in any case.
func (r *Router) includes(a, b []string) bool {
	if len(a) == 0 {
		return true
	}
	return len(b) > 0 && all(b, func(name string) bool {
		return slices.Contains(a, name) || r.whole(a, name)
	})
}

// whole reports whether a device speaks from zones that are listed alone, or a zone
// holds devices that are listed alone.
func (r *Router) whole(list []string, name string) bool {
	zone := r.t.zone(name)
	device := r.zones[name]
	switch {
	case zone >= 0 && len(device) > 0:
		return false // a name of both: only itself is sure to include it
	case zone >= 0:
		return all(r.t.Zones[zone].Devices, func(d string) bool { return slices.Contains(list, d) })
	}
	return all(device, func(z int32) bool { return slices.Contains(list, r.t.Zones[z].Name) })
}

func all[T any](list []T, is func(x T) bool) bool {
	return !slices.ContainsFunc(list, func(x T) bool { return !is(x) })
}
