package tally_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/tally"
)

// A Sum is what package math/big makes of the same summands, in any order.
func TestAgainstBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.Uint64Range(0, math.MaxUint64/1000), 2, 40).Draw(t, "x")
		var forth, back, left, right tally.Sum
		want := new(big.Int)
		for i := 1; i < len(pairs); i++ {
			x, y := pairs[i-1], pairs[i]
			want.Add(want, new(big.Int).Mul(new(big.Int).SetUint64(x), new(big.Int).SetUint64(y)))
			want.Add(want, new(big.Int).SetUint64(x))
			forth.AddTimes(x, y)
			forth.Add(x)
			half := &left
			if i%2 == 0 {
				half = &right
			}
			half.AddTimes(x, y)
			half.Add(x)
		}
		for i := len(pairs) - 1; i > 0; i-- {
			back.Add(pairs[i-1])
			back.AddTimes(pairs[i], pairs[i-1])
		}
		left.Join(right)
		require.Equal(t, forth, back)
		require.Equal(t, forth, left)
		exact, _ := new(big.Float).SetInt(want).Float64()
		require.InEpsilon(t, exact+1, forth.Float64()+1, 1e-15)
		n := rapid.Uint64Range(1, math.MaxUint64).Draw(t, "n")
		mean, _ := new(big.Rat).SetFrac(want, new(big.Int).SetUint64(n)).Float64()
		require.InDelta(t, mean, forth.Over(n), 4e-16*mean)
	})
	require.Zero(t, tally.Sum{}.Over(0))
}

func TestKept(t *testing.T) {
	var s, again tally.Sum
	s.AddTimes(math.MaxUint64, 12345)
	a := snapshot.New(0)
	s.Archive(a)
	r := snapshot.Of(a.Bytes())
	again.Archive(r)
	r.Done()
	require.NoError(t, r.Err())
	require.Equal(t, s, again)
}
