package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/vtime"
)

// loadsMost is how many lines each table of the capacity has at most.
const loadsMost = 12

// capacity writes how much links, devices and stores carried, and of how much. It reports
// whether that says all that there is to say of links.
func (s *sheet) capacity(r *sim.Result) (whole bool) {
	c := &r.Capacity
	if !s.All && !c.Notable {
		return false
	}
	s.loads(c)
	s.airs(c)
	s.charges(c)
	s.polls(c)
	s.growth(c)
	for _, name := range c.Unlimited {
		text := clean(name) + " has a queue without limit: what waits there is bounded by nothing but the run (queue: 1000)"
		s.block("", "  ", s.paint(yellow, wrap(text, s.width, s.width-2)...))
	}
	if len(c.Unlimited) > 0 {
		s.line("")
	}
	return !slices.ContainsFunc(r.Links, func(l network.LinkCount) bool { return l.Poured > 0 })
}

// loads writes what came to links and to devices with work.
func (s *sheet) loads(c *sim.Capacity) {
	g := grid{
		sheet: s, titles: []string{"Capacity", "Used", "Came", "Lost", "Waited", "p50", "p99", "Longest"},
		numbers: []bool{false, true, true, true, true, true, true, true},
	}
	loads := slices.DeleteFunc(slices.Clone(c.Loads), func(l sim.Load) bool { return l.Radio }) // those have a table of their own
	for i := range s.shown(len(loads)) {
		l := &loads[i]
		name, waited := loadName(l), thousands(uint64(l.Most))
		if l.Link && !l.First && !l.Others {
			waited = amount(l.MostBytes)
		}
		p50, p99, most := "-", "-", "-"
		if l.Delay.Count > 0 && !l.Rate {
			p50, p99, most = briefly(l.Delay.P50), briefly(l.Delay.P99), briefly(l.Delay.Max)
		}
		g.add(name, percent(l.Utilisation), thousands(l.Offered), thousands(l.Lost), waited, p50, p99, most)
	}
	if len(g.rows) == 0 {
		return
	}
	g.write()
	s.more(len(loads))
	s.block("  ", "  ", wrap(fmt.Sprintf("Waited: at most at once. Times are of waiting and being served; p50 and p99 within %.2g %%.",
		100*quantile.Error), s.width-2, s.width-2))
	s.waiting(loads)
	s.line("")
}

// loadName names what is loaded, and by what.
func loadName(l *sim.Load) string {
	switch name := clean(l.Name); {
	case l.First:
		return name + ", first"
	case l.Others:
		return name + ", others"
	case l.Rate:
		return name + " (rate)"
	default:
		return name
	}
}

// airs writes what was sent by radio.
func (s *sheet) airs(c *sim.Capacity) {
	g := grid{
		sheet: s, titles: []string{"Radio", "Came", "Withheld", "Sent", "Collided", "Airtime", "Duty", "p99"},
		numbers: []bool{false, true, true, true, true, true, true, true},
	}
	for i := range c.Airs {
		a := &c.Airs[i]
		p99 := "-" // nothing came through
		if a.Delay.Count > 0 {
			p99 = briefly(a.Delay.P99)
		}
		name := clean(a.Name)
		if a.Rate {
			name += " (rate)"
		}
		g.add(name, thousands(a.Offered), thousands(a.Withheld), thousands(a.Sent), thousands(a.Collided), briefly(a.Airtime), duty(a.Duty), p99)
	}
	if len(g.rows) > 0 {
		g.write()
		s.block("  ", "  ", wrap("Withheld: by the duty cycle of who sends. Duty: of the device that sent most.", s.width-2, s.width-2))
		s.line("")
	}
}

// duty writes a share of the time, which is small.
func duty(share float64) string { return strconv.FormatFloat(100*share, 'g', 3, 64) + " %" }

// polls writes how long devices waited for answers.
func (s *sheet) polls(c *sim.Capacity) {
	g := grid{
		sheet: s, titles: []string{"Polls of", "Asked", "Unanswered", "Mean", "p50", "p99", "Longest"},
		numbers: []bool{false, true, true, true, true, true, true},
	}
	for i := range s.shown(len(c.Polls)) {
		p := &c.Polls[i]
		row := []string{clean(p.Device), thousands(p.Asked), thousands(p.Unanswered), "-", "-", "-", "-"}
		if p.Count > 0 {
			copy(row[3:], []string{briefly(vtime.FromSeconds(p.Mean)), briefly(p.P50), briefly(p.P99), briefly(p.Max)})
		}
		g.add(row...)
	}
	if len(g.rows) > 0 {
		g.write()
		s.more(len(c.Polls))
		if slices.ContainsFunc(c.Polls, func(p sim.PollDelay) bool { return p.Unanswered > 0 }) {
			s.block("  ", "  ", wrap("Unanswered: so far, what is under way at the end included. Times are of answers.", s.width-2, s.width-2))
		}
		s.line("")
	}
}

// growth writes what stores hold.
func (s *sheet) growth(c *sim.Capacity) {
	g := grid{
		sheet: s, titles: []string{"Store", "Items", "Size", "Limit", "Full in"},
		numbers: []bool{false, true, true, true, true},
	}
	full := slices.ContainsFunc(c.Growth, func(x sim.Growth) bool { return x.Refused > 0 })
	if full {
		g.titles, g.numbers = append(g.titles, "Refused"), append(g.numbers, true)
	}
	for i := range s.shown(len(c.Growth)) {
		x := &c.Growth[i]
		limit, when := "-", "-"
		switch {
		case x.Limit == 0:
		case x.Refused > 0:
			limit, when = amount(x.Limit), fmt.Sprintf("since day %d", dayOf(x.FullAt))
		case math.IsInf(x.DaysLeft, 0) || x.DaysLeft >= 1e6:
			limit, when = amount(x.Limit), "never"
		default:
			limit, when = amount(x.Limit), fullIn(x.DaysLeft)
		}
		row := []string{clean(x.Store), thousands(x.Items), amount(x.Bytes), limit, when}
		if full {
			row = append(row, thousands(x.Refused))
		}
		g.add(row...)
	}
	if len(g.rows) > 0 {
		g.write()
		s.more(len(c.Growth))
		s.line("")
	}
}

// shown is how many lines of a table are written.
func (s *sheet) shown(n int) int {
	if !s.All && n > loadsMost {
		return loadsMost - 1
	}
	return n
}

// more says how many lines of a table are not written.
func (s *sheet) more(n int) {
	if k := s.shown(n); k < n {
		s.line("  %s", s.ink(dim, fmt.Sprintf("%d more (--all).", n-k)))
	}
}

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + " %" }
