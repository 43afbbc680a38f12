package window

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/draw"
)

func TestDoublePress(t *testing.T) {
	var p presses
	at := draw.Point{X: 10, Y: 10}
	require.False(t, p.double(0, at), "the first")
	require.True(t, p.double(100*time.Millisecond, at))
	require.False(t, p.double(200*time.Millisecond, at), "a third begins anew")
	require.True(t, p.double(300*time.Millisecond, at))
	require.False(t, p.double(2*time.Second, at))
	require.False(t, p.double(2*time.Second+soon+1, at), "too late")
	require.False(t, p.double(2*time.Second+soon+2, draw.Point{X: 17, Y: 10}), "too far")
}

func TestHeldKeyRepeats(t *testing.T) {
	var r repeats
	require.True(t, r.due(3, true, true, 0))
	count := 0
	for now := 10 * time.Millisecond; now <= time.Second; now += 10 * time.Millisecond {
		if r.due(3, true, false, now) {
			count++
		}
		require.False(t, r.due(4, false, false, now), "another key")
	}
	require.Equal(t, int((time.Second-delay)/period)+1, count)
	require.False(t, r.due(3, false, false, time.Second))
	require.False(t, r.due(3, true, false, 2*time.Second), "it was not pressed again")
}
