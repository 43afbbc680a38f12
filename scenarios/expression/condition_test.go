package expression

import (
	"math"
	"testing"

	"github.com/harmproof/harmproof/sim/signal"
	"github.com/stretchr/testify/require"
)

var inf = math.Inf(1)

var conditionTests = []struct {
	text   string
	holds  bool
	margin float64
	atom   string // that decides
}{
	{"tower.level < 3", true, 1, "tower.level < 3"},
	{"tower.level > 3", false, -1, "tower.level > 3"},
	{"tower.level <= 2", true, 0, "tower.level <= 2"},
	{"tower.level < 2", false, 0, "tower.level < 2"},
	{"tower.level == 3", false, -1, "tower.level == 3"},
	{"tower.level != 3", true, 1, "tower.level != 3"},
	{"tower.level == 2", true, 0, "tower.level == 2"},
	{"pump.on", true, inf, "pump.on"},
	{"not pump.on", false, -inf, "pump.on"},
	{"tower.level < 3 and tower.level > 1.5", true, 0.5, "tower.level > 1.5"},
	{"(tower.level < 3 and (tower.level) > (1.5))", true, 0.5, "(tower.level) > (1.5)"},
	{"tower.level < 3 or tower.level < 4", true, 2, "tower.level < 4"},
	{"not (tower.level < 3 or pump.on)", false, -inf, "pump.on"},
	{"1 < tower.level < 2.5", true, 0.5, "tower.level < 2.5"},
	{"tower.level in 1..2.5", true, 0.5, "tower.level <= 2.5"},
	{"tower.level not in 1..2.5", false, -0.5, "tower.level <= 2.5"},
	{"x in [1, 2.5, 7]", false, -0.5, "x == 2.5"},
	{`valve.state in ["open", "closed"]`, true, inf, `valve.state in ["open", "closed"]`},
	{`valve.state not in ["open", "closed"]`, false, -inf, `valve.state not in ["open", "closed"]`},
	{`valve.state == "open"`, true, inf, `valve.state == "open"`},
	{`"open" != valve.state`, false, -inf, `"open" != valve.state`},
	{"valve.state == other.state", false, -inf, "valve.state == other.state"},
	{"plc.program != plc.golden", false, -inf, "plc.program != plc.golden"},
	{"implies(tower.level > 1, tower.level < 2.25)", true, 0.25, "tower.level < 2.25"},
	{"implies(tower.level > 5, tower.level < 1)", true, 3, "tower.level > 5"},
	{"iff(x > 1, y > 0)", false, -2, "x > 1"},
	{"xor(x > 1, y > 0.5)", true, 2, "x > 1"},
	{"(x > 1) == (y > 0)", false, -2, "x > 1"},
	{"pump.on == plc.alarm", false, -inf, "pump.on"},
	{"pump.on != false", true, inf, "pump.on"},
	{"false == pump.on", false, -inf, "pump.on"},
	{"pump.on ? x > 2 : x > 5", true, 1, "x > 2"},
	{"if(tower.level > 1.75, x > 2, x > 5)", true, 0.25, "tower.level > 1.75"},
	{"all(drive.speed < 4.5)", true, 0.5, "all(drive.speed < 4.5)"},
	{"any(drive.speed > 3.5)", true, 0.5, "any(drive.speed > 3.5)"},
	{"all(drive.on)", false, -inf, "all(drive.on)"},
	{"count(drive.on) >= 2", true, 1, "count(drive.on) >= 2"},
	{"true", true, inf, "true"},
	{"1 < 2", true, 1, "1 < 2"},
	{`abs(gauge.level - tower.level) < "20 mm"`, false, -0.78, `abs(gauge.level - tower.level) < "20 mm"`},
}

func TestConditions(t *testing.T) {
	for _, test := range conditionTests {

		w := newWorld()
		c, mistakes := Condition(test.text, w)
		require.Empty(t, mistakes, test.text)
		require.Equal(t, test.text, c.Text)
		require.Equal(t, test.holds, c.Holds(w.column, 0), test.text)
		margin, atom := c.Decide(w.column, 0)
		require.Equal(t, margin, c.Margin(w.column, 0), test.text)
		if math.IsInf(test.margin, 0) {
			require.Equal(t, test.margin, margin, test.text)
		} else {
			require.InDelta(t, test.margin, margin, 1e-12, test.text)
		}
		require.False(t, margin == 0 && math.Signbit(margin), "%s: -0", test.text)
		require.Equal(t, test.atom, c.Atoms[atom].Text, test.text)
	}
}

