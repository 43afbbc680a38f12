//go:build !js

package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

func TestWhatFitsIsNotThinned(t *testing.T) {
	o := recorded(t, "tower/spoofed-gauge")
	x, err := thin(o.Trace, o.file, o.size, int(o.size))
	require.NoError(t, err)
	assert.Len(t, x.data, int(o.size))
	assert.Empty(t, x.note)
}

// A thinned trace has room for less, says so, and lies nowhere: at its times, and at all
// events, physical values are those of the whole one, and who is told a lie there is told
// one here.
func TestThinned(t *testing.T) {
	o := recorded(t, "swat/attack-01")
	room := int(o.size) / 2
	x, err := thin(o.Trace, o.file, o.size, room)
	require.NoError(t, err)
	require.LessOrEqual(t, len(x.data), room)
	small, err := trace.Open(bytes.NewReader(x.data), int64(len(x.data)))
	require.NoError(t, err)
	require.NoError(t, small.Warning)
	assert.Contains(t, small.Header.About, x.note)
	assert.Equal(t, o.Result, small.Result)

	whole, thinned := scene.Of(o.Trace), scene.Of(small)
	require.NoError(t, whole.Story.ReadAll())
	require.NoError(t, thinned.Story.ReadAll())
	require.Equal(t, whole.Story.Lines, thinned.Story.Lines)
	times := []vtime.Time{o.Last()}
	for at := x.every; vtime.Time(at) < o.Last(); at += 7 * x.every {
		times = append(times, vtime.Time(at))
	}
	for _, l := range whole.Story.Lines {
		times = append(times, l.At)
	}
	told := map[int]bool{}
	for _, pair := range heard(o.Trace) {
		told[pair[1]] = true
	}
	lies := 0
	for _, at := range times {
		a, err := whole.At(at, 0)
		require.NoError(t, err)
		b, err := thinned.At(at, 0)
		require.NoError(t, err)
		for cell := range a.Values {
			if !told[cell] {
				require.Equal(t, a.Values[cell], b.Values[cell], "%s at %v", o.Path(cell), at)
			}
		}
		require.Equal(t, a.False, b.False, "lies at %v", at)
		lies += len(a.False)
	}
	t.Logf("%d bytes of %d, every %v; %d times looked at, %d lies", len(x.data), o.size, x.every, len(times), lies)
}

// Lies are lies in a thinned trace, too, and only those.
func TestThinnedLies(t *testing.T) {
	o := recorded(t, "broker/retained-spoof")
	const every = vtime.Time(3 * vtime.Second)
	x := newSampler(o.Trace, every)
	data, err := x.write(1 << 20)
	require.NoError(t, err)
	small, err := trace.Open(bytes.NewReader(data), int64(len(data)))
	require.NoError(t, err)
	whole, thinned := scene.Of(o.Trace), scene.Of(small)
	lies := 0
	for at := every; at < o.Last(); at += 5 * every {
		a, err := whole.At(at, 0)
		require.NoError(t, err)
		want := append([]scene.Lie(nil), a.False...)
		b, err := thinned.At(at, 0)
		require.NoError(t, err)
		require.Equal(t, want, append([]scene.Lie(nil), b.False...), "lies at %v", at)
		lies += len(want)
	}
	assert.NotZero(t, lies)
}

func TestTooMuchForAPage(t *testing.T) {
	o := recorded(t, "tower/spoofed-gauge")
	_, err := thin(o.Trace, o.file, o.size, 1000)
	require.ErrorContains(t, err, "--serve")
}
