package layout_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/layout"
)

var (
	kinds  = []string{"tank", "valve", "pump", "demand", "plc", "level-gauge", "custom", "malware"}
	levels = []string{"", "", "0", "1", "2", "3", "3.5", "4", "5", "99", "-1", "NaN", "process"}
)

// drawn is any header, with numbers of what there is and of what there is not.
func drawn(t *rapid.T) *trace.Header {
	h := &trace.Header{}
	devices, zones := rapid.IntRange(0, 40).Draw(t, "devices"), rapid.IntRange(0, 7).Draw(t, "zones")
	device, zone := rapid.IntRange(-1, devices), rapid.IntRange(-1, zones)
	name := rapid.SampledFrom([]string{"a", "cell", "ünï", "a zone that has a name", strings.Repeat("long", 75)})
	for i := range zones {
		h.Zones = append(h.Zones, trace.Zone{Name: fmt.Sprint(name.Draw(t, "name"), i), Level: rapid.SampledFrom(levels).Draw(t, "level")})
	}
	everywhere := rapid.Bool().Draw(t, "positions")
	for i := range devices {
		d := trace.Device{ID: fmt.Sprint("d", i), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Count: 1}
		d.Zones = rapid.SliceOfN(zone, 0, 3).Draw(t, "zones")
		if everywhere || rapid.IntRange(0, 9).Draw(t, "position") == 0 {
			x := rapid.OneOf(rapid.Float64Range(-100, 100), rapid.SampledFrom([]float64{0, 1, 1e300, math.Inf(1)}))
			d.Position = &[3]float64{x.Draw(t, "x"), x.Draw(t, "y"), 0}
		}
		h.Devices = append(h.Devices, d)
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "conduits") {
		c := trace.Conduit{Name: fmt.Sprint("c", i)}
		for range rapid.IntRange(0, 4).Draw(t, "joins") {
			if z := zone.Draw(t, "zone"); z >= 0 && z < zones {
				c.Joins = append(c.Joins, h.Zones[z].Name)
			} else {
				c.Joins = append(c.Joins, "nowhere")
			}
		}
		h.Conduits = append(h.Conduits, c)
	}
	for range rapid.IntRange(0, 60).Draw(t, "wires") {
		h.Wires = append(h.Wires, trace.Wire{From: device.Draw(t, "from"), To: device.Draw(t, "to"), Signal: rapid.SampledFrom([]string{"on", "flow"}).Draw(t, "signal")})
	}
	h.Kinds = []trace.Kind{{Name: "on", Type: "bool"}, {Name: "flow", Type: "number"}}
	for i := range devices {
		h.Signals = append(h.Signals, trace.Signal{i, 0, 1}, trace.Signal{i, 1, 1}, trace.Signal{i, 9, 1})
	}
	for range rapid.IntRange(0, 30).Draw(t, "flows") {
		h.Flows = append(h.Flows, trace.Flow{From: device.Draw(t, "from"), To: device.Draw(t, "to")})
	}
	return h
}

// Whatever the header says, the picture is sound, is the same again, and every two
// devices have a way between them.
func TestAnyHeader(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawn(t)
		aspect := rapid.SampledFrom([]float32{1.6, 1, 0.3, 4, 0, -1, float32(math.NaN()), float32(math.Inf(1))}).Draw(t, "aspect")
		p := layout.Of(h, aspect)
		sound(t, h, p)
		require.Equal(t, p, layout.Of(h, aspect))
		for i := range h.Devices {
			for k := range h.Devices {
				way := p.Between(i, k)
				require.Equal(t, center(p.Devices[i].Box), way[0])
				require.Equal(t, center(p.Devices[k].Box), way[len(way)-1])
				require.Equal(t, way, p.Between(i, k))
			}
		}
		require.Nil(t, p.Between(-1, 0))
		require.Nil(t, p.Between(0, len(h.Devices)))
	})
}

