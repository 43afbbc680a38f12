package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// checksMost is how many checks the table has at most.
const checksMost = 12

// checks writes what the checks of devices did: first those that reacted, by time.
func (s *sheet) checks(r *sim.Result) {
	if len(r.Checks) == 0 {
		return
	}
	list := make([]*sim.CheckResult, len(r.Checks))
	for i := range list {
		list[i] = &r.Checks[i]
	}
	slices.SortStableFunc(list, func(a, b *sim.CheckResult) int { return int(min(1, max(-1, a.First-b.First))) })
	more := 0
	if !s.All && len(list) > checksMost {
		more, list = len(list)-checksMost+1, list[:checksMost-1]
	}
	g := grid{
		sheet: s, titles: []string{"Check", "Device", "Passed", "Reacted", "First", "Owner"},
		numbers: []bool{false, false, true, true, true, false},
	}
	for _, c := range list {
		first, passed, reacted := "-", thousands(c.Passed), reactions(c)
		if c.Reacted > 0 {
			first = c.First.Short()
		}
		if c.Off {
			passed, reacted = "off", "-"
		}
		g.add(clean(c.Check), clean(c.Device), passed, reacted, first, dash(clean(c.Owner)))
	}
	g.write()
	if more > 0 {
		s.line("  %s", s.ink(dim, fmt.Sprintf("%d more (--all).", more)))
	}
	s.line("")
}

// reactions says how often a check reacted, and how.
func reactions(c *sim.CheckResult) string {
	if c.Reacted == 0 {
		return "0"
	}
	return thousands(c.Reacted) + " " + done(c.Reaction)
}

