package report

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/harden"
)

// What is here is a contract (harmproof doc harden): names stay, more may come.
type jsonHarden struct {
	Scenarios []jsonHardened   `json:"scenarios"`
	Barriers  []jsonBarrier    `json:"barriers"`
	Before    []jsonHarmed     `json:"without_barriers"`
	Passed    []jsonPassed     `json:"every_way_passes"`
	Proposal  *jsonProposal    `json:"proposal"`
	Sets      []jsonSet        `json:"sets"`
	Alone     []jsonAlone      `json:"alone"`
	Harmful   []jsonDisturbing `json:"cannot_be_raised"`
	Worse     []jsonWorse      `json:"worse"`
	Contrary  []string         `json:"violated_with_barriers_alone"`
	Complete  bool             `json:"complete"`
	Tried     int              `json:"sets_run"`
	Runs      int              `json:"runs"`
}

type jsonHardened struct {
	Name   string   `json:"name"`
	Normal bool     `json:"normal"`
	Seeds  []uint64 `json:"seeds"`
}

type jsonBarrier struct {
	Name  string  `json:"name"`
	Cost  float64 `json:"cost"`
	About *string `json:"about"`
	Does  string  `json:"does"`
	At    string  `json:"declared_at"`
}

type jsonPassed struct {
	Scenario string   `json:"scenario"`
	To       string   `json:"to"`
	Hosts    []string `json:"hosts"`
}

type jsonProposal struct {
	Barriers []string `json:"barriers"`
	Least    float64  `json:"cut_costs_at_least"`
}

type jsonViolation struct {
	Invariant string   `json:"invariant"`
	At        *float64 `json:"at_seconds"`
}

type jsonHarmed struct {
	Scenario  string   `json:"scenario"`
	Seed      uint64   `json:"seed"`
	Invariant string   `json:"invariant"`
	At        *float64 `json:"at_seconds"`
	Hosts     []string `json:"hosts"`
	// Then is null where the run ended with the first violation.
	Then []jsonViolation `json:"violated_by_the_end"`
}

type jsonSet struct {
	Barriers []string      `json:"barriers"`
	Cost     float64       `json:"cost"`
	Ways     []jsonWay     `json:"ways_closed"`
	Steps    []jsonStopped `json:"steps_stopped"`
	Useful   []jsonStopped `json:"useful_stopped"`
	Reached  []string      `json:"left_to_malware"`
	Standing []string      `json:"left_to_attackers"`
	Spared   []string      `json:"out_of_reach"`
	Beside   []string      `json:"left_violated"`
	Subsets  int           `json:"subsets_run"`
	All      bool          `json:"all_subsets_run"`
}

type jsonWay struct {
	Malware string `json:"malware"`
	From    string `json:"from"`
	To      string `json:"to"`
	By      string `json:"by"`
	Stop    string `json:"stopped_by"`
	Why     string `json:"why"`
}

type jsonStopped struct {
	Step    *string  `json:"step"`
	From    string   `json:"from"`
	To      *string  `json:"to"`
	Verb    string   `json:"verb"`
	Signals []string `json:"signals"`
	Stop    string   `json:"stopped_by"`
	Why     string   `json:"why"`
}

type jsonAlone struct {
	Barrier string       `json:"barrier"`
	Cost    float64      `json:"cost"`
	Holds   bool         `json:"holds"`
	AsBare  bool         `json:"same_as_without"`
	Harms   []jsonHarmed `json:"harms"`
	Broken  *string      `json:"broken"`
}

type jsonDisturbing struct {
	Barrier string        `json:"barrier"`
	Harmed  jsonHarmed    `json:"harm"`
	Stopped []jsonStopped `json:"useful_stopped"`
}

type jsonWorse struct {
	Barrier string     `json:"barrier"`
	Raised  []string   `json:"raised"`
	Harmed  jsonHarmed `json:"harm"`
	Before  *float64   `json:"without_it_at_seconds"`
}

