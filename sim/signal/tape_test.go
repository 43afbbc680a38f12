package signal

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The window of a tape is the last Span before the stop; it is played in a loop.
func TestTapeLoops(t *testing.T) {
	tape := &Tape{Span: 10 * vtime.Second}
	for i := range vtime.Time(100) {
		tape.Record(i*second, float64(i))
	}
	tape.Stop(100 * second)
	for i := range vtime.Duration(35) {
		require.Equal(t, float64(90+i%10), tape.Play(i*vtime.Second, -1), "after %d s", i)
		require.Equal(t, float64(90+i%10), tape.Play(i*vtime.Second+vtime.Second-1, -1), "just before the next")
	}
	require.False(t, tape.Cut())
}

// What held where the window begins was told before it.
func TestTapeBeginsWithWhatHeld(t *testing.T) {
	tape := &Tape{Span: 10 * vtime.Second}
	tape.Record(0, 1)
	tape.Record(50*second, 2)
	tape.Record(95*second, 3)
	tape.Stop(100 * second)
	require.Equal(t, 2.0, tape.Play(0, -1))
	require.Equal(t, 2.0, tape.Play(5*vtime.Second-1, -1))
	require.Equal(t, 3.0, tape.Play(5*vtime.Second, -1))
	require.Equal(t, 2.0, tape.Play(10*vtime.Second, -1))
}

// A window that would begin before the run is as long as the run was.
func TestTapeWindowBeforeTheStart(t *testing.T) {
	tape := &Tape{Span: vtime.Hour}
	tape.Record(2*second, 7)
	tape.Record(3*second, 8)
	tape.Stop(4 * second)
	require.Equal(t, 7.0, tape.Play(0, -1), "the first value, before it was told")
	require.Equal(t, 8.0, tape.Play(3*vtime.Second, -1))
	require.Equal(t, 7.0, tape.Play(4*vtime.Second, -1), "looped after 4 s")
	require.Equal(t, 8.0, tape.Play(7*vtime.Second, -1))
}

func TestTapeWithoutRecording(t *testing.T) {
	tape := &Tape{Span: vtime.Second}
	require.Equal(t, -1.0, tape.Play(3, -1))
	tape.Stop(0) // at the very start
	tape.Record(0, 5)
	tape.Record(1, 6)
	require.Equal(t, -1.0, tape.Play(3, -1), "what comes after the stop is not recorded")
}

// A tape that is stopped stays as it is, to be played many times.
func TestTapeStopsOnce(t *testing.T) {
	tape := &Tape{Span: 2 * vtime.Second}
	tape.Record(0, 1)
	tape.Record(1*second, 2)
	tape.Stop(2 * second)
	tape.Record(3*second, 9)
	tape.Stop(8 * second)
	require.Equal(t, 1.0, tape.Play(0, -1))
	require.Equal(t, 2.0, tape.Play(vtime.Second, -1))
}

func TestTapeIsCut(t *testing.T) {
	tape := &Tape{Span: vtime.Hour}
	for i := range vtime.Time(MaxTape + 5) {
		tape.Record(i, float64(i))
	}
	require.True(t, tape.Cut())
	tape.Stop(MaxTape + 5)
	require.Equal(t, 5.0, tape.Play(0, -1))
	require.LessOrEqual(t, len(tape.times), MaxTape+6)
}

// A tape of a long run keeps no more than its window.
func TestTapeMemory(t *testing.T) {
	tape := &Tape{Span: 100}
	for i := range vtime.Time(200_000) {
		tape.Record(i, float64(i))
	}
	require.Less(t, cap(tape.times), 5000)
}

func TestTapeAgainstNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tape := &Tape{Span: vtime.Duration(rapid.IntRange(0, 100).Draw(t, "span"))}
		times := rapid.SliceOfN(rapid.IntRange(0, 200), 0, 60).Draw(t, "times")
		slices.Sort(times)
		stop := 200
		if len(times) > 0 {
			stop = times[len(times)-1] + rapid.IntRange(0, 50).Draw(t, "later")
		}
		for i, at := range times {
			tape.Record(vtime.Time(at), float64(i))
		}
		tape.Stop(vtime.Time(stop))
		after := rapid.IntRange(0, 500).Draw(t, "after")
		want, span := -1.0, min(int(tape.Span), stop)
		at := stop - span
		if span > 0 {
			at += after % span
		}
		for i := len(times) - 1; i >= 0; i-- {
			if want = float64(i); times[i] <= at {
				break
			}
		}
		require.Equal(t, want, tape.Play(vtime.Duration(after), -1))
	})
}
