package expression

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"testing"

	"github.com/expr-lang/expr"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/simtest/trials"
)

// An integer is an expression of integers with its value, and the largest value
// on the way to it.
type integer struct {
	text           string
	value, largest *big.Int
}

func drawInteger(t *rapid.T, depth int) integer {
	if depth == 0 {
		n := rapid.OneOf(rapid.Int64Range(0, 9), rapid.Int64Range(0, 1<<40), rapid.Int64Range(0, math.MaxInt64)).Draw(t, "literal")
		return integer{strconv.FormatInt(n, 10), big.NewInt(n), big.NewInt(n)}
	}
	operand := func() integer { return drawInteger(t, rapid.IntRange(0, depth-1).Draw(t, "depth")) }
	x, y, z := operand(), operand(), new(big.Int)
	operator := rapid.SampledFrom([]string{"+", "-", "*"}).Draw(t, "operator")
	switch operator {
	case "+":
		z.Add(x.value, y.value)
	case "-":
		z.Sub(x.value, y.value)
	default:
		z.Mul(x.value, y.value)
	}
	largest := new(big.Int).Abs(z)
	for _, other := range []*big.Int{x.largest, y.largest} {
		if other.Cmp(largest) > 0 {
			largest = other
		}
	}
	return integer{"(" + x.text + " " + operator + " " + y.text + ")", z, largest}
}

var digits = regexp.MustCompile(`\d+`)

// Integers are exact up to 2^53. Beyond, expr's wrap around; here they are the
// nearest float64, as all numbers are.
func TestIntegersDoNotWrap(t *testing.T) {
	trials.Make(t, checks)
	exact, wrapped := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		x := drawInteger(t, rapid.IntRange(0, 4).Draw(t, "depth"))
		e, mistakes := Number(x.text, nil, alphabet)
		require.Empty(t, mistakes, x.text)
		got := e.Eval(nil, 0)
		program, err := expr.Compile(x.text, expr.Optimize(false))
		require.NoError(t, err)
		whole, err := expr.Run(program, nil)
		require.NoError(t, err)
		if x.largest.BitLen() <= 53 {
			exact++
			require.Equal(t, x.value.Int64(), int64(whole.(int)), x.text)
			require.Equal(t, float64(x.value.Int64()), got, x.text)
			return
		}
		if !x.value.IsInt64() {
			wrapped++
		}
		rounded, err := expr.Eval(digits.ReplaceAllString(x.text, "$0.0"), nil)
		require.NoError(t, err)
		require.Equal(t, rounded, got, x.text)
	})
	require.Greater(t, exact, 10)
	require.Greater(t, wrapped, 10)
}
