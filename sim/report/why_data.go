package report

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/monitor"
)

type jsonWhy struct {
	Invariant string      `json:"invariant"`
	At        *float64    `json:"at_seconds"`
	Chain     []jsonLink  `json:"chain"`
	Roots     []jsonRoot  `json:"roots"`
	Checks    []jsonCheck `json:"checks"`
	// What says more.
	Verdict string      `json:"verdict"`
	Anyway  bool        `json:"without_any"`
	Cuts    [][2]string `json:"cuts"`
	Untried int         `json:"pairs_not_tried"`
	Runs    int         `json:"runs"`
	Owners  []jsonOwner `json:"owners"`
	// Of harm to a person, which no invariant of the file needs to forbid.
	Person   *string `json:"person"`
	Exposure *string `json:"exposure"`
	Severity *int    `json:"severity"`
	Hazard   *string `json:"hazard"` // that was there, where it is about one
	// Others are the times at which that person was harmed beside, which --at asks for.
	Others []jsonOther `json:"other_times"`
}

type jsonLink struct {
	At   *float64 `json:"at_seconds"`
	Kind string   `json:"kind"`
	Who  string   `json:"who"`
	What string   `json:"what"`
	// What says more: Of is the link that this is a cause of, by its place in the chain.
	// Also are further ones.
	Of        *int    `json:"cause_of"`
	Also      []int   `json:"also_cause_of"`
	Owner     *string `json:"owner"`
	Claimed   *string `json:"claimed_sender"`
	True      *string `json:"true_sender"`
	Signal    *string `json:"signal"`
	Value     any     `json:"value"`
	Unit      string  `json:"unit"`
	Injection *string `json:"injection"`
}

type jsonRoot struct {
	Name       string   `json:"name"`
	Necessary  bool     `json:"necessary"`
	Sufficient bool     `json:"sufficient"`
	Beside     bool     `json:"enough_beside_necessary"`
	Kind       string   `json:"kind"`
	Assumed    bool     `json:"assumed"`
	Without    *float64 `json:"without_it_at_seconds"`
	Link       int      `json:"link"`
	Broken     *string  `json:"broken"`
}

type jsonCheck struct {
	Device string  `json:"device"`
	Check  string  `json:"check"`
	Stops  bool    `json:"stops"`
	Cost   float64 `json:"cost"`
	Broken *string `json:"broken"`
}

type jsonOwner struct {
	Device string  `json:"device"`
	Owner  *string `json:"owner"`
	Did    string  `json:"did"`
}

// WhyJSON returns why an invariant was violated as one line of JSON, without the
// line's end. The first link of the chain is the violation; each other one says what it
// is a cause of.
func WhyJSON(r *sim.Result, f *why.Finding) ([]byte, error) {
	out := jsonWhy{
		Invariant: f.Name, At: jsonTime(f.At), Chain: []jsonLink{}, Roots: []jsonRoot{}, Checks: []jsonCheck{},
		Verdict: f.Verdict.String(), Anyway: f.Anyway, Cuts: [][2]string{}, Untried: f.Untried, Runs: f.Runs, Owners: []jsonOwner{},
	}
	if h := f.Harm; h != nil {
		severity := int(h.Severity)
		out.Person, out.Exposure, out.Severity = jsonText(r.Harm[h.Person].Device), jsonText(h.Exposure), &severity
	}
	out.Hazard, out.Others = jsonText(f.Hazard), othersJSON(r, f)
	if !violated(f) {
		out.At = nil
		return compact(out)
	}
	out.Chain = append(out.Chain, jsonLink{At: jsonTime(f.At), Kind: sim.ViolationCause.String(), Who: f.Name, What: befell(r, f.InvariantResult) + ": " + f.Text, Also: []int{}})
	for k := range f.Tree.Links {
		link := linkJSON(r, &f.Tree.Links[k])
		if l := &f.Tree.Links[k]; l.At > f.At { // that something did not come in time is known right after
			link.At = jsonTime(f.At)
		}
		out.Chain = append(out.Chain, link)
	}
	for k := range f.Roots {
		root := &f.Roots[k]
		step := &r.Injections[root.Injection].Step
		out.Roots = append(out.Roots, jsonRoot{
			root.Name, root.Necessary, root.Sufficient, root.Beside, step.Kind.String(), step.Assumed, jsonTime(root.Without), root.Link + 1, jsonText(root.Broken),
		})
	}
	out.Cuts = append(out.Cuts, f.Cuts...)
	for k := range f.Checks {
		c := &f.Checks[k]
		out.Checks = append(out.Checks, jsonCheck{c.Device, c.Check, c.Stops, c.Cost, jsonText(c.Broken)})
	}
	for _, a := range accounts(r, f) {
		out.Owners = append(out.Owners, jsonOwner{a.device, jsonText(a.owner), a.did})
	}
	return compact(out)
}

func violated(f *why.Finding) bool { return f.Tree != nil && f.Verdict == monitor.Violated }

func linkJSON(r *sim.Result, l *sim.Link) jsonLink {
	of := l.Effect + 1
	u := l.Signal.Unit
	j := jsonLink{
		At: jsonTime(l.At), Kind: l.Kind.String(), Who: doer(r, &l.Cause), What: linked(r, &l.Cause), Of: &of, Also: []int{},
		Owner: jsonText(checkOwner(r, &l.Cause)), Value: JSONNumber(l.Value, u), Unit: u.Symbol,
	}
	for _, a := range l.Also {
		j.Also = append(j.Also, a.Effect+1)
	}
	if l.Signal.Signal != "" {
		path, _ := pathOf(&l.Cause)
		j.Signal = jsonText(path)
	}
	j.Claimed, j.True = jsonText(l.Claimed), jsonText(l.True)
	if l.Injection >= 0 {
		j.Injection = jsonText(r.Injections[l.Injection].Step.Name)
	}
	return j
}