// A device more, at the end, moves little: in its zone others keep their order, and every
// other zone stays as it is inside.
func TestStable(t *testing.T) {
	for _, name := range []string{"swat/attack-01", "centrifuge/flat", "reactor/triton", "grid/demand-30", "tennessee/normal", "mirai/growth"} {
		h := header(t, name)
		for zone := range h.Zones {
			p, more := layout.Of(h, 1.6), *h
			more.Devices = append(append([]trace.Device{}, h.Devices...), trace.Device{ID: "zz", Kind: "custom", Count: 1, Zones: []int{zone}})
			q := layout.Of(&more, 1.6)
			sound(t, &more, q)
			kept := 0
			for i := range h.Devices {
				a, b := areaOf(h, p, i), areaOf(h, q, i)
				if shift := layout.CellWidth * 1.5; math.Abs(float64((p.Devices[i].X-a.X)-(q.Devices[i].X-b.X))) < shift {
					kept++
				}
			}
			require.Greater(t, kept*10, len(h.Devices)*8, "%s: a device more in %s", name, h.Zones[zone].Name)
		}
	}
}

// A message flies along the conduits that lead to the other zone, and straight within one.
func TestBetween(t *testing.T) {
	h := header(t, "swat/attack-01-from-laptop")
	p := layout.Of(h, 1.6)
	number := map[string]int{}
	for i := range h.Devices {
		number[h.Devices[i].ID] = i
	}
	require.Len(t, p.Between(number["lit301"], number["t301"]), 2)
	conduit := func(name string) (points [][2]float32) {
		for _, r := range p.Conduits {
			if h.Conduits[r.Index].Name == name {
				points = r.Points
			}
		}
		return points
	}
	way := p.Between(number["historian"], number["plc1"])
	for _, name := range []string{"plant_firewall", "plant_switch"} {
		require.Subset(t, way, conduit(name))
	}
	require.NotSubset(t, way, conduit("bus1"))
	require.Len(t, way, 2+len(conduit("plant_firewall"))+len(conduit("plant_switch")))
}

// Zones of one level stand as the material goes over them, however they are numbered.
func TestStages(t *testing.T) {
	h := &trace.Header{
		Zones: []trace.Zone{{Name: "last", Level: "0"}, {Name: "middle", Level: "0"}, {Name: "first", Level: "0"}},
		Devices: []trace.Device{
			{Kind: "tank", Zones: []int{0}}, {Kind: "pump", Zones: []int{1}}, {Kind: "tank", Zones: []int{2}}, {Kind: "demand", Zones: []int{0}},
		},
		Wires: []trace.Wire{{From: 2, To: 1}, {From: 1, To: 2}, {From: 1, To: 0}, {From: 3, To: 0}},
	}
	p := layout.Of(h, 8)
	sound(t, h, p)
	require.Less(t, p.Areas[2].X, p.Areas[1].X)
	require.Less(t, p.Areas[1].X, p.Areas[0].X)
	ends := [][2]int{}
	for _, r := range p.Wires {
		ends = append(ends, [2]int{r.From, r.To})
	}
	require.ElementsMatch(t, [][2]int{{2, 1}, {1, 0}, {0, 3}}, ends)
}

// A device in two zones stands in the first; what comes over the second goes along its tie.
func TestTie(t *testing.T) {
	h := &trace.Header{
		Zones:    []trace.Zone{{Name: "office", Level: "4"}, {Name: "control", Level: "1"}, {Name: "cell", Level: "0"}},
		Devices:  []trace.Device{{ID: "a", Zones: []int{0, 1}}, {ID: "b", Zones: []int{1}}, {ID: "c", Zones: []int{2}}},
		Conduits: []trace.Conduit{{Joins: []string{"control", "cell"}}},
	}
	p := layout.Of(h, 1.6)
	sound(t, h, p)
	require.Len(t, p.Ties, 1)
	require.Equal(t, 1, p.Ties[0].Index)
	way := p.Between(0, 2)
	require.Subset(t, way, p.Ties[0].Points)
	require.Subset(t, way, p.Conduits[0].Points)
}

