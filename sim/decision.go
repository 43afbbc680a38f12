package sim

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Decision is what a device made of a message that did not simply pass its
// checks, or of one that never came.
type Decision struct {
	At       vtime.Time
	Device   string // with its member, where it has several
	Guard    int32
	Flow     int32  // whose message it was; -1: of none
	Check    string // its name
	Kind     check.Kind
	Grounds  string // why a message did not pass, for people; empty where the numbers say it
	Owner    string // who answers for the check
	Reaction check.Reaction
	Latched  bool   // the device was tripped before
	Claimed  string // whom the message said it was from; empty where none came
	True     string // whom it was from
	Verb     network.Verb
	Object   string // empty where it was the message as a whole
	Unit     string
	Offered  float64 // NaN where there was no value
	Measured float64 // NaN where there is no number
	Limit    float64
	Read     []Reading // what the check read of the device besides the message
}

// words says for people why a message did not pass.
func (d *Decision) words() string {
	text := d.Device + " " + map[check.Reaction]string{
		check.Reject: "refused it", check.Clamp: "clamped it", check.Hold: "held its value", check.Trip: "tripped", check.Alarm: "raised an alarm",
	}[d.Reaction] + " (check " + d.Check + ")"
	if d.Latched {
		return d.Device + " refused it: it is tripped (check " + d.Check + ")"
	}
	switch {
	case d.Grounds != "":
		text += ": " + d.Grounds
	case !math.IsNaN(d.Measured) && !math.IsNaN(d.Limit):
		text += fmt.Sprintf(": %.4g against %.4g", d.Measured, d.Limit)
	}
	return text
}

// MaxDecisions is how many decisions of a run are kept, besides the first of each
// check; all are counted.
const MaxDecisions = 1000

// A Detection is the first time that a check noticed what an injection did.
type Detection struct {
	At     vtime.Time
	Device string
	Check  string
}

// decided notes what a device decided: in its log, and, where the message did not
// simply pass, in the run's own list.
func (w *world) decided(guard int32, m int, o *check.Offer, d *check.Decision, carried signal.Mask) {
	g := &w.plan.guards[guard]
	if log := w.plan.logAt[g.Device]; log >= 0 {
		w.books.Append(log, int32(m), w.entry(g, o, d))
	}
	w.account(g, o, d)
	if d.Reaction == check.Pass {
		return
	}
	w.detected(g, m, o, d, carried)
	last := w.decision(guard, m, o, d)
	if !d.Accept {
		w.lastRefusal = last
	}
	w.keep(last, w.first(guard, d))
	for _, f := range w.checks.Findings() { // others that reacted besides, for the first time
		more := *d
		more.Rule, more.Object, more.Reaction, more.Measured, more.Limit = f.Rule, f.Object, f.Reaction, f.Measured, f.Limit
		if f.Rule != d.Rule && w.first(guard, &more) {
			w.keep(w.decision(guard, m, o, &more), true)
		}
	}
}

// keep keeps a decision; the story tells of the first of each check.
func (w *world) keep(d Decision, first bool) {
	w.record.Decided(&d)
	if len(w.decisions) >= MaxDecisions && !first {
		w.decisionsDropped++
		return
	}
	if first {
		w.story.add(d.At, CheckReacted, len(w.decisions))
	}
	w.decisions = append(w.decisions, d)
}

// quiet reports whether a step only finds and enters devices, so that no value is
// another one for it.
func quiet(s *inject.Step) bool {
	return !slices.ContainsFunc(s.Ops, func(op inject.Op) bool {
		return op.Kind != inject.SniffOp && op.Kind != inject.LocalOp && (op.Kind != inject.SendOp || len(op.Values) > 0)
	})
}

// first reports whether a rule is decisive for the first time.
func (w *world) first(guard int32, d *check.Decision) bool {
	if d.Rule < 0 || d.Latched {
		return false
	}
	seen := &w.reacted[w.plan.posts[guard].rules+int(d.Rule)]
	first := !*seen
	*seen = true
	return first
}

// entry is what a device writes into its log: what it knows, not what is true.
func (w *world) entry(g *check.Guard, o *check.Offer, d *check.Decision) logbook.Entry {
	e := logbook.Entry{At: o.At, Device: g.Device, Claimed: o.Claimed, Rule: d.Rule, Object: d.Object, Kind: logbook.Accepted}
	if len(o.Objects) > 0 && e.Object < 0 {
		e.Object = o.Objects[0]
	}
	if len(o.Values) > 0 {
		e.Value = o.Values[0]
	}
	e.Verified = d.Accept && passed(d, check.KindAuthenticate)
	switch {
	case d.Reaction == check.Trip:
		e.Kind = logbook.Tripped
	case !d.Accept:
		e.Kind = logbook.Refused
	case d.Clamped > 0:
		e.Kind = logbook.Clamped
	case d.Held > 0:
		e.Kind = logbook.Held
	case d.Alarms > 0:
		e.Kind = logbook.Alarmed
	}
	return e
}

