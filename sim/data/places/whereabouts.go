package places

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/rng"
)

// MaxWhereabouts is how many hours of people Whereabouts hold: people times hours.
const MaxWhereabouts = 1 << 25

// MaxSide is how many cells wide a town of Whereabouts is.
const MaxSide = 256

// Whereabouts say in which cell each of some people is in each hour. They never change.
type Whereabouts struct {
	people, hours int32
	cells         []uint16 // person by person
}

// Whereabouts returns where the people of a town are, whether anybody sees them there or not. They
// live each a life of their own, by a key of their own.
func (w *Town) Whereabouts(key rng.Key) (*Whereabouts, error) {
	if err := w.valid(); err != nil {
		return nil, err
	}
	at, err := newWhereabouts(w.People, w.Hours, w.Side)
	if err != nil {
		return nil, err
	}
	for person := range w.People {
		l := w.newLife(key.Member(int(person)))
		for hour := range w.Hours {
			at.cells[int(person)*int(w.Hours)+int(hour)] = uint16(l.move(hour))
		}
	}
	return at, nil
}

// Anywhere returns where people are who are in a random one of all cells in each hour, whatever they did
// before and whatever others do: those of whom Independent tells.
func Anywhere(people, hours, side int32, key rng.Key) (*Whereabouts, error) {
	at, err := newWhereabouts(people, hours, side)
	if err != nil {
		return nil, err
	}
	cells := float64(side * side)
	for person := range people {
		own := key.Member(int(person))
		for hour := range hours {
			at.cells[int(person)*int(hours)+int(hour)] = uint16(min(float64(own.Float64(uint64(hour))*cells), cells-1))
		}
	}
	return at, nil
}

func newWhereabouts(people, hours, side int32) (*Whereabouts, error) {
	if people < 0 || hours < 0 || side < 1 || side > MaxSide || int64(people)*int64(hours) > MaxWhereabouts {
		return nil, fmt.Errorf("places: %d people for %d hours in a town of %d cells in a row: at most %d hours of people, from 1 to %d cells", people, hours, side, MaxWhereabouts, MaxSide)
	}
	return &Whereabouts{people: people, hours: hours, cells: make([]uint16, int(people)*int(hours))}, nil
}

// At returns in which cell somebody is in an hour, Nowhere where that is not known.
func (w *Whereabouts) At(person, hour int32) int32 {
	if person < 0 || person >= w.people || hour < 0 || hour >= w.hours {
		return Nowhere
	}
	return int32(w.cells[int(person)*int(w.hours)+int(hour)])
}

// Side returns how many cells wide a town is so that each cell is so wide, of which there are as many as
// fit into it.
func Side(across, cell float64) int32 {
	return int32(min(math.Round(across/cell), math.MaxInt32))
}
