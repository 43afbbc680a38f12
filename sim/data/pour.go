package data

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Rate is how items come to a shelf where single messages do not matter: as many as there
// would have been. Of readings that come periodically that is exact, as each person's come at
// moments that are known; of those at random times it is what is to be expected.
type Rate struct {
	device.Rate
	Device  string // that tells, by which everybody's moments are drawn
	Latency vtime.Duration
}

// Moments is the purpose of the chance by which devices that tell periodically have their
// moments within a period: that of the first draw, for each member.
const Moments = "moments"

// PourEvery is how often items that come as a rate are counted, besides when it matters.
const PourEvery = vtime.Hour

// makeRates finds the moment of everybody's first item.
func (s *State) makeRates(seed uint64) {
	s.seed, s.deaf, s.rests, s.resting = seed, make([]bool, len(s.Intakes)), make([][]rest, len(s.Intakes)), make([]int, len(s.Intakes))
	s.firsts, s.lags = make([][]vtime.Time, len(s.Intakes)), make([]vtime.Duration, len(s.Intakes))
	for i := range s.Intakes {
		in := &s.Intakes[i]
		if in.Rate == nil {
			continue
		}
		key := rng.New(seed, in.Rate.Device, Moments)
		s.rated = append(s.rated, int32(i))
		s.firsts[i] = make([]vtime.Time, s.count[in.Shelf])
		for k := range s.firsts[i] {
			at := vtime.Time(in.Rate.Latency)
			if !in.Rate.InStep {
				at = at.Add(vtime.Duration(float64(key.Member(k).Float64(0) * float64(in.Rate.Every))))
			}
			s.firsts[i][k] = at
		}
		s.cursors[i] = make([]cursor, s.count[in.Shelf])
	}
}

// Lag says that of what an intake would have got a part was lost since it was said last: as
// much as would have come in so long a time.
func (s *State) Lag(intake int32, lost vtime.Duration) { s.lags[intake] += lost }

// Rated lists the intakes by which items come as a rate.
func (s *State) Rated() []int32 { return s.rated }

// Pour brings what comes as a rate up to now.
func (s *State) Pour(now vtime.Time) {
	if s.poured == now && now > 0 {
		return
	}
	for range fills {
		full := s.brim(now)
		if full >= now || full <= s.poured {
			break
		}
		s.poured = full
		s.pourAll(full) // up to then all get in, and of what comes later nothing
	}
	s.poured = now
	s.pourAll(now)
}

// fills bounds how often it is found out anew when a store is full: what is lost on the way makes that
// later.
const fills = 20

func (s *State) pourAll(now vtime.Time) {
	for _, i := range s.rated {
		for k := range s.count[s.Intakes[i].Shelf] {
			s.pour(i, k, now)
		}
	}
}

// pourOf is Pour for one person.
func (s *State) pourOf(person int32, now vtime.Time) {
	for _, i := range s.rated {
		if shelf := s.Intakes[i].Shelf; s.has(shelf, person) {
			s.pour(i, person-s.first[shelf], now)
		}
	}
}

// pour is Pour for one row.
func (s *State) pour(intake, k int32, now vtime.Time) {
	in := &s.Intakes[intake]
	first := s.firsts[intake][k].Add(s.lags[intake])
	if s.rests[intake] != nil {
		first = first.Add(s.rests[intake][k].shift)
	}
	if now < first {
		return
	}
	c, every := &s.cursors[intake][k], in.Rate.Every
	total := uint64(now.Sub(first)/every) + 1
	if s.rests[intake] != nil && s.rests[intake][k].down {
		total = min(total, s.rests[intake][k].sent)
	}
	if total <= c.total {
		return
	}
	if s.deaf[intake] {
		c.total = total
		return
	}
	span := Span{N: total - c.total, Via: intake}
	span.To = first.Add(vtime.Duration(total-1) * every)
	span.From = span.To.Add(-vtime.Duration(span.N-1) * every)
	c.total = total
	if in.Thin > 0 {
		seen := vtime.Time(-1)
		if r := &s.rows[s.base[in.Shelf]+k]; r.last.N > 0 {
			seen = r.last.To
		}
		if span = span.coarser(in.Thin, seen); span.N == 0 {
			return
		}
	}
	if person := s.first[in.Shelf] + k; s.flags[person] == 0 || !s.Stops(in.Shelf, person) {
		s.put(in.Shelf, person, span, asTheyAre)
	}
}
