package main

import (
	"fmt"
	"strings"
)

// inhibit draws what keeps the pump from running.
func (g *mill) inhibit() string {
	if g.safety {
		return g.pick("inhibit", []string{"s0.stop", "{wired: s0.stop}"})
	}
	return g.wire("u0", "inhibit", g.flags)
}

// guests draws the devices that are not always there.
func (g *mill) guests() {
	if g.safety {
		g.line("    s0:\n      is: plc\n      scan: %dms\n      inputs: {l: %s, q: {wired: f0.tripped}, k: %s}", 100*g.number("scan", 1, 5), g.wire("s0", "l", g.levels), g.wire("s0", "k", g.numbers))
		g.line("      outputs:\n        stop: {on: q, off: l < 2, trip: l > 2.4 or k > 6}")
		g.checks("s0")
	}
	if g.group {
		g.crowd()
	}
	if g.voter {
		g.line("    w0:\n      is: custom\n      inputs: {a: %s, b: %s, c: %s}", g.wire("w0", "a", g.numbers), g.wire("w0", "b", g.numbers), g.wire("w0", "c", g.numbers))
		g.line("      signals:\n        n: {start: 0}\n      rules:\n        - {every: %dms, set: {n: '(n + a + b + c) %% 50'}}", 100*g.number("period", 3, 20))
		g.checks("w0")
	}
	if g.archive {
		g.line("    h0:\n      is: custom\n      inputs: {k: %s, q: %s}", g.pick("kept", []string{"c1.n", "c2.m"}), g.pick("kept", []string{"p0.out", "c1.b"}))
		g.line("      signals:\n        n: {start: 0}\n      rules:\n        - {when: q, set: {n: n + 1}}\n        - {every: 700ms, if: k > 2 and not q, set: {n: n + 2}}")
		g.checks("h0")
	}
	if g.foes {
		g.line("    laptop: {is: custom, signals: {}%s}", g.atPlace())
		g.line("    station: {is: custom, signals: {}, weaknesses: {old: {}}, remote: [maker, operator]%s}", g.atPlace())
	}
	if g.bus {
		g.broker()
	}
	if g.records {
		g.recordings()
	}
}

func (g *mill) atPlace() string {
	if at := g.place(); at != "" {
		return ", " + at
	}
	return ""
}

// crowd draws a device with a count: what it is told one by one, or all alike.
func (g *mill) crowd() {
	g.line("    m:\n      is: custom\n      count: 2\n      inputs: {k: %s, q: %s}", g.wire("m", "k", g.numbers), g.wire("m", "q", g.flags))
	g.line("      signals:\n        n: {start: 0}\n      rules:\n        - {every: %dms, set: {n: '%s'}}", 100*g.number("period", 3, 20), g.pick("set", []string{"(n + k) % 40", "if(q, k, n + 1) % 40"}))
	g.checks("m")
}

// broker draws a broker, and who may publish what there.
func (g *mill) broker() {
	if len(g.topics) == 0 {
		g.line("    bus: {is: mqtt-broker%s}", g.atPlace())
		return
	}
	about := strings.Replace(g.pick("about", g.topics), "_", "/", 1)
	g.line("    bus: {is: mqtt-broker, persistent: %v, retry: %dms%s%s}", g.coin("persistent"), 100*g.number("retry", 3, 20), g.atPlace(), g.pick("grants", []string{
		"", "", fmt.Sprintf(", checks: [{authorise: [{verb: publish, object: %s}, {verb: subscribe}]}]", about), ", checks: [{authorise: [{who: [c0, c1, p0, g0, g1, f0]}, {verb: subscribe}]}]",
		", checks: [{rate-limit: 2, per: 1s, verb: publish}]", ", checks: [{authenticate: key, verb: publish}]",
		", checks: [{authorise: [{verb: publish}, {verb: subscribe, mode: " + g.known() + "}]}]",
		", checks: [{authorise: [{verb: publish}, {verb: subscribe, hours: [0h, 9s]}, {verb: subscribe, mode: " + g.known() + "}]}]",
	}))
}

// known draws what the broker may find in what was published there.
func (g *mill) known() string {
	topic := g.pick("known", g.topics)
	switch {
	case strings.HasSuffix(topic, "_level"):
		return topic + " < 2.02"
	case strings.HasSuffix(topic, "_n"), strings.HasSuffix(topic, "_m"):
		return topic + " < 3"
	}
	return "not " + topic
}
