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
	foes    bool // there is an attacker with a foothold
}

// heard is a report that a device is told by messages.
type heard struct{ path, by, input string }

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
	g.zones()
	g.line("timeline:")
	for i := range g.number("steps", 1, 6) {
		g.step(i)
	}
	g.invariants()
	return strings.Join(g.lines, "\n") + "\n"
}

func (g *mill) plant() {
	for i := range 2 {
		in := g.pick("inflow", []string{"u0.flow", "v0.flow"})
		g.line("    t%d: {is: tank, area: 0.5 m2, height: 3 m, level: 2 m, inflow: %s, outflow: %s}", i, in, g.pick("outflow", []string{"d0.flow", "v0.flow"}))
		noise := g.pick("noise", []string{"0 mm", "0 mm", "5 mm"})
		g.line("    g%d: {is: level-gauge, of: t%d.level, every: %dms, noise: %s}", i, g.number("of", 0, 1), 100*g.number("every", 2, 15), noise)
	}
	g.line("    d0: {is: demand, profile: [[0s, 20 L/s], [%ds, 40 L/s]]}", g.number("demand", 2, 20))
	g.line("    f0: {is: float-switch, of: t0.level, trips: %.1f m}", 1.8+0.1*float64(g.number("trips", 0, 5)))
	g.line("    u0: {is: pump, rate: 50 L/s, run: %s, inhibit: %s, suction: t1.level}", g.wire("u0", "run", g.flags), g.wire("u0", "inhibit", g.flags))
	g.line("    v0: {is: valve, rate: 40 L/s, travel: %ds, open: %s}", g.number("travel", 0, 3), g.wire("v0", "open", g.flags))
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
	path := g.pick(input, rest)
	switch g.number("way", 0, 5) {
	case 0:
		return "{wired: " + path + "}"
	case 1, 2:
		g.wires = append(g.wires, heard{path, by, input})
		return fmt.Sprintf("{poll: %s, every: %dms}", path, 100*g.number("poll", 3, 40))
	}
	g.wires = append(g.wires, heard{path, by, input})
	return path
}

// zones draws a network: none, one with chance, one whose links can be full, with or
// without an attacker in it.
func (g *mill) zones() {
	g.foes = g.coin("foes")
	if g.foes {
		g.line("    laptop: {is: custom, signals: {}}")
	}
	if g.coin("zones") {
		band := g.pick("bandwidth", []string{"", "", ", bandwidth: 20 kbit/s, queue: 400 B", ", bandwidth: 4 kbit/s, queue: 2 kB"})
		more := ""
		if g.foes {
			more = ", laptop"
		}
		g.line("  zones:\n    field: [t0, t1, g0, g1, d0, f0, u0, v0, c0]\n    control: {devices: [p0, c1, c2%s], latency: %dms}", more, g.number("latency", 0, 20))
		g.line("  conduits:\n    uplink: {joins: [field, control], latency: 5ms, jitter: %dms, loss: %d%%, ordered: %v%s}",
			g.number("jitter", 0, 20), 10*max(0, g.number("loss", -1, 1)), g.coin("ordered"), band)
	}
	if g.foes {
		g.line("  attackers:\n    intruder: {at: laptop, knows: all}")
	}
}

// checks draws what a device checks before it acts on a message, of what it is told
// by messages.
func (g *mill) checks(id string) {
	told := map[string]bool{}
	for _, w := range g.wires {
		told[w.input] = told[w.input] || w.by == id
	}
	could := []string{"{rate-limit: 3, per: 2s}", "{rate-limit: 1, per: 1s, each: false}", "{fresh: counter}", "{fresh: 500ms}", "{watchdog: 5s, reaction: alarm}"}
	safe := []string{}
	for input, list := range map[string][]string{
		"k": {"{plausible: not q, of: k}", "{range: [0, 5], of: k, reaction: clamp}", "{range: [0, 4], of: k, reaction: hold}", "{range: [0, 6], of: k, reaction: trip}"},
		"l": {"{change: 1 m/s, of: l}", "{residual: 0 m/s, tolerance: 80 mm, of: l}"},
		"q": {"{watchdog: 3s, of: q}", "{interlock: k < 3, of: q}"},
	} {
		if told[input] {
			could = append(could, list...)
		}
	}
	slices.Sort(could)
	for input, value := range map[string]string{"k": "k: 2", "q": "q: false"} {
		if told[input] {
			safe = append(safe, value)
		}
	}
	slices.Sort(safe)
	var list []string
	for range g.number("checks", -3, 2) {
		list = append(list, g.pick("check", could))
	}
	if len(list) > 0 {
		g.line("      safe: {%s}\n      checks: [%s]", strings.Join(safe, ", "), strings.Join(list, ", "))
	}
}
