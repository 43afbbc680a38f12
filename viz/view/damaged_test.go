package view_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/scene"
	"github.com/harmproof/harmproof/viz/view"
)

// paged returns a trace of ten pages of a second, with an event in each.
func paged(t *testing.T) []byte {
	h := &trace.Header{
		Scenario: "paged", Run: 10 * vtime.Time(vtime.Second), Devices: []trace.Device{{ID: "a", Kind: "gauge", Count: 1}},
		Kinds: []trace.Kind{{Name: "x", Type: "number"}}, Signals: []trace.Signal{{0, 0, 1}}, Steps: []trace.Step{{Name: "s", Kind: "fault"}},
	}
	var out bytes.Buffer
	w, err := trace.NewWriter(&out, h, nil)
	require.NoError(t, err)
	w.Begin([]float64{0})
	for at := range 10 * vtime.Time(vtime.Second) / vtime.Time(vtime.Millisecond) {
		now := at * vtime.Time(vtime.Millisecond)
		w.Change(now, 0, float64(at*at%9973)/7)
		if at%1000 == 500 {
			w.Event(&trace.Event{At: now, Kind: trace.StepApplied})
		}
		if at%1000 == 999 {
			w.Page(now)
		}
	}
	require.NoError(t, w.Close(&trace.Result{}, trace.End{At: h.Run, Complete: true}))
	return out.Bytes()
}

// lettered are the texts those that are drawn.
func lettered(l *draw.List) (list []string) {
	for i := range l.Shapes {
		list = append(list, l.Shapes[i].Text)
	}
	return list
}

// Who comes to where a trace is damaged is told so, and goes on; the story has what is left.
func TestDamaged(t *testing.T) {
	file := paged(t)
	for i := range 64 {
		file[len(file)/2+i] ^= 0x5a
	}
	x, err := trace.Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	story := scene.Of(x).Story
	require.Error(t, story.ReadAll())
	var told []vtime.Time
	for i := range story.Lines {
		told = append(told, story.Lines[i].At/vtime.Time(vtime.Second))
	}
	require.True(t, slices.IsSorted(told))
	require.Equal(t, []vtime.Time{0, 9}, []vtime.Time{told[0], told[len(told)-1]})
	require.GreaterOrEqual(t, len(told), 8)
	require.Less(t, len(told), 10)
	v, err := view.New([]*trace.Trace{x}, view.Options{})
	require.NoError(t, err)
	said := 0
	for at := vtime.Time(0); at < x.Last(); at += vtime.Time(100 * vtime.Millisecond) {
		v.Seek(at)
		require.NoError(t, v.Update(view.Input{Width: 1024, Height: 640, Scale: 1, Elapsed: 5e9}))
		var l draw.List
		v.Draw(&l)
		if slices.ContainsFunc(lettered(&l), func(s string) bool { return strings.HasPrefix(s, "What is so") }) {
			said++
		}
		require.Contains(t, lettered(&l), "DAMAGED, NOT ALL IS HERE")
	}
	require.InDelta(t, 10, said, 2, "a page of ten")
}
