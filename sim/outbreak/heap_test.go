package outbreak

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The calendar is a list in the order of times and then of numbers, whatever is put in, put
// off and taken out.
func TestHeapIsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "entries")
		var h heap
		h.init(n)
		var list []due
		for range rapid.IntRange(1, 200).Draw(t, "steps") {
			e := int32(rapid.IntRange(0, n-1).Draw(t, "entry"))
			at := vtime.Time(rapid.IntRange(0, 30).Draw(t, "time"))
			if rapid.IntRange(0, 3).Draw(t, "out") == 0 {
				at = vtime.Never
			}
			if rapid.Bool().Draw(t, "first") && len(list) > 0 {
				e = list[0].entry
			}
			h.set(e, at)
			list = slices.DeleteFunc(list, func(d due) bool { return d.entry == e })
			if at != vtime.Never {
				list = append(list, due{at, e})
			}
			slices.SortFunc(list, func(a, b due) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.entry, b.entry)) })
			require.Equal(t, at, h.time(e))
			require.Len(t, h.order, len(list))
			if len(list) == 0 {
				require.Equal(t, vtime.Never, h.least())
			} else {
				require.Equal(t, list[0], h.order[0])
				require.Equal(t, list[0].at, h.least())
			}
		}
		for _, d := range list {
			require.Equal(t, d, h.order[0])
			h.set(d.entry, vtime.Never)
		}
		require.Empty(t, h.order)
	})
}
