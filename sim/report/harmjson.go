package report

import (
	"slices"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

type jsonHarm struct {
	Person   string       `json:"person"`
	Role     string       `json:"role"`
	Severity int          `json:"severity"`
	Word     string       `json:"severity_word"`
	At       *float64     `json:"at_seconds"`
	Began    *float64     `json:"began_seconds"`
	Exposure *string      `json:"exposure"`
	Machine  *string      `json:"machine"`
	Command  *string      `json:"commanded_by"`
	Root     *jsonOrigin  `json:"began_with"`
	Margins  []jsonMargin `json:"margins"`
	Source   *string      `json:"judged_by"`
	Model    *string      `json:"judged_as"` // of an exposure that has several models
	// What says more.
	Into   *string      `json:"ran_into"`
	Driven *string      `json:"driven_by"`
	Let    []jsonOrigin `json:"let_through_by"`
	Means  []jsonOrigin `json:"made_possible_by"`
	Harms  []jsonHarms  `json:"harms"`
}

// A jsonHarms is the harm by one exposure. Spans are of any harm; the end of one is null where it
// lasted to the end of the run.
type jsonHarms struct {
	Exposure string        `json:"exposure"`
	Severity int           `json:"severity"`
	Word     string        `json:"severity_word"`
	Models   []string      `json:"judged_as"` // by severity from slight on, none where there is one model
	At       *float64      `json:"at_seconds"`
	Began    *float64      `json:"began_seconds"`
	Count    int           `json:"times"`
	Spans    [][2]*float64 `json:"spans_seconds"`
	Spells   []jsonSpell   `json:"spells"`
}

// A jsonOrigin is the step of the timeline that began it.
type jsonOrigin struct {
	Name      string  `json:"name"`
	Kind      string  `json:"kind"`
	Technique *string `json:"technique"`
	Attacker  *string `json:"attacker"`
	Assumed   bool    `json:"assumed"`
}

type jsonMargin struct {
	Exposure string   `json:"exposure"`
	Margin   any      `json:"margin"`
	Unit     string   `json:"unit"`
	At       *float64 `json:"at_seconds"`
	// Worst is how much of it there was then, null where that has no one number.
	Worst     any    `json:"worst"`
	WorstUnit string `json:"worst_unit"`
}

type jsonHazard struct {
	Name      string          `json:"name"`
	What      *string         `json:"what"`
	Exposes   []string        `json:"exposes"`
	Severity  int             `json:"severity"`
	Word      string          `json:"severity_word"`
	When      string          `json:"when"`
	Prevented *jsonPrevention `json:"prevented_by"`
	Demands   int             `json:"demands"`
	At        *float64        `json:"at_seconds"`
	Margin    any             `json:"margin"`
	Unit      string          `json:"unit"`
	Root      *jsonOrigin     `json:"began_with"`
	Layers    []jsonLayer     `json:"layers"`
	Harmed    []string        `json:"harmed"`
	By        []string        `json:"by"`
	Let       []jsonOrigin    `json:"let_through_by"`
	Means     []jsonOrigin    `json:"made_possible_by"`
}

type jsonPrevention struct {
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Target *string  `json:"target"`
	In     []string `json:"in"`
	// What the target means, and how often the layer that it is about was to act in this run.
	Layer    *string     `json:"layer"`
	Standard *string     `json:"standard"`
	Demand   *[2]float64 `json:"pfd_avg"`
	Hourly   *[2]float64 `json:"pfh_per_hour"`
	Demands  *int        `json:"demands"`
	Failed   *int        `json:"failed"`
}

type jsonLayer struct {
	Name   string   `json:"name"`
	Acts   string   `json:"acts"`
	Within *float64 `json:"within_seconds"`
	Acted  int      `json:"acted"`
	Failed int      `json:"failed"`
	Open   int      `json:"open"`
	// What says more. Late are those of the failed ones that it met after all, Absent demands that
	// came while it was not there.
	Demand  *string     `json:"demand"`
	There   *string     `json:"fitted_where"`
	Fitted  bool        `json:"fitted"`
	Demands int         `json:"demands"`
	Late    int         `json:"late"`
	Absent  int         `json:"absent"`
	First   *float64    `json:"first_demand_seconds"`
	Slowest *float64    `json:"slowest_seconds"`
	Root    *jsonOrigin `json:"failed_because_of"`
}

// endangered adds people and hazards.
func (out *jsonResult) endangered(r *sim.Result) {
	for i := range r.Harm {
		out.Harm = append(out.Harm, harmJSON(r, &r.Harm[i]))
	}
	out.Outside = rangesJSON(r)
	for i := range r.Hazards {
		out.Hazards = append(out.Hazards, hazardJSON(r, &r.Hazards[i]))
	}
}

func harmJSON(r *sim.Result, h *sim.HarmResult) jsonHarm {
	b := blamed(h)
	j := jsonHarm{
		Person: h.Device, Role: h.Role, Severity: int(h.Severity), Word: h.Severity.String(), At: jsonTime(h.At), Began: jsonTime(h.Began),
		Exposure: jsonText(h.Exposure), Machine: jsonText(b.machine), Command: jsonText(b.teller), Root: rootJSON(r, b.injection), Margins: []jsonMargin{},
		Source: jsonText(harm.Source(h.Exposure, h.Model)), Model: jsonText(h.Model), Into: jsonText(h.Strike.Into), Driven: jsonText(h.Strike.By), Let: rootsJSON(r, h.Let), Means: rootsJSON(r, h.Means), Harms: []jsonHarms{},
	}
	for k := range h.Margins {
		m, worst := &h.Margins[k], &h.Amounts[k]
		j.Margins = append(j.Margins, jsonMargin{
			h.Exposed[k].Name, JSONNumber(m.Margin, m.Unit.Delta()), m.Unit.Delta().Symbol, jsonTime(m.Closest), JSONNumber(worst.Value, worst.Unit), worst.Unit.Symbol,
		})
	}
	for k := range h.Harms {
		j.Harms = append(j.Harms, harmsJSON(r, h, &h.Harms[k]))
	}
	return j
}

func harmsJSON(r *sim.Result, h *sim.HarmResult, by *sim.HarmedBy) jsonHarms {
	any := &by.Levels[0]
	j := jsonHarms{by.Exposure, int(by.Severity), by.Severity.String(), modelsOf(by), jsonTime(by.At), jsonTime(any.At), any.Count, [][2]*float64{}, spellsJSON(r, h, by)}
	for _, s := range any.Violations {
		j.Spans = append(j.Spans, [2]*float64{jsonTime(s.From), jsonTime(s.To)})
	}
	return j
}

func rootsJSON(r *sim.Result, steps []int) []jsonOrigin {
	list := []jsonOrigin{}
	for _, step := range steps {
		list = append(list, *rootJSON(r, step))
	}
	return list
}

func rootJSON(r *sim.Result, injection int) *jsonOrigin {
	if injection < 0 {
		return nil
	}
	i := &r.Injections[injection]
	return &jsonOrigin{
		Name: i.Step.Name, Kind: i.Step.Kind.String(), Technique: jsonText(i.Step.Technique), Attacker: jsonText(i.Attacker),
		Assumed: i.Step.Assumed && i.Step.Kind == inject.Attack,
	}
}

func hazardJSON(r *sim.Result, h *sim.HazardResult) jsonHazard {
	p := &h.Presence
	j := jsonHazard{
		Name: h.Name, What: jsonText(h.What), Exposes: append([]string{}, h.Exposes...), Severity: int(h.Severity), Word: h.Severity.String(), When: h.When,
		Demands: h.Demands, Margin: JSONNumber(p.Margin, p.Unit.Delta()), Unit: p.Unit.Delta().Symbol, Root: rootJSON(r, last(p.Causes)),
		Layers: []jsonLayer{}, Harmed: []string{}, By: append([]string{}, h.By...), Let: rootsJSON(r, h.Let), Means: rootsJSON(r, h.Means), Prevented: preventionJSON(h),
	}
	if p.Verdict == monitor.Violated {
		j.At = jsonTime(p.At)
	}
	for k := range h.Acted {
		j.Layers = append(j.Layers, layerJSON(r, &h.Acted[k]))
	}
	for i := range r.Harm {
		if _, harmed := suffered(h, &r.Harm[i]); harmed {
			j.Harmed = append(j.Harmed, r.Harm[i].Device)
		}
	}
	return j
}

func preventionJSON(h *sim.HazardResult) *jsonPrevention {
	q := &h.Prevented
	if q.Kind == "" {
		return nil
	}
	j := &jsonPrevention{Kind: q.Kind, Name: q.Name, Target: jsonText(q.Target), In: append([]string{}, q.In...), Layer: jsonText(q.Layer)}
	if t, ok := harm.TargetOf(q.Target); ok {
		j.Standard, j.Hourly = jsonText(t.Standard), &t.Hourly
		if t.Demand[1] > 0 {
			j.Demand = &t.Demand
		}
	}
	if l := function(h); l != nil {
		demands := l.Demands()
		j.Demands, j.Failed = &demands, &l.Failed
	}
	return j
}

func layerJSON(r *sim.Result, l *sim.LayerResult) jsonLayer {
	j := jsonLayer{
		Name: l.Name, Acts: l.Text, Acted: l.Acted, Failed: l.Failed, Open: l.Open, Demand: jsonText(l.Demand), There: jsonText(l.Where), Fitted: l.Fitted,
		Demands: l.Demands(), Late: l.Late, Absent: l.Absent, First: jsonTime(l.First), Root: rootJSON(r, hindered(r, l)),
	}
	if l.Within > 0 {
		within := vtime.Seconds(l.Within)
		j.Within = &within
	}
	if l.Acted > 0 {
		slowest := vtime.Seconds(l.Slowest)
		j.Slowest = &slowest
	}
	return j
}

// modelsOf are the models by which an exposure harmed, by severity; none where it has but one.
func modelsOf(by *sim.HarmedBy) []string {
	if !slices.ContainsFunc(by.Models, func(m string) bool { return m != "" }) {
		return []string{}
	}
	return by.Models
}
