package main

import (
	"fmt"
	"slices"
	"strings"
)

// checks draws the lines of what a device is like at its door, and what it checks
// before it acts on a message, of what it is told by messages.
func (g *mill) checks(id string) {
	for _, trait := range g.traits() {
		if trait != "" {
			g.line("      %s", trait)
		}
	}
	told := map[string]bool{}
	for _, w := range g.wires {
		told[w.input] = told[w.input] || w.by == id
	}
	could := append(g.anyCheck(), g.checksOf(told)...)
	var list []string
	for range g.number("checks", -3, 3) {
		list = append(list, fmt.Sprintf("%s, name: h%d}", strings.TrimSuffix(g.pick("check", could), "}"), len(list)))
	}
	if len(list) == 0 {
		return
	}
	g.guarded = append(g.guarded, id)
	var safe []string
	for _, of := range [][2]string{{"k", "k: 2"}, {"q", "q: false"}, {"a", "a: 1"}} {
		if told[of[0]] {
			safe = append(safe, of[1])
		}
	}
	g.line("      safe: {%s}\n      checks: [%s]", strings.Join(safe, ", "), strings.Join(list, ", "))
	if log := g.pick("log", []string{"", "{keep: 20}", "{keep: 100, chained: true}", "{signed: key}"}); log != "" {
		g.logged = append(g.logged, id)
		g.line("      log: %s", log)
	}
}

// anyCheck lists checks that any device can make.
func (g *mill) anyCheck() []string {
	return []string{
		"{rate-limit: 1, per: 700ms, each: false}", "{rate-limit: 1, per: 1500ms, each: false}", "{rate-limit: 2, per: 2s, each: false}",
		"{rate-limit: 3, per: 2s}", "{rate-limit: 1, per: 1s, each: false}", "{rate-limit: 2, per: 3s, burst: 4, each: false, reaction: trip}",
		"{rate-limit: 2, per: 5s, verb: login}", "{fresh: counter}", "{fresh: 500ms}", "{fresh: [counter, 1s], slack: 3}",
		"{watchdog: 5s, reaction: alarm}", "{watchdog: 4s, reaction: clamp}", "{authenticate: [operator], verb: write}", "{authenticate: [key, operator]}",
		"{authenticate: key, verb: [configure, download], reaction: alarm}", "{authorise: [{verb: [read, write, subscribe]}]}", "{authorise: [{who: [c0, c1, g0, p0]}, {verb: subscribe}]}",
		"{two-person: [alice, bob], within: 9s, verb: [configure, download, write]}", "{two-person: [p0, c1], within: 4s}",
	}
}

// checksOf lists checks of the inputs of a device that is told them by messages.
func (g *mill) checksOf(told map[string]bool) (list []string) {
	of := map[string][]string{
		"k": {
			"{plausible: not q, of: k}", "{range: [0, 5], of: k, reaction: clamp}", "{range: [0, 4], of: k, reaction: hold}", "{range: [0, 6], of: k, reaction: trip}",
			"{range: [1, 4], of: k}", "{range: [0, 3], of: k, while: q}", "{authorise: [{object: k, mode: not q}, {verb: read}]}", "{change: 2, of: k, reaction: clamp}",
			"{interlock: q, of: k, reaction: hold}", "{range: [0, 1], of: k, off: true}",
		},
		"l": {
			"{change: 1 m/s, of: l}", "{change: 20 mm/s, of: l, reaction: clamp}", "{residual: 0 m/s, tolerance: 80 mm, of: l}", "{residual: 0 m/s, tolerance: 20 mm, of: l, reaction: hold}",
			"{cusum: 0 m/s, bias: 5 mm, threshold: 100 mm, of: l, reaction: trip}",
		},
		"q": {"{watchdog: 3s, of: q}", "{interlock: k < 3, of: q}", "{plausible: k < 5, of: q, reaction: hold}"},
	}
	for _, input := range []string{"k", "l", "q"} {
		if told[input] {
			list = append(list, of[input]...)
		}
	}
	if told["a"] && told["b"] && told["c"] {
		list = append(list, slices.Repeat([]string{"{vote: [a, b, c], tolerance: 1}", "{vote: [a, b, c], tolerance: 2, reaction: clamp}"}, 4)...)
	}
	return list
}
