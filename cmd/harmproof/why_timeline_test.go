package main

import (
	"fmt"
	"slices"
	"strings"
)

// step draws a step of the timeline.
func (g *mill) step(i int) {
	name := fmt.Sprintf("s%d", i)
	text := "  - {name: " + name + ", "
	switch start := g.number("start", 0, 5); {
	case start == 0 && i > 0:
		text += fmt.Sprintf("after: s%d, delay: %dms", g.number("previous", 0, i-1), 100*g.number("delay", 0, 50))
	case start == 1:
		text += "when: " + g.trigger()
	default:
		text += fmt.Sprintf("at: %d.%03ds", g.number("at", 3, 25), 10*i) // a nanosecond has one step
	}
	deed := g.deed()
	text += ", " + deed + g.lasting(deed)
	if strings.Contains(deed, ", from: ") && strings.HasPrefix(deed, "attack") {
		g.earned = append(g.earned, name)
	}
	if i > 0 && g.number("needs", 0, 4) == 0 {
		text += fmt.Sprintf(", needs: s%d", g.number("need", 0, i-1))
	}
	g.steps = append(g.steps, name)
	g.line("%s}", text)
}

func (g *mill) trigger() string {
	return "'" + g.pick("trigger", []string{
		"t0.level > 2.1", "t1.level < 1.9", "u0.running", "c0.n > 2", "c1.x > 1", "c2.b", "not v0.opened and time > 4", "g0.level > 2.05",
	}) + "'"
}

// deed draws what a step does.
func (g *mill) deed() string {
	if g.records && g.coin("request") {
		return g.request()
	}
	if g.foes && g.number("earned", 0, 2) == 0 {
		if g.coin("further") {
			return g.further(g.from())
		}
		return g.harm(g.from())
	}
	switch g.number("deed", 0, 14) {
	case 11:
		return g.people()
	case 12:
		if len(g.guarded) > 0 {
			return "act: reset, device: " + g.pick("reset", g.guarded)
		}
	case 13:
		if g.net == radio {
			return "attack: jam, zone: field" + g.pick("jam", []string{"", ", range: 40 m, device: g0"})
		}
	case 14:
		if g.group {
			return g.pick("member", []string{"attack: spoof, signal: \"m[1].n\", value: 3", "fault: crash, device: m", "fault: stuck, signal: \"m[0].n\""})
		}
	case 0, 1:
		return g.lie()
	case 2, 3:
		return g.message()
	case 4:
		return g.order()
	case 5:
		return "fault: " + g.pick("down", []string{"crash", "power-loss"}) + ", device: " + g.device()
	case 6:
		return fmt.Sprintf("fault: clock-drift, device: %s, rate: %s", g.device(), g.pick("rate", []string{"2%", "-5%", "20%"}))
	case 7:
		return "fault: stuck, signal: " + g.pick("stuck", []string{"u0.running", "v0.position", "g0.level", "c0.n", "f0.tripped", "c1.x", "c2.y"})
	case 8:
		return "fault: slow, signal: v0.position, to: 30%"
	case 9:
		return g.setting()
	}
	return g.twist()
}

func (g *mill) device() string {
	return g.pick("device", []string{"g0", "g1", "u0", "v0", "p0", "c0", "c1", "c2", "f0"})
}

// anywhere adds, now and then, one receiver that alone is meant.
func (g *mill) anywhere(path string) string {
	for _, w := range g.wires {
		if w.path == path && g.coin("receiver") {
			return path + ", receiver: " + w.by
		}
	}
	return path
}

