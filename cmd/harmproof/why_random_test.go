package main

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// A mill draws scenarios: tanks with gauges, a controller, a pump, a valve, a float
// switch and devices written in the file, wired at random in all ways that there are,
// and faults, attacks and acts of every kind on what they tell and are told.
type mill struct {
	t       *rapid.T
	wires   []heard // by message
	steps   []string
	numbers []string // reports
	levels  []string
	flags   []string
	lines   []string
	guarded []string // devices with checks
	logged  []string // devices that keep a log
	earned  []string // steps that are done from a device
	topics  []string // of the broker
	features
}

// features is what a drawn system has besides tanks and devices that talk.
type features struct {
	net     layout
	foes    bool // there are attackers with footholds
	bus     bool // some is told by way of a broker
	group   bool // there is a device with a count
	voter   bool // a device hears three of a kind
	safety  bool // a layer of its own keeps the pump from running
	archive bool // a device that hears only, behind a diode
	records bool // there are stores of data about people
}

// heard is a report that a device is told by messages, sent of the teller's accord if
// it is pushed.
type heard struct {
	path, by, input string
	pushed          bool
}

func (g *mill) line(format string, args ...any) {
	g.lines = append(g.lines, fmt.Sprintf(format, args...))
}

// choose draws one of n. What rapid draws is mostly small, and would be mostly the first.
func (g *mill) choose(what string, n int) int {
	x := rapid.Uint64().Draw(g.t, what)
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9 // SplitMix64
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(n))
}

func (g *mill) pick(what string, from []string) string { return from[g.choose(what, len(from))] }

func (g *mill) number(what string, from, to int) int { return from + g.choose(what, to-from+1) }

func (g *mill) coin(what string) bool { return g.choose(what, 2) == 1 }

// customs is how many devices are written in the file.
const customs = 3

func (g *mill) scenario() string {
	g.features = g.draw()
	g.levels = []string{"g0.level", "g1.level"}
	g.flags = []string{"f0.tripped", "p0.out", "p0.more", "v0.opened", "v0.closed"}
	for i := range customs {
		g.numbers = append(g.numbers, fmt.Sprintf("c%d.n", i), fmt.Sprintf("c%d.m", i))
		g.flags = append(g.flags, fmt.Sprintf("c%d.b", i))
	}
	g.line("scenario: drawn\nrun: 30s\nseed: %d\nsystem:\n  devices:", g.number("seed", 1, 1000))
	g.plant()
	for i := range customs {
		g.custom(fmt.Sprintf("c%d", i))
	}
	g.guests()
	g.topology()
	g.line("timeline:")
	for i := range g.number("steps", 1, 6) {
		g.step(i)
	}
	if g.foes {
		g.campaign(len(g.steps))
	}
	g.invariants()
	g.expected()
	return strings.Join(g.lines, "\n") + "\n"
}

func (g *mill) draw() features {
	f := features{foes: g.coin("foes"), net: layout(g.choose("layout", int(layouts))), records: g.coin("records")}
	if g.coin("more") {
		f.bus, f.group, f.voter = g.coin("bus"), g.coin("group"), g.coin("voter")
		f.safety, f.archive = g.coin("safety"), g.coin("archive")
	}
	return f
}

// expected lists what may be stopped, so that to lack something is no mistake.
func (g *mill) expected() {
	if len(g.earned) > 0 {
		g.line("expect:\n  stopped: {%s: {by: foothold}}", strings.Join(g.earned, ": {by: foothold}, "))
	}
}

func (g *mill) plant() {
	for i := range 2 {
		in := g.pick("inflow", []string{"u0.flow", "v0.flow"})
		g.line("    t%d: {is: tank, area: 0.5 m2, height: 3 m, level: 2 m, inflow: %s, outflow: %s}", i, in, g.pick("outflow", []string{"d0.flow", "v0.flow"}))
		noise := g.pick("noise", []string{"0 mm", "0 mm", "5 mm"})
		g.line("    g%d: {is: level-gauge, of: t%d.level, every: %dms, noise: %s%s}", i, g.number("of", 0, 1), 100*g.number("every", 2, 15), noise, g.door())
	}
	g.line("    d0: {is: demand, profile: [[0s, 20 L/s], [%ds, 40 L/s]]}", g.number("demand", 2, 20))
	g.line("    f0: {is: float-switch, of: t0.level, trips: %.1f m, drop: %s%s}", 1.8+0.1*float64(g.number("trips", 0, 5)), g.pick("drop", []string{"0 mm", "5 mm", "20 mm", "50 mm", "100 mm"}), g.atPlace())
	g.line("    u0: {is: pump, rate: 50 L/s, run: %s, inhibit: %s, suction: t1.level%s}", g.wire("u0", "run", g.flags), g.inhibit(), g.door())
	g.line("    v0: {is: valve, rate: 40 L/s, travel: %ds, open: %s%s}", g.number("travel", 0, 3), g.wire("v0", "open", g.flags), g.door())
	g.line("    p0:\n      is: plc\n      scan: %dms\n      settings: {low: 1.7 m, high: %.1f m}", 100*g.number("scan", 2, 20), 1.9+0.1*float64(g.number("high", 0, 3)))
	g.line("      inputs: {l: %s, q: %s, k: %s}", g.wire("p0", "l", g.levels), g.wire("p0", "q", g.flags), g.wire("p0", "k", g.numbers))
	g.line("      outputs:\n        out: {on: l <= low, off: l >= high}\n        more: {on: %s, off: %s, trip: k > 6, for: 1s}", g.condition("", 1), g.condition("", 1))
	g.checks("p0")
}

