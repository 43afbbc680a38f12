package sim

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/network"
)

// An Approach is the way of some who want something of a device, or what stops them.
type Approach struct {
	// Zones and Devices are who takes it: all of a zone, or some devices. Everybody
	// does where there is neither.
	Zones, Devices []string
	Over           []string   // conduits
	Logins         [][]string // credentials of which one is needed, for each conduit with a login
	// By is the conduit that stops them, empty where none leads there at all; Rule
	// which of its rules, from 1 on, 0 where that is none; Why says it for people, of
	// one of them.
	By   string
	Rule int
	Why  string
}

// approaches finds the ways to devices.
type approaches struct {
	router   *network.Router
	topology *network.Topology
	classes  []class
	alone    [][]int         // by zone: the classes of devices that are in no other one
	ranks    map[string]int  // by device: its class
	patterns []string        // of objects, of all rules
	fates    map[string]fate // of a class that wants something of another one
	marks    map[string]int  // of fates, by their keys
	answers  map[string]answer
}

// A class is devices that fare alike on every way.
type class struct {
	zones   []int32
	devices []string
}

// A fate is how a class fares. Fates that are one way have one mark.
type fate struct {
	Approach
	passes bool
	mark   int
}

// An answer is who can reach something, and who cannot.
type answer struct {
	from, stopped []Approach
	key           string // alike for what is reached alike
}

// newApproaches tells the classes of devices apart: by their zones, and each one that
// a rule names, or whose place matters, for itself.
func newApproaches(t *network.Topology) *approaches {
	a := &approaches{
		router: t.Router(), topology: t, alone: make([][]int, len(t.Zones)), ranks: map[string]int{},
		fates: map[string]fate{}, marks: map[string]int{}, answers: map[string]answer{},
	}
	named := map[string]bool{}
	for i := range t.Conduits {
		for _, r := range t.Conduits[i].Rules {
			for _, name := range slices.Concat(r.From, r.To) {
				named[name] = true
			}
			a.patterns = append(a.patterns, r.Objects...)
		}
	}
	at := map[string]int{}
	for i := range t.Zones {
		for _, device := range t.Zones[i].Devices {
			if _, seen := a.ranks[device]; seen {
				continue
			}
			zones := a.router.Zones(device)
			key := fmt.Sprint(zones)
			if _, placed := t.Positions[device]; named[device] || placed {
				key += device
			}
			k, ok := at[key]
			if !ok {
				k = len(a.classes)
				at[key] = k
				a.classes = append(a.classes, class{zones: zones})
				if len(zones) == 1 {
					a.alone[zones[0]] = append(a.alone[zones[0]], k)
				}
			}
			a.classes[k].devices = append(a.classes[k].devices, device)
			a.ranks[device] = k
		}
	}
	return a
}

// to returns who can make a request, whose From is not given, and who cannot. What is
// asked of alike devices is known.
func (a *approaches) to(q network.Request, names func(uint64) []string) answer {
	if len(a.topology.Zones) == 0 {
		return answer{from: []Approach{{}}}
	}
	asked := a.key(&q)
	if out, ok := a.answers[asked]; ok {
		return out
	}
	fates := make([]fate, len(a.classes))
	for k := range a.classes {
		fates[k] = a.fate(k, asked, q, names)
	}
	out, named := a.answer(fates, q.To)
	if !named { // else who is asked is left out of those who are named
		a.answers[asked] = out
	}
	return out
}

// key is all of a request to a device that matters to how others fare.
func (a *approaches) key(q *network.Request) string {
	k := -1
	if of, ok := a.ranks[q.To]; ok {
		k = of
	}
	key := fmt.Sprint(k, q.Protocol, q.Verb)
	if a.topology.Inspects() {
		bit := len(q.Objects) > 0 && a.topology.Bits[q.Objects[0]]
		key += fmt.Sprint(" ", q.Protocol.Function(q.Verb, bit, true))
	}
	for _, p := range a.patterns {
		key += fmt.Sprint(len(q.Objects) > 0 && network.Match(p, q.Objects[0]))
	}
	return key
}

