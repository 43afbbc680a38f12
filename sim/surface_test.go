package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A panel is told something, has a setting and shows something.
type panel struct{}

func (panel) Declare(p *device.Ports) {
	device.Told[float64](p, "set", unit.Metre)
	device.Tunable(p, "limit", unit.Metre, 1.0)
	device.Report(p, "shows", unit.Metre, 0.0)
}

// A switchboard is a panel that is told a bit as well.
type switchboard struct{ panel }

func (s switchboard) Declare(p *device.Ports) {
	s.panel.Declare(p)
	device.Told[bool](p, "on", unit.One)
}

// town draws zones with panels in them, some in several, and conduits with rules
// about devices, zones, verbs and objects.
func town(t *rapid.T) *sim.System {
	s := sim.NewSystem()
	zones := rapid.IntRange(1, 4).Draw(t, "zones")
	var names []string
	for z := range zones {
		names = append(names, fmt.Sprintf("z%d", z))
		s.Topology.Zones = append(s.Topology.Zones, network.Zone{Link: network.Link{Name: names[z], Latency: vtime.Millisecond}})
	}
	for d := range rapid.IntRange(2, 7).Draw(t, "devices") {
		id := fmt.Sprintf("d%d", d)
		names = append(names, id)
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: switchboard{}, Speaks: network.Protocol(rapid.IntRange(0, 1).Draw(t, "speaks"))}))
		for _, z := range rapid.SliceOfNDistinct(rapid.IntRange(0, zones-1), 1, min(zones, 2), rapid.ID).Draw(t, "in") {
			s.Topology.Zones[z].Devices = append(s.Topology.Zones[z].Devices, id)
		}
	}
	some := rapid.SliceOfN(rapid.SampledFrom(names), 0, 2)
	for c := range rapid.IntRange(0, 4).Draw(t, "conduits") {
		if zones < 2 {
			break
		}
		joins := rapid.SliceOfNDistinct(rapid.IntRange(0, zones-1), 2, 2, rapid.ID).Draw(t, "joins")
		conduit := network.Conduit{
			Link: network.Link{Name: fmt.Sprintf("c%d", c)}, Joins: []string{names[joins[0]], names[joins[1]]},
			OneWay: rapid.IntRange(0, 4).Draw(t, "diode") == 0,
		}
		for range rapid.IntRange(0, 3).Draw(t, "rules") {
			rule := network.Rule{Deny: rapid.Bool().Draw(t, "deny"), From: some.Draw(t, "from"), To: some.Draw(t, "to"), Text: "rule"}
			if rapid.Bool().Draw(t, "limited") {
				rule.Verbs = rule.Verbs.With(rapid.SampledFrom([]network.Verb{network.Read, network.Write, network.Configure}).Draw(t, "verb"))
			}
			if rapid.IntRange(0, 3).Draw(t, "objects") == 0 {
				rule.Objects = []string{rapid.SampledFrom([]string{"d1.*", "*.set", "d0.limit"}).Draw(t, "object")}
			}
			if rapid.IntRange(0, 3).Draw(t, "functions") == 0 {
				rule.Protocols = rule.Protocols.With(network.Modbus)
				rule.Functions = rapid.SliceOfN(rapid.SampledFrom([]network.Function{2, 4, 5, 16}), 1, 2).Draw(t, "function")
			}
			conduit.Rules = append(conduit.Rules, rule)
		}
		s.Topology.Conduits = append(s.Topology.Conduits, conduit)
	}
	s.Layout()
	return s
}

// surfaceOf ends the assembly.
func surfaceOf(t require.TestingT, s *sim.System) *sim.Surface {
	p, err := s.Plan(sim.Scenario{Run: vtime.Time(vtime.Second)}, nil, nil, nil)
	require.NoError(t, err)
	return p.Surface()
}

// among reports whether a device takes one of some approaches: as one that is named,
// or in a zone where that is said of all.
func among(t *network.Topology, list []sim.Approach, id string) *sim.Approach {
	for i := range list {
		a := &list[i]
		if slices.Contains(a.Devices, id) {
			return a
		}
		for _, z := range t.ZonesOf(id) {
			if slices.Contains(a.Zones, t.Zones[z].Name) {
				return a
			}
		}
	}
	return nil
}

