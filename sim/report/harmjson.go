package report

import (
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
}

type jsonPrevention struct {
	Kind   string   `json:"kind"`
	Name   string   `json:"name"`
	Target *string  `json:"target"`
	In     []string `json:"in"`
}

type jsonLayer struct {
	Name   string   `json:"name"`
	Acts   string   `json:"acts"`
	Within *float64 `json:"within_seconds"`
	Acted  int      `json:"acted"`
	Failed int      `json:"failed"`
	Open   int      `json:"open"`
}

// endangered adds people and hazards.
func (out *jsonResult) endangered(r *sim.Result) {
	for i := range r.Harm {
		out.Harm = append(out.Harm, harmJSON(r, &r.Harm[i]))
	}
	for i := range r.Hazards {
		out.Hazards = append(out.Hazards, hazardJSON(r, &r.Hazards[i]))
	}
}

func harmJSON(r *sim.Result, h *sim.HarmResult) jsonHarm {
	b := blamed(h)
	j := jsonHarm{
		Person: h.Device, Role: h.Role, Severity: int(h.Severity), Word: h.Severity.String(), At: jsonTime(h.At), Began: jsonTime(h.Began),
		Exposure: jsonText(h.Exposure), Machine: jsonText(b.machine), Command: jsonText(b.teller), Root: rootJSON(r, b.injection), Margins: []jsonMargin{},
		Source: jsonText(harm.Source(h.Exposure)),
	}
	for k := range h.Margins {
		m := &h.Margins[k]
		j.Margins = append(j.Margins, jsonMargin{h.Exposed[k].Name, JSONNumber(m.Margin, m.Unit.Delta()), m.Unit.Delta().Symbol, jsonTime(m.Closest)})
	}
	return j
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
		Layers: []jsonLayer{}, Harmed: []string{},
	}
	if p.Verdict == monitor.Violated {
		j.At = jsonTime(p.At)
	}
	if q := &h.Prevented; q.Kind != "" {
		j.Prevented = &jsonPrevention{q.Kind, q.Name, jsonText(q.Target), append([]string{}, q.In...)}
	}
	for k := range h.Acted {
		l := &h.Acted[k]
		one := jsonLayer{Name: l.Name, Acts: l.Text, Acted: l.Acted, Failed: l.Failed, Open: l.Open}
		if l.Within > 0 {
			within := vtime.Seconds(l.Within)
			one.Within = &within
		}
		j.Layers = append(j.Layers, one)
	}
	for i := range r.Harm {
		if q := &r.Harm[i]; exposes(h, q) && q.Severity > harm.None {
			j.Harmed = append(j.Harmed, q.Device)
		}
	}
	return j
}