// answer puts those together who fare alike. It reports whether it names devices that
// fare like the one that is asked.
func (a *approaches) answer(fates []fate, to string) (out answer, named bool) {
	shown := map[int]bool{}
	for k := range fates {
		f := &fates[k]
		if shown[f.mark] || a.only(k, to) {
			continue
		}
		shown[f.mark] = true
		approach := f.Approach
		named = a.who(&approach, fates, f.mark, to) || named
		if f.passes {
			out.from = append(out.from, approach)
		} else {
			out.stopped = append(out.stopped, approach)
		}
	}
	out.key = keysOf(out.from) + "/" + keysOf(out.stopped)
	return out, named
}

// only reports whether a device is the only one of a class.
func (a *approaches) only(k int, device string) bool {
	return len(a.classes[k].devices) == 1 && a.classes[k].devices[0] == device
}

// keysOf is all of approaches but their words.
func keysOf(list []Approach) (keys string) {
	for i := range list {
		a := &list[i]
		keys += fmt.Sprintf("%q %q %q %q %q %d\n", a.Zones, a.Devices, a.Over, a.Logins, a.By, a.Rule)
	}
	return keys
}

// who says who fares so: whole zones where that is so, else devices. It reports
// whether the one that is asked was left out of these.
func (a *approaches) who(out *Approach, fates []fate, mark int, to string) (left bool) {
	whole := map[int32]bool{}
	for z, classes := range a.alone {
		some, all := false, true
		for _, k := range classes {
			if !a.only(k, to) {
				some, all = true, all && fates[k].mark == mark
			}
		}
		if some && all {
			whole[int32(z)] = true
			out.Zones = append(out.Zones, a.topology.Zones[z].Name)
		}
	}
	for k := range a.classes {
		c := &a.classes[k]
		if fates[k].mark != mark || slices.ContainsFunc(c.zones, func(z int32) bool { return whole[z] }) {
			continue
		}
		for _, device := range c.devices {
			if device == to {
				left = true
				continue
			}
			out.Devices = append(out.Devices, device)
		}
	}
	return left
}

// fate returns how a class fares with a request.
func (a *approaches) fate(k int, asked string, q network.Request, names func(uint64) []string) fate {
	key := fmt.Sprint(k, " ", asked)
	f, ok := a.fates[key]
	if ok {
		return f
	}
	q.From = a.classes[k].devices[0]
	if q.From == q.To && len(a.classes[k].devices) > 1 {
		q.From = a.classes[k].devices[1]
	}
	f = a.route(q, names)
	way := fmt.Sprint(f.passes) + keysOf([]Approach{f.Approach})
	if f.mark, ok = a.marks[way]; !ok {
		f.mark = len(a.marks)
		a.marks[way] = f.mark
	}
	a.fates[key] = f
	return f
}

// route finds one way.
func (a *approaches) route(q network.Request, names func(uint64) []string) (f fate) {
	path, err := a.router.Route(q)
	if err != nil {
		f.Why = err.Error()
		return f
	}
	if path.Blocked != "" {
		f.Why = path.Blocked
		f.By, f.Rule = blocker(path.Blocked)
		return f
	}
	f.passes = true
	first := max(1, len(a.topology.Zones)) // the links of the conduits come after those of the zones
	for _, h := range path.Hops {
		if c := int(h.Link) - first; c >= 0 && c < len(a.topology.Conduits) {
			f.Over = append(f.Over, a.topology.Conduits[c].Name)
		}
	}
	for _, need := range path.Needs {
		f.Logins = append(f.Logins, names(need))
	}
	return f
}

// blocker returns what a text says that stops a way: the conduit and the rule.
func blocker(why string) (conduit string, rule int) {
	if rest, ok := strings.CutPrefix(why, "conduit "); ok {
		conduit, rest, _ = strings.Cut(rest, " ")
		if _, after, denied := strings.Cut(rest, "(rule "); denied {
			fmt.Sscanf(after, "%d:", &rule)
		}
	}
	return conduit, rule
}
