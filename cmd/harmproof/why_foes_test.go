package main

import (
	"fmt"
	"strings"
)

// from draws where a step is done, and by whom.
func (g *mill) from() string {
	if g.coin("inside") {
		return ", by: insider, from: " + g.pick("from", []string{"station", "station", "c2", "c0", "p0"})
	}
	return ", by: intruder, from: " + g.pick("from", []string{"laptop", "laptop", "station", "p0"})
}

// as draws whom a message claims to be from.
func (g *mill) as() string {
	return g.pick("as", []string{"", "", "", ", as: c0", ", as: p0", ", as: g0"})
}

// targets are the devices that attackers reach for.
func (g *mill) target() string {
	return g.pick("target", []string{"p0", "p0", "c0", "c1", "c2", "station"})
}

// remotes lists the devices that a login could work at, or station.
func (g *mill) weak() string {
	list := []string{"station"}
	for i, l := range g.lines {
		if strings.HasPrefix(l, "      weaknesses:") {
			for k := i; k >= 0; k-- {
				if strings.HasPrefix(g.lines[k], "    ") && g.lines[k][4] != ' ' {
					id, _, _ := strings.Cut(strings.TrimSpace(g.lines[k]), ":")
					list = append(list, id)
					break
				}
			}
		}
	}
	return g.pick("weak", list)
}

// break in draws what an attacker does to get further.
func (g *mill) further(from string) string {
	switch g.number("further", 0, 7) {
	case 0:
		return "attack: scan" + from + g.pick("scan", []string{", to: p0", ", to: c0", ", to: station"})
	case 1:
		return "attack: connect" + from + ", verb: " + g.pick("verb", []string{"write", "read", "configure"}) + ", to: " + g.target()
	case 2, 3:
		return "attack: login" + from + ", to: " + g.target() + g.as() + g.pick("with", []string{"", ", with: default", ", with: stolen", ", with: operator", ", with: brute-force, every: 20ms"})
	case 4:
		return "attack: exploit" + from + ", weakness: old, to: " + g.weak() + g.as()
	case 5:
		return "attack: pivot" + from + ", to: " + g.target()
	case 6:
		return "attack: sniff" + from + ", " + g.pick("heard", []string{"receiver: p0", "sender: c1", "receiver: u0", "sender: p0, receiver: v0"})
	}
	return "attack: sniff" + from + ", receiver: " + g.target()
}

// harm draws what an attacker does from a foothold.
func (g *mill) harm(from string) string {
	if len(g.wires) == 0 {
		return g.flood(from)
	}
	w := g.wires[g.choose("wire", len(g.wires))]
	switch g.number("harm", 0, 11) {
	case 0, 1, 2:
		return g.ordered(from + g.as())
	case 3:
		return g.flood(from)
	case 4:
		return "attack: modify" + from + g.as() + ", signal: " + g.pick("setting", []string{"p0.low, value: 2.2 m", "p0.high, value: 2.1 m", "p0.low, value: 1.9 m"})
	case 5:
		return "attack: download" + from + g.as() + ", to: p0, set: {low: 2.3 m, high: 2.5 m}"
	case 6, 7, 8:
		return g.middle(from, w)
	case 9:
		if sender, _, _ := strings.Cut(w.path, "."); w.pushed && !strings.Contains(from, "from: "+w.by) {
			return fmt.Sprintf("attack: resend%s, sender: %s, receiver: %s, age: %ds", from, sender, w.by, g.number("age", 1, 9))
		}
	case 10:
		if len(g.logged) > 0 {
			return "attack: " + g.pick("log", []string{"wipe", "forge"}) + from + ", device: " + g.pick("log", g.logged)
		}
	}
	if len(g.topics) > 0 {
		topic := "bus." + g.pick("topic", g.topics)
		value := "true"
		if strings.HasSuffix(topic, "_level") {
			value = "1.5 m"
		} else if numeric(strings.ReplaceAll(topic, "_", ".")) {
			value = fmt.Sprint(g.number("value", 0, 8))
		}
		return "attack: command" + from + ", signal: " + topic + ", value: " + value
	}
	return g.ordered(from)
}

func (g *mill) flood(from string) string {
	return fmt.Sprintf("attack: flood%s, to: %s, every: %dms%s", from, g.device(), g.number("every", 20, 300), g.pick("size", []string{"", "", ", size: 400 B"}))
}

