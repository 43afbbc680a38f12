package detmath

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
)

// split returns the double nearest to x and the one nearest to what it misses.
func split(x *big.Float) (hi, lo float64) {
	hi, _ = x.Float64()
	lo, _ = sub(x, num(hi)).Float64()
	return hi, lo
}

// splitAt is split with a hi of so many bits.
func splitAt(x *big.Float, bits uint) (hi, lo float64) {
	hi, _ = newBig(bits).Set(x).Float64()
	lo, _ = sub(x, num(hi)).Float64()
	return hi, lo
}

func TestExpTable(t *testing.T) {
	for i, e := range expTable {
		x := refExp(mul(bigLn2, num(float64(i)/128)))
		hi, _ := split(x)
		tail, _ := quo(sub(x, num(hi)), num(hi)).Float64()
		assert.Equal(t, expEntry{math.Float64bits(hi), tail}, e, "%d", i)
	}
	step := scale(bigLn2, -7)
	hi, lo := splitAt(step, 35)
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{ln2HiN, ln2LoN})
}

func TestLogTable(t *testing.T) {
	for i, e := range logTable {
		ln := refLog(num(e.inv))
		hi, lo := splitUnit(ln.Neg(ln))
		assert.Equal(t, logEntry{e.inv, hi, lo}, e, "%d", i)
		for _, edge := range []uint64{0, 1<<45 - 1} {
			z := math.Float64frombits(logOffset + uint64(i)<<45 + edge)
			assert.Less(t, math.Abs(z*e.inv-1), 0.00575, "%d", i)
		}
	}
	hi, lo := splitUnit(bigLn2)
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{ln2Hi, ln2Lo})
	hi, lo = splitAt(quo(num(1), bigLn2), 26)
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{invLn2Hi, invLn2Lo})
	hi, lo = splitAt(quo(num(1), bigLn10), 26)
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{invLn10Hi, invLn10Lo})
}

// splitUnit is split with a hi that is a multiple of 2^-42.
func splitUnit(x *big.Float) (hi, lo float64) {
	f, _ := x.Float64()
	hi = math.Ldexp(math.Round(math.Ldexp(f, 42)), -42)
	lo, _ = sub(x, num(hi)).Float64()
	return hi, lo
}

func TestSinTable(t *testing.T) {
	step := scale(bigPi, -6)
	for i, e := range sinTable {
		var want sinEntry
		switch i {
		case 0, 64:
		case 32:
			want.hi = 1
		case 96:
			want.hi = -1
		default:
			s, _ := refSincos(mul(step, num(float64(i))))
			want.hi, want.lo = splitAt(s, 26)
		}
		assert.Equal(t, want, e, "%d", i)
	}
	s1, _ := splitAt(step, 33)
	rest := sub(step, num(s1))
	s2, s3 := splitAt(rest, 33)
	assert.Equal(t, [3]float64{s1, s2, s3}, [3]float64{step1, step2, step3})
	hi, lo := split(step)
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{stepHi, stepLo})
}

func TestTurnBits(t *testing.T) {
	x := newBig(piPrec).Quo(newBig(piPrec).SetFloat64(0.5), bigPi)
	word := new(big.Int)
	mask := new(big.Int).SetUint64(math.MaxUint64)
	for i, w := range turnBits {
		n, _ := newBig(piPrec).SetMantExp(x, 64*i).Int(nil)
		assert.Equal(t, word.And(n, mask).Uint64(), w, "%d", i)
	}
}

func TestAtanTable(t *testing.T) {
	for i, e := range atanTable {
		var want atanEntry
		if i > 0 {
			want.hi, want.lo = split(refAtan(num(float64(i) / 64)))
		}
		assert.Equal(t, want, e, "%d", i)
	}
	hi, lo := split(newBig(refPrec).Set(bigPi))
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{piHi, piLo})
	hi, lo = split(halfPi())
	assert.Equal(t, [2]float64{hi, lo}, [2]float64{halfPiHi, halfPiLo})
}
