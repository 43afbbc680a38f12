//go:build !js

package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

func TestLinks(t *testing.T) {
	for text, want := range map[string]float64{
		"t=12m49s": 769, "#t=769.348": 769.348, "t=0": 0, "t=1d2h": 93600, "x=1&t=5s&select=a": 5,
		"": -1, "t=": -1, "t=-5": -1, "t=soon": -1, "t=1e30": -1, "t=NaN": -1, "%zz": -1,
	} {
		got := -1.0
		if l := parseLink(text); l.at != nil {
			got = l.at.Seconds()
		}
		assert.InDelta(t, want, got, 1e-9, text)
	}
	assert.Equal(t, []string{"tower", "pump.flow"}, parseLink("select=tower,%20pump.flow,,").chosen)
	at := vtime.Time(769_348_000_001)
	o := options{at: &at, chosen: []string{"a.b", "c d"}}
	back := parseLink(o.link())
	assert.Equal(t, at.Seconds(), back.at.Seconds())
	assert.Equal(t, o.chosen, back.chosen)
}

func TestOptionsThatAreRefused(t *testing.T) {
	for _, x := range []struct{ say, arg string }{
		{"1280x800", "-size=big"}, {"200 to 8192", "-size=10x10"}, {"200 to 8192", "-size=100000x100"}, {"1280x800", "-size=800x600x2"},
		{"12m49s", "-at=noon"}, {"dark and light", "-theme=pink"}, {"1 to 120", "-fps=1000"}, {"65535", "-port=70000"}, {"harmproof help replay", "-nonsense"},
	} {
		_, err := parseOptions([]string{x.arg, "run.mcap"})
		require.ErrorContains(t, err, x.say, x.arg)
	}
	_, err := parseOptions([]string{"-from=2m", "-to=1m", "run.mcap"})
	require.ErrorContains(t, err, "--from is not before --to")
	_, err = parseOptions([]string{"a", "b", "c"})
	require.ErrorContains(t, err, "one trace, or two")
}

func TestDisplay(t *testing.T) {
	none := func(string) string { return "" }
	x11 := func(name string) string { return map[string]string{"DISPLAY": ":0"}[name] }
	assert.False(t, hasDisplay("linux", none))
	assert.False(t, hasDisplay("freebsd", none))
	assert.True(t, hasDisplay("linux", x11))
	assert.True(t, hasDisplay("darwin", none))
	assert.True(t, hasDisplay("windows", none))
}

// What is to be chosen is in one of the traces.
func TestChoosable(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	o := options{chosen: []string{"tower", "pump.running"}}
	require.NoError(t, o.choosable([]*opened{x}))
	o.chosen = append(o.chosen, "towr.level")
	assert.ErrorContains(t, o.choosable([]*opened{x}), `"towr.level" is no device, and there is no device of signal "towr.level"`)
	o.chosen[2] = "tower.levl"
	assert.ErrorContains(t, o.choosable([]*opened{x}), "tower.level")
}

// A time that is not in the run is said to be none, and the nearest is taken; one that is stays.
func TestTimesBeyondTheRun(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	late, within, last := vtime.Time(99*vtime.Hour), vtime.Time(vtime.Minute), x.Last()
	var said strings.Builder
	o := options{at: &late, from: &within, to: &last}
	o.clamp([]*opened{x}, &said)
	assert.Equal(t, "note: --at is 4d03h00m00.000s, and the run ends at "+x.Last().Short()+": that is taken\n", said.String())
	assert.Equal(t, []vtime.Time{x.Last(), vtime.Time(vtime.Minute), x.Last()}, []vtime.Time{*o.at, *o.from, *o.to})
}