// The surface groups devices, objects and verbs; the router is asked for each of them
// alone. They must agree on who passes, over which conduits, and what stops the others.
func TestSurfaceIsWhatTheRouterSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := town(t)
		s.Router() // which notes what is one bit
		topology, devices := s.Topology, s.DeviceNames()
		speaks := map[string]network.Protocol{}
		for _, id := range devices {
			speaks[id] = s.Device(id).Speaks
		}
		offers := 0
		for _, service := range surfaceOf(t, s).Services {
			for _, o := range service.Offers {
				offers++
				for _, from := range devices {
					if from == o.Device {
						continue
					}
					q := network.Request{
						From: from, To: o.Device, Protocol: speaks[o.Device], Verb: o.Verb, Objects: []string{o.Device + "." + o.Signal},
						Reply: o.Verb != network.Write,
					}
					path, err := topology.Route(q)
					passing, stopped := among(&topology, service.From, from), among(&topology, service.Stopped, from)
					if err != nil || path.Blocked != "" {
						require.NotNil(t, stopped, "%v", q)
						continue
					}
					require.NotNil(t, passing, "%v", q)
					var over []string
					for _, h := range path.Hops {
						if c := int(h.Link) - len(topology.Zones); c >= 0 {
							over = append(over, topology.Conduits[c].Name)
						}
					}
					if len(topology.ZonesOf(from)) == 1 { // one in several may be told with the zone that it is nearest in
						require.Equal(t, over, passing.Over, "%v", q)
					}
				}
			}
		}
		require.Equal(t, 5*len(devices), offers) // read, two to write, configure, download
	})
}

// Without zones everybody is reached by all.
func TestSurfaceWithoutZones(t *testing.T) {
	s := sim.NewSystem()
	for _, id := range []string{"a", "b"} {
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: panel{}}))
	}
	s.Layout()
	x := surfaceOf(t, s)
	require.Len(t, x.Services, 1)
	require.Equal(t, []sim.Approach{{}}, x.Services[0].From)
	require.Equal(t, []sim.Flaw{{Kind: sim.NoZones}, {Kind: sim.Unauthenticated, Names: []string{"a.set", "b.set", "a.limit", "b.limit"}}}, x.Flaws)
}

// What a conduit lets pass is worth knowing, and not what it does not; nobody reaches
// who is in no zone.
func TestSurfaceOfConduits(t *testing.T) {
	zone := func(name, level, device string) network.Zone {
		return network.Zone{Link: network.Link{Name: name}, Level: level, Target: 1, Devices: []string{device}}
	}
	for _, c := range []struct {
		conduit network.Conduit
		want    []sim.Flaw
	}{
		{network.Conduit{}, []sim.Flaw{{Kind: sim.Unfiltered, Names: []string{"c"}}, {Kind: sim.OfficeToControl, Names: []string{"c", "office", "field"}}}},
		{network.Conduit{OneWay: true}, []sim.Flaw{{Kind: sim.UnfilteredDiode, Names: []string{"c"}}, {Kind: sim.SkipsLevel, Names: []string{"c", "field", "office"}}}},
		{network.Conduit{Filtered: true}, nil},
		{network.Conduit{Rules: []network.Rule{{Deny: true, Text: "deny any"}}}, nil},
		{network.Conduit{Rules: []network.Rule{{Text: "allow any"}}}, []sim.Flaw{{Kind: sim.OfficeToControl, Names: []string{"c", "office", "field"}}}},
	} {
		s := sim.NewSystem()
		c.conduit.Name, c.conduit.Joins = "c", []string{"field", "office"}
		s.Topology = network.Topology{Zones: []network.Zone{zone("field", "1", "a"), zone("office", "4", "b")}, Conduits: []network.Conduit{c.conduit}}
		for _, id := range []string{"a", "b", "nowhere"} {
			require.NoError(t, s.Add(sim.Device{ID: id, Twin: panel{}}))
		}
		s.Layout()
		x := surfaceOf(t, s)
		written := sim.Flaw{Kind: sim.Unauthenticated, Names: []string{"a.set", "a.limit", "b.set", "b.limit"}}
		require.Equal(t, append(c.want, written), x.Flaws)
	}
}

