package layout

import (
	"slices"
	"strconv"
)

// An area is the room of a zone while it is being built.
type area struct {
	Area
	rank    float64 // its level
	devices []int   // that stand in it
	blocks  []block
	least   int   // rows of cells that they need
	rest    []int // devices that are wired to none of the others

	fixed []seat // of devices, where they stand as on the ground

	columns, rows int
	full          []bool // by cell, row after row: whether a device stands there
	at, index     int    // its row, and its place in that
	gapX, gapY    float32
	// Gutters are left of each column and right of the last, above each row and beneath the
	// last.
	uprights, levels []street
}

// zonesOf returns the zones of a device that there are, each once.
func (b *builder) zonesOf(device int) (zones []int) {
	for _, z := range b.h.Devices[device].Zones {
		if z >= 0 && z < len(b.h.Zones) && !slices.Contains(zones, z) {
			zones = append(zones, z)
		}
	}
	return zones
}

// settle makes an area of each zone, and says where each device stands.
func (b *builder) settle() {
	for i := range b.h.Zones {
		z := &b.h.Zones[i]
		b.areas = append(b.areas, area{Area: Area{Zone: i, Name: z.Name, Level: z.Level}})
	}
	plant, malware := -1, -1
	other := func(at *int, a Area) int {
		if *at < 0 {
			*at = len(b.areas)
			b.areas = append(b.areas, area{Area: a})
		}
		return *at
	}
	b.home = make([]int, len(b.h.Devices))
	for d := range b.h.Devices {
		zones := b.zonesOf(d)
		switch {
		case len(zones) > 0:
			b.home[d] = zones[0]
		case b.h.Devices[d].Kind == "malware":
			b.home[d] = other(&malware, Area{Zone: Malware, Name: "Malware"})
		default:
			b.home[d] = other(&plant, Area{Zone: Plant, Name: "Plant"})
		}
		b.areas[b.home[d]].devices = append(b.areas[b.home[d]].devices, d)
	}
}

// highest is the level of all that is no plant: 4 and 5 of the model.
const highest = 4

// level ranks the areas.
func (b *builder) level() {
	known := make([]bool, len(b.areas))
	physical := make([]bool, len(b.areas))
	for _, w := range b.wires {
		physical[b.home[w.from]], physical[b.home[w.to]] = true, true
	}
	b.inferred = true
	for i := range b.areas {
		a := &b.areas[i]
		if x, err := strconv.ParseFloat(a.Level, 64); err == nil && x >= 0 && x <= 5 && a.Zone >= 0 {
			a.rank, known[i] = min(float64(int(2*x))/2, highest), true // 3.5 is between 3 and 4
			b.inferred = false
		}
	}
	if b.inferred {
		b.anchor(known, physical)
	}
	b.climb(known)
	top := 0.0
	for i := range b.areas {
		if a := &b.areas[i]; a.Zone >= 0 {
			if !known[i] && !physical[i] && !b.inferred {
				a.rank = highest
			}
			top = max(top, a.rank)
		}
	}
	for i := range b.areas {
		switch b.areas[i].Zone {
		case Plant:
			b.areas[i].rank = -1
		case Malware:
			b.areas[i].rank = top
		}
	}
}

// anchor takes zones for the bottom: those of what is wired, or the first.
func (b *builder) anchor(known, physical []bool) {
	found := false
	for i := range b.areas {
		if b.areas[i].Zone >= 0 && physical[i] {
			known[i], found = true, true
		}
	}
	if !found && len(b.h.Zones) > 0 {
		known[0] = true
	}
}

// climb gives areas without a level one above the nearest that has one.
func (b *builder) climb(known []bool) {
	var queue []int
	for i, k := range known {
		if k {
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, k := range b.doors[i] {
			if !known[k] {
				known[k] = true
				b.areas[k].rank = min(highest, b.areas[i].rank+1)
				queue = append(queue, k)
			}
		}
	}
}

// join lists which zones conduits join, two and two: one of several zones joins the first
// to each of the others.
func (b *builder) join() {
	b.doors = make([][]int, len(b.areas))
	names := map[string]int{}
	for i := len(b.h.Zones) - 1; i >= 0; i-- {
		names[b.h.Zones[i].Name] = i
	}
	for i := range b.h.Conduits {
		first := -1
		seen := map[int]bool{}
		for _, name := range b.h.Conduits[i].Joins {
			z, ok := names[name]
			switch {
			case !ok || seen[z]:
			case first < 0:
				first = z
			default:
				b.joined = append(b.joined, wire{from: first, to: z, index: i})
				b.doors[first], b.doors[z] = append(b.doors[first], z), append(b.doors[z], first)
			}
			if ok {
				seen[z] = true
			}
		}
	}
}
