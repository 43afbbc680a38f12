package report

import (
	"encoding/json"
	"math"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What is here is a contract (harmproof doc capacity): names stay, more may come.
type jsonScale struct {
	Scenario string         `json:"scenario"`
	Scales   []jsonScaleRow `json:"scales"`
	Breaks   *jsonBreak     `json:"breaks_first"`
	Complete bool           `json:"complete"`
	Seed     uint64         `json:"seed"`
	Seeds    int            `json:"seeds_asked,omitempty"` // where the scenario asks for more than one
}

type jsonScaleRow struct {
	Times    int64           `json:"times"`
	Devices  int             `json:"devices"`
	Messages uint64          `json:"messages"`
	Loads    []jsonScaleLoad `json:"loads"`
	DaysLeft *float64        `json:"days_left"`
	FullIn   string          `json:"full_first,omitempty"`
	FullAt   string          `json:"full_at,omitempty"`
	Violated []string        `json:"violated"`
	Standing []string        `json:"standing_for_several,omitempty"`
	Refused  string          `json:"not_run,omitempty"`
}

type jsonScaleLoad struct {
	Name        string  `json:"name"`
	First       bool    `json:"goes_first,omitempty"`
	Rate        bool    `json:"as_rate,omitempty"`
	Utilisation float64 `json:"utilisation"`
	Offered     uint64  `json:"offered"`
	Lost        uint64  `json:"lost"`
	Mean        float64 `json:"mean_seconds"`
	P99         float64 `json:"p99_seconds"`
}

type jsonBreak struct {
	Times    int64    `json:"times"`
	Violated []string `json:"violated"`
	Lossy    []string `json:"begin_to_lose"`
}

// ScaleJSON returns what became of a scenario at each scale, as one line.
func ScaleJSON(a *capacity.Answer) ([]byte, error) {
	out := jsonScale{Scenario: a.Name, Scales: []jsonScaleRow{}, Complete: a.Complete, Seed: a.Seed}
	if a.Seeds > 1 {
		out.Seeds = a.Seeds
	}
	for i := range a.Rows {
		out.Scales = append(out.Scales, jsonRow(&a.Rows[i]))
	}
	if i, violations, lossy := a.Breaks(); i >= 0 {
		b := &jsonBreak{Times: a.Rows[i].Times, Violated: []string{}, Lossy: []string{}}
		for _, v := range violations {
			b.Violated = append(b.Violated, v.Name)
		}
		for _, l := range placesOf(lossy) {
			b.Lossy = append(b.Lossy, l.Name)
		}
		out.Breaks = b
	}
	return json.Marshal(out)
}

func jsonRow(r *capacity.Row) jsonScaleRow {
	row := jsonScaleRow{Times: r.Times, Devices: r.Devices, Loads: []jsonScaleLoad{}, Violated: []string{}}
	if r.Err != nil {
		row.Refused = r.Err.Error()
		return row
	}
	row.Messages, row.Standing = r.Messages(), r.Standing
	for i := range r.Result.Capacity.Loads {
		row.Loads = append(row.Loads, jsonLoadOf(&r.Result.Capacity.Loads[i]))
	}
	for _, v := range r.Violated() {
		row.Violated = append(row.Violated, v.Name)
	}
	if g := r.Fullest(); g != nil {
		if row.FullIn = g.Store; !math.IsInf(g.DaysLeft, 0) {
			row.DaysLeft = &g.DaysLeft
		}
		if g.Refused > 0 {
			row.FullAt = g.FullAt.String()
		}
	}
	return row
}

func jsonLoadOf(l *sim.Load) jsonScaleLoad {
	return jsonScaleLoad{l.Name, l.First, l.Rate, l.Utilisation, l.Offered, l.Lost, l.Delay.Mean, vtime.Seconds(l.Delay.P99)}
}
