package main

import "fmt"

// A layout is how a drawn system is laid out.
type layout int

// The layouts.
const (
	alone  layout = iota // all reach one another
	split                // a field and what controls it
	office               // an office from which attacks come as well, behind a firewall
	radio                // the same, and the field is wireless
	layouts
)

// topology draws zones and conduits, credentials, people and attackers.
func (g *mill) topology() {
	if g.net != alone {
		g.zones()
		g.conduits()
	}
	g.line("  credentials:")
	g.line("    maker: {kind: password, held_by: [v0], default: true, guesses: 20}")
	g.line("    operator: {kind: password, held_by: [%s, alice], guesses: %d}", g.pick("operator", []string{"c0", "p0", "g0", "c1"}), g.number("guesses", 10, 90))
	g.line("    key: {kind: key, held_by: [p0, c1, %s]}", g.pick("key", []string{"g0", "c2", "f0", "v0"}))
	g.line("    vpn: {kind: password, held_by: [%s, bob]}", g.pick("vpn", []string{"c2", "g1", "c1", "p0, c0, c1, c2, g0, g1, f0, u0, v0"}))
	g.line("  people: {alice: {role: operator}, bob: {}}")
	if g.foes {
		g.line("  attackers:\n    intruder: {at: laptop, knows: %s}", g.pick("knows", []string{"all", "all", "[station]", "[station, p0]"}))
		g.line("    insider: {at: %s, knows: %s, holds: [%s]}", g.pick("inside", []string{"station", "[station, c2, p0]", "[c0, station]"}),
			g.pick("knows", []string{"all", "all", "[p0]"}), g.pick("holds", []string{"", "vpn", "operator", "maker, vpn"}))
	}
}

// zones draws who is in which zone. The station may have a foot in two.
func (g *mill) zones() {
	near, far := ", c0", ""
	if g.group {
		near += ", m"
	}
	if g.safety {
		near += ", s0"
	}
	if g.bus {
		far += ", bus"
	}
	if g.voter {
		far += ", w0"
	}
	if g.records {
		far += ", meter, phone, log0, log1, backup, crm"
	}
	reach := ""
	if g.net == radio {
		reach = ", range: 100 m"
	}
	inside := ""
	if g.foes {
		inside = g.pick("foot", []string{", station, laptop", ", station", ", station", ""})
		if g.net == split {
			inside = ", station, laptop"
		}
	}
	g.line("  zones:\n    field: {devices: [t0, t1, g0, g1, d0, f0, u0, v0%s]%s%s}", near, reach, g.speaks())
	g.line("    control: {devices: [p0, c1, c2%s%s], latency: %dms%s%s}", far, inside, g.number("latency", 0, 20), g.speaks(), g.pick("lan", []string{"", "", ", bandwidth: 30 kbit/s"}))
	if g.foes && g.net != split {
		g.line("    office: {devices: [laptop, station]}")
	}
	if g.archive {
		g.line("    vault: {devices: [h0]}")
	}
}

// speaks draws the protocol of a zone.
func (g *mill) speaks() string {
	return g.pick("speaks", []string{"", "", ", speaks: modbus", ", speaks: opcua", ", speaks: enip"})
}

// conduits draws what joins the zones: links with chance, links that can be full, with
// rules, with logins, in one direction only.
func (g *mill) conduits() {
	band := g.pick("bandwidth", []string{"", "", ", bandwidth: 20 kbit/s, queue: 400 B", ", bandwidth: 4 kbit/s, queue: 2 kB", ", bandwidth: 5 kbit/s, priority: [g0, p0.out]", ", radio: {lora: {sf: 7, channels: 2, duty: 100%}}"})
	rules := g.pick("rules", []string{
		"", "", "", ", rules: [{deny: any, verb: configure}, {allow: any}]", ", rules: [{deny: any, from: laptop}, {allow: any}]",
		", rules: [{allow: any, verb: [read, write, publish, subscribe]}]", ", login: [vpn]",
	})
	if !g.foes && rules == ", rules: [{deny: any, from: laptop}, {allow: any}]" {
		rules = ""
	}
	g.line("  conduits:\n    uplink: {joins: [field, control], latency: 5ms, jitter: %dms, loss: %d%%, ordered: %v%s%s}",
		g.number("jitter", 0, 20), 10*max(0, g.number("loss", -1, 1)), g.coin("ordered"), band, rules)
	if g.foes && g.net != split {
		g.line("    firewall: {joins: [control, office], latency: 2ms%s}", g.pick("wall", []string{
			"", "", ", rules: [{allow: any, to: station}]", ", rules: [{deny: any, verb: write, to: p0}, {allow: any}]", ", login: [vpn]",
			", login: [vpn, operator], bandwidth: 10 kbit/s", ", rules: []",
		}))
	}
	if g.archive {
		g.line("    diode: {joins: [control, vault], diode: true%s}", g.pick("bandwidth", []string{"", ", bandwidth: 5 kbit/s, queue: 300 B"}))
	}
}

// place draws where a device is, and what it is like at the door.
func (g *mill) place() string {
	if g.net != radio {
		return ""
	}
	return fmt.Sprintf("position: [%d m, %d m]", g.number("x", 0, 60), g.number("y", 0, 60))
}

// traits draws what a device is like at its door, as entries of a map.
func (g *mill) traits() (list []string) {
	if at := g.place(); at != "" {
		list = append(list, at)
	}
	list = append(list, g.pick("remote", []string{"", "", "remote: [operator]", "remote: [maker, operator]", "remote: [key]"}))
	if g.choose("session", 4) == 0 {
		list = append(list, "speaks: opcua", fmt.Sprintf("session: %dms", 300*g.number("lasts", 1, 9)))
	}
	list = append(list, g.pick("security", []string{"", "", "", "security: sign", "security: encrypt"}))
	list = append(list, g.pick("port", []string{"", "", "", "", "port: {bandwidth: 20 kbit/s, queue: 500 B}", "port: {bandwidth: 6 kbit/s, priority: c0.n}"}))
	list = append(list, g.pick("work", []string{"", "", "", "", "work: {takes: 120ms}", "work: {takes: 300ms, spread: exponential, servers: 2, queue: 3}", "work: {takes: 150ms, priority: [g0, c1.n], queue: 5}"}))
	list = append(list, g.pick("weak", []string{"", "", "weaknesses: {old: {}}", "weaknesses: {old: {via: modbus, verb: configure}}", "weaknesses: {old: {needs: operator}}"}))
	return list
}

// door is traits within a line.
func (g *mill) door() (text string) {
	for _, trait := range g.traits() {
		if trait != "" {
			text += ", " + trait
		}
	}
	return text
}
