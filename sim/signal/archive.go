package signal

import "github.com/harmproof/harmproof/sim/snapshot"

// Archive archives the cells, who wrote them, and the layers over the points. A
// layer is archived by the part of the step that it is of; the function returns
// what that part is.
func (s *Store) Archive(a *snapshot.Archive, layer func(place, part uint32) (Layer, bool)) {
	snapshot.Floats(a, s.V)
	if a.Reading() {
		s.rank()
	}
	snapshot.Column(a, s.stamps, func(a *snapshot.Archive, x *Stamp) {
		snapshot.Int(a, &x.At)
		snapshot.Int(a, &x.Influence)
		snapshot.Int(a, &x.By)
	})
	snapshot.Column(a, s.Points, func(a *snapshot.Archive, p *Point) {
		snapshot.Float(a, &p.Base)
		snapshot.Int(a, &p.by)
		snapshot.Slice(a, &p.layers, func(a *snapshot.Archive, l *Layer) { l.archive(a, layer) })
	})
}

func (l *Layer) archive(a *snapshot.Archive, of func(place, part uint32) (Layer, bool)) {
	place, part := l.Place, l.Part
	snapshot.Int(a, &place)
	snapshot.Int(a, &part)
	if a.Reading() {
		var ok bool
		if *l, ok = of(place, part); !ok {
			a.Fail("a layer of part %d of step %d, which there is not", part, place)
			return
		}
	}
	snapshot.Int(a, &l.Since)
	snapshot.Float(a, &l.Held)
	snapshot.Int(a, &l.Drawn)
	snapshot.Int(a, &l.Effects)
}

// Archive archives what a tape recorded.
func (t *Tape) Archive(a *snapshot.Archive) {
	times, values := t.times[t.first:], t.values[t.first:]
	snapshot.Slice(a, &times, snapshot.Int)
	snapshot.Slice(a, &values, snapshot.Float)
	snapshot.Int(a, &t.stop)
	snapshot.Bool(a, &t.stopped)
	snapshot.Bool(a, &t.cut)
	if a.Reading() {
		if len(times) != len(values) {
			a.Fail("a tape of %d values at %d times", len(values), len(times))
			return
		}
		t.times, t.values, t.first = times, values, 0
	}
}
