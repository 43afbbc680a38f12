package check

import (
	"math"
	"math/big"
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A naive judge remembers nothing but everything that happened, and works out each
// decision from that anew.
type naive struct {
	g      *Guard
	events []*event
}

// An event is an offer and what became of it, or a reset.
type event struct {
	reset    bool
	o        Offer // its values as they were at first
	asked    []bool
	passed   []bool
	seen     [][]float64 // by rule: the values when it was asked
	gone     [][]bool    // by rule: those that were held then
	values   []float64   // in the end
	held     []bool
	accepted bool
	tripped  bool
	rule     int32
	object   int32
	reaction Reaction
	measured float64
	limit    float64
	alarms   int32
}

// since returns the events since the last reset, the one at hand excluded.
func (n *naive) since() []*event {
	from := 0
	for i, e := range n.events {
		if e.reset {
			from = i + 1
		}
	}
	return n.events[from:]
}

func has(list []int32, x int32) bool { return list == nil || slices.Contains(list, x) }

// about returns the objects of a rule.
func about(r *Rule) []int32 {
	if v, ok := r.Check.(Vote); ok && r.Objects == nil {
		return v.Objects[:]
	}
	return r.Objects
}

func in(r *Rule, o *Offer) bool {
	if r.Verbs != 0 && r.Verbs>>o.Verb&1 == 0 || !has(r.Claimed, o.Claimed) {
		return false
	}
	list := about(r)
	return list == nil || slices.ContainsFunc(o.Objects, func(x int32) bool { return has(list, x) })
}

func (n *naive) decide(o Offer) *event {
	e := &event{o: o, accepted: true, rule: -1, object: -1, measured: math.NaN(), limit: math.NaN()}
	e.o.Values, e.values, e.held = slices.Clone(o.Values), slices.Clone(o.Values), make([]bool, len(o.Values))
	e.asked, e.passed = make([]bool, len(n.g.Rules)), make([]bool, len(n.g.Rules))
	e.seen, e.gone = make([][]float64, len(n.g.Rules)), make([][]bool, len(n.g.Rules))
	for _, before := range n.since() {
		if before.tripped {
			e.accepted, e.rule, e.reaction = false, before.rule, Trip
			return e
		}
	}
	for i := range n.g.Rules {
		r := &n.g.Rules[i]
		if !in(r, &o) {
			continue
		}
		e.seen[i], e.gone[i] = slices.Clone(e.values), slices.Clone(e.held)
		e.asked[i] = true
		n.ask(e, i)
		if !e.accepted {
			break
		}
	}
	return e
}

// ask lets a rule react.
func (n *naive) ask(e *event, i int) {
	r := &n.g.Rules[i]
	reaction := max(r.Reaction, Reject)
	object, measured, limit := int32(-1), math.NaN(), math.NaN()
	e.passed[i] = true
	fails := func(k int, fix float64) {
		switch reaction {
		case Alarm:
		case Hold:
			e.held[k] = true
		case Clamp:
			if e.accepted = e.accepted && finite(fix); finite(fix) {
				e.values[k] = fix
			}
		default:
			e.accepted = false
		}
	}
	if ok, m, l := n.whole(e, i); !ok {
		e.passed[i], measured, limit = false, m, l
		if reaction == Hold && len(e.values) == 0 {
			e.accepted = false
		}
		for k := range e.values {
			if has(about(r), e.o.Objects[k]) {
				fails(k, math.NaN())
			}
		}
		if reaction != Hold && reaction != Alarm {
			e.accepted = false
		}
	} else {
		for k, x := range e.seen[i] {
			if e.gone[i][k] || !has(about(r), e.o.Objects[k]) {
				continue
			}
			if ok, fix, m, l := n.value(e, i, k, x); !ok {
				if e.passed[i] {
					e.passed[i], object, measured, limit = false, e.o.Objects[k], m, l
				}
				fails(k, fix)
			}
		}
	}
	if e.passed[i] {
		return
	}
	if reaction == Alarm {
		e.alarms++
	}
	if !e.accepted && reaction != Trip {
		reaction = Reject
	}
	if !e.accepted || e.rule < 0 {
		e.rule, e.object, e.reaction, e.measured, e.limit = int32(i), object, reaction, measured, limit
	}
	e.tripped = reaction == Trip
}

// whole judges a message as a whole.
func (n *naive) whole(e *event, i int) (ok bool, measured, limit float64) {
	nan := math.NaN()
	switch c := n.g.Rules[i].Check.(type) {
	case Authenticate:
		return e.o.Bears&c.Credentials != 0 && !e.o.Altered, nan, nan
	case Fresh:
		return n.fresh(e, i, c)
	case Authorise:
		return len(e.o.Objects) > 0 || slices.ContainsFunc(c.Grants, func(x Grant) bool {
			return x.Objects == nil && has(x.Claimed, e.o.Claimed) && (x.Verbs == 0 || x.Verbs>>e.o.Verb&1 != 0)
		}), nan, nan
	case RateLimit:
		return n.rate(e, i, c)
	case TwoPerson:
		return n.persons(e, i, c)
	}
	return true, nan, nan
}

func (n *naive) fresh(e *event, i int, c Fresh) (ok bool, measured, limit float64) {
	if age := e.o.At.Sub(e.o.Sent); age > c.Window {
		return false, vtime.Seconds(age), vtime.Seconds(c.Window)
	}
	high, used := int64(-1), false
	for _, b := range n.events {
		if !b.reset && b.asked[i] && b.passed[i] && b.o.Lane == e.o.Lane {
			high, used = max(high, int64(b.o.Counter)), used || b.o.Counter == e.o.Counter
		}
	}
	return !used && int64(e.o.Counter) >= high-int64(c.Slack), float64(e.o.Counter), float64(high)
}

// rate fills and empties the bucket as it says in books, in fractions.
func (n *naive) rate(e *event, i int, c RateLimit) (ok bool, measured, limit float64) {
	level, last := big.NewRat(c.Burst, 1), vtime.Time(0)
	fill := func(now vtime.Time) {
		level.Add(level, big.NewRat(int64(now-last), int64(c.Every)))
		if most := big.NewRat(c.Burst, 1); level.Cmp(most) > 0 {
			level = most
		}
		last = now
	}
	for _, b := range n.events {
		if !b.reset && b.asked[i] && b.passed[i] && (!c.PerSender || b.o.Claimed == e.o.Claimed) {
			fill(b.o.At)
			level.Sub(level, big.NewRat(1, 1))
		}
	}
	fill(e.o.At)
	measured, _ = level.Float64()
	return level.Cmp(big.NewRat(1, 1)) >= 0, measured, 1
}

// persons counts who proposed last what is now offered, and was not heeded since.
func (n *naive) persons(e *event, i int, c TwoPerson) (ok bool, measured, limit float64) {
	same := func(a, b *event) bool {
		return a.o.Verb == b.o.Verb && slices.Equal(a.o.Objects, b.o.Objects) && slices.Equal(a.seen[i], b.seen[i])
	}
	agree, offers := 0, false
	for _, p := range c.Persons {
		is := func(o *Offer) bool { return o.Claimed == p.Claimed && o.Bears&p.Bears == p.Bears }
		last := e
		if offers = offers || is(&e.o); !is(&e.o) {
			last = nil
			for _, b := range n.since() {
				switch {
				case !b.asked[i]:
				case is(&b.o):
					last = b
				}
				if last != nil && b.accepted && b.asked[i] && b.passed[i] && same(last, b) {
					last = nil
				}
			}
		}
		if last != nil && same(last, e) && e.o.At.Sub(last.o.At) <= c.Within {
			agree++
		}
	}
	return offers && agree >= 2, float64(agree), 2
}

// value judges a value.
func (n *naive) value(e *event, i, k int, x float64) (ok bool, fix, measured, limit float64) {
	object := e.o.Objects[k]
	switch c := n.g.Rules[i].Check.(type) {
	case Range:
		fix = nearest(x, c.Low, c.High)
		return x == fix, fix, x, fix
	case Authorise:
		return slices.ContainsFunc(c.Grants, func(g Grant) bool {
			return has(g.Objects, object) && has(g.Claimed, e.o.Claimed) && (g.Verbs == 0 || g.Verbs>>e.o.Verb&1 != 0)
		}), math.NaN(), math.NaN(), math.NaN()
	case Change:
		if y, dt, known := n.last(n.since(), object, e.o.At); known {
			most := float64(c.Limit * dt)
			return math.Abs(x-y) <= most, nearest(x, y-most, y+most), math.Abs(x-y) / dt, c.Limit
		}
	case Residual:
		if y, _, known := n.last(n.since(), object, e.o.At); known {
			return math.Abs(x-y) <= c.Tolerance, nearest(x, y-c.Tolerance, y+c.Tolerance), math.Abs(x - y), c.Tolerance
		}
	case Cusum:
		return n.cusum(e, i, object, x, c)
	case Vote:
		return n.vote(e, i, object, x, c)
	}
	return true, 0, 0, 0
}

// last returns what was accepted last of an object among events.
func (n *naive) last(events []*event, object int32, now vtime.Time) (y, dt float64, known bool) {
	for _, b := range events {
		for k, x := range b.values {
			if b.accepted && !b.held[k] && b.o.Objects[k] == object {
				y, dt, known = x, vtime.Seconds(now.Sub(b.o.At)), true
			}
		}
	}
	return y, dt, known
}

func (n *naive) cusum(e *event, i int, object int32, x float64, c Cusum) (ok bool, fix, measured, limit float64) {
	events, sum := append(slices.Clone(n.since()), e), 0.0
	y := 0.0
	for b := range events {
		of, _, known := n.last(events[:b], object, 0)
		if y = of; !known || !events[b].asked[i] {
			continue
		}
		for k, seen := range events[b].seen[i] {
			if events[b].o.Objects[k] == object && !events[b].gone[i][k] {
				sum = max(0, sum+(math.Abs(seen-of)-c.Bias))
			}
		}
	}
	return sum <= c.Threshold, nearest(x, y-c.Bias, y+c.Bias), sum, c.Threshold
}

func (n *naive) vote(e *event, i int, object int32, x float64, c Vote) (ok bool, fix, measured, limit float64) {
	said := make([]float64, 3)
	for at, voter := range c.Objects {
		said[at], _, _ = n.last(n.events, voter, 0) // what its cell holds
	}
	for _, b := range append(slices.Clone(n.since()), e) {
		for k := range b.seen[i] {
			if at := slices.Index(c.Objects[:], b.o.Objects[k]); at >= 0 && !b.gone[i][k] {
				said[at] = b.seen[i][k]
			}
		}
	}
	slices.Sort(said)
	return math.Abs(x-said[1]) <= c.Tolerance || !slices.Contains(c.Objects[:], object), said[1], math.Abs(x - said[1]), c.Tolerance
}