func TestAtoms(t *testing.T) {
	w := newWorld()
	c, mistakes := Condition(`gauge.level - 200 > 900 and (pump.on or 1 < tower.level < tower.height)`, w)
	require.Empty(t, mistakes)
	require.Len(t, c.Atoms, 4)
	gauge, pump, low, high := c.Atoms[0], c.Atoms[1], c.Atoms[2], c.Atoms[3]

	require.Equal(t, "mm", gauge.Unit.Symbol)
	require.InDelta(t, 0.1, gauge.Gap(w.column, 0), 1e-12)
	require.False(t, gauge.Continuous)
	require.Nil(t, pump.Gap)
	require.Equal(t, []signal.Read{{Slot: w.symbols["pump.on"].Slot, Count: 1}}, pump.Reads)
	require.Equal(t, "1 < tower.level", low.Text)
	require.Equal(t, -1.0, low.Gap(w.column, 0)) // left minus right
	require.Equal(t, "tower.level < tower.height", high.Text)
	require.Equal(t, -2.0, high.Gap(w.column, 0))
	require.True(t, high.Continuous)
	require.Len(t, high.Reads, 2)

	require.True(t, c.Continuous)
	require.Len(t, c.Reads, 4) // tower.level is read twice
}

func TestAtomsOfMembers(t *testing.T) {
	w := newWorld()
	base := w.symbols["drive.speed"].Slot
	c, mistakes := Condition("count(drive.speed > 2) > 1 and all(drive.speed < 9)", w)
	require.Empty(t, mistakes)
	require.Len(t, c.Atoms, 1+fleetSize+1)
	require.Equal(t, "drive.speed > 2 of member 3", c.Atoms[4].Text)
	require.Equal(t, 2.0, c.Atoms[4].Gap(w.column, 0))
	require.Equal(t, []signal.Read{{Slot: base + 3, Count: 1}}, c.Atoms[4].Reads)
	require.Equal(t, -5.0, c.Atoms[5].Gap(w.column, 0))
	require.Equal(t, []signal.Read{{Slot: base, Count: fleetSize}}, c.Atoms[5].Reads)
	_, atom := c.Decide(w.column, 0)
	require.Equal(t, 0, atom)
}

func TestNaN(t *testing.T) {
	w := newWorld()
	w.column[w.symbols["x"].Slot] = math.NaN()
	for text, holds := range map[string]bool{
		"x < 1": false, "x >= 1": false, "x == x": false, "x != x": true, "not (x < 1)": true,
		"x in 1..2": false, "x in [1, 2]": false, "max(x, 1) > 0": false, "0 / 0 * x > 1": false,
	} {
		c, mistakes := Condition(text, w)
		require.Empty(t, mistakes, text)
		require.Equal(t, holds, c.Holds(w.column, 0), text)
		sign := -1
		if holds {
			sign = 1
		}
		require.Equal(t, math.Inf(sign), c.Margin(w.column, 0), text)
	}
}

func TestInfinitiesAreEqual(t *testing.T) {
	w := newWorld()
	w.column[w.symbols["x"].Slot] = math.Inf(1)
	w.column[w.symbols["y"].Slot] = math.Inf(1)
	c, mistakes := Condition("x <= y", w)
	require.Empty(t, mistakes)
	require.True(t, c.Holds(w.column, 0))
	require.Equal(t, 0.0, c.Margin(w.column, 0))
}

func TestNothingIsAllocated(t *testing.T) {
	w := newWorld()
	c, mistakes := Condition(`tower.level < 0.8 && pump.on or 1 < x < 5 and all(drive.speed < 4) or x ^ 1.5 + sin(time) > 3 or valve.state in ["open"]`, w)
	require.Empty(t, mistakes)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c.Holds(w.column, 0)
		c.Margin(w.column, 0)
		c.Decide(w.column, 0)
		for _, a := range c.Atoms {
			if a.Gap != nil {
				a.Gap(w.column, 0)
			}
		}
	}))
}
