package harm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/harm"
)

// aegl are the levels of hydrogen fluoride, in ppm, and how bad each is at least.
var aegl = []struct {
	is     harm.Severity
	levels [5]float64
}{
	{harm.Slight, [5]float64{1, 1, 1, 1, 1}},
	{harm.Irreversible, [5]float64{95, 34, 24, 12, 12}},
	{harm.Death, [5]float64{170, 62, 44, 22, 22}},
}

// minutes are the times of the levels.
var minutes = [5]float64{10, 30, 60, 240, 480}

// judge is how bad some ppm of hydrogen fluoride are, breathed for so many minutes.
func judge(t require.TestingT, ppm, min float64) harm.Severity {
	fluoride, ok := harm.ToxinOf("hydrogen_fluoride")
	require.True(t, ok)
	if ppm*1e-6 < fluoride.Floor {
		return harm.None
	}
	s, _ := fluoride.Model().Of(fluoride.Load(ppm*1e-6) * min * 60)
	return s
}

// Whoever breathes as much as a level for as long is harmed as the level says, and at one of its times
// exactly then: 1 % less for as long is not.
func TestGuidelineLevels(t *testing.T) {
	for _, row := range aegl {
		exact := 0
		for i, ppm := range row.levels {
			assert.GreaterOrEqual(t, judge(t, ppm*(1+1e-9), minutes[i]), row.is, "%v ppm for %v min", ppm, minutes[i])
			if judge(t, ppm*0.99, minutes[i]) < row.is {
				exact++
			}
		}
		assert.Positive(t, exact, row.is.String())
	}
}

// Between the times nobody is harmed less than the table has it for a shorter time and less of the gas.
func TestBetweenGuidelineLevels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ppm, min := rapid.Float64Range(0.5, 300).Draw(t, "ppm"), rapid.Float64Range(1, 1000).Draw(t, "min")
		for _, row := range aegl {
			for i, level := range row.levels {
				if min >= minutes[i]*(1+1e-9) && ppm >= level {
					assert.GreaterOrEqual(t, judge(t, ppm, min), row.is)
				}
			}
		}
	})
}

// An hour at 44 ppm kills, at 24 ppm harms for good; 8 h at less than 1 ppm are nothing.
func TestHydrogenFluoride(t *testing.T) {
	assert.Equal(t, harm.Irreversible, judge(t, 43.8, 60))
	assert.Equal(t, harm.Death, judge(t, 43.9, 60))
	assert.Equal(t, harm.Slight, judge(t, 23.9, 60))
	assert.Equal(t, harm.Irreversible, judge(t, 24, 60))
	assert.Equal(t, harm.None, judge(t, 0.99, 480))
	assert.Equal(t, harm.None, judge(t, 1, 9.9))
	assert.Equal(t, harm.Slight, judge(t, 1, 10.1))
}
