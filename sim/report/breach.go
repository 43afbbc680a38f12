package report

import (
	"fmt"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// breachMost is how many thefts a report tells of one by one.
const breachMost = 4

// breaches writes who was told of what was taken, where anybody could be, and what stores sent of that.
func (s *sheet) breaches(p *sim.Privacy) {
	shown := 0
	for i := range p.Breaches {
		x := &p.Breaches[i]
		if !x.Warned {
			continue // how its owner would notice is not modelled
		}
		if shown++; shown > breachMost && !s.All {
			s.line("  %s", s.ink(dim, "More was taken (--all)."))
			break
		}
		s.bullet("  breach", breach(x))
	}
	for i := range p.Notices {
		x := &p.Notices[i]
		if x.Alarms == 0 {
			continue
		}
		text := fmt.Sprintf("%s heard %s and sent %s, of which %d came", clean(x.Store), counted(int(x.Alarms), "alarm", "alarms"), counted(x.Sent, "notice", "notices"), x.Arrived)
		if more := x.Sent - x.Needed; more > 0 {
			text += fmt.Sprintf("; %s about nothing new", counted(more, "was", "were"))
		}
		if !x.Wired {
			text += "; nobody else can hear them"
		}
		s.bullet("  notices", text)
	}
}

// breach says who was told of a theft.
func breach(x *sim.Breach) string {
	text := fmt.Sprintf("%s took what %s holds about %s at %s", clean(x.Who), clean(x.Store), people(x.People), x.At.Short())
	switch {
	case x.Aware == vtime.Never:
		return text + ": a theft nobody noticed"
	case x.Aware == x.At:
		text += "; " + clean(x.Owner) + " was aware of it at once"
	default:
		text += fmt.Sprintf("; %s was aware of it at %s", clean(x.Owner), x.Aware.Short())
	}
	switch {
	case x.Told == vtime.Never:
		return text + " and has told nobody"
	case x.Arrived == vtime.Never:
		return text + fmt.Sprintf(" and sent a notice %s later, which has not come", span(x.Told.Sub(x.Aware)))
	}
	return text + fmt.Sprintf("; a notice of it came %s after that", span(x.Arrived.Sub(x.Aware)))
}
