package data

import "github.com/harmproof/harmproof/sim/vtime"

// What one point of place and time takes, in nanoseconds of a computer of 2020: to write it down, to bring it
// into order, to look for it among the points of others, and to count one who was there. Measured on towns of 300
// to 4000 people, of 4 to 1600 blocks; what that says is within a factor of two of what a run takes.
const writing, ordering, looking, counting = 20, 40, 80, 1.5

// Effort is about how many nanoseconds a run takes for looking so often who can be found by where they were. It
// grows as the traces do, which are half as long as at the end on average.
func (m *Model) Effort(run vtime.Duration, looks int64) (ns float64) {
	for population := range m.Populations {
		if p := &m.Populations[population]; p.Moves != nil {
			ns += m.effortOf(int32(population), run)
		}
	}
	return float64(ns*float64(looks)) / 2
}

// effortOf is that of one look, at the end of a run.
func (m *Model) effortOf(population int32, run vtime.Duration) (ns float64) {
	p := &m.Populations[population]
	var charts []chart
	drawn := func(at located, when vtime.Duration, wide int32) {
		for i := range charts {
			if c := &charts[i]; c.at == at && c.when == when && c.wide == wide {
				return
			}
		}
		charts = append(charts, chart{at: at, when: when, wide: wide})
		ns += float64(writing*m.seen(&at, p, min(when, vtime.Hour), run)) + float64(ordering*m.trace(&at, p, when, wide, run))
	}
	for i := range m.Questions {
		q := &m.Questions[i]
		if q.Kind != Unicity {
			continue
		}
		shelf := m.locatedIn(q.Store)
		if sh := &m.Shelves[shelf]; m.Attributes[sh.Attribute].Population == population {
			drawn(located{shelf, -1}, sh.When, sh.Where)
			ns += float64(float64(looking*float64(p.Count)) * float64(q.Points))
		}
	}
	list, pairs := m.trails(population)
	for i := range pairs {
		x := &pairs[i]
		from, to := list[x.from], list[x.to]
		drawn(from, x.when, x.wide)
		drawn(to, x.when, x.wide)
		across := (p.Moves.Side + x.wide - 1) / x.wide
		hours := min(float64(run), float64(float64(p.Moves.Hours)*float64(vtime.Hour)))
		there := m.trace(&to, p, x.when, x.wide, run) / (hours / float64(x.when)) / float64(float64(across)*float64(across))
		ns += float64(m.trace(&from, p, x.when, x.wide, run) * (looking + float64(counting*there)))
	}
	return ns
}

// outings is how many blocks somebody is in on a day who lives and works somewhere, or some more.
const outings = 5

// trace is about how many points there are at most in the traces of all people of a located shelf at the end: in
// each span of time all blocks where anybody was.
func (m *Model) trace(at *located, p *Population, when vtime.Duration, wide int32, run vtime.Duration) float64 {
	points, spans := m.seen(at, p, min(when, vtime.Hour), run), m.seen(at, p, when, run)
	across := float64((p.Moves.Side + wide - 1) / wide)
	blocks := float64(across * across)
	if !p.Moves.Anywhere {
		blocks = min(blocks, float64(outings*max(1, float64(when)/float64(day))))
	}
	return min(points, float64(spans*blocks))
}

// seen is how often everybody was seen by a located shelf, in as many spans of time, at the end.
func (m *Model) seen(at *located, p *Population, when, run vtime.Duration) float64 {
	sh := &m.Shelves[at.shelf]
	long := min(run, vtime.Duration(p.Moves.Hours)*vtime.Hour)
	if keeps := m.Stores[sh.Store].Keeps; keeps > 0 && at.thief < 0 {
		long = min(long, keeps+sweepEvery)
	}
	return float64(float64(p.Count)*float64(long)) / float64(max(when, sh.Fine))
}
