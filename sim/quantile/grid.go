package quantile

import (
	"math/bits"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Error is how far a quantile of a Sketch is from the exact order statistic at most, as a
// share of that.
const Error = 1.0 / 128

const (
	fine  = 6         // an octave is cut into 2^fine
	width = 1 << fine // buckets in a row
	rows  = 64 - fine
)

// place returns the row and the column of a delay's bucket. Row 0 has 0 to 63 ns, row 1
// 64 to 127, row 2 128 to 255, two each, and so on.
func place(d vtime.Duration) (row, column int) {
	x := uint64(d)
	if x < width {
		return 0, int(x)
	}
	row = bits.Len64(x) - fine
	return row, int(x>>(row-1)) % width
}

// middle returns the delay that stands for all in a bucket: half way between the least and
// the greatest of them.
func middle(row, column int) vtime.Duration {
	if row == 0 {
		return vtime.Duration(column)
	}
	shift := row - 1
	least := uint64(width+column) << shift
	return vtime.Duration(least + (1<<shift-1)/2)
}
