package places

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/rng"
)

// A Town is people who live and work somewhere, and go elsewhere in between. Its cells are those
// of antennas, in rows on a square whose edges meet.
type Town struct {
	People int32
	Hours  int32
	Side   int32 // the square is so many cells wide
	// Seen is the chance that a point is recorded in an hour: by a call, say.
	Seen float64
	// Explores and Fades say how often people go where they never were: with Explores*S^-Fades after
	// S places. Otherwise they go back to one they know, as often as they were there.
	Explores, Fades float64
	// Reach is the exponent of how far they go: more than r cells with r^-Reach.
	Reach float64
}

// NewTown returns a town with 230 people for each antenna, of whom 114 points a month are recorded.
func NewTown(people, hours int32) Town {
	side := int32(math.Sqrt(float64(people) / 230))
	return Town{People: people, Hours: hours, Side: max(side, 1), Seen: 114. / 720, Explores: 0.6, Fades: 0.21, Reach: 0.55}
}

// Traces returns what is recorded of the people of a town.
func (w *Town) Traces(key rng.Key) (*Traces, error) {
	if err := w.valid(); err != nil {
		return nil, err
	}
	b := NewBuilder()
	for person := range w.People {
		l := w.newLife(key.Member(int(person)))
		for hour := range w.Hours {
			cell := l.move(hour)
			if l.key.Float64(uint64(hour)*draws+1) < w.Seen {
				b.Add(hour, cell)
			}
		}
		b.Next()
	}
	return b.Traces()
}

func (w *Town) valid() error {
	for _, n := range []struct {
		what     string
		n, least int32
		most     int32
	}{{"people", w.People, 0, MaxPeople}, {"hours", w.Hours, 0, MaxHours}, {"cells in a row", w.Side, 1, 4096}} {
		if n.n < n.least || n.n > n.most {
			return fmt.Errorf("places: a town of %d %s: it may have from %d to %d", n.n, n.what, n.least, n.most)
		}
	}
	if !(w.Seen >= 0 && w.Seen <= 1 && w.Explores >= 0 && w.Fades >= 0 && w.Reach >= 0.01) {
		return fmt.Errorf("places: a town where %g of the hours are seen, with %g, %g and %g for exploring, fading and reach: the first is from 0 to 1, the next two are not negative, the last is 0.01 or more",
			w.Seen, w.Explores, w.Fades, w.Reach)
	}
	return nil
}

// draws is how many draws an hour may take; the first hour begins after those of a life.
const draws = 8

// A life is where somebody lives and works, and where they have been.
type life struct {
	*Town
	key        rng.Key
	home, work int32
	late       int32   // hours later than others
	been       []int32 // hour by hour
	places     []bool
	known      float64
	now        int32
}

func (w *Town) newLife(key rng.Key) *life {
	own := rng.Key(key.Uint64(math.MaxUint64))
	l := &life{Town: w, key: key, places: make([]bool, w.Side*w.Side)}
	l.home = int32(own.Float64(0) * float64(w.Side*w.Side))
	l.work = l.jump(l.home, own.Float64(1), own.Float64(2))
	l.late = int32(own.Float64(3) * 3)
	return l
}

// move returns where somebody is in an hour: at home at night, at work from nine to five (or an hour
// or two later), where they like otherwise.
func (l *life) move(hour int32) int32 {
	at, weekday := hour%24, hour/24%7 < 5
	switch worked := at - 9 - l.late; {
	case at < 7 || at >= 22:
		l.now = l.home
	case weekday && worked >= 0 && worked < 8:
		l.now = l.work
	default:
		l.now = l.leisure(uint64(hour) * draws)
	}
	if l.been = append(l.been, l.now); !l.places[l.now] {
		l.places[l.now] = true
		l.known++
	}
	return l.now
}

// leisure is exploration or preferential return.
func (l *life) leisure(occurrence uint64) int32 {
	if l.key.Float64(occurrence+2) < float64(l.Explores*detmath.Pow(max(l.known, 1), -l.Fades)) {
		return l.jump(l.now, l.key.Float64(occurrence+3), l.key.Float64(occurrence+4))
	}
	return l.been[int(l.key.Float64(occurrence+5)*float64(len(l.been)))]
}

// jump returns a cell at a random distance in a random direction.
func (w *Town) jump(from int32, far, where float64) int32 {
	r := min(detmath.Pow(far, -1/w.Reach), float64(w.Side))
	sin, cos := detmath.Sincos(float64(2 * math.Pi * where))
	x := wrap(from%w.Side+int32(math.Round(float64(r*cos))), w.Side)
	y := wrap(from/w.Side+int32(math.Round(float64(r*sin))), w.Side)
	return y*w.Side + x
}

func wrap(x, side int32) int32 { return ((x % side) + side) % side }
