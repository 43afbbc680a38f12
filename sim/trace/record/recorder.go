package record

import (
	"io"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Options are what a trace says besides what its plan does.
type Options struct {
	Seed uint64
	Tool string // the version of the tool
	// File is the scenario as it was named, Files the texts that it is made of.
	File  string
	Files []trace.File
	// Tables are those of the report that stand in the trace, if any.
	Tables func(*sim.Result) []trace.Table
}

// A Recorder writes a run to a trace.
type Recorder struct {
	sim.Silent
	out      io.Writer
	plan     *sim.Plan
	header   *trace.Header
	files    []trace.File
	tables   func(*sim.Result) []trace.Table
	w        *trace.Writer // nil before the beginning
	cells    []int32       // by slot, -1 of those that nobody can name
	discrete []int32       // the same, without those that are continuous
	hosts    [][]int32     // by malware and host: the cell that says whether it is on the first one, or -1
	asked    []request     // by lane
	full     bool          // the page
	due      bool          // a scene
	err      error
}

// A request is the last one that was sent in a lane, where it has an envelope.
type request struct {
	serial uint64
	sent   vtime.Time
}

// New returns the recorder of a run of a plan.
func New(out io.Writer, p *sim.Plan, o Options) (*Recorder, error) {
	r := &Recorder{out: out, plan: p, files: o.Files, tables: o.Tables}
	r.header = r.describe(o)
	return r, nil
}

// Err returns why nothing more can be written.
func (r *Recorder) Err() error {
	if r.err == nil && r.w != nil {
		return r.w.Err()
	}
	return r.err
}

// Begin implements sim.Recorder.
func (r *Recorder) Begin(at vtime.Time, signals *sim.Signals, values []float64) {
	r.header.From = at
	if r.w, r.err = trace.NewWriter(r.out, r.header, r.files); r.err != nil {
		r.w, _ = trace.NewWriter(io.Discard, r.header, nil)
	}
	seen := make([]float64, 0, len(values))
	for slot, cell := range r.cells {
		if cell >= 0 {
			seen = append(seen, values[slot])
		}
	}
	r.w.Begin(append(seen, make([]float64, r.header.Cells()-len(seen))...))
}

// Change implements sim.Recorder. Where a continuous state is told here its course is
// told as well.
func (r *Recorder) Change(at vtime.Time, slot signal.Slot, value float64) {
	if cell := r.discrete[slot]; cell >= 0 {
		r.w.Change(at, cell, value)
	}
}

// Follows implements sim.Recorder.
func (r *Recorder) Follows(signal.Slot) sim.Closeness { return sim.Curves }

// Course implements sim.Recorder.
func (r *Recorder) Course(slot signal.Slot, c sim.Course) {
	r.w.Course(r.cells[slot], &trace.Course{From: c.From, To: c.To, Curve: trace.Curve(c.Curve)})
}

// Settled implements sim.Recorder.
func (r *Recorder) Settled(at vtime.Time) (pause bool) {
	r.full, r.due = r.w.Full(at), r.w.Due(at)
	return r.full || r.due
}

// Break implements sim.Recorder.
func (r *Recorder) Break(at vtime.Time) {
	if r.due {
		r.w.Scene(at)
	}
	if r.full {
		r.w.Page(at)
	}
	r.full, r.due = false, false
}

// Hears implements sim.Recorder.
func (r *Recorder) Hears() sim.Hearing { return sim.Passing }

// Passed implements sim.Recorder.
func (r *Recorder) Passed(p sim.Passage) {
	if p.Deserted {
		r.w.Message(&trace.Message{Flow: int(p.Flow), Member: p.Member, Sent: p.At, Ended: p.At, Fate: trace.Deserted})
		return
	}
	takes := vtime.Duration(p.Arrives)
	if p.Arrives != vtime.Never {
		takes = p.Arrives.Sub(p.At)
	}
	r.w.Passed(r.w.Lane(p.Flow, p.Member, p.Request), p.At, takes)
}

// Sent implements sim.Recorder.
func (r *Recorder) Sent(p *network.Packet, _ string) {
	if !p.Request {
		return
	}
	lane := r.w.Lane(p.Flow, p.Member, true)
	for len(r.asked) <= int(lane) {
		r.asked = append(r.asked, request{})
	}
	r.asked[lane] = request{p.Serial, p.At}
}

// fates are those of the network, as a trace has them.
var fates = [...]trace.Fate{
	network.Arrived: trace.Arrived, network.Lost: trace.Lost, network.Dropped: trace.Dropped, network.Blocked: trace.Blocked,
	network.Refused: trace.Refused, network.NeedsLogin: trace.NoLogin,
}

// Gone implements sim.Recorder.
func (r *Recorder) Gone(p *network.Packet, e sim.Ending, _ string) {
	m := trace.Message{
		Flow: int(p.Flow), Member: p.Member, Request: p.Request, Sent: p.Began, Ended: p.At, Fate: fates[e.Fate], Again: int(p.Again),
		Changed: int(p.Changed), Held: int(p.Held),
	}
	if p.Request {
		if lane := int(r.w.Lane(p.Flow, p.Member, true)); lane < len(r.asked) && r.asked[lane].serial == p.Serial {
			m.Sent = r.asked[lane].sent
		}
	}
	if e.Fate == network.Arrived && p.Again == 0 && p.Changed < 0 && p.Held < 0 && r.header.Flows[p.Flow].Step < 0 {
		r.w.Passed(r.w.Lane(p.Flow, p.Member, p.Request), m.Sent, m.Ended.Sub(m.Sent))
		return
	}
	if e.Fate != network.Arrived || p.Changed >= 0 || r.header.Flows[p.Flow].Step >= 0 {
		m.Values = p.Values
	}
	r.w.Message(&m)
}
