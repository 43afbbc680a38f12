package network

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

func zone(name string, devices ...string) Zone {
	return Zone{Link: Link{Name: name, Latency: vtime.Millisecond}, Devices: devices}
}

func conduit(name string, joins ...string) Conduit {
	return Conduit{Link: Link{Name: name, Latency: 5 * vtime.Millisecond}, Joins: joins}
}

// linksOf names the links of a path.
func linksOf(t *Topology, q Request) (names []string, err error) {
	p, err := t.Route(q)
	links := t.Links()
	for _, h := range p.Hops {
		names = append(names, links[h.Link].Name)
	}
	return names, err
}

func TestPaths(t *testing.T) {
	top := Topology{
		Zones: []Zone{zone("field", "gauge", "pump"), zone("control", "plc"), zone("office", "desk"), zone("island", "buoy"), zone("dmz", "historian")},
		Conduits: []Conduit{
			conduit("uplink", "field", "control"), conduit("backup", "field", "control"),
			conduit("firewall", "control", "dmz"), conduit("lan", "dmz", "office"),
			conduit("bus", "office", "control", "dmz"), // joins three: a shorter way
		},
	}
	for _, test := range []struct {
		from, to string
		want     []string
	}{
		{"gauge", "pump", []string{"field"}},
		{"gauge", "gauge", []string{"field"}},
		{"gauge", "plc", []string{"backup"}}, // the first in order of names
		{"plc", "gauge", []string{"backup"}},
		{"plc", "historian", []string{"bus"}},
		{"gauge", "historian", []string{"backup", "bus"}},
		{"desk", "gauge", []string{"bus", "backup"}},
	} {
		names, err := linksOf(&top, Request{From: test.from, To: test.to})
		require.NoError(t, err)
		require.Equal(t, test.want, names, "%s to %s", test.from, test.to)
	}
	_, err := top.Route(Request{From: "buoy", To: "plc"})
	require.EqualError(t, err, "no conduit leads from zone island (buoy) to zone control (plc)")
	_, err = top.Route(Request{From: "plc", To: "stranger"})
	require.EqualError(t, err, "stranger is in no zone, so no message can reach it or leave it")
}

func TestPathOfManyHops(t *testing.T) {
	var top Topology
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	for i, n := range names {
		top.Zones = append(top.Zones, zone(n, "in_"+n))
		if i > 0 {
			top.Conduits = append(top.Conduits, conduit(names[i-1]+n, n, names[i-1]))
		}
	}
	links, err := linksOf(&top, Request{From: "in_a", To: "in_h"})
	require.NoError(t, err)
	require.Len(t, links, 7)
	require.Equal(t, "ab", links[0])
	require.Equal(t, "gh", links[6])
}

func TestPathWithoutZones(t *testing.T) {
	var top Topology
	p, err := top.Route(Request{From: "a", To: "b"})
	require.NoError(t, err)
	require.Equal(t, Path{Hops: []Hop{{}}}, p)
	require.Equal(t, []Link{{Name: "network", Latency: DefaultLatency}}, top.Links())
	require.True(t, top.OnPath("anybody", "a", "b", &p))
}
