package network

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// A drawing of a small topology: few names, so that they meet.
func drawTopology(t *rapid.T) Topology {
	var top Topology
	zones := rapid.IntRange(2, 5).Draw(t, "zones")
	for i := range zones {
		z := Zone{Link: Link{Name: string(rune('A' + i))}, Devices: []string{string(rune('a' + i))}}
		if rapid.IntRange(0, 4).Draw(t, "dual") == 0 { // a guest
			z.Devices = append(z.Devices, string(rune('a'+(i+1)%zones)))
		}
		top.Zones = append(top.Zones, z)
	}
	for i := range rapid.IntRange(1, 7).Draw(t, "conduits") {
		a := rapid.IntRange(0, zones-1).Draw(t, "a")
		b := (a + rapid.IntRange(1, zones-1).Draw(t, "b")) % zones
		c := Conduit{Link: Link{Name: fmt.Sprint("c", i)}, Joins: []string{top.Zones[a].Name, top.Zones[b].Name}}
		c.OneWay = rapid.IntRange(0, 3).Draw(t, "diode") == 0
		if c.Filtered = rapid.Bool().Draw(t, "filtered"); c.Filtered {
			c.Rules = rapid.SliceOfN(rapid.Custom(drawRule), 0, 4).Draw(t, "rules")
			if further := rapid.IntRange(1, 9).Draw(t, "further"); further < len(c.Rules) {
				c.Rules[further].Further = true
			}
		}
		top.Conduits = append(top.Conduits, c)
	}
	top.Bits = map[string]bool{"a.x": true, "b.y": true}
	return top
}

func drawRule(t *rapid.T) Rule {
	who := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "A", "B", "C"}), 0, 2)
	r := Rule{
		Deny: rapid.Bool().Draw(t, "deny"), From: who.Draw(t, "from"), To: who.Draw(t, "to"),
		Protocols: Protocols(rapid.SampledFrom([]int{0, 1, 2, 3}).Draw(t, "protocols")),
		Verbs:     Verbs(rapid.SampledFrom([]int{0, 1, 2, 3}).Draw(t, "verbs")),
		Objects:   rapid.SliceOfN(rapid.SampledFrom([]string{"a.*", "*.x", "a.x", "*", "b.y*"}), 0, 2).Draw(t, "objects"),
	}
	if r.Protocols == 2 { // Modbus alone
		r.Functions = rapid.SliceOfN(rapid.SampledFrom([]Function{2, 4, 5, 6, 15, 16}), 0, 3).Draw(t, "functions")
	}
	return r
}

func drawRequest(t *rapid.T, top *Topology) Request {
	device := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}[:len(top.Zones)])
	return Request{
		From: device.Draw(t, "from"), To: device.Draw(t, "to"), Protocol: Protocol(rapid.IntRange(0, 1).Draw(t, "protocol")),
		Verb: Verb(rapid.IntRange(0, 1).Draw(t, "verb")), Reply: rapid.Bool().Draw(t, "reply"),
		Objects: rapid.SliceOfN(rapid.SampledFrom([]string{"a.x", "a.y", "b.x", "b.y"}), 0, 2).Draw(t, "objects"),
	}
}

// The permitted path is the first of the shortest among all ways there are.
func TestShortestPermittedPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := drawTopology(t)
		q := drawRequest(t, &top)
		got, err := top.Route(q)
		best, found := "", false
		leads := false
		for _, from := range top.ZonesOf(q.From) {
			for _, to := range top.ZonesOf(q.To) {
				everyWay(&top, from, to, nil, []int32{from}, func(way []int) {
					leads = true
					if permitted(&top, &q, way, from, to) {
						// Shorter first, then by name: names have one length.
						key := fmt.Sprint(len(way), " ", namesOf(&top, way))
						if !found || key < best {
							best, found = key, true
						}
					}
				})
			}
		}
		require.Equal(t, leads, err == nil)
		if err != nil {
			return
		}
		require.Equal(t, found, got.Blocked == "", got.Blocked)
		if found {
			way := []int{}
			for _, h := range got.Hops {
				if i := int(h.Link) - len(top.Zones); i >= 0 {
					way = append(way, i)
				}
			}
			require.Equal(t, best, fmt.Sprint(len(way), " ", namesOf(&top, way)))
			require.Len(t, got.Zones, len(way)+1)
		}
	})
}

func namesOf(top *Topology, way []int) (names []string) {
	for _, c := range way {
		names = append(names, top.Conduits[c].Name)
	}
	return names
}

// everyWay finds all ways that pass no zone twice.
func everyWay(top *Topology, at, to int32, way []int, seen []int32, do func(way []int)) {
	if at == to {
		do(way)
		return
	}
	for c := range top.Conduits {
		joins := top.Conduits[c].Joins
		side := slices.Index(joins, top.Zones[at].Name)
		if side < 0 {
			continue
		}
		if next := top.zone(joins[1-side]); !slices.Contains(seen, next) {
			everyWay(top, next, to, append(slices.Clone(way), c), append(slices.Clone(seen), next), do)
		}
	}
}

// permitted reports whether every conduit of a way lets each object of a request pass,
// by the letter of the rules.
func permitted(top *Topology, q *Request, way []int, from, to int32) bool {
	at := from
	for _, i := range way {
		c := &top.Conduits[i]
		forward := c.Joins[0] == top.Zones[at].Name
		if c.OneWay && (!forward || q.Reply) || !firewall(c, q, top.Zones[from].Name, top.Zones[to].Name, top.Bits) {
			return false
		}
		if at = top.zone(c.Joins[0]); forward {
			at = top.zone(c.Joins[1])
		}
	}
	return true
}

