package network

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A plant as one finds it: office, control and field, a diode to the office, a
// workstation with two cards.
func plant() Topology {
	return Topology{
		Zones: []Zone{
			{Link: Link{Name: "field"}, Devices: []string{"gauge", "pump"}, Level: "0", Target: 2},
			{Link: Link{Name: "control"}, Devices: []string{"plc", "hmi", "station"}, Level: "1", Target: 2},
			{Link: Link{Name: "office"}, Devices: []string{"desk", "station"}, Level: "4"},
			{Link: Link{Name: "yard"}, Devices: []string{"post", "mast", "rover"}, Range: 100},
		},
		Conduits: []Conduit{
			{Link: Link{Name: "bus"}, Joins: []string{"field", "control"}, Filtered: true, Rules: []Rule{
				{From: []string{"plc"}, Verbs: Verbs(0).With(Read).With(Write), Text: "plc reads and writes"},
				{Deny: true, From: []string{"hmi"}, Verbs: Verbs(0).With(Write), Text: "hmi must not write"},
				{From: []string{"control"}, Objects: []string{"pump.*"}, Text: "control may do the rest with the pump"},
			}},
			{Link: Link{Name: "diode"}, Joins: []string{"control", "office"}, OneWay: true},
			{Link: Link{Name: "vpn"}, Joins: []string{"office", "yard"}, Login: 6, LoginText: "remote"},
		},
		Positions: map[string][3]float64{"post": {0, 0, 0}, "mast": {60, 80, 0}, "rover": {60, 80, 1}},
	}
}

func TestRulesOfAPlant(t *testing.T) {
	top := plant()
	for _, test := range []struct {
		q    Request
		want string
	}{
		{Request{From: "plc", To: "gauge", Verb: Read, Objects: []string{"gauge.level"}, Reply: true}, ""},
		{Request{From: "hmi", To: "pump", Verb: Write, Objects: []string{"pump.run"}}, "conduit bus denies write pump.run (rule 2: hmi must not write)"},
		{Request{From: "hmi", To: "pump", Verb: Read, Objects: []string{"pump.run", "pump.flow"}, Reply: true}, ""},
		{Request{From: "hmi", To: "pump", Verb: Scan, Reply: true}, "conduit bus has no rule that allows scan from hmi to pump by plain"},
		{Request{From: "hmi", To: "gauge", Verb: Read, Objects: []string{"gauge.level"}}, "conduit bus has no rule that allows read gauge.level from hmi to gauge by plain"},
		{Request{From: "plc", To: "desk", Verb: Write}, ""},
		{Request{From: "plc", To: "desk", Verb: Read, Reply: true}, "conduit diode is a diode from control to office: no answer can come back"},
		{Request{From: "desk", To: "plc", Verb: Write}, "conduit diode is a diode: it leads only from control to office"},
		{Request{From: "post", To: "mast"}, ""}, // 100 m
		{Request{From: "post", To: "rover"}, "post and rover are 100 m apart, and yard reaches 100 m"},
		{Request{From: "desk", To: "rover"}, ""},
	} {
		p, err := top.Route(test.q)
		require.NoError(t, err)
		require.Equal(t, test.want, p.Blocked, "%v", test.q)
	}
}

// A device in two zones speaks in each, so it is a way around their conduit; it
// routes for nobody else.
func TestDualHomed(t *testing.T) {
	top := plant()
	for _, to := range []string{"desk", "plc"} {
		p, err := top.Route(Request{From: "station", To: to, Reply: true})
		require.NoError(t, err)
		require.Empty(t, p.Blocked)
		require.Len(t, p.Hops, 1)
		require.Len(t, p.Zones, 1)
	}
	p, err := top.Route(Request{From: "station", To: "pump", Verb: Read, Objects: []string{"pump.flow"}})
	require.NoError(t, err)
	require.Empty(t, p.Blocked, "as one of control")
	require.Equal(t, []int32{1, 0}, p.Zones)
	require.Contains(t, top.Findings(), Finding{DualHomed, []string{"station", "control", "office"}})
}

