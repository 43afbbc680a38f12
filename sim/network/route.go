package network

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// A Request is what one device wants of another, as conduits see it.
type Request struct {
	From, To string // devices; From begins
	As       string // whom From claims to be, where rules ask; empty: itself
	Protocol Protocol
	Verb     Verb
	Objects  []string // what it is about, such as gauge.reading
	Carries  []string // the reports whose values its messages carry
	Reply    bool     // something must come back
}

// claimed is who a request says that it is from.
func (q *Request) claimed() string { return cmp.Or(q.As, q.From) }

// A Path is the way from who begins to the other one.
type Path struct {
	Hops   []Hop
	Zones  []int32  // that it passes, both ends included
	Urgent []int32  // links that let it go first
	Needs  []uint64 // credentials of which one is needed, for each conduit with a login
	// Blocked says for people what stops messages on it; it is empty where nothing does.
	Blocked string
}

// A Router finds the ways of a topology, which must not change any more.
type Router struct {
	t      *Topology
	zones  map[string][]int32 // by device
	ports  map[string]int32   // by device: its link
	joins  [][]int32          // by conduit: its zones
	byName []int              // conduits in the order of names
	links  []Link             // Topology.Links where one of them lets some go first, else nil
}

// Router returns what finds the ways of the topology.
func (t *Topology) Router() *Router {
	r := &Router{t: t, zones: map[string][]int32{}, ports: map[string]int32{}, joins: make([][]int32, len(t.Conduits))}
	for i := range t.Zones {
		for _, device := range t.Zones[i].Devices {
			if zones := r.zones[device]; !slices.Contains(zones, int32(i)) {
				r.zones[device] = append(zones, int32(i))
			}
		}
	}
	for i, device := range t.ports() {
		r.ports[device] = int32(t.firstConduit() + len(t.Conduits) + i)
	}
	for i := range t.Conduits {
		for _, name := range t.Conduits[i].Joins {
			if zone := t.zone(name); zone >= 0 {
				r.joins[i] = append(r.joins[i], zone)
			}
		}
		r.byName = append(r.byName, i)
	}
	slices.SortStableFunc(r.byName, func(a, b int) int { return cmp.Compare(t.Conduits[a].Name, t.Conduits[b].Name) })
	if links := t.Links(); slices.ContainsFunc(links, func(l Link) bool { return len(l.Priority) > 0 }) {
		r.links = links
	}
	return r
}

// Route returns the shortest way over conduits that let the request pass, the first
// in order of names among equals. Where none does, the path says what stops it on
// the shortest way of all. It is an error where no conduit leads there.
func (t *Topology) Route(q Request) (Path, error) { return t.Router().Route(q) }

// Zones returns the zones of a device.
func (r *Router) Zones(device string) []int32 { return r.zones[device] }

// Route is that of Topology.
func (r *Router) Route(q Request) (Path, error) {
	if len(r.t.Zones) == 0 {
		hops := r.attach(&q, []Hop{{}})
		return Path{Hops: hops, Urgent: r.urgent(&q, hops)}, nil
	}
	for _, device := range []string{q.From, q.To} {
		if len(r.zones[device]) == 0 {
			return Path{}, fmt.Errorf("%s is in no zone, so no message can reach it or leave it", device)
		}
	}
	if w, ok := r.best(&q, r.permits); ok {
		return r.path(&q, w), nil
	}
	w, ok := r.best(&q, func(*Request, step, ends) string { return "" })
	if !ok {
		a, b := r.zones[q.From][0], r.zones[q.To][0]
		return Path{}, fmt.Errorf("no conduit leads from zone %s (%s) to zone %s (%s)",
			r.t.Zones[a].Name, q.From, r.t.Zones[b].Name, q.To)
	}
	p := r.path(&q, w)
	p.Blocked = r.stopped(&q, w)
	return p, nil
}

// ends are the zones in which a way begins and ends.
type ends struct{ from, to int32 }

// A step of a way goes over a conduit, or stays in a zone where that is -1.
type step struct {
	conduit  int
	from, to int32
}

// A way is its steps in a row; staying in a zone is the only one then.
type way struct {
	ends
	steps []step
}

// A permission says why a request cannot take a step; empty where it can.
type permission func(q *Request, s step, e ends) string

// best returns the best of the ways between the zones of both devices.
func (r *Router) best(q *Request, may permission) (best way, ok bool) {
	for _, from := range r.zones[q.From] {
		for _, to := range r.zones[q.To] {
			if w, found := r.way(q, ends{from, to}, may); found && (!ok || r.compare(w, best) < 0) {
				best, ok = w, true
			}
		}
	}
	return best, ok
}

// compare orders ways by how many conduits they take, then by the conduits' names.
func (r *Router) compare(a, b way) int {
	if c := cmp.Compare(a.conduits(), b.conduits()); c != 0 || a.conduits() == 0 {
		return c
	}
	for i := range a.steps {
		x, y := r.t.Conduits[a.steps[i].conduit].Name, r.t.Conduits[b.steps[i].conduit].Name
		if c := cmp.Compare(x, y); c != 0 {
			return c
		}
	}
	return 0
}