// Links are named by where they are, and conduits and ports by their direction.
func TestLinkNames(t *testing.T) {
	s := sim.NewSystem()
	s.Topology = network.Topology{
		Zones:    []network.Zone{{Link: network.Link{Name: "field"}, Devices: []string{"a"}}, {Link: network.Link{Name: "hall"}, Devices: []string{"b"}}},
		Conduits: []network.Conduit{{Link: network.Link{Name: "bus"}, Joins: []string{"field", "hall"}}},
		Ports:    map[string]network.Link{"a": {Name: "a"}},
	}
	for _, id := range []string{"a", "b"} {
		require.NoError(t, s.Add(sim.Device{ID: id, Twin: panel{}}))
	}
	s.Layout()
	p, err := s.Plan(sim.Scenario{Run: vtime.Time(vtime.Second)}, nil, nil, nil)
	require.NoError(t, err)
	for want, l := range map[string]network.LinkCount{
		"within hall": {Link: 1}, "bus from field to hall": {Link: 2}, "bus from hall to field": {Link: 2, Back: true},
		"port of a, out": {Link: 3}, "port of a, in": {Link: 3, Back: true},
	} {
		require.Equal(t, want, p.LinkName(&l))
	}
}

// What asks who comes is no flaw, and is listed beside what it asks for. What is
// hard-wired cannot be told by a message.
func TestSurfaceAsks(t *testing.T) {
	s := sim.NewSystem()
	s.Credentials = []string{"one", "two"}
	s.Secrets = []sim.Secret{{}, {Password: true, Default: true}}
	for _, d := range []sim.Device{
		{ID: "a", Twin: panel{}, Guarded: true, Exposes: 2, Offers: true},
		{ID: "b", Twin: panel{}, Holds: 3, Security: network.Encrypt, Exposes: 1, Offers: true},
		{ID: "c", Twin: panel{}, Holds: 2},
	} {
		require.NoError(t, s.Add(d))
	}
	s.Layout()
	require.NoError(t, s.Wire("b", "set", sim.Source{Device: "a", Signal: "shows", Member: -1, Wired: true}))
	g := s.NewGuard("a")
	g.Rules = []check.Rule{{Name: "who", Check: check.Authenticate{Credentials: 3}, Verbs: 1<<network.Write | 1<<network.Configure | 1<<network.Download}}
	s.Guard(g)
	s.Doors = []sim.Door{{Device: "c", Verb: network.Login, Needs: 2}, {Device: "c", Weakness: "hole", Verb: network.Read}}
	x := surfaceOf(t, s)
	var offered []string
	for _, service := range x.Services {
		for _, o := range service.Offers {
			offered = append(offered, fmt.Sprintf("%v %s.%s %v", o.Verb, o.Device, o.Signal+o.Weakness, service.Asks))
		}
	}
	slices.Sort(offered)
	require.Equal(t, []string{
		"configure a.limit [{who authenticate [one two]}]", "configure b.limit []", "configure c.limit []",
		"download a.limit [{who authenticate [one two]}]", "download b.limit []", "download c.limit []",
		"login c. [{login login [two]}]",
		"read a.shows []", "read b.shows []", "read c.hole []", "read c.shows []",
		"write a.set [{who authenticate [one two]}]", "write c.set []",
	}, offered)
	require.Equal(t, []sim.Flaw{
		{Kind: sim.NoZones},
		{Kind: sim.Unauthenticated, Names: []string{"c.set", "c.limit", "b.limit"}},
		{Kind: sim.Weak, Names: []string{"c", "hole"}},
		{Kind: sim.DefaultCredential, Names: []string{"two"}},
		{Kind: sim.ClearPassword, Names: []string{"two"}},
		{Kind: sim.SharedCredential, Names: []string{"two", "b", "c"}},
	}, x.Flaws)
	require.Equal(t, []string{"a.who", "c"}, x.Keys[1].Opens)
}