func (g *mill) lie() string {
	switch g.number("lie", 0, 3) {
	case 0:
		return fmt.Sprintf("attack: spoof, signal: %s, value: %v", g.anywhere(g.pick("flag", g.flags)), g.coin("value"))
	case 1:
		return fmt.Sprintf("attack: tamper, signal: %s, value: %d", g.anywhere(g.pick("number", g.numbers)), g.number("value", 0, 8))
	case 2:
		change := g.pick("change", []string{"value: 1.5 m", "value: 2.5 m", "offset: 200 mm", "scale: 0.9", "rate: 10 mm/s"})
		return fmt.Sprintf("attack: spoof, signal: %s, %s", g.anywhere(g.pick("level", g.levels)), change)
	}
	all := append(append([]string{}, g.numbers...), append(g.flags, g.levels...)...)
	return g.pick("old", []string{"attack: freeze", "fault: stuck", "attack: replay, record: 2s"}) + ", signal: " + g.anywhere(g.pick("any", all))
}

// message draws what becomes of messages.
func (g *mill) message() string {
	if len(g.wires) == 0 {
		return g.lie()
	}
	w := g.wires[g.number("wire", 0, len(g.wires)-1)]
	sender, _, _ := strings.Cut(w.path, ".")
	which := g.pick("which", []string{
		"signal: " + w.path, "sender: " + sender + ", receiver: " + w.by, "receiver: " + w.by, "sender: " + sender, "signal: " + w.path + ", receiver: " + w.by,
	})
	return g.pick("fate", []string{"attack: block", "attack: drop, share: 40%", "attack: delay, by: 700ms", "attack: delay, by: 5s", "fault: link-loss"}) + ", " + which
}

// numeric reports whether a report is a pure number.
func numeric(path string) bool {
	return strings.HasSuffix(path, ".n") || strings.HasSuffix(path, ".m")
}

// order draws a command.
func (g *mill) order() string { return g.ordered("") }

func (g *mill) ordered(from string) string {
	if len(g.wires) == 0 {
		return g.lie()
	}
	w := g.wires[g.number("wire", 0, len(g.wires)-1)]
	value := g.valueOf(w.path)
	how := g.pick("how", []string{"", ", how: force", ", every: 300ms"})
	if from != "" && how != ", every: 300ms" {
		how = ", every: 400ms"
	}
	return fmt.Sprintf("attack: command, signal: %s.%s, value: %s%s%s", w.by, w.input, value, how, from)
}

func (g *mill) setting() string {
	class := g.pick("class", []string{"attack: modify", "act: set"})
	return class + ", signal: " + g.pick("setting", []string{
		"p0.low, value: 2.2 m", "p0.high, offset: 300 mm", "u0.rate, scale: 0.5", "v0.rate, scale: 2", "d0.factor, value: 2",
		"c0.n, value: 5", "c1.b, value: true", "c2.b, value: false",
	})
}

// twist draws a fault of a sensor.
func (g *mill) twist() string {
	path := g.anywhere(g.pick("level", g.levels))
	return g.pick("twist", []string{"fault: bias, offset: 150 mm", "fault: drift, rate: 20 mm/s", "fault: noise, deviation: 80 mm"}) + ", signal: " + path
}