// custom writes a device with rules.
func (g *mill) custom(id string) {
	g.line("    %s:\n      is: custom", id)
	g.line("      inputs: {l: %s, q: %s, k: %s, o: %s}", g.wire(id, "l", g.levels), g.wire(id, "q", g.flags), g.wire(id, "k", g.numbers),
		g.pick("physical", []string{"t0.level", "t1.level"}))
	g.line("      signals:\n        n: {start: %d}\n        b: {start: %v}\n        m: {start: 1}\n        x: {start: 0, rate: %s}\n        y: {value: %s}", g.number("start", 0, 3), g.coin("start"),
		g.pick("rate", []string{"'if(b, 1, -0.5)'", "'(n - x) / 3'", "'(m - x) / 2'", "'if(o > 2, 0.1 * n, 0.3)'"}), g.pick("value", []string{"'x + n'", "'if(b, x, 2 * x)'"}))
	g.line("      rules:") // one for each signal: two would contradict one another
	for _, set := range [][]string{
		{"n: (n + k + 1) % 7", "n: n + 1", "n: k", "n: 'if(q, n, n + 1) % 9'"},
		{"b: not b", "b: q", "b: l > 2", "b: x > n", "b: not q"},
		{"m: 'number(l, \"m\") + k'", "m: 'm + number(l, \"m\")'", "m: k - m", "m: x"},
		{"x: 0", "x: m", "x: x + k"},
	} {
		what := g.pick("set", set)
		switch start := g.choose("start", 5); {
		case start == 0:
			g.line("        - {when: %s, set: {%s}}", g.condition(id, 2), what)
		case start == 1:
			g.line("        - {every: %dms, if: %s, set: {%s}}", 100*g.number("period", 3, 30), g.condition(id, 1), what)
		case what[0] != 'x':
			g.line("        - {every: %dms, set: {%s}}", 100*g.number("period", 3, 30), what)
		}
	}
	g.checks(id)
}

// condition draws a condition over what a device with the inputs l, q and k knows.
func (g *mill) condition(id string, depth int) string {
	atoms := []string{"l > 2.02", "l < 1.98", "q", "not q", "k > 2", "k < 1", "l > 2 and q"}
	if id != "" && depth > 1 {
		atoms = append(atoms, "x > 2", "y > 3", "x < -1", "n > 2", "b and k > 1")
	}
	return "'" + g.pick("condition", atoms) + "'"
}

// wire draws how an input hears one of some reports.
func (g *mill) wire(by, input string, from []string) string {
	var rest []string
	for _, path := range from {
		if !strings.HasPrefix(path, by+".") {
			rest = append(rest, path)
		}
	}
	path, via := g.pick(input, rest), ""
	switch way := g.number("way", 0, 7); {
	case way == 0:
		return "{wired: " + path + "}"
	case way <= 2:
		via = fmt.Sprintf("{poll: %s, every: %dms}", path, 100*g.number("poll", 3, 40))
	case way == 3:
		via = fmt.Sprintf("{subscribe: %s, every: %dms}", path, 100*g.number("subscribe", 3, 30))
	case way == 4 && g.bus:
		via = fmt.Sprintf("{subscribe: %s, via: bus, qos: %d}", path, g.number("qos", 0, 2))
		if topic := strings.ReplaceAll(path, ".", "_"); !slices.Contains(g.topics, topic) {
			g.topics = append(g.topics, topic)
		}
	}
	g.wires = append(g.wires, heard{path, by, input, via == ""})
	if via == "" {
		return path
	}
	return via
}
