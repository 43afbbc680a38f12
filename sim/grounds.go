package sim

import (
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/vtime"
)

// grounds says for each rule of each guard why it does not let a message pass. It is
// said beforehand, since a flood is refused often.
func (s *System) grounds() [][]string {
	list := make([][]string, len(s.guards))
	for i := range s.guards {
		for k := range s.guards[i].Rules {
			list[i] = append(list[i], s.ground(&s.guards[i].Rules[k]))
		}
	}
	return list
}

// ground is why a rule does not let a message pass; empty where what it measured says
// it.
func (s *System) ground(r *check.Rule) string {
	switch c := r.Check.(type) {
	case check.Authenticate:
		names := (&exposed{credentials: s.Credentials}).oneOf(c.Credentials)
		if names == "" {
			names = "credential"
		}
		return "it bears no " + names
	case check.Authorise:
		return "nobody granted it"
	case check.RateLimit:
		return "more than " + pace(c.Every)
	case check.Plausible, check.Interlock:
		if _, condition, ok := strings.Cut(r.Text, ": "); ok && condition != "" {
			return condition + " does not hold"
		}
	case check.TwoPerson:
		return "nobody else asked for it"
	case check.Watchdog:
		return "nothing came in time"
	}
	return ""
}

// pace says how many messages come in what time: "3 messages a second".
func pace(every vtime.Duration) string {
	for _, in := range []struct {
		span vtime.Duration
		name string
	}{{vtime.Second, "a second"}, {vtime.Minute, "a minute"}, {vtime.Hour, "an hour"}, {vtime.Day, "a day"}} {
		n := (in.span + every/2) / every
		if off := in.span - n*every; n >= 1 && max(off, -off) <= n { // each is a whole number of nanoseconds
			return messages(int64(n)) + " " + in.name
		}
	}
	return "one message every " + every.String()
}

func messages(n int64) string {
	if n == 1 {
		return "1 message"
	}
	return strconv.FormatInt(n, 10) + " messages"
}

// grounded adds to a decision why it was made.
func (w *world) grounded(out *Decision, o *check.Offer, d *check.Decision) {
	if d.Rule < 0 {
		return
	}
	r := &w.plan.guards[out.Guard].Rules[d.Rule]
	out.Kind, out.Grounds = r.Check.Kind(), w.plan.exposed.grounds[out.Guard][d.Rule]
	switch c := r.Check.(type) {
	case check.Authenticate:
		if o.Altered && (c.Credentials == 0 || o.Bears&c.Credentials != 0) {
			out.Grounds = "it was changed on its way"
		}
	case check.Authorise:
		if !math.IsNaN(d.Limit) { // there is a nearest value that is granted
			out.Grounds = ""
		}
	case check.Fresh:
		out.Grounds = "an old number"
		if c.Window > 0 && d.Limit == vtime.Seconds(c.Window) && math.Abs(d.Measured) > d.Limit {
			out.Grounds = "an old time"
		}
	}
}
