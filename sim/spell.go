package sim

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxSpells is how many times of harm by one exposure are explained, each of its degrees apart.
const maxSpells = 4

// A Spell is a time during which an exposure harmed a person without a break: how badly at worst, and
// why.
type Spell struct {
	monitor.Span
	Exposure string
	Severity harm.Severity
	At       vtime.Time // when it was so bad first within
	Causes   []Cause
	Tree     *Tree // where the run was to Explain
	Strike   Strike
	Wired    Wired
	Let      []int // as those of a HarmResult
	Means    []int // as well
	// Invariant is the name of the one that this is a violation of (Result.Invariant), Nth which of
	// its violations, from 0.
	Invariant string
	Nth       int
}

// A recurrence is why a person came to the same harm again.
type recurrence struct {
	at     vtime.Time
	causes []Cause
	tree   *Tree
	blame
}

func (w *world) archiveRecurrence(a *snapshot.Archive, r *recurrence) {
	snapshot.Int(a, &r.at)
	w.archiveCauses(a, &r.causes)
	w.archiveTree(a, &r.tree)
	w.archiveBlame(a, &r.blame)
}

// recurs notes why what a danger forbids came once more, of harm that came a few times.
func (w *world) recurs(invariant int, now vtime.Time) {
	i := invariant - w.plan.named
	if i < 0 || w.plan.perils[i].kind != harmPeril || len(w.again[i]) >= maxSpells-1 {
		return
	}
	of := w.causesOf(invariant)
	r := recurrence{at: now, causes: w.explain(of, now)}
	if w.explains {
		r.tree = w.grow(of, now)
	}
	r.blame = w.blameFor(invariant, r.causes, now)
	w.again[i] = append(w.again[i], r)
}

// spells are the times at which an exposure harmed, from its invariants and what is known of each
// violation of one: the worst degree that came within.
func (h *HarmedBy) spells(degree harm.Severity, i *InvariantResult, told []recurrence) {
	if degree == harm.Slight {
		for _, span := range i.Violations[:min(len(i.Violations), maxSpells)] {
			h.Spells = append(h.Spells, Spell{Span: span, Exposure: h.Exposure, At: vtime.Never})
		}
	}
	for k := range h.Spells {
		s := &h.Spells[k]
		nth := slices.IndexFunc(i.Violations, func(v monitor.Span) bool { return v.From >= s.From && v.From <= s.To })
		if nth < 0 || k+1 < len(h.Spells) && i.Violations[nth].From >= h.Spells[k+1].From {
			continue
		}
		s.Severity, s.At, s.Invariant, s.Nth = degree, i.Violations[nth].From, i.Name, nth
		if n := slices.IndexFunc(told, func(r recurrence) bool { return r.at == s.At }); n >= 0 {
			r := &told[n]
			s.Causes, s.Tree, s.Let, s.Means, s.Strike, s.Wired = r.causes, r.tree, r.let, r.means, r.strike, r.wired
		}
	}
}

// Spells lists the times at which somebody was harmed by an exposure, or by any (-1), as they came;
// of each exposure the first few (maxSpells).
func (r *Result) Spells(person, exposure int) (list []Spell) {
	h := &r.Harm[person]
	for k := range h.Harms {
		if exposure < 0 || h.Exposed[exposure].Name == h.Harms[k].Exposure {
			list = append(list, h.Harms[k].Spells...)
		}
	}
	slices.SortStableFunc(list, func(a, b Spell) int { return cmp.Compare(a.From, b.From) })
	return list
}

// SpellAt is the place among some spells of the one that a time is in, the worst of several; else of
// the first that comes after, or else of the last.
func SpellAt(list []Spell, at vtime.Time) (best int) {
	best = -1
	for k := range list {
		if s := &list[k]; s.From <= at && at <= s.To && (best < 0 || s.Severity > list[best].Severity) {
			best = k
		}
	}
	if best < 0 {
		best = slices.IndexFunc(list, func(s Spell) bool { return s.From > at })
	}
	if best < 0 {
		best = len(list) - 1
	}
	return best
}

// As is what became of a person, told of one spell.
func (h *HarmResult) As(s *Spell) *HarmResult {
	one := *h
	one.Severity, one.Exposure, one.At, one.Began = s.Severity, s.Exposure, s.At, s.From
	one.Causes, one.Tree, one.Strike, one.Wired, one.Let, one.Means = s.Causes, s.Tree, s.Strike, s.Wired, s.Let, s.Means
	return &one
}
