package report

import (
	"math"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/logbook"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

type jsonRule struct {
	Device   string   `json:"device"`
	Check    string   `json:"check"`
	Kind     string   `json:"kind"`
	Rule     string   `json:"rule"`
	Reaction string   `json:"reaction"`
	Owner    *string  `json:"owner"`
	Passed   uint64   `json:"passed"`
	Reacted  uint64   `json:"reacted"`
	Off      bool     `json:"off,omitempty"`
	First    *float64 `json:"first_at_seconds"`
}

type jsonDecision struct {
	At       float64 `json:"at_seconds"`
	Device   string  `json:"device"`
	Check    string  `json:"check"`
	Rule     *string `json:"rule"`
	Reaction string  `json:"reaction"`
	Latched  bool    `json:"latched"`
	Owner    *string `json:"owner"`
	Claimed  *string `json:"claimed_sender"`
	True     *string `json:"true_sender"`
	Verb     *string `json:"verb"`
	// What the message asked for in its protocol, and what its sender was answered; null
	// where that has no word for it.
	Function *jsonFunction `json:"function"`
	Answer   *jsonAnswer   `json:"answer"`
	Object   *string       `json:"object"`
	// The value that was offered is in its own unit, what was measured in the other one.
	Offered     any    `json:"offered"`
	OfferedUnit string `json:"offered_unit"`
	Measured    any    `json:"measured"`
	Limit       any    `json:"limit"`
	Unit        string `json:"unit"`
}

// jsonAnswer is an exception of Modbus, or a status of CIP or OPC UA.
type jsonAnswer struct {
	Word string `json:"word"`
	Code uint32 `json:"code"`
	Name string `json:"name"`
}

type jsonDetection struct {
	At     float64 `json:"at_seconds"`
	After  float64 `json:"after_seconds"`
	Device string  `json:"device"`
	Check  string  `json:"check"`
}

type jsonGain struct {
	At          float64  `json:"at_seconds"`
	Device      string   `json:"device"`
	Known       bool     `json:"known"`
	Session     bool     `json:"session"`
	Foothold    bool     `json:"foothold"`
	Credentials []string `json:"credentials"`
}

type jsonAccountable struct {
	Commands uint64  `json:"commands"`
	Answered uint64  `json:"answered"`
	Share    float64 `json:"share"`
}

type jsonEvidence struct {
	Device      string   `json:"device"`
	Owner       *string  `json:"owner"`
	Chained     bool     `json:"chained"`
	Signed      bool     `json:"signed"`
	Remote      *string  `json:"remote"`
	Written     uint64   `json:"written"`
	Kept        int      `json:"kept"`
	Overwritten uint64   `json:"overwritten"`
	Wiped       uint64   `json:"wiped"`
	Forged      uint64   `json:"forged"`
	Altered     uint64   `json:"altered"`
	Meddled     *float64 `json:"meddled_at_seconds"`
	Verified    bool     `json:"verified"`
	Breaks      *uint64  `json:"breaks_at_entry"`
	Missing     uint64   `json:"missing"`
	Copies      int      `json:"copies"`
	Gone        int      `json:"gone"`
	Differing   int      `json:"differing"`
	Strange     int      `json:"without_copy"`
	Shows       bool     `json:"shows"`
}

type jsonNamed struct {
	Device  string `json:"device"`
	How     string `json:"how"`
	Entries int    `json:"entries"`
}

type jsonLoad struct {
	Link        string  `json:"link"`
	Utilisation float64 `json:"utilisation"`
	Offered     uint64  `json:"offered"`
	Dropped     uint64  `json:"dropped"`
	Bytes       uint64  `json:"bytes"`
	Longest     float64 `json:"longest_wait_seconds"`
	Poured      float64 `json:"stream_bytes,omitempty"`
	Spilled     float64 `json:"stream_dropped_bytes,omitempty"`
}

// guarded adds what devices checked and kept, and what links carried.
func (out *jsonResult) guarded(r *sim.Result) {
	out.Checks = mapped(r.Checks, checkJSON)
	out.Decisions = mapped(r.Decisions, func(d *sim.Decision) jsonDecision { return decisionJSON(r, d) })
	out.DecisionsDropped = r.DecisionsDropped
	out.Accountable = jsonAccountable{uint64(r.Accounts.Commands), uint64(r.Accounts.Answered), r.Accounts.Share()}
	out.Evidence = mapped(r.Evidence, evidenceJSON)
	out.Named = mapped(r.Named, func(n *logbook.Named) jsonNamed {
		return jsonNamed{r.Plan.Devices[n.Device].ID, [...]string{"itself", "claimed", "verified"}[n.How], n.Entries}
	})
	out.Links = mapped(r.Links, func(l *network.LinkCount) jsonLoad {
		return jsonLoad{r.Plan.LinkName(l), l.Utilisation(r.Ended), l.Offered, l.Dropped, l.Bytes, vtime.Seconds(l.Longest), l.Poured, l.Spilled}
	})
}

func checkJSON(c *sim.CheckResult) jsonRule {
	j := jsonRule{
		Device: c.Device, Check: c.Check, Kind: c.Kind, Rule: c.Text, Reaction: c.Reaction.String(), Owner: jsonText(c.Owner),
		Passed: c.Passed, Reacted: c.Reacted, Off: c.Off,
	}
	if c.Reacted > 0 {
		j.First = jsonTime(c.First)
	}
	return j
}

func decisionJSON(r *sim.Result, d *sim.Decision) jsonDecision {
	j := jsonDecision{
		At: d.At.Seconds(), Device: d.Device, Check: d.Check, Reaction: d.Reaction.String(), Latched: d.Latched, Owner: jsonText(d.Owner),
		Claimed: jsonText(d.Claimed), True: jsonText(d.True), Object: jsonText(d.Object),
	}
	if d.True != "" {
		j.Verb = jsonText(d.Verb.String())
		j.Function = functionJSON(r.Plan.Function(d))
	}
	if a, ok := r.Plan.Answer(d); ok {
		j.Answer = &jsonAnswer{a.Word, a.Code, a.Name}
	}
	info, ok := about(r, d)
	if j.Offered = JSONNumber(d.Offered, unit.One); ok && !math.IsNaN(d.Offered) {
		j.Offered, j.OfferedUnit = JSONNumber(d.Offered, info.Unit), info.Unit.Symbol
		if info.Type == signal.Bool {
			j.Offered = d.Offered != 0
		}
	}
	u := unit.One
	if c := checkOf(r, d); c != nil {
		j.Rule = jsonText(c.Text)
		u, _ = measure(r, d, c)
	}
	j.Measured, j.Limit = JSONNumber(d.Measured, u), JSONNumber(d.Limit, u)
	if j.Measured != nil || j.Limit != nil {
		j.Unit = u.Symbol
	}
	return j
}

func evidenceJSON(e *sim.Evidence) jsonEvidence {
	j := jsonEvidence{
		Device: e.Device, Owner: jsonText(e.Owner), Chained: e.Chained, Signed: e.Signed, Remote: jsonText(e.Remote),
		Written: e.Written, Kept: e.Kept, Overwritten: e.Overwritten, Wiped: e.Wiped, Forged: e.Forged, Altered: e.Altered,
		Meddled: jsonTime(e.Meddled), Verified: e.Chained && e.Intact, Missing: e.Missing, Copies: e.Copies, Gone: e.Gone,
		Differing: e.Differing, Strange: e.Strange, Shows: e.Shows(),
	}
	if !e.Intact {
		j.Breaks = &e.Breaks
	}
	return j
}

// earned adds how an attack went to what is told of an injection.
func (j *jsonInjection) earned(r *sim.Result, k int) {
	i := &r.Injections[k]
	j.Attacker, j.From, j.Refused = jsonText(i.Attacker), jsonText(i.From), i.Refused
	if i.Outcome == inject.NotTriggered {
		j.Why = jsonText(i.Missing)
	}
	if i.StoppedBy != "" { // in part, where it took effect
		j.StoppedBy, j.Why = jsonText(i.StoppedBy), jsonText(i.Why)
	}
	if d := &i.Detected; d.At != vtime.Never {
		j.Detected = &jsonDetection{d.At.Seconds(), vtime.Seconds(d.At.Sub(i.Applied)), d.Device, d.Check}
	}
	j.Gained = []jsonGain{}
	for n := range r.Gains {
		if g := &r.Gains[n]; g.Step == k {
			j.Gained = append(j.Gained, jsonGain{g.At.Seconds(), g.Device, g.Known, g.Session, g.Foothold, texts(g.Credentials)})
		}
	}
}
