package compile

import (
	"math"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/data/places"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// maxSeen is how many points of place and time a run follows of all people: so much memory that
// they are never too many.
const maxSeen = 1 << 23

// maxSeenByAll is how many points those are that all stores know, once more for each attacker, who may take
// them.
const maxSeenByAll = 2 * maxSeen

// pointsOf is how many points of place and time a store can know of people.
func pointsOf(p *data.Population, when vtime.Duration) int64 {
	return int64(p.Count) * int64(p.Moves.Hours) * int64((vtime.Hour+when-1)/when)
}

// leastTime is the finest precision in time: where people are is known by the hour, and whoever tells
// shorter times apart tells only who was seen when.
const leastTime = vtime.Minute

// moves settles how people move about.
func (b *builder) moves(m *syntax.Movement) *data.Moves {
	before := b.mistakes()
	across, cell := b.number(m.Across, unit.Metre), b.number(m.Cell, unit.Metre)
	if !m.Across.Usable() || !m.Cell.Usable() || b.mistakes() != before {
		return nil
	}
	if !(cell > 0) || !(across >= cell) {
		b.Errorf(m.Cell.Span, "write `across: 6 km` and `cell: 1 km`, say", "a town is at least as wide as one of its cells, and a cell is wider than nothing")
		return nil
	}
	side := places.Side(across, cell)
	switch {
	case math.Abs(across/cell-float64(side)) > 1e-6:
		b.Errorf(m.Cell.Span, "make `across` a multiple of `cell`", "%s are no whole number of cells of %s", m.Across.Value, m.Cell.Value)
		return nil
	case side > places.MaxSide:
		b.Errorf(m.Cell.Span, "make cells wider, or the town smaller", "a town is at most %d cells wide, and this one is %d", places.MaxSide, side)
		return nil
	}
	hours := int64(vtime.Duration(b.file.Run.Value)/vtime.Hour) + 1
	return &data.Moves{Side: side, Cell: cell, Hours: int32(min(hours, places.MaxHours)), Anywhere: m.Pattern.Value == "anywhere"}
}

// precise settles how finely the items of a shelf say where people were.
func (b *builder) precise(sh *data.Shelf, t *syntax.Taking, p *data.Population) {
	x := t.Precision
	if x == nil {
		return
	}
	if p.Persons && p.Moves == nil {
		b.Errorf(x.Key.Span, "leave `precision` out: it is of people under `subjects:` who have `moves:` and are no devices", "%s walks a path of the system: by where they were people are told apart in a town alone, hour by hour", p.Name)
		return
	}
	if p.Moves == nil {
		b.Errorf(x.Key.Span, "say so: `subjects: {"+p.Name+": {count: ..., moves: {across: 6 km, cell: 1 km}}}`", "nothing says where the people called %s are", p.Name)
		return
	}
	if !x.Time.Usable() || !x.Space.Usable() {
		return
	}
	before := b.mistakes()
	space := b.number(x.Space, unit.Metre)
	cells := space / p.Moves.Cell
	switch points := pointsOf(p, x.Time.Value); {
	case b.mistakes() != before:
		return
	case x.Time.Value < leastTime:
		b.Errorf(x.Time.Span, "write `time: 1h`, say", "where people are is known by the hour, and who was seen when at most by the minute")
	case points > maxSeen:
		b.Errorf(x.Time.Span, "take a coarser time, fewer people, or a shorter `run`", "that is up to %d points of place and time; a run follows at most %d", points, maxSeen)
	case !(cells >= 1-1e-6) || math.Abs(cells-math.Round(cells)) > 1e-6 || cells > float64(p.Moves.Side)+1e-6:
		b.Errorf(x.Space.Span, "write a multiple of the cell, not wider than the town", "%s is no whole number of cells of %g m in a town of %d of them in a row", x.Space.Value, p.Moves.Cell, p.Moves.Side)
	default:
		sh.When, sh.Where = x.Time.Value, int32(math.Round(cells))
	}
}

// located reports precisions that nobody could compare: of two of the same people each time and space
// has to be a whole number of the other's, or a point of one would lie in two of the other.
func (b *builder) located() {
	m, points := b.sys.Data.Model, int64(0)
	for i := range m.Shelves {
		sh := &m.Shelves[i]
		if p := &m.Populations[m.Attributes[sh.Attribute].Population]; sh.Where > 0 {
			points += pointsOf(p, sh.When) * int64(1+len(b.file.System.Attackers))
			if d := b.byName[m.Stores[sh.Store].Name]; points > maxSeenByAll {
				b.Errorf(d.spec.Name.Span, "take coarser times, fewer people or attackers, or a shorter `run`", "with %s stores and those who may take what they have know up to %d points of place and time; a run follows at most %d", d.spec.Name.Value, points, int64(maxSeenByAll))
				return
			}
		}
		spec := b.byName[m.Stores[sh.Store].Name].store
		at := int32(i) - m.Stores[sh.Store].First - spec.held
		if at < 0 || spec.spec.Takes[at].Precision == nil {
			continue
		}
		x := spec.spec.Takes[at].Precision
		if sh.Where == 0 {
			continue // reported
		}
		for k := range m.Shelves[:i] {
			other := &m.Shelves[k]
			if other.Where == 0 || m.Attributes[other.Attribute].Population != m.Attributes[sh.Attribute].Population {
				continue
			}
			if max(other.When, sh.When)%min(other.When, sh.When) != 0 || max(other.Where, sh.Where)%min(other.Where, sh.Where) != 0 {
				b.Errorf(x.Key.Span, "make the coarser one a multiple of the finer one, in time and in space", "this does not fit into the precision of %s", m.Stores[other.Store].Name)
				break
			}
		}
	}
}
