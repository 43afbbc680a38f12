package report

import (
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

type jsonCapacity struct {
	Loads     []jsonServed `json:"loads"`
	Polls     []jsonPoll   `json:"polls"`
	Radios    []jsonAir    `json:"radios,omitempty"`
	Batteries []jsonCharge `json:"batteries,omitempty"`
	Stores    []jsonGrowth `json:"stores"`
	Unlimited []string     `json:"unlimited_queues"`
	// Error is how far quantiles are from the exact ones at most, as a share of them.
	Error float64 `json:"quantile_error"`
}

type jsonServed struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Class       string    `json:"class,omitempty"`
	Utilisation float64   `json:"utilisation"`
	Offered     uint64    `json:"offered"`
	Lost        uint64    `json:"lost"`
	Most        int       `json:"most_waiting"`
	MostBytes   float64   `json:"most_waiting_bytes"`
	Waiting     int       `json:"waiting"`
	Oldest      float64   `json:"oldest_seconds"`
	Delay       jsonDelay `json:"delay_seconds"`
}

type jsonDelay struct {
	Count uint64  `json:"count"`
	Mean  float64 `json:"mean"`
	P50   float64 `json:"p50"`
	P95   float64 `json:"p95"`
	P99   float64 `json:"p99"`
	P999  float64 `json:"p999"`
	Max   float64 `json:"max"`
}

type jsonPoll struct {
	Device     string    `json:"device"`
	Asked      uint64    `json:"asked"`
	Unanswered uint64    `json:"unanswered"`
	Delay      jsonDelay `json:"delay_seconds"`
}

type jsonAir struct {
	Name     string    `json:"name"`
	Offered  uint64    `json:"offered"`
	Withheld uint64    `json:"withheld"`
	Sent     uint64    `json:"sent"`
	Collided uint64    `json:"collided"`
	Airtime  float64   `json:"airtime_seconds"`
	Duty     float64   `json:"highest_duty"`
	Rate     bool      `json:"as_rate,omitempty"`
	Delay    jsonDelay `json:"delay_seconds"`
}

type jsonCharge struct {
	Device string  `json:"device"`
	Full   float64 `json:"full_joules"`
	Least  float64 `json:"least_left_joules"`
	Member int     `json:"member_with_least"`
	Mean   float64 `json:"mean_left_joules"`
	Count  int     `json:"members"`
	Empty  int     `json:"empty"`
	// Lasts is how many days that with the least lasts if it goes on as in this run.
	Lasts any `json:"lasts_days"`
}

type jsonGrowth struct {
	Store    string  `json:"store"`
	Items    uint64  `json:"items"`
	Bytes    float64 `json:"bytes"`
	Limit    float64 `json:"limit_bytes"`
	DaysLeft any     `json:"days_left"`
	// Refused is how many items it had no room for, FullSince when the first of them came.
	Refused   uint64   `json:"refused,omitempty"`
	FullSince *float64 `json:"full_since_seconds,omitempty"`
}

// capacityJSON is how much was carried, where anything can be full.
func capacityJSON(r *sim.Result) *jsonCapacity {
	c := &r.Capacity
	if len(c.Loads)+len(c.Polls)+len(c.Growth)+len(c.Unlimited)+len(c.Airs)+len(c.Charges) == 0 {
		return nil
	}
	return &jsonCapacity{
		Loads: mapped(c.Loads, servedJSON),
		Polls: mapped(c.Polls, func(p *sim.PollDelay) jsonPoll { return jsonPoll{p.Device, p.Asked, p.Unanswered, delayJSON(&p.Delay)} }),
		Stores: mapped(c.Growth, func(g *sim.Growth) jsonGrowth {
			return jsonGrowth{g.Store, g.Items, g.Bytes, g.Limit, JSONNumber(g.DaysLeft, unit.One), g.Refused, fullSince(g)}
		}),
		Batteries: mapped(c.Charges, func(b *sim.Charge) jsonCharge {
			return jsonCharge{b.Device, b.Full, b.Least, b.Member, b.Mean, b.Count, b.Empty, JSONNumber(b.Lasts, unit.One)}
		}),
		Radios: mapped(c.Airs, func(a *sim.Air) jsonAir {
			return jsonAir{a.Name, a.Offered, a.Withheld, a.Sent, a.Collided, vtime.Seconds(a.Airtime), a.Duty, a.Rate, delayJSON(&a.Delay)}
		}),
		Unlimited: append([]string{}, c.Unlimited...), Error: quantile.Error,
	}
}

// fullSince is when a store first refused something, nil where it never did.
func fullSince(g *sim.Growth) *float64 {
	if g.Refused == 0 {
		return nil
	}
	at := g.FullAt.Seconds()
	return &at
}

func servedJSON(l *sim.Load) jsonServed {
	kind, class := "device", ""
	if l.Link {
		kind = "link"
	}
	if l.Radio {
		kind = "radio"
	}
	switch {
	case l.First:
		class = "first"
	case l.Others:
		class = "others"
	}
	return jsonServed{
		l.Name, kind, class, l.Utilisation, l.Offered, l.Lost, l.Most, l.MostBytes, l.Waiting, vtime.Seconds(l.Oldest), delayJSON(&l.Delay),
	}
}

func delayJSON(d *sim.Delay) jsonDelay {
	return jsonDelay{
		d.Count, d.Mean, vtime.Seconds(d.P50), vtime.Seconds(d.P95), vtime.Seconds(d.P99), vtime.Seconds(d.P999), vtime.Seconds(d.Max),
	}
}
