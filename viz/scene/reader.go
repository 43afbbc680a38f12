package scene

import (
	"cmp"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Reader reads scenes of a trace. It is not for several goroutines at a time.
type Reader struct {
	Trace *trace.Trace
	Story *Story
	page  *trace.Page
	pairs []pair // of what is told
	// runs are the messages of a span around the page, not one by one: a page may have millions.
	runs   []trace.Run
	heard  *trace.Page // the page that they are of
	latest []latest    // by flow, answers and requests
	scene  Scene
}

// Of returns a reader of a trace.
func Of(t *trace.Trace) *Reader {
	r := &Reader{Trace: t, Story: newStory(t)}
	r.pairs = pairs(t)
	return r
}

// At returns the scene at a time, with the messages that were sent within a span before
// it. It is good until At is called again. A time that is not in the trace is the nearest
// that is.
func (r *Reader) At(when vtime.Time, within Within) (*Scene, error) {
	when = max(r.Trace.Header.From, min(r.Trace.Last(), when))
	s := &r.scene
	s.At = when
	if err := r.values(when); err != nil {
		return nil, err
	}
	r.Story.settle(s, when)
	r.infected(s)
	s.False = s.False[:0]
	for i := range r.pairs {
		if p := &r.pairs[i]; p.false(r.page, s.Values, when) {
			s.False = append(s.False, p.Lie)
			s.Devices[p.From].Lies, s.Devices[p.To].Deceived = true, true
		}
	}
	r.flights(when, within)
	return s, nil
}

// Values returns those of the scene that was asked for last.
func (r *Reader) Values() []float64 { return r.scene.Values }

func (r *Reader) values(when vtime.Time) (err error) {
	if r.page == nil || !r.page.Covers(when) {
		if r.page == nil || when < r.page.From || when >= r.page.To {
			if r.page, err = r.Trace.Page(when); err != nil {
				return err
			}
		}
		if !r.page.Covers(when) {
			r.scene.Values, err = r.Trace.At(when)
			return err
		}
	}
	if r.scene.Values == nil {
		r.scene.Values = make([]float64, r.Trace.Cells())
	}
	r.page.At(when, r.scene.Values)
	return nil
}

// before is how long before a page messages may have been sent that are seen in it.
const before = 2 * vtime.Second

// flights finds the last message of each flow that is to be seen.
func (r *Reader) flights(when vtime.Time, within Within) {
	s := &r.scene
	s.Flights = s.Flights[:0]
	if within <= 0 {
		return
	}
	if r.heard != r.page {
		r.listen()
	}
	r.latest = grown(r.latest, 2*len(r.Trace.Header.Flows))
	for i := range r.runs {
		m := &r.runs[i]
		sent := m.Last(when)
		if sent > when || sent <= when.Add(-within) {
			continue
		}
		at := 2 * m.Flow
		if m.Request {
			at++
		}
		if k := r.latest[at]; k.flight == 0 {
			s.Flights = append(s.Flights, Flight{})
			r.latest[at].flight = len(s.Flights)
		} else if k.sent >= sent {
			continue
		}
		r.latest[at].sent = sent
		step := cmp.Or(r.Trace.Header.Flows[m.Flow].Step+1, m.Changed+1, m.Held+1) - 1
		s.Flights[r.latest[at].flight-1] = Flight{
			Flow: m.Flow, Part: float32(float64(when-sent) / float64(within)), Request: m.Request, Fate: m.Fate, Step: step,
		}
	}
}

// latest is the last message of a flow that was found: the number of its flight, from 1, and
// when it was sent.
type latest struct {
	flight int
	sent   vtime.Time
}

// listen reads the messages of the page. Where the page beside it is damaged those of that
// are missing, as the story says.
func (r *Reader) listen() {
	r.runs, r.heard = r.runs[:0], r.page
	to := min(r.page.To, r.Trace.Last())
	for m, err := range r.Trace.Runs(r.page.From.Add(-before), to) {
		if err != nil {
			return
		}
		r.runs = append(r.runs, m)
	}
}