// passed reports whether a check of a kind looked at what was decided about, and let
// it pass.
func passed(d *check.Decision, kind check.Kind) bool { return d.Passed>>kind&1 != 0 }

// decision describes a decision for people.
func (w *world) decision(guard int32, m int, o *check.Offer, d *check.Decision) Decision {
	g := &w.plan.guards[guard]
	out := Decision{
		At: o.At, Device: w.plan.memberName(g.Device, m), Guard: guard, Flow: o.Flow, Reaction: d.Reaction, Latched: d.Latched,
		Verb: network.Verb(o.Verb), Measured: d.Measured, Limit: d.Limit, Offered: math.NaN(), Check: "latched",
	}
	if d.Rule >= 0 {
		out.Check, out.Owner = g.Rules[d.Rule].Name, g.Rules[d.Rule].Owner
	}
	w.grounded(&out, o, d)
	if d.Rule >= 0 && len(w.decisions) < MaxDecisions {
		out.Read = w.readings(g, &g.Rules[d.Rule], m)
	}
	if o.Claimed >= 0 {
		out.Claimed = w.plan.book.Name(o.Claimed)
	}
	if o.True >= 0 {
		out.True = w.plan.book.Name(o.True)
	}
	if d.Object >= 0 {
		out.Object, out.Unit = g.Objects[d.Object].Name, g.Objects[d.Object].Symbol
		for i, object := range o.Objects {
			if object == d.Object && i < len(o.Values) {
				out.Offered = o.Values[i]
			}
		}
	}
	return out
}

// detected notes for each injection when a check noticed first what it did: a message
// that it sent or changed itself, else, where it took effect, all that could have
// mattered to what a message says. What it only led to is noticed of what did that.
func (w *world) detected(g *check.Guard, m int, o *check.Offer, d *check.Decision, carried signal.Mask) {
	if w.detectedOwn(g, m, o, d) {
		return
	}
	for i := range w.plan.steps {
		s := &w.plan.steps[i]
		if s.Roots&carried != 0 && !quiet(s) && w.timeline.Report(i).Outcome == inject.Applied {
			w.notice(i, g, m, o, d)
		}
	}
}

// detectedOwn does so for the injections that sent a message, or changed what it says.
// It reports whether there are any.
func (w *world) detectedOwn(g *check.Guard, m int, o *check.Offer, d *check.Decision) (some bool) {
	if o.Flow < 0 {
		return false
	}
	if step := w.timeline.Sender(int(o.Flow)); step >= 0 {
		w.notice(step, g, m, o, d)
		return true
	}
	f := &w.plan.book.Flows[o.Flow]
	for _, pair := range w.plan.book.Pairs(f) {
		if by := w.plan.writer(w.store.Stamp(pair.From.At(f.Teller(m))).By); by.kind == wroteInjection {
			some = true
			w.notice(by.step, g, m, o, d)
		}
	}
	return some
}

// notice notes that a check reacted to an injection, for the first time.
func (w *world) notice(step int, g *check.Guard, m int, o *check.Offer, d *check.Decision) {
	if w.detections[step].At != vtime.Never || w.plan.steps[step].Kind == inject.Act {
		return
	}
	name := "latched"
	if d.Rule >= 0 {
		name = g.Rules[d.Rule].Name
	}
	w.detections[step] = Detection{o.At, w.plan.memberName(g.Device, m), name}
}

// memberName names a member of a device.
func (p *Plan) memberName(device int32, m int) string {
	if p.Devices[device].Count > 1 {
		return fmt.Sprintf("%s[%d]", p.Devices[device].ID, m)
	}
	return p.Devices[device].ID
}

// checkResults is what all checks did.
func (w *world) checkResults() (list []CheckResult) {
	for i := range w.plan.guards {
		g := &w.plan.guards[i]
		for k := range g.Rules {
			r := &g.Rules[k]
			list = append(list, CheckResult{
				Device: w.plan.Devices[g.Device].ID, Check: r.Name, Kind: r.Check.Kind().String(), Owner: r.Owner,
				Guard: int32(i), Text: strings.TrimSuffix(r.Text, ": "), Reaction: max(r.Reaction, check.Reject), Off: r.Off, Count: w.checks.Count(int32(i), int32(k)),
			})
		}
	}
	return list
}
