package data

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// What many rows remember is bounded, few remember as much as ever; and no item is lost by that, nor when it came.
func TestCondense(t *testing.T) {
	require.Equal(t, maxSpans, spansEach(250_000), "of a hundred thousand devices nothing changes")
	for _, rows := range []int{1_000_000, 2_500_000, 10_000_000} {
		require.LessOrEqual(t, spansEach(rows), max(fewSpans, spansOfAll/rows))
		require.GreaterOrEqual(t, spansEach(rows), fewSpans)
	}
	var all, few row
	for i := range 100 {
		at := vtime.Time(i) * vtime.Time(vtime.Hour)
		span := Span{From: at, To: at.Add(30 * vtime.Minute), N: uint64(1 + i%3), Via: int32(i % 2)}
		all.add(span, vtime.Minute)
		few.add(span, vtime.Minute)
		few.condense(fewSpans)
		require.LessOrEqual(t, len(few.older), fewSpans)
		require.Equal(t, all.held(), few.held())
		from, to := all.extent()
		first, last := few.extent()
		require.Equal(t, [2]vtime.Time{from, to}, [2]vtime.Time{first, last})
	}
	sum := few.last.N
	for _, s := range few.older {
		sum += s.N
	}
	require.Equal(t, few.held(), sum)
	require.Equal(t, all.spans()[maxSpans-1:], few.spans()[fewSpans-1:], "the latest are as they were")
}