// firewall judges each object by a table of which rules match.
func firewall(c *Conduit, q *Request, fromZone, toZone string, bits map[string]bool) bool {
	if !c.Filtered {
		return true
	}
	for i := range c.Rules { // two filters are two firewalls
		if i > 0 && c.Rules[i].Further {
			before, behind := *c, *c
			before.Rules, behind.Rules = c.Rules[:i], append([]Rule{}, c.Rules[i:]...)
			behind.Rules[0].Further = false
			return firewall(&before, q, fromZone, toZone, bits) && firewall(&behind, q, fromZone, toZone, bits)
		}
	}
	objects := q.Objects
	if len(objects) == 0 {
		objects = []string{""}
	}
	is := func(list []string, device, zone string) bool {
		for _, name := range list {
			if name == device || name == zone {
				return true
			}
		}
		return len(list) == 0
	}
	for _, object := range objects {
		allowed := false
		for i := len(c.Rules) - 1; i >= 0; i-- { // the first has the last word
			r := &c.Rules[i]
			about := len(r.Objects) == 0
			for _, p := range r.Objects {
				about = about || object != "" && glob(p, object)
			}
			asks := len(r.Functions) == 0
			for _, f := range r.Functions {
				asks = asks || f == byHand(q, bits[object])
			}
			if asks && is(r.From, q.From, fromZone) && is(r.To, q.To, toZone) && about &&
				(r.Protocols == 0 || r.Protocols&(1<<q.Protocol) != 0) && (r.Verbs == 0 || r.Verbs&(1<<q.Verb) != 0) {
				allowed = !r.Deny
			}
		}
		if !allowed {
			return false
		}
	}
	return true
}

// byHand is the function that reads or writes by Modbus, from a table.
func byHand(q *Request, bit bool) Function {
	row := map[Verb][2]Function{Read: {4, 2}, Write: {16, 15}}[q.Verb]
	switch {
	case q.Protocol != Modbus:
		return 0
	case bit && q.Verb == Write && len(q.Objects) == 1:
		return 5
	case bit:
		return row[1]
	}
	return row[0]
}

// glob is Match by trying everything that a star may stand for.
func glob(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return glob(pattern[1:], text) || text != "" && glob(pattern, text[1:])
	}
	return text != "" && pattern[0] == text[0] && glob(pattern[1:], text[1:])
}

func TestMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.StringMatching(`[ab.*]{0,8}`).Draw(t, "pattern")
		x := rapid.StringMatching(`[ab.]{0,8}`).Draw(t, "text")
		require.Equal(t, glob(p, x), Match(p, x))
	})
	require.True(t, Match("plc1.*", "plc1.level"))
	require.False(t, Match("plc1.*", "plc10.level"))
	require.False(t, Match("a*a", "a"), "both ends are text of its own")
}

// A dead rule is one that no request ever meets.
func TestDeadRulesAreDead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := drawTopology(t)
		dead := top.DeadRules()
		if len(dead) == 0 {
			return
		}
		d := rapid.SampledFrom(dead).Draw(t, "dead")
		q := drawRequest(t, &top)
		for _, from := range top.ZonesOf(q.From) {
			for _, to := range top.ZonesOf(q.To) {
				everyWay(&top, from, to, nil, []int32{from}, func(way []int) {
					if !slices.Contains(way, d.Conduit) || !oneWays(&top, way, from) {
						return
					}
					for _, object := range append(q.Objects, "") {
						rule, _ := top.Conduits[d.Conduit].verdict(&q, speaker{q.From, top.Zones[from].Name}, speaker{q.To, top.Zones[to].Name}, object, q.Protocol.Function(q.Verb, top.Bits[object], len(q.Objects) < 2))
						require.NotEqual(t, d.Rule, rule, d.Why)
					}
				})
			}
		}
	})
}

// oneWays reports whether a way goes with the diodes on it.
func oneWays(top *Topology, way []int, at int32) bool {
	for _, i := range way {
		c := &top.Conduits[i]
		forward := c.Joins[0] == top.Zones[at].Name
		if c.OneWay && !forward {
			return false
		}
		if at = top.zone(c.Joins[0]); forward {
			at = top.zone(c.Joins[1])
		}
	}
	return true
}

// What passes a conduit with several filters is what passes each of them.
func TestFiltersStandBehindOneAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		top := drawTopology(t)
		q := drawRequest(t, &top)
		from, to := speaker{q.From, "A"}, speaker{q.To, "B"}
		f := rapid.SampledFrom([]Function{0, 2, 4, 5}).Draw(t, "function")
		var all []Rule
		every := true
		for range rapid.IntRange(1, 3).Draw(t, "filters") {
			c := Conduit{Filtered: true, Rules: rapid.SliceOfN(rapid.Custom(drawRule), 1, 4).Draw(t, "rules")}
			_, pass := c.verdict(&q, from, to, "a.x", f)
			every = every && pass
			c.Rules[0].Further = len(all) > 0
			all = append(all, c.Rules...)
		}
		c := Conduit{Filtered: true, Rules: all}
		rule, pass := c.verdict(&q, from, to, "a.x", f)
		require.Equal(t, every, pass)
		if rule >= 0 {
			require.Equal(t, !pass, all[rule].Deny)
		}
	})
}
