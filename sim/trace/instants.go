package trace

import (
	"encoding/binary"
	"errors"

	"github.com/harmproof/harmproof/sim/vtime"
)

// unitLayout is written after a 0, which stood for no changes at all before there was one: spans
// between instants are written as multiples of a unit.
const unitLayout = 2

// appendInstants appends how many instants there are, the first, the greatest unit of which all
// spans are multiples, and these. What goes on at round periods has a large one.
func appendInstants(b []byte, instants []vtime.Time) []byte {
	b = binary.AppendUvarint(b, uint64(len(instants)))
	if len(instants) == 0 {
		return b
	}
	unit := uint64(0)
	for i := 1; i < len(instants) && unit != 1; i++ {
		unit = divisor(uint64(instants[i]-instants[i-1]), unit)
	}
	unit = max(1, unit)
	b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(instants[0])), unit)
	for i := 1; i < len(instants); i++ {
		b = binary.AppendUvarint(b, uint64(instants[i]-instants[i-1])/unit)
	}
	return b
}

// divisor returns the greatest common one, of 0 and another number that.
func divisor(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// instants reads the times of instants, as multiples of a unit where they are.
func (in *input) instants(list []vtime.Time, units bool) {
	last, unit := vtime.Time(0), uint64(1)
	for i := range list {
		if unit == 1 {
			last = in.since(last)
		} else if d := in.uint(); d > uint64(vtime.Never-last)/unit {
			in.fail(errors.New("a time is beyond all times"))
		} else {
			last += vtime.Time(d * unit)
		}
		if list[i] = last; i == 0 && units {
			unit = max(1, in.uint())
		}
	}
}
