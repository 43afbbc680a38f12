package plant

import (
	"math"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Samples is into how many parts a span is cut where a condition is looked for.
const Samples = 8

// A point is a function at a time.
type point struct {
	t vtime.Time
	x float64
}

// A sample is a function at a time, and its slope there: by how much it changes
// over the next reach nanoseconds, at the end of the span over the last ones.
type sample struct {
	point
	slope float64
}

// reach is over how long a slope is taken: a thousandth of the span.
func reach(from, to vtime.Time) vtime.Time { return max(1, (to-from)/(Samples*128)) }

// cut returns the time at which part i of n of a span ends.
func cut(from, to vtime.Time, i, n int) vtime.Time {
	if i == n {
		return to
	}
	return from + (to-from)/vtime.Time(n)*vtime.Time(i)
}

func (p *Plant) sample(w *Watch, eval signal.Eval, at point, from, to vtime.Time) sample {
	if d := reach(from, to); at.t+d > to {
		return sample{at, at.x - p.Value(w, eval, at.t-d)}
	} else {
		return sample{at, p.Value(w, eval, at.t+d) - at.x}
	}
}

// bend is the greatest second difference of some values: how far the function is
// from being straight between them.
func bend(v []float64) (most float64) {
	for i := 2; i < len(v); i++ {
		if d := math.Abs(v[i-2] - float64(2*v[i-1]) + v[i]); !(d <= most) {
			most = d
		}
	}
	return most
}

// much is by how many times the bend a function may bulge beyond its samples; a
// parabola does by an eighth.
const much = 4