// invariants draws what is to hold: of physics, of what is told, about windows of
// time, about what never came.
func (g *mill) invariants() {
	g.line("invariants:")
	list := []string{
		"{always: t0.level < 2.95}", "{always: t1.level > 0.05}", "{always: c0.x < 90}", "{always: c1.y > -90}", "{always: c2.m < 900}", "{always: c2.n < 900}", "{always: c0.n + c1.n + c2.x < 900}", "{always: 'integral(c0.n + c1.x + c2.n, \"30 s\") < 9000'}",
		"{always: 'integral(t0.level, \"30 s\") < \"900 m*s\"'}", "{always: 'integral(c0.x + c1.n + c2.y + c1.m, \"12 s\") < 9000'}",
		"{always: 'integral(u0.flow, \"20 s\") < \"3 m3\"'}", "{always: v0.position < \"300 %\"}", "{always: 'mean(told(g0.level), \"9 s\") < 9'}",
		"{always: t0.level < 2.2}", "{always: t1.level > 1.7}", "{never: u0.running}", "{eventually: v0.opened}", "{always: c0.n < 4}", "{always: c1.x < 3}",
		"{never: c2.b, for: 2s}", "{whenever: t0.level > 2.1, then: u0.running, within: 3s}", "{always: 'mean(t0.level, \"5 s\") < 2.15'}",
		"{always: 'abs(told(g0.level) - t0.level) < \"100 mm\"'}", "{always: 'age(c0.n, \"20 s\") < \"9 s\"'}", "{eventually: c1.n > 3}",
		"{never: 'rise(c0.b) and once(rise(c0.b), \"1ns\", \"5s\")'}", "{always: c2.y < 5}", "{whenever: rise(p0.out), then: c1.b, within: 4s}",
	}
	for _, w := range g.wires {
		condition := fmt.Sprintf("told(%s, %s)", w.path, w.by)
		if numeric(w.path) {
			condition += " < 3"
		} else if strings.HasSuffix(w.path, ".level") {
			condition += " < 2.2"
		}
		list = append(list, "{always: '"+condition+"'}")
		if w.by != "m" { // which has members
			list = append(list, fmt.Sprintf("{always: 'mean_delay(%s.%s) < \"60 ms\"'}", w.by, w.input), fmt.Sprintf("{finally: 'p95(%s.%s) < \"30 ms\"'}", w.by, w.input))
		}
	}
	list = append(list, g.guestInvariants()...)
	n := g.number("invariants", 2, 5)
	for i := range n {
		g.line("  i%d: %s", i, g.pick("invariant", list))
	}
	for i := range g.number("sums", 1, 4) {
		g.line("  i%d: {always: '%s'}", n+i, g.sum())
	}
}

// sum draws what changes with each change of one signal, or of what somebody was told of
// it, however short.
func (g *mill) sum() string {
	path := g.pick("summed", slices.Concat(g.numbers, g.flags, g.levels, []string{"t0.level", "t1.level", "u0.flow", "v0.position"}))
	shown := path
	if n := len(g.wires); n > 0 && g.choose("told", 4) > 0 {
		w := g.wires[g.choose("wire", n)]
		for k := range g.wires { // rather what has to pass a check, which others' messages may decide
			if other := g.wires[(k+g.choose("from", n))%n]; !slices.Contains(g.guarded, w.by) && slices.Contains(g.guarded, other.by) {
				w = other
			}
		}
		if w.by != "m" { // which has two
			path, shown = w.path, "told("+w.path+", "+w.by+")"
		}
	}
	switch {
	case slices.Contains(g.flags, path):
		shown = "if(" + shown + ", 1, 0)"
	case strings.HasSuffix(path, "level"):
		shown = "number(" + shown + ", \"m\")"
	case path == "v0.position":
		shown = "number(" + shown + ", \"%\")"
	case path == "u0.flow":
		shown = "number(" + shown + ", \"m3/s\")"
	}
	return fmt.Sprintf("integral(%s, \"30 s\") < 90000", shown)
}

// guestInvariants are about the devices that are not always there.
func (g *mill) guestInvariants() (list []string) {
	for _, id := range g.guarded {
		if id != "m" {
			list = append(list, fmt.Sprintf("{never: %s.latched}", id), fmt.Sprintf("{always: %s.refused < 3}", id), fmt.Sprintf("{always: %s.alarms < 2}", id))
		}
	}
	if g.group {
		list = append(list, "{always: sum(m.n) < 60}", "{always: 'm[1].n < 25'}", "{always: 'integral(m[0].n, \"9 s\") < 9000'}")
	}
	if g.voter {
		list = append(list, "{always: w0.n < 45}", "{always: 'integral(w0.n, \"30 s\") < 9000'}")
	}
	if g.records {
		list = append(list, g.recordInvariants()...)
	}
	if g.archive {
		list = append(list, "{always: h0.n < 30}", "{always: h0.n < 9}")
	}
	if g.safety {
		list = append(list, "{never: s0.stop}")
	}
	return append(list, "{always: accountable >= 0.5}")
}
