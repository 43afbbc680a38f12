package scene

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Limit is a value that an invariant compares a signal with.
type Limit struct {
	Cell      int
	Value     float64 // SI
	Invariant int
	// Below says that the signal is asked to be below it.
	Below bool
}

// limit finds comparisons with a quantity, or with another signal, in the text of an
// invariant.
var limit = regexp.MustCompile(`([a-z_]\w*(?:\[\d+\])?\.\w+)\s*(<=|>=|<|>)\s*(?:"?(-?\d[\d.e]*)\s*([A-Za-z%°][\w/%^°]*)?"?|([a-z_]\w*(?:\[\d+\])?\.\w+))`)

// What bounds the work that a header of many invariants asks for.
const (
	mostLimits = 10_000
	mostMisses = 200
	mostClose  = 500
)

// A search finds limits in the texts of a trace.
type search struct {
	trace  *trace.Trace
	start  []float64 // values where the trace begins, once they were needed
	misses int       // comparisons of what is no signal
}

// Limits finds what the signals of a trace are compared with.
func Limits(t *trace.Trace) (list []Limit) {
	s := search{trace: t}
	for i := range t.Header.Invariants {
		for _, m := range limit.FindAllStringSubmatch(t.Header.Invariants[i].Text, -1) {
			if l, ok := s.limit(m); ok && len(list) < mostLimits {
				l.Invariant = i
				list = append(list, l)
			}
		}
	}
	return list
}

// limit reads a comparison.
func (s *search) limit(m []string) (l Limit, ok bool) {
	cell, ok := s.cell(m[1])
	if !ok {
		return l, false
	}
	l = Limit{Cell: cell, Below: strings.HasPrefix(m[2], "<")}
	if m[5] != "" {
		l.Value, ok = s.fixed(m[5])
	} else {
		l.Value, ok = quantity(s.trace.KindOf(cell), m[3], m[4])
	}
	return l, ok && !math.IsNaN(l.Value) && !math.IsInf(l.Value, 0)
}

// cell finds a signal.
func (s *search) cell(path string) (int, bool) {
	if s.misses >= mostMisses {
		return 0, false
	}
	cell, err := s.trace.Cell(path)
	if err != nil {
		s.misses++
	}
	return cell, err == nil
}

// fixed is the value of a signal that never changes.
func (s *search) fixed(path string) (float64, bool) {
	cell, ok := s.cell(path)
	if !ok || s.trace.Overview == nil {
		return 0, false
	}
	if s.start == nil {
		values, err := s.trace.At(s.trace.Header.From)
		if err != nil {
			s.misses++
			return 0, false
		}
		s.start = values
	}
	lo, hi := s.trace.Overview.Of(cell)
	for i := range lo {
		if lo[i] != lo[0] || hi[i] != hi[0] || float64(hi[i])-float64(lo[i]) > 1e-6*math.Abs(float64(hi[i])) {
			return 0, false
		}
	}
	return s.start[cell], true
}

// quantity reads a number with a unit, in SI. One without is in the signal's own.
func quantity(kind *trace.Kind, number, symbol string) (float64, bool) {
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return 0, false
	}
	if symbol == "" || symbol == "and" || symbol == "or" {
		if kind.Unit.Scale == 0 {
			return x, true
		}
		return float64(x*kind.Unit.Scale) + kind.Unit.Offset, true
	}
	u, err := unit.Parse(symbol)
	if err != nil {
		return 0, false
	}
	return u.Literal(x), true
}

// A Closest is when a signal came closest to a limit, or went furthest beyond it.
type Closest struct {
	Limit
	At vtime.Time
	// Reached is what the signal had then, Margin how far from violation the invariant
	// was: less than nothing beyond the limit. Both in SI.
	Reached, Margin float64
}

// Closeness finds for each invariant that a single comparison of one signal decided when it
// was closest to violation.
func Closeness(t *trace.Trace) (list []Closest) {
	if t.Result == nil {
		return nil
	}
	s := search{trace: t}
	for i := range t.Result.Invariants[:min(len(t.Result.Invariants), len(t.Header.Invariants), mostClose)] {
		x := &t.Result.Invariants[i]
		m := limit.FindStringSubmatch(x.Decided)
		if m == nil || m[0] != x.Decided || x.Margin == nil || x.Closest == nil {
			continue
		}
		l, ok := s.limit(m)
		if !ok || *x.Closest < t.Header.From || *x.Closest > t.Last() {
			continue
		}
		values, err := t.At(*x.Closest)
		if err != nil {
			continue
		}
		l.Invariant = i
		c := Closest{l, *x.Closest, values[l.Cell], *x.Margin}
		if off := math.Abs(math.Abs(c.Reached-c.Value) - math.Abs(c.Margin)); off <= 1e-6*math.Max(1, math.Abs(c.Value)) {
			list = append(list, c)
		}
	}
	return list
}