// done is what a reaction did to a message.
func done(r check.Reaction) string {
	switch r {
	case check.Clamp:
		return "clamped"
	case check.Hold:
		return "held"
	case check.Trip:
		return "tripped"
	case check.Alarm:
		return "alarmed"
	}
	return "refused"
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// reacted tells what a device made of a message that did not simply pass.
func (t *teller) reacted(e sim.StoryEvent) row {
	d := &t.Decisions[e.Index]
	line := row{
		mark: "x", colour: green, text: t.decided(d), rank: steppings,
		key: clean(d.Check) + " of " + clean(d.Device) + " " + done(d.Reaction),
	}
	if d.Reaction == check.Alarm {
		line.mark, line.colour = "!", yellow
	}
	return line
}

// decided says what a device decided about a message, whom it was from, and why.
func (t *teller) decided(d *sim.Decision) string {
	text := clean(d.Device) + " " + done(d.Reaction)
	switch {
	case d.True == "" && d.Claimed == "":
		text += ": nothing came"
	case d.Object == "":
		text += ": " + article(d.Verb.String())
	case math.IsNaN(d.Offered):
		text += ": " + d.Verb.String() + " of " + clean(d.Object)
	default:
		text += ": " + clean(d.Object) + " = " + t.offered(d)
	}
	if d.True != "" {
		text += " from " + clean(d.True)
		if d.Claimed != d.True {
			text += ", which claims to be " + clean(d.Claimed)
		}
	}
	return text + " (" + t.grounds(d) + ")" + t.answer(d)
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

// about describes the signal that a decision is about.
func about(r *sim.Result, d *sim.Decision) (info sim.SignalInfo, ok bool) {
	slot, ok := r.Plan.Slot(d.Device + "." + d.Object)
	if ok {
		info = r.Plan.Signals.At(slot)
	}
	return info, ok
}

// offered writes the value that was offered.
func (t *teller) offered(d *sim.Decision) string {
	if info, ok := about(t.Result, d); ok {
		return value(d.Offered, info.Type, info.Unit, info.Labels)
	}
	return figure(d.Offered, unit.One)
}

// checkOf returns the check that a decision is by, or nil.
func checkOf(r *sim.Result, d *sim.Decision) *sim.CheckResult {
	i := slices.IndexFunc(r.Checks, func(c sim.CheckResult) bool { return c.Guard == d.Guard && c.Check == d.Check })
	if i < 0 {
		return nil
	}
	return &r.Checks[i]
}

// grounds says which check it was, and what it measured.
func (t *teller) grounds(d *sim.Decision) string {
	c := checkOf(t.Result, d)
	if c == nil {
		return clean(d.Check)
	}
	text := clean(d.Check) + ": "
	u, known := measure(t.Result, d, c)
	known = known && !math.IsNaN(d.Measured) && !math.IsNaN(d.Limit)
	numbers := figure(d.Measured, u) + " against " + figure(d.Limit, u)
	switch {
	case known && d.Kind == check.KindTwoPerson:
		return text + count(int(d.Measured), "person") + ", not " + strconv.Itoa(int(d.Limit))
	case known && d.Kind == check.KindFresh:
		return text + d.Grounds + ", " + numbers
	case known:
		return text + numbers
	case d.Grounds != "":
		return text + clean(d.Grounds)
	}
	return clean(d.Check)
}

// measure returns the unit of what a check measured; known is false where that is no
// number for people.
func measure(r *sim.Result, d *sim.Decision, c *sim.CheckResult) (u unit.Unit, known bool) {
	info, ok := about(r, d)
	number := ok && info.Type == signal.Number
	switch c.Kind {
	case check.KindRange.String(), check.KindAuthorise.String():
		return info.Unit, number
	case check.KindResidual.String(), check.KindCusum.String(), check.KindVote.String():
		return info.Unit.Delta(), number
	case check.KindChange.String():
		return info.Unit.Delta().Div(unit.Second), number
	case check.KindWatchdog.String():
		return unit.Second, true
	case check.KindFresh.String():
		if strings.Contains(c.Text, "counter") {
			return unit.One, true
		}
		return unit.Second, true
	case check.KindTwoPerson.String():
		return unit.One, true
	}
	return unit.One, false
}

// links writes how much the links with a bandwidth carried.
func (s *sheet) links(r *sim.Result) {
	g := grid{
		sheet: s, titles: []string{"Link", "Used", "Messages", "Dropped", "Longest wait"},
		numbers: []bool{false, true, true, true, true},
	}
	streams := slices.ContainsFunc(r.Links, func(l network.LinkCount) bool { return l.Poured > 0 })
	if streams {
		g.titles, g.numbers = append(g.titles, "Streams", "Spilled"), append(g.numbers, true, true)
	}
	for i := range r.Links {
		l := &r.Links[i]
		if l.Offered == 0 && l.Poured == 0 {
			continue
		}
		used := strconv.FormatFloat(100*l.Utilisation(r.Ended), 'f', 1, 64) + " %"
		row := []string{clean(r.Plan.LinkName(l)), used, thousands(l.Offered), thousands(l.Dropped), briefly(l.Longest)}
		if streams {
			row = append(row, amount(l.Poured), amount(l.Spilled))
		}
		g.add(row...)
	}
	if len(g.rows) > 0 {
		g.write()
		s.line("")
	}
}

// amount writes so many bytes to three digits.
func amount(x float64) string {
	prefix := 0
	for x >= 999.5 && prefix < 5 {
		x /= 1000
		prefix++
	}
	return strconv.FormatFloat(x, 'g', 3, 64) + " " + [...]string{"B", "kB", "MB", "GB", "TB", "PB"}[prefix]
}

// briefly writes a duration to three digits.
func briefly(d vtime.Duration) string {
	step := vtime.Duration(1)
	for d/step >= 1000 {
		step *= 10
	}
	return span(d.Round(step))
}

// restless says which guards a run spent its time on.
func (s *sheet) restless(r *sim.Result) {
	for i := range r.Restless {
		g := &r.Restless[i]
		text := fmt.Sprintf("%s turned %s times, every %s: it goes to and fro at its threshold, and the run goes by its pace; "+
			"a band (two levels apart), a delay or a period (every:) would settle it", clean(g.Guard), thousands(g.Rises), briefly(g.Apart))
		s.block("", "  ", s.paint(yellow, wrap(text, s.width, s.width-2)...))
	}
}
