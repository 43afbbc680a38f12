package record

import (
	"errors"
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/outbreak"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Told implements sim.Recorder.
func (r *Recorder) Told(e *sim.StoryEvent) {
	r.w.Event(&trace.Event{At: e.At, Kind: kinds[e.Kind], Index: e.Index, Values: e.Values})
}

// kinds are those of the story, as a trace has them.
var kinds = map[sim.StoryKind]trace.EventKind{
	sim.Began: trace.Began, sim.AppliedStep: trace.StepApplied, sim.StoppedStep: trace.StepStopped, sim.Reverted: trace.StepReverted,
	sim.ViolationBegan: trace.ViolationBegan, sim.ViolationEnded: trace.ViolationEnded, sim.ColumnChanged: trace.ColumnChanged,
	sim.GainedStep: trace.StepGained, sim.CheckReacted: trace.CheckReacted, sim.HostCaught: trace.HostTold, sim.Ended: trace.Ended,
	sim.Harmed: trace.Harmed, sim.HazardBegan: trace.HazardBegan, sim.HazardEnded: trace.HazardEnded,
	sim.StoreDid: trace.StoreDid,
}

// Decided implements sim.Recorder.
func (r *Recorder) Decided(d *sim.Decision) {
	r.w.Event(&trace.Event{At: d.At, Kind: trace.Decided, Index: -1, Decision: &trace.Decision{
		Device: d.Device, Check: d.Check, Kind: d.Kind.String(), Grounds: d.Grounds, Owner: d.Owner, Reaction: d.Reaction.String(),
		Claimed: d.Claimed, True: d.True, Verb: d.Verb.String(), Object: d.Object, Unit: d.Unit, Latched: d.Latched, Flow: int(d.Flow),
		Offered: d.Offered, Measured: d.Measured, Limit: d.Limit,
	}})
}

// Close ends the trace with the result of the run; nil says that the run broke. It does
// not close what is written to.
func (r *Recorder) Close(result *sim.Result) error {
	if r.w == nil {
		if r.err == nil {
			r.err = errors.New("the run did not begin")
		}
		return r.err
	}
	end := trace.End{Stopped: "the run broke"}
	var out *trace.Result
	if result != nil {
		end = trace.End{At: result.Ended, Complete: result.Stopped == nil, Digest: result.Digest}
		if result.Stopped != nil {
			end.Stopped = result.Stopped.Error()
		}
		out = r.result(result)
	}
	if err := r.w.Close(out, end); r.err == nil {
		r.err = err
	}
	return r.err
}

func (r *Recorder) result(x *sim.Result) *trace.Result {
	out := &trace.Result{
		AsExpected: x.AsExpected(), Unmet: x.Unmet, Chanced: x.Chanced,
		Events: x.Stats.Events, Sent: x.Stats.Sent, Delivered: x.Stats.Delivered, Lost: x.Stats.Lost,
	}
	if r.tables != nil {
		out.Tables = r.tables(x)
	}
	for i := range x.Invariants {
		out.Invariants = append(out.Invariants, r.invariant(&x.Invariants[i]))
	}
	for i := range x.Injections {
		s := &x.Injections[i]
		out.Injections = append(out.Injections, trace.InjectionResult{
			Outcome: s.Outcome.String(), Applied: when(s.Applied), Reverted: when(s.Reverted), StoppedBy: s.StoppedBy, Why: s.Why,
			Missing: s.Missing, Refused: s.Refused, Expected: s.Expected, Detected: when(s.Detected.At), By: strings.Trim(s.Detected.Device+" "+s.Detected.Check, " "),
		})
	}
	for i := range x.Checks {
		c := &x.Checks[i]
		out.Checks = append(out.Checks, trace.CheckResult{
			Device: c.Device, Check: c.Check, Kind: c.Kind, Owner: c.Owner, Reaction: c.Reaction.String(), Text: c.Text, Judged: c.Passed + c.Reacted, Reacted: c.Reacted,
		})
	}
	for i := range x.Gains {
		g := &x.Gains[i]
		out.Gains = append(out.Gains, trace.Gain{
			At: g.At, Who: x.Injections[g.Step].Attacker, What: gained(g), Step: g.Step,
			Device: g.Device, Known: g.Known, Session: g.Session, Foothold: g.Foothold, Credentials: g.Credentials,
		})
	}
	for i := range x.HostNews {
		n := &x.HostNews[i]
		out.Hosts = append(out.Hosts, trace.HostNews{
			Malware: n.Malware, Kind: hostNews[n.Kind], Host: n.Host, From: n.From, By: n.By, Barrier: n.Barrier, Reason: n.Reason, Moves: n.Actuator, Commands: n.Commands,
		})
	}
	if x.Privacy != nil {
		for i := range x.Privacy.Stories {
			n := &x.Privacy.Stories[i]
			out.Stores = append(out.Stores, trace.StoreNews{Store: n.Store, Text: n.String(), Wrong: n.Unasked() || n.Deed == sim.Stolen})
		}
	}
	return out
}

// hostNews are the words for what happened at hosts.
var hostNews = [...]string{outbreak.Caught: "caught", outbreak.Left: "left", outbreak.Stopped: "stopped"}

// gained says in words what an attacker has now.
func gained(g *sim.Gain) string {
	var what []string
	for _, x := range []struct {
		has  bool
		text string
	}{{g.Known, "has heard of " + g.Device}, {g.Session, "is logged in at " + g.Device}, {g.Foothold, "can act from " + g.Device}} {
		if x.has {
			what = append(what, x.text)
		}
	}
	if len(g.Credentials) > 0 {
		what = append(what, "has "+strings.Join(g.Credentials, ", "))
	}
	return strings.Join(what, "; ")
}

// when is a time, nil where there is none.
func when(t vtime.Time) *vtime.Time {
	if t == vtime.Never {
		return nil
	}
	return &t
}

// number is a number, nil where it is none.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

func (r *Recorder) invariant(i *sim.InvariantResult) trace.InvariantResult {
	out := trace.InvariantResult{
		Verdict: i.Verdict.String(), Vacuous: i.Vacuous, Margin: number(i.Margin), Unit: unitOf(i.Unit.Delta()), Closest: when(i.Closest),
		Decided: i.Decided, Missing: i.Missing, Expected: i.Expected, Because: i.Because, Causes: r.tree(i.Tree),
	}
	if i.Verdict == monitor.Violated {
		out.At = when(i.At)
	}
	return out
}

func (r *Recorder) tree(t *sim.Tree) *trace.Tree {
	if t == nil {
		return nil
	}
	out := &trace.Tree{At: t.At}
	for i := range t.Links {
		c := &t.Links[i].Cause
		out.Links = append(out.Links, trace.Link{
			Effect: t.Links[i].Effect, Kind: c.Kind.String(), At: c.At, Cell: r.cell(c.Signal.Slot), Signal: c.Signal.Path(), Value: number(c.Value),
			Rate: number(c.Rate), Who: c.Who, Claimed: c.Claimed, True: c.True, Check: c.Check, Owner: c.Owner, Since: c.Since, Until: c.Until,
			Needed: c.Needed, Omitted: omitted(c), Step: c.Injection, Otherwise: number(c.Otherwise),
		})
	}
	for _, root := range t.Roots {
		out.Roots = append(out.Roots, [2]int{root.Injection, root.Link})
	}
	return out
}

// omitted is the kind of what did not happen.
func omitted(c *sim.Cause) string {
	if c.Kind != sim.OmissionCause {
		return ""
	}
	return c.Omitted.String()
}
