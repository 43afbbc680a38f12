package network

import (
	"maps"
	"slices"
	"strings"
)

// A Zone is devices with common security needs (IEC 62443-1-1). Its link is the
// network that they share.
type Zone struct {
	Link
	Devices []string
	Level   string // of the Purdue model: 0, 1, 2, 3, 3.5, 4 or 5; empty where nobody says
	Target  int    // security level that is aimed at (IEC 62443-3-2), 1 to 4; 0 where nobody says
	// Range is how far its devices reach each other by radio, in metres; 0 where the
	// network is not wireless.
	Range float64
}

// A Conduit joins zones.
type Conduit struct {
	Link
	Joins []string // names of zones
	// OneWay makes it a data diode: messages pass from Joins[0] only, and nothing
	// comes back.
	OneWay bool
	// Rules say who may pass, in their order: the first that matches decides. What
	// none matches is stopped where there are rules at all.
	Rules []Rule
	// Filtered says that rules were given, even an empty list.
	Filtered bool
	// Login is the credentials of which who passes needs one; 0 where it needs none.
	Login     uint64
	LoginText string
}

// A Rule of a conduit lets requests pass, or stops them. What answers a request
// passes where the request did.
type Rule struct {
	Deny      bool
	From, To  []string  // devices or zones; none: any
	Protocols Protocols // empty: any
	Verbs     Verbs     // empty: any
	// Functions are those of the one protocol that the rule is about; none: any.
	Functions []Function
	// Objects are patterns of what the request is about, such as plc1.*; a star stands
	// for any text. None: any. A rule with objects says nothing of what is about none.
	Objects []string
	Text    string // as it is written
	// Further says that it is the first rule of a filter of its own, behind the one with the
	// rules before: what passes a conduit is let through by each.
	Further bool
}

// A Topology is zones and conduits. Without zones everybody shares one network.
type Topology struct {
	Zones    []Zone
	Conduits []Conduit
	// Ports are the links by which devices are attached to their networks.
	Ports map[string]Link
	// Positions are where devices are, in metres. One that has none is within the
	// reach of everybody.
	Positions map[string][3]float64
	// Bits are the objects that are one bit, such as pump.run: coils, or discrete inputs.
	// They matter only where rules name functions.
	Bits map[string]bool
}

// Inspects reports whether a rule looks at functions.
func (t *Topology) Inspects() bool {
	return slices.ContainsFunc(t.Conduits, func(c Conduit) bool { return c.inspects() })
}

// Links returns all links: those of the zones, of the conduits, and of the ports in
// the order of the names of their devices. Where there are no zones the first is
// that of the one network.
func (t *Topology) Links() []Link {
	links := make([]Link, 0, len(t.Zones)+len(t.Conduits)+len(t.Ports)+1)
	if len(t.Zones) == 0 {
		links = append(links, Link{Name: "network", Latency: DefaultLatency})
	}
	for i := range t.Zones {
		link := t.Zones[i].Link
		link.Shared = true
		links = append(links, link)
	}
	for i := range t.Conduits {
		links = append(links, t.Conduits[i].Link)
	}
	for _, device := range t.ports() {
		links = append(links, t.Ports[device])
	}
	return links
}

// ports returns the devices that have a port, by name.
func (t *Topology) ports() []string { return slices.Sorted(maps.Keys(t.Ports)) }

// firstConduit is the index of the first conduit's link.
func (t *Topology) firstConduit() int { return max(1, len(t.Zones)) }

// ZonesOf returns the zones of a device. It is legal to be in several.
func (t *Topology) ZonesOf(device string) (zones []int32) {
	for i := range t.Zones {
		if slices.Contains(t.Zones[i].Devices, device) {
			zones = append(zones, int32(i))
		}
	}
	return zones
}

// zone returns the index of the zone of a name, or -1.
func (t *Topology) zone(name string) int32 {
	return int32(slices.IndexFunc(t.Zones, func(z Zone) bool { return z.Name == name }))
}

// OnPath reports whether a device sits where the messages of a path from one device to
// another pass: within reach in one of
// its zones, or at an end. Where there are no zones everybody does.
func (t *Topology) OnPath(device, from, to string, p *Path) bool {
	if len(t.Zones) == 0 {
		return true
	}
	return slices.ContainsFunc(p.Zones, func(z int32) bool {
		return slices.Contains(t.Zones[z].Devices, device) && (t.within(z, device, from) || t.within(z, device, to))
	})
}

// within reports whether two devices of a zone reach each other, as far as is known.
func (t *Topology) within(zone int32, a, b string) bool {
	at, known := t.Positions[a]
	of, both := t.Positions[b]
	reach := t.Zones[zone].Range
	return reach <= 0 || !known || !both || Distance(at, of) <= reach
}

// way says in words from where to where a conduit lets messages pass.
func (c *Conduit) way() string { return strings.Join(c.Joins, " to ") }