// middle draws what an attacker does who sits on the way of messages.
func (g *mill) middle(from string, w heard) string {
	value := ", value: " + g.valueOf(w.path)
	deed := g.pick("deed", []string{"spoof" + value, "tamper" + value, "freeze", "replay, record: 2s", "drop, share: 40%", "block", "delay, by: 700ms", "suppress"})
	flag := !numeric(w.path) && !strings.HasSuffix(w.path, ".level")
	if deed == "suppress" && !flag {
		deed = "freeze"
	}
	if strings.HasPrefix(deed, "delay") {
		from = ", from: " + g.pick("late", []string{"intruder", "insider"})
	}
	return "attack: " + deed + from + ", signal: " + w.path + g.pick("receiver", []string{"", ", receiver: " + w.by})
}

// valueOf draws a value for a report.
func (g *mill) valueOf(path string) string {
	switch {
	case numeric(path):
		return fmt.Sprint(g.number("value", 0, 8))
	case strings.HasSuffix(path, ".level"):
		return g.pick("value", []string{"1.5 m", "2.5 m"})
	}
	return fmt.Sprint(g.coin("value"))
}

// campaign draws steps of an attacker that build on one another: in, further on, harm.
func (g *mill) campaign(first int) {
	deeds := []string{
		g.pick("in", []string{"attack: exploit, weakness: old, from: laptop, by: intruder, to: station", "attack: login, with: default, from: laptop, by: intruder, to: station"}),
		"attack: pivot, from: laptop, by: intruder, to: station",
		g.pick("on", []string{
			"attack: login, with: brute-force, every: 20ms, from: station, by: intruder, to: p0", "attack: sniff, for: 3s, from: station, by: intruder, receiver: p0",
			"attack: login, from: station, by: intruder, to: p0", "attack: exploit, weakness: old, from: station, by: intruder, to: " + g.weak(), "attack: scan, from: station, by: intruder, to: p0",
		}),
		g.pick("on", []string{"attack: login, from: station, by: intruder, to: p0", "attack: pivot, from: station, by: intruder, to: p0", "attack: pivot, from: station, by: intruder, to: c1"}),
	}
	for range g.number("harms", 1, 3) {
		base := ", by: intruder, from: " + g.pick("base", []string{"station", "station", "p0", "laptop"})
		if g.coin("inside") {
			base = ", by: insider, from: station"
		}
		deeds = append(deeds, g.harm(base))
	}
	for i, deed := range deeds {
		if i > 0 && i < len(deeds)-1 && g.number("leave", 0, 3) == 0 {
			continue
		}
		g.act(deed, first+i, i > 0)
	}
}

// act writes a step of a campaign.
func (g *mill) act(deed string, i int, follows bool) {
	name, start := fmt.Sprintf("s%d", i), ""
	last := g.steps[len(g.steps)-1]
	switch {
	case follows && g.coin("after"):
		start = fmt.Sprintf("after: %s, delay: %dms", last, 100*g.number("delay", 0, 20))
	default:
		start = fmt.Sprintf("at: %d.%03ds", g.number("at", 1+2*i/2, 12+i), 10*i+5)
	}
	more := g.lasting(deed)
	if follows && g.number("needs", 0, 7) == 0 {
		more += ", needs: " + last
	}
	g.steps, g.earned = append(g.steps, name), append(g.earned, name)
	g.line("  - {name: %s, %s, %s%s}", name, start, deed, more)
}

// lasting draws how long a deed lasts.
func (g *mill) lasting(deed string) string {
	kind, _, _ := strings.Cut(strings.TrimPrefix(deed, "attack: "), ",")
	if strings.Contains(deed, ", for: ") {
		return ""
	}
	earned := strings.Contains(deed, ", from: ")
	for _, once := range []string{"download", "scan", "connect", "login", "exploit", "pivot", "wipe", "forge", "resend", "act: reset", "act: download"} {
		if strings.HasPrefix(kind, once) {
			return ""
		}
	}
	if earned && !strings.Contains(deed, ", every: ") && (kind == "modify" || kind == "act: set" || kind == "command") {
		return ""
	}
	if strings.HasPrefix(kind, "sniff") || g.coin("for") {
		return fmt.Sprintf(", for: %dms", 250*g.number("for", 1, 60))
	}
	return ""
}

// people draws an act that is done at a device, over the network.
func (g *mill) people() string {
	who := g.pick("person", []string{"", ", by: alice", ", by: bob"})
	from := g.pick("desk", []string{"c1", "c2", "p0"})
	to := g.pick("desk of", []string{"p0.low, value: 2.2 m", "p0.high, value: 2.6 m", "p0.low, value: 1.9 m"})
	if strings.HasPrefix(to, from) {
		from = "c2"
	}
	if g.coin("download") {
		if from == "p0" {
			from = "c1"
		}
		return "act: download, from: " + from + who + ", to: p0, set: {low: 2.3 m}"
	}
	return "act: set, from: " + from + who + ", signal: " + to
}
