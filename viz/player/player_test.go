package player_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/player"
)

const second = vtime.Time(vtime.Second)

// It opens paused, five seconds before the first violation, or as near to that as can be.
func TestOpens(t *testing.T) {
	for _, x := range []struct {
		violations []vtime.Time
		now        vtime.Time
	}{{nil, 0}, {[]vtime.Time{60 * second, 70 * second}, 55 * second}, {[]vtime.Time{2 * second}, 0}} {
		p := player.New(0, 100*second, x.violations)
		require.False(t, p.Playing)
		require.Equal(t, x.now, p.Now)
		require.Equal(t, 1.0, p.Speed)
	}
}

// However long the frames are, what has been played is what has passed times the speed: no
// part of a nanosecond is lost.
func TestFramesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const end = vtime.Time(1) << 50
		p := player.New(0, end, nil)
		p.SetSpeed(rapid.SampledFrom([]float64{1.0 / 64, 0.25, 0.5, 1, 4, 512}).Draw(t, "speed")) // exact in binary
		p.Toggle()
		passed := time.Duration(0)
		for _, frame := range rapid.SliceOfN(rapid.IntRange(0, 50_000_000), 1, 60).Draw(t, "frames") {
			p.Advance(time.Duration(frame))
			passed += time.Duration(frame)
		}
		require.Equal(t, vtime.Time(math.Floor(float64(passed)*p.Speed)), p.Now)
		require.True(t, p.Playing)
	})
}

// At the end it pauses; from there it plays from the start.
func TestEnd(t *testing.T) {
	p := player.New(second, 3*second, nil)
	p.Toggle()
	p.Advance(math.MaxInt64)
	require.Equal(t, 3*second, p.Now)
	require.False(t, p.Playing)
	p.Toggle()
	require.Equal(t, second, p.Now)
	require.True(t, p.Playing)
	p.Advance(-time.Hour)
	require.Equal(t, second, p.Now)
}

// Seeking plays on, within what there is; steps pause.
func TestSeekAndStep(t *testing.T) {
	p := player.New(0, 10*second, nil)
	p.Toggle()
	p.Seek(-second)
	require.Zero(t, p.Now)
	p.Seek(vtime.Never)
	require.Equal(t, 10*second, p.Now)
	require.True(t, p.Playing)
	p.Step(-3 * vtime.Second)
	require.Equal(t, 7*second, p.Now)
	require.False(t, p.Playing)
	p.Step(vtime.Duration(vtime.Never))
	require.Equal(t, 10*second, p.Now)
}

// Speeds go from a hundredth to a thousand, each step about twice the one before.
func TestSpeeds(t *testing.T) {
	p := player.New(0, second, nil)
	for range 50 {
		p.Faster(-1)
	}
	require.Equal(t, player.Slowest, p.Speed)
	steps := 0
	for before := 0.0; p.Speed > before; steps++ {
		before = p.Speed
		p.Faster(1)
		if p.Speed > before {
			require.InDelta(t, 2.2, p.Speed/before, 0.31)
		}
	}
	require.Equal(t, float64(player.Fastest), p.Speed)
	require.Equal(t, 16, steps)
	for _, x := range [][2]float64{{math.NaN(), 1000}, {math.Inf(1), 1000}, {-1, 0.01}, {3, 3}} {
		p.SetSpeed(x[0])
		require.Equal(t, x[1], p.Speed)
	}
	p.Faster(1)
	require.Equal(t, 5.0, p.Speed, "from 3")
	p.SetSpeed(3)
	p.Faster(-1)
	require.Equal(t, 2.0, p.Speed)
}

// Next and previous lead through what happened, both from in between and from there.
func TestSkips(t *testing.T) {
	p := player.New(0, 100*second, []vtime.Time{20 * second})
	p.Events = []vtime.Time{10 * second, 20 * second, 30 * second}
	p.Seek(15 * second)
	p.Toggle()
	require.True(t, p.NextEvent())
	require.False(t, p.Playing)
	require.Equal(t, 20*second, p.Now)
	require.True(t, p.NextEvent())
	require.False(t, p.NextEvent())
	require.Equal(t, 30*second, p.Now)
	require.True(t, p.PreviousViolation())
	require.Equal(t, 20*second, p.Now)
	require.False(t, p.PreviousViolation())
	require.False(t, p.NextViolation())
	require.True(t, p.PreviousEvent())
	require.Equal(t, 10*second, p.Now)
	require.False(t, p.PreviousEvent())
	require.Equal(t, 10*second, p.Now)
}

// It goes from harm to harm, and says where there is no more.
func TestInjuries(t *testing.T) {
	p := player.New(0, 100*second, nil)
	require.False(t, p.NextInjury())
	p.Injuries = []vtime.Time{20 * second, 30 * second}
	p.Toggle()
	require.True(t, p.NextInjury())
	require.Equal(t, 20*second, p.Now)
	require.False(t, p.Playing)
	require.True(t, p.NextInjury())
	require.False(t, p.NextInjury())
	require.Equal(t, 30*second, p.Now)
	require.True(t, p.PreviousInjury())
	require.False(t, p.PreviousInjury())
	require.Equal(t, 20*second, p.Now)
}