func TestLoginsAndPorts(t *testing.T) {
	top := plant()
	top.Ports = map[string]Link{"desk": {Name: "desk"}, "rover": {Name: "rover"}}
	p, err := top.Route(Request{From: "desk", To: "rover"})
	require.NoError(t, err)
	require.Equal(t, []uint64{6}, p.Needs)
	require.Equal(t, []Hop{{Link: 7}, {Link: 6}, {Link: 8, Back: true}}, p.Hops)
	require.Equal(t, []string{"desk", "vpn", "rover"}, []string{top.Links()[7].Name, top.Links()[6].Name, top.Links()[8].Name})
	p, err = top.Route(Request{From: "rover", To: "desk"})
	require.NoError(t, err)
	require.Equal(t, []Hop{{Link: 8}, {Link: 6, Back: true}, {Link: 7, Back: true}}, p.Hops)
}

// A zone whose network has a bandwidth carries what passes it.
func TestSharedNetworks(t *testing.T) {
	top := plant()
	top.Zones[2].Bandwidth = 1e6
	p, err := top.Route(Request{From: "plc", To: "rover"})
	require.NoError(t, err)
	require.Equal(t, []Hop{{Link: 5}, {Link: 2}, {Link: 6}}, p.Hops)
	require.Equal(t, []int32{1, 2, 3}, p.Zones)
}

func TestOnPath(t *testing.T) {
	top := plant()
	p, err := top.Route(Request{From: "plc", To: "rover"})
	require.NoError(t, err)
	for device, on := range map[string]bool{"plc": true, "hmi": true, "desk": true, "station": true, "post": true, "gauge": false} {
		require.Equal(t, on, top.OnPath(device, "plc", "rover", &p), device)
	}
}

func TestDeadRules(t *testing.T) {
	top := plant()
	require.Empty(t, top.DeadRules())
	top.Conduits[0].Rules = append(top.Conduits[0].Rules,
		Rule{From: []string{"plc"}, Verbs: Verbs(0).With(Write), Objects: []string{"pump.run"}},
		Rule{To: []string{"stranger"}},
		Rule{From: []string{"desk"}, To: []string{"pump"}},
		Rule{From: []string{"yard"}, To: []string{"field"}},
		Rule{From: []string{"hmi", "plc"}, Objects: []string{"pump.r*"}},
		Rule{From: []string{"station"}, Objects: []string{"pump.r*"}}, // from its office card as well, but there it does not come
		Rule{},
		Rule{Deny: true},
	)
	require.Equal(t, []DeadRule{
		{0, 3, "rule 1 (plc reads and writes) decides about all that it is about"},
		{0, 4, "stranger is neither a zone nor a device in one"},
		{0, 5, "nothing passes bus from [desk] to [pump]"},
		{0, 6, "nothing passes bus from [yard] to [field]"},
		{0, 7, "rule 3 (control may do the rest with the pump) decides about all that it is about"},
		{0, 10, "rule 10 () decides about all that it is about"},
	}, top.DeadRules())
}

func TestFindings(t *testing.T) {
	top := plant()
	require.Equal(t, []Finding{
		{NoTarget, []string{"office"}},
		{NoLevel, []string{"yard"}},
		{NoTarget, []string{"yard"}},
		{DualHomed, []string{"station", "control", "office"}},
		{Unfiltered, []string{"diode"}},
		{SkipsLevel, []string{"diode", "control", "office"}},
		{Office, []string{"diode", "office", "control"}},
		{Unfiltered, []string{"vpn"}},
	}, top.Findings())
}

// Every name is read as it is written.
func TestNames(t *testing.T) {
	for i, name := range ProtocolNames() {
		p, ok := ParseProtocol(name)
		require.True(t, ok)
		require.Equal(t, Protocol(i), p)
		require.Equal(t, name, p.String())
	}
	for i, name := range VerbNames() {
		v, ok := ParseVerb(name)
		require.True(t, ok)
		require.Equal(t, Verb(i), v)
		require.Equal(t, name, v.String())
	}
	for i, name := range SecurityNames() {
		s, ok := ParseSecurity(name)
		require.True(t, ok)
		require.Equal(t, Security(i), s)
		require.Equal(t, name, s.String())
	}
	_, ok := ParseVerb("reed")
	require.False(t, ok)
	require.Equal(t, "wipe", Wipe.String())
	require.Equal(t, "enip", EtherNetIP.String())
	require.Equal(t, "needs login", NeedsLogin.String())
}
