package des

import (
	"math"

	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// blank is a World without state.
type blank struct{}

func (blank) Commit(Phase)  {}
func (blank) Settle() error { return nil }

// drawn is how many delays are drawn beforehand: what is measured is not how fast
// chance is.
const drawn = 1 << 16

// A tape of delays goes round and round.
type tape struct {
	delays []vtime.Duration // a power of two of them
	i      uint
}

func (t *tape) next() vtime.Duration {
	t.i++
	return t.delays[t.i&uint(len(t.delays)-1)]
}

func newTape(draw func(key rng.Key, i uint64) float64) *tape { return newTapeOf(drawn, draw) }

func newTapeOf(n int, draw func(key rng.Key, i uint64) float64) *tape {
	t, key := &tape{delays: make([]vtime.Duration, n)}, rng.New(1, "pattern", "delay")
	for i := range t.delays {
		t.delays[i] = vtime.Duration(draw(key, uint64(i)) * 1e9)
	}
	return t
}

// mean returns the mean of the delays in nanoseconds.
func (t *tape) mean() float64 {
	sum := 0.0
	for _, d := range t.delays {
		sum += float64(d)
	}
	return sum / float64(len(t.delays))
}

// The delays, in seconds.
func exponentially(key rng.Key, i uint64) float64 { return key.Exponential(i) }
func together(rng.Key, uint64) float64            { return 1 }

func jittered(key rng.Key, i uint64) float64 { return 0.9 + 0.2*key.Float64(i) }

// heavily is Pareto with the shape 1.1: one delay in 10 000 is over 4000 times the
// least.
func heavily(key rng.Key, i uint64) float64 {
	return min(1e-1*math.Pow(1-key.Float64(i), -1/1.1), 1e6)
}

// worker is a pattern or its floor. It does about so much more work, and says how
// much it was.
type worker interface {
	run(work int) uint64
	pending() int
}

// A pattern is one way to use a kernel through its public face: handlers behind an
// interface, sources, phases, timers.
type pattern struct {
	*Kernel
	tape   *tape
	step   float64 // nanoseconds between two units of work, on average
	target uint32
	done   uint64 // units of work
}

func newPattern(t *tape, step float64, options ...Option) pattern {
	k, err := New(blank{}, 64, options...)
	if err != nil {
		panic(err)
	}
	return pattern{Kernel: k, tape: t, step: step}
}

func (p *pattern) run(work int) uint64 {
	before := p.done
	if err := p.Run(p.Now()+vtime.Time(p.step*float64(work)), nil); err != nil {
		panic(err)
	}
	return p.done - before
}

func (p *pattern) pending() int { return p.Pending() }

// later schedules an event of a member's own source.
func (p *pattern) later(member uint32, arg uint64) {
	p.Schedule(p.Now().Add(p.tape.next()), React, Source(member%64), p.target, member, arg)
}

// The HOLD model: each event schedules one that is later by a delay.
type holding struct{ pattern }

func newHolding(n int, t *tape, options ...Option) *holding {
	h := &holding{newPattern(t, t.mean()/float64(n), options...)}
	h.target = h.Register(h)
	for m := range uint32(n) {
		h.later(m, 0)
	}
	return h
}

func (h *holding) Handle(e Event) {
	h.done++
	h.later(e.Member, 0)
}

// The HOLD model with sources that come in any order.
type shuffling struct {
	pattern
	sources [drawn]Source
}

func newShuffling(n int, t *tape) *shuffling {
	s := &shuffling{pattern: newPattern(t, t.mean()/float64(n))}
	s.target = s.Register(s)
	for i := range s.sources {
		s.sources[i] = Source(rng.New(1, "pattern", "source").Uint64(uint64(i)) % 64)
	}
	for m := range uint32(n) {
		s.again(m)
	}
	return s
}

func (s *shuffling) again(member uint32) {
	s.Schedule(s.Now().Add(s.tape.next()), React, s.sources[s.tape.i%drawn], s.target, member, 0)
}

func (s *shuffling) Handle(e Event) {
	s.done++
	s.again(e.Member)
}

// Devices with a heartbeat that puts a watchdog off. The unit of work is a
// heartbeat.
type watching struct {
	pattern
	barks uint64
}

const watchdogWait = 10 * vtime.Second

// newWatching has beats of the tape's delays. The first ones are at any time in the
// first second.
func newWatching(n int, t *tape) *watching {
	w := &watching{pattern: newPattern(t, t.mean()/float64(n))}
	w.target = w.Register(w)
	for m := range uint32(n) {
		w.NewTimer(React, Source(m%64), w.target, m, 1)
		w.Schedule(firstBeat(m), React, Source(m%64), w.target, m, 0)
	}
	return w
}

func firstBeat(m uint32) vtime.Time {
	return vtime.Time(rng.New(1, "pattern", "first").Float64(uint64(m)) * 1e9)
}

func (w *watching) Handle(e Event) {
	if e.Arg == 1 {
		w.barks++
		return
	}
	w.done++
	w.Arm(Timer(e.Member), w.Now().Add(watchdogWait))
	w.later(e.Member, 0)
}

// Requests that arm a time-out, which the response cancels, always. The unit of
// work is an event.
type requesting struct {
	pattern
	late uint64
}

const requestWait = 100 * vtime.Second

func newRequesting(n int) *requesting {
	r := &requesting{pattern: newPattern(newTape(exponentially), 1e9/float64(n))}
	r.target = r.Register(r)
	for m := range uint32(n) {
		r.NewTimer(React, Source(m%64), r.target, m, 1)
		r.later(m, 0)
	}
	return r
}

func (r *requesting) Handle(e Event) {
	r.done++
	switch e.Arg {
	case 0:
		r.Arm(Timer(e.Member), r.Now().Add(requestWait))
		r.later(e.Member, 2)
	case 1:
		r.late++
	default:
		r.Cancel(Timer(e.Member))
		r.later(e.Member, 0)
	}
}

// The queue M/M/1 with a load of 4/5. The unit of work is a customer.
type serving struct {
	pattern
	busy   bool
	queued int
}

func newServing() *serving {
	t := newTape(exponentially)
	s := &serving{pattern: newPattern(t, t.mean())}
	s.target = s.Register(s)
	s.later(0, 0)
	return s
}

func (s *serving) Handle(e Event) {
	switch {
	case e.Arg == 0:
		s.done++
		s.later(0, 0)
		if s.busy {
			s.queued++
			return
		}
		s.busy = true
		s.serve()
	case s.queued == 0:
		s.busy = false
	default:
		s.queued--
		s.serve()
	}
}

func (s *serving) serve() {
	s.Schedule(s.Now().Add(s.tape.next()*4/5), React, 1, s.target, 1, 1)
}
