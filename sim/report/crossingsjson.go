package report

import (
	"encoding/json"

	"github.com/harmproof/harmproof/sim"
)

// jsonCrossings is when the malware of one scenario came to what, over several runs.
type jsonCrossings struct {
	Scenario  string        `json:"scenario"`
	Runs      int           `json:"runs"`
	Outbreaks []jsonReached `json:"outbreaks_over_runs"`
}

type jsonReached struct {
	Malware  string       `json:"malware"`
	Zones    []jsonFirsts `json:"zones"`
	Actuator jsonFirsts   `json:"first_actuator"`
}

// jsonFirsts is in how many runs something was, and when first. Times are null where it
// never was.
type jsonFirsts struct {
	Zone   *string  `json:"zone,omitempty"`
	Runs   int      `json:"runs"`
	Share  float64  `json:"share"`
	Min    *float64 `json:"min_seconds"`
	Median *float64 `json:"median_seconds"`
	Max    *float64 `json:"max_seconds"`
}

// CrossingsJSON is one line about all runs of a scenario; none where there is but one, or no
// malware in it.
func CrossingsJSON(list []Outcome) ([]byte, error) {
	runs := spreading(list)
	if len(runs) < 2 {
		return nil, nil
	}
	out := jsonCrossings{Scenario: runs[0].Plan.Name, Runs: len(runs)}
	for k := range runs[0].Outbreaks {
		out.Outbreaks = append(out.Outbreaks, reachedJSON(runs, k))
	}
	return json.Marshal(out)
}

func reachedJSON(runs []*sim.Result, k int) jsonReached {
	out := jsonReached{Malware: runs[0].Outbreaks[k].Malware, Zones: []jsonFirsts{}}
	for _, c := range crossingsOf(runs, k) {
		if one := firstsJSON(&c, len(runs)); c.zone == "" {
			out.Actuator = one
		} else {
			out.Zones = append(out.Zones, one)
		}
	}
	return out
}

func firstsJSON(c *crossing, of int) jsonFirsts {
	n := len(c.times)
	j := jsonFirsts{Zone: jsonText(c.zone), Runs: n, Share: float64(n) / float64(of)}
	if n > 0 {
		j.Min, j.Median, j.Max = jsonTime(c.times[0]), jsonTime(c.median()), jsonTime(c.times[n-1])
	}
	return j
}