func (w *way) conduits() int {
	if w.steps[0].conduit < 0 {
		return 0
	}
	return len(w.steps)
}

// way is a breadth-first search from one zone to another, over conduits in the order
// of names.
func (r *Router) way(q *Request, e ends, may permission) (w way, ok bool) {
	if e.from == e.to {
		s := step{-1, e.from, e.to}
		return way{e, []step{s}}, may(q, s, e) == ""
	}
	came := make([]step, len(r.t.Zones)) // the step by which each zone was reached
	seen := make([]bool, len(r.t.Zones))
	seen[e.from] = true
	for queue := []int32{e.from}; len(queue) > 0; queue = queue[1:] {
		for _, c := range r.byName {
			if !slices.Contains(r.joins[c], queue[0]) {
				continue
			}
			for next := range int32(len(r.t.Zones)) {
				s := step{c, queue[0], next}
				if seen[next] || !slices.Contains(r.joins[c], next) || may(q, s, e) != "" {
					continue
				}
				seen[next], came[next] = true, s
				queue = append(queue, next)
			}
		}
		if seen[e.to] {
			return way{e, back(came, e)}, true
		}
	}
	return way{}, false
}

// back collects the steps from the end to the beginning.
func back(came []step, e ends) (steps []step) {
	for zone := e.to; zone != e.from; zone = came[zone].from {
		steps = append(steps, came[zone])
	}
	slices.Reverse(steps)
	return steps
}

// permits is the permission by range, diodes and rules.
func (r *Router) permits(q *Request, s step, e ends) string {
	if s.conduit < 0 {
		return r.outOfRange(q, s.from)
	}
	c := &r.t.Conduits[s.conduit]
	if c.OneWay && r.joins[s.conduit][0] != s.from {
		return fmt.Sprintf("conduit %s is a diode: it leads only from %s", c.Name, c.way())
	}
	if c.OneWay && q.Reply {
		return fmt.Sprintf("conduit %s is a diode from %s: no answer can come back", c.Name, c.way())
	}
	return c.stops(q, speaker{q.claimed(), r.t.Zones[e.from].Name}, speaker{q.To, r.t.Zones[e.to].Name}, r.t.Bits)
}

// outOfRange says that two devices of a wireless zone are too far apart.
func (r *Router) outOfRange(q *Request, zone int32) string {
	z := &r.t.Zones[zone]
	a, known := r.t.Positions[q.From]
	b, both := r.t.Positions[q.To]
	if z.Range <= 0 || !known || !both {
		return ""
	}
	if apart := Distance(a, b); apart > z.Range {
		return fmt.Sprintf("%s and %s are %.4g m apart, and %s reaches %.4g m", q.From, q.To, apart, z.Name, z.Range)
	}
	return ""
}

// Distance returns how far two places are apart.
func Distance(a, b [3]float64) float64 {
	square := 0.0
	for i := range a {
		square += float64((a[i] - b[i]) * (a[i] - b[i]))
	}
	return math.Sqrt(square)
}

// stopped returns what stops a request first on a way.
func (r *Router) stopped(q *Request, w way) string {
	for _, s := range w.steps {
		if why := r.permits(q, s, w.ends); why != "" {
			return why
		}
	}
	return "" // not for a way of best, none of which permits
}

// path makes a path of a way. A zone's own network is a hop of what stays in it; of
// what begins, passes or ends there as well if it has a bandwidth, which all share.
func (r *Router) path(q *Request, w way) (p Path) {
	var hops []Hop
	shared := func(zone int32) {
		p.Zones = append(p.Zones, zone)
		if w.conduits() == 0 || r.t.Zones[zone].Shares() {
			hops = append(hops, Hop{Link: zone})
		}
	}
	shared(w.from)
	for _, s := range w.steps {
		if s.conduit < 0 {
			break
		}
		joins := r.joins[s.conduit]
		hops = append(hops, Hop{
			Link: int32(r.t.firstConduit() + s.conduit),
			Back: slices.Index(joins, s.from) > slices.Index(joins, s.to),
		})
		if need := r.t.Conduits[s.conduit].Login; need != 0 {
			p.Needs = append(p.Needs, need)
		}
		shared(s.to)
	}
	p.Hops = r.attach(q, hops)
	p.Urgent = r.urgent(q, p.Hops)
	return p
}

// attach puts the ports of both devices to the ends of a path.
func (r *Router) attach(q *Request, hops []Hop) []Hop {
	if port, ok := r.ports[q.From]; ok {
		hops = append([]Hop{{Link: port}}, hops...)
	}
	if port, ok := r.ports[q.To]; ok {
		hops = append(hops, Hop{Link: port, Back: true})
	}
	return hops
}
