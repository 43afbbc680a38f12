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
		links, err := top.Path(test.from, test.to)
		require.NoError(t, err)
		var names []string
		for _, l := range links {
			names = append(names, l.Name)
		}
		require.Equal(t, test.want, names, "%s to %s", test.from, test.to)
	}
	_, err := top.Path("buoy", "plc")
	require.EqualError(t, err, "no conduit leads from zone island (buoy) to zone control (plc)")
	_, err = top.Path("plc", "stranger")
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
	links, err := top.Path("in_a", "in_h")
	require.NoError(t, err)
	require.Len(t, links, 7)
	require.Equal(t, "ab", links[0].Name)
	require.Equal(t, "gh", links[6].Name)
}

func TestPathWithoutZones(t *testing.T) {
	links, err := new(Topology).Path("a", "b")
	require.NoError(t, err)
	require.Equal(t, []Link{{Name: "network", Latency: DefaultLatency}}, links)
}
