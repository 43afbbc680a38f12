package data

import (
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Fullness is what a store with a limit had no room for. It keeps what it has and takes in nothing more
// until it has forgotten something: nobody's older data are lost by it.
type Fullness struct {
	Refused uint64     // items
	Since   vtime.Time // when the first of them came; -1: there was room for all
}

func (f *Fullness) archive(a *snapshot.Archive) {
	snapshot.Int(a, &f.Refused)
	snapshot.Int(a, &f.Since)
}

func (g *growth) archive(a *snapshot.Archive) {
	snapshot.Int(a, &g.at)
	for _, x := range []*float64{&g.bytes, &g.came, &g.rate, &g.inflow, &g.start} {
		snapshot.Float(a, x)
	}
	snapshot.Bool(a, &g.known)
}

// Fullness returns what a store had no room for.
func (s *State) Fullness(store int32) Fullness { return s.fullness[store] }

// fitting returns the part of a span for which a shelf has room, the first ones of it.
func (s *State) fitting(shelf int32, span Span) Span {
	store := s.Shelves[shelf].Store
	limit := s.Stores[store].Limit
	if limit <= 0 {
		return span
	}
	_, bytes := s.Items(store)
	each := float64(s.Shelves[shelf].Bytes * float64(s.stands(shelf)))
	room := math.Floor(max(0, limit-bytes) / each)
	if float64(span.N) <= room {
		return span
	}
	f, n := &s.fullness[store], uint64(room)
	f.Refused += (span.N - n) * s.stands(shelf)
	at := span.From.Add(vtime.Duration(n) * span.step())
	if span.Via >= 0 && s.Intakes[span.Via].Kind != Collected { // made or copied later than it was told
		at = max(at, s.poured)
	}
	if f.Since < 0 || at < f.Since {
		f.Since = at
	}
	if n == 0 {
		return Span{}
	}
	step := span.step()
	span.N, span.To = n, span.From.Add(vtime.Duration(n-1)*step)
	return span
}

// brim returns when a store first has no more room for what comes to it as a rate, now if that is later.
func (s *State) brim(now vtime.Time) vtime.Time {
	first := now
	for store := range s.Stores {
		st, rate := &s.Stores[store], 0.0 // bytes in a nanosecond
		if st.Limit <= 0 {
			continue
		}
		for _, i := range s.rated {
			in := &s.Intakes[i]
			if sh := &s.Shelves[in.Shelf]; int(sh.Store) == store && !s.deaf[i] {
				people := float64(int(s.count[in.Shelf]) - s.resting[i])
				rate += float64(float64(sh.Bytes*people) * float64(s.stands(in.Shelf)) / float64(max(in.Rate.Every, in.Thin)))
			}
		}
		_, bytes := s.Items(int32(store))
		if ns := (st.Limit - bytes) / rate; ns >= 0 && ns < float64(now.Sub(s.poured)) {
			first = min(first, s.poured.Add(vtime.Duration(ns)))
		}
	}
	return first
}