// Devices with positions stand as they do on the ground: east is right, north is up.
func TestGround(t *testing.T) {
	h := &trace.Header{}
	for _, at := range [][3]float64{{0, 0, 0}, {100, 0, 0}, {0, 50, 0}, {100, 50, 0}, {100, 50, 0}} {
		h.Devices = append(h.Devices, trace.Device{Position: &at})
	}
	p := layout.Of(h, 1.6)
	sound(t, h, p)
	d := p.Devices
	require.Equal(t, d[0].Y, d[1].Y)
	require.Equal(t, d[0].X, d[2].X)
	require.Less(t, d[0].X, d[1].X)
	require.Less(t, d[2].Y, d[0].Y)
	require.Less(t, d[3].Y, d[1].Y)
}

// large is a system of many devices: stations of pumps, tanks and gauges under a level of
// controllers.
func large(devices int) *trace.Header {
	random := rand.New(rand.NewPCG(1, 2))
	h := &trace.Header{Zones: []trace.Zone{{Name: "control", Level: "1"}}}
	for i := range devices {
		station := 1 + i*20/devices
		if station == len(h.Zones) {
			name := fmt.Sprint("station", station)
			h.Zones = append(h.Zones, trace.Zone{Name: name, Level: "0"})
			h.Conduits = append(h.Conduits, trace.Conduit{Joins: []string{"control", name}})
		}
		d := trace.Device{ID: fmt.Sprint("d", i), Kind: kinds[i%len(kinds)], Count: 1, Zones: []int{station}}
		if d.Kind == "plc" {
			d.Zones[0] = 0
			for k := max(0, i-4); k < i; k++ {
				h.Flows = append(h.Flows, trace.Flow{From: i, To: k})
			}
		}
		if i > 0 && d.Kind != "plc" {
			h.Wires = append(h.Wires, trace.Wire{From: i - 1 - random.IntN(min(i, 3)), To: i})
		}
		h.Devices = append(h.Devices, d)
	}
	return h
}

// Headers that are out to do harm have sound pictures too.
func TestHostile(t *testing.T) {
	one := large(3000)
	for i := range one.Devices {
		one.Devices[i].Zones = []int{99, -1, 3, 3, 2}
	}
	circle := &trace.Header{}
	for i := range 2000 {
		circle.Devices = append(circle.Devices, trace.Device{Kind: "tank"})
		circle.Wires = append(circle.Wires, trace.Wire{From: i, To: (i + 1) % 2000}, trace.Wire{From: i, To: (i + 7) % 2000}, trace.Wire{From: i, To: 99999})
	}
	spot := &trace.Header{}
	for range 2000 {
		spot.Devices = append(spot.Devices, trace.Device{Position: &[3]float64{1, 1, 1}})
	}
	zones := &trace.Header{Conduits: []trace.Conduit{{}}}
	for i := range 1000 {
		name := fmt.Sprint(strings.Repeat("n", 300), i)
		zones.Zones = append(zones.Zones, trace.Zone{Name: name, Level: fmt.Sprint(i % 6)})
		zones.Conduits[0].Joins = append(zones.Conduits[0].Joins, name)
	}
	star := &trace.Header{Devices: make([]trace.Device, 3000)}
	for i := 1; i < 3000; i++ {
		star.Wires = append(star.Wires, trace.Wire{From: i, To: 0}, trace.Wire{From: 0, To: i})
	}
	for name, h := range map[string]*trace.Header{"one zone": one, "circle": circle, "spot": spot, "zones": zones, "star": star, "nothing": {}} {
		t.Run(name, func(t *testing.T) { sound(t, h, layout.Of(h, 1.6)) })
	}
}

func BenchmarkOf(b *testing.B) {
	for _, n := range []int{25, 200, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			h := large(n)
			b.ReportAllocs()
			for b.Loop() {
				layout.Of(h, 1.6)
			}
		})
	}
}

func BenchmarkBetween(b *testing.B) {
	h := large(200)
	p := layout.Of(h, 1.6)
	b.ReportAllocs()
	for b.Loop() {
		for i := range h.Flows {
			p.Between(h.Flows[i].From, h.Flows[i].To)
		}
	}
}