// HardenJSON returns which barriers would do as one line of JSON, without the line's end.
func HardenJSON(a *harden.Answer) ([]byte, error) {
	s := hardened{nil, a}
	out := jsonHarden{
		Scenarios: []jsonHardened{}, Barriers: []jsonBarrier{}, Passed: []jsonPassed{}, Before: s.harmsJSON(a.Before.Harms), Sets: []jsonSet{}, Alone: []jsonAlone{}, Harmful: []jsonDisturbing{}, Worse: []jsonWorse{},
		Contrary: append([]string{}, a.Contrary...), Complete: a.Complete, Tried: a.Tried, Runs: a.Runs,
	}
	s.declaredJSON(&out)
	for i := range a.Sets {
		out.Sets = append(out.Sets, s.setJSON(&a.Sets[i]))
	}
	for i := range a.Alone {
		t := &a.Alone[i]
		k := lone(t.Raised)
		out.Alone = append(out.Alone, jsonAlone{a.Barriers[k].Name, a.Barriers[k].Cost, t.Holds(), len(t.Harms) > 0 && t.Harms[0].AsBare, s.harmsJSON(t.Harms), jsonText(t.Broken)})
	}
	for i := range a.Harmful {
		h := &a.Harmful[i]
		out.Harmful = append(out.Harmful, jsonDisturbing{a.Barriers[h.Barrier].Name, s.harmedJSON(&h.Harmed), stoppedJSON(h.Stopped)})
	}
	for i := range a.Worse {
		w := &a.Worse[i]
		out.Worse = append(out.Worse, jsonWorse{a.Barriers[w.Barrier].Name, s.raw(w.Raised), s.harmedJSON(&w.Harmed), jsonTime(w.Before)})
	}
	return compact(out)
}

// declaredJSON adds what was asked, and what the graph of all ways says of it.
func (s hardened) declaredJSON(out *jsonHarden) {
	for i, name := range s.Names {
		out.Scenarios = append(out.Scenarios, jsonHardened{name, s.Normal[i], s.Seeds[i]})
	}
	for i := range s.Barriers {
		b := &s.Barriers[i]
		out.Barriers = append(out.Barriers, jsonBarrier{b.Name, b.Cost, jsonText(b.About), b.Text, b.At})
	}
	for _, p := range s.Passed {
		out.Passed = append(out.Passed, jsonPassed{s.Names[p.Scenario], p.To, p.Hosts})
	}
	if s.Proposed != 0 {
		out.Proposal = &jsonProposal{s.raw(s.Proposed), s.Bound}
	}
}

func (s hardened) setJSON(set *harden.Set) jsonSet {
	j := jsonSet{
		Barriers: s.raw(set.Barriers), Cost: set.Cost, Ways: []jsonWay{}, Steps: stoppedJSON(set.Steps), Useful: stoppedJSON(set.Useful),
		Reached: append([]string{}, set.Reached...), Standing: append([]string{}, set.Standing...), Spared: append([]string{}, set.Spared...),
		Beside: append([]string{}, set.Beside...), Subsets: set.Subsets, All: !set.Unknown,
	}
	for _, w := range set.Ways {
		j.Ways = append(j.Ways, jsonWay{w.Malware, w.From, w.To, w.By, w.Stop, w.Why})
	}
	return j
}

// lone is the only barrier of a set.
func lone(m harden.Mask) (k int) {
	for ; m > 1; m >>= 1 {
		k++
	}
	return k
}

// raw names the barriers of a set, as they are.
func (s hardened) raw(m harden.Mask) []string {
	names := []string{}
	for i := range s.Barriers {
		if m>>i&1 != 0 {
			names = append(names, s.Barriers[i].Name)
		}
	}
	return names
}

func (s hardened) harmsJSON(list []harden.Harmed) []jsonHarmed {
	out := []jsonHarmed{}
	for i := range list {
		out = append(out, s.harmedJSON(&list[i]))
	}
	return out
}

func (s hardened) harmedJSON(h *harden.Harmed) jsonHarmed {
	out := jsonHarmed{s.Names[h.Scenario], h.Seed, h.Invariant, jsonTime(h.At), append([]string{}, h.Hosts...), nil}
	for _, v := range h.Then {
		out.Then = append(out.Then, jsonViolation{v.Invariant, jsonTime(v.At)})
	}
	return out
}

func stoppedJSON(list []sim.Obstacle) []jsonStopped {
	out := []jsonStopped{}
	for _, o := range list {
		out = append(out, jsonStopped{jsonText(o.Step), o.From, jsonText(o.To), o.Verb.String(), append([]string{}, o.Signals...), o.By, o.Why})
	}
	return out
}
