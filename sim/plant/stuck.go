package plant

import (
	"fmt"
	"math"
	"strings"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A StuckError says that an island cannot be integrated any further.
type StuckError struct {
	At     vtime.Time
	Signal string // the state in whose derivative it shows
	Reason string
	Others []string // the island's other states, which may be what is wrong as well
}

// Error implements error.
func (e *StuckError) Error() string {
	const most = 4
	text := fmt.Sprintf("%s at %v: %s", e.Signal, e.At, e.Reason)
	if n := len(e.Others); n > most {
		text += fmt.Sprintf(" (integrated together with %s and %d more)", strings.Join(e.Others[:most], ", "), n-most)
	} else if n > 0 {
		text += fmt.Sprintf(" (integrated together with %s)", strings.Join(e.Others, ", "))
	}
	return text
}

// stuck blames a state of an island.
func (p *Plant) stuck(island, state int, at vtime.Time, format string, a ...any) error {
	e := &StuckError{At: at, Reason: fmt.Sprintf(format, a...)}
	for j, s := range p.Islands[island].States {
		if j == state {
			e.Signal = p.name(s.Slot)
		} else {
			e.Others = append(e.Others, p.name(s.Slot))
		}
	}
	return e
}

// notFinite blames the state whose derivative is no number.
func (p *Plant) notFinite(island int, f []float64, verb string) error {
	j := firstNotFinite(f)
	hint := ""
	if math.IsNaN(f[j]) {
		hint = " (a root or a logarithm of less than 0? sqrt(max(x, 0)) is safe)"
	}
	return p.stuck(island, j, p.run[island].t1, "its derivative %s %v%s", verb, f[j], hint)
}

func firstNotFinite(x []float64) int {
	for j, v := range x {
		if v-v != 0 {
			return j
		}
	}
	return -1
}
