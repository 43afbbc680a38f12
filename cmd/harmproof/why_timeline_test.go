package main

import (
	"fmt"
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
	text += ", " + g.deed()
	if g.coin("for") && !strings.Contains(text, "download") {
		text += fmt.Sprintf(", for: %dms", 250*g.number("for", 1, 60))
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
	if g.foes && g.number("earned", 0, 2) == 0 {
		return g.earned()
	}
	switch g.number("deed", 0, 10) {
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
func numeric(path string) bool { return strings.HasSuffix(path, ".n") || strings.HasSuffix(path, ".m") }

// order draws a command.
func (g *mill) order() string { return g.ordered("") }

func (g *mill) ordered(from string) string {
	if len(g.wires) == 0 {
		return g.lie()
	}
	w := g.wires[g.number("wire", 0, len(g.wires)-1)]
	value := fmt.Sprint(g.coin("value"))
	if numeric(w.path) {
		value = fmt.Sprint(g.number("value", 0, 8))
	} else if strings.HasSuffix(w.path, ".level") {
		value = g.pick("value", []string{"1.5 m", "2.5 m"})
	}
	how := g.pick("how", []string{"", ", how: force", ", every: 300ms"})
	if from != "" && how != ", every: 300ms" {
		how = ", every: 400ms"
	}
	return fmt.Sprintf("attack: command, signal: %s.%s, value: %s%s%s", w.by, w.input, value, how, from)
}

// earned draws what an attacker does from its foothold.
func (g *mill) earned() string {
	if len(g.wires) == 0 || g.coin("flood") {
		return fmt.Sprintf("attack: flood, from: laptop, to: %s, every: %dms", g.device(), g.number("every", 20, 300))
	}
	if g.coin("order") {
		return g.ordered(", from: laptop")
	}
	return "attack: " + g.pick("try", []string{"connect, from: laptop, verb: write", "download, from: laptop, set: {low: 2.3 m}"}) + ", to: p0"
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
	}
	for i := range g.number("invariants", 2, 5) {
		g.line("  i%d: %s", i, g.pick("invariant", list))
	}
}
