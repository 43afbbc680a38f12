package check

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// In any time t at most b + r t messages pass, and a message is refused only where one
// more would have been too many in some time that ends with it.
func TestTokenBucketBound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := RateLimit{Every: vtime.Duration(rapid.Int64Range(1, 1000).Draw(t, "every")), Burst: rapid.Int64Range(1, 5).Draw(t, "burst")}
		s := NewState([]Guard{{Rules: []Rule{{Check: limit}}}})
		b := &bench{State: s, v: []float64{0}}
		var passed []vtime.Time
		now := vtime.Time(0)
		for _, gap := range rapid.SliceOfN(rapid.Int64Range(0, 1500), 1, 60).Draw(t, "gaps") {
			now += vtime.Time(gap)
			// Too many with this one, counted from some earlier that passed?
			many := false
			for i, from := range passed {
				tokens := float64(limit.Burst) + float64(now-from)/float64(limit.Every)
				many = many || float64(len(passed)-i+1) > tokens
			}
			ok := b.judge(&Offer{At: now}).Accept
			require.Equal(t, !many, ok, "%v after %v", now, passed)
			if ok {
				passed = append(passed, now)
			}
		}
	})
}

// A full bucket of b = 100 kB at r = 1 Mb/s lets a peak of p = 10 Mb/s through for
// b/(p-r) = 88.9 ms. A token is a byte, and each byte a message.
func TestTokenBucketBurst(t *testing.T) {
	s := newBench(t, Guard{Rules: []Rule{{Check: RateLimit{Every: Interval(125_000), Burst: 100_000}}}})
	const gap = 800 // ns, a byte at 10 Mb/s
	now := vtime.Time(0)
	for s.judge(&Offer{At: now}).Accept {
		now += gap
	}
	require.InDelta(t, 0.8e6/9e6, now.Seconds(), 2e-6)
	require.Less(t, s.Findings()[0].Measured, 1.0)
}

func TestInterval(t *testing.T) {
	for rate, want := range map[float64]vtime.Duration{
		10: 100 * vtime.Millisecond, 1.0 / 60: vtime.Minute, 3: 333333334, 0.3: 3333333334, 1e9: 1, 1.0 / 3600: vtime.Hour, 0.1: 10 * vtime.Second,
	} {
		require.Equal(t, want, Interval(rate), rate)
	}
}

// Each claimed sender has a bucket of its own; strangers share one.
func TestRateLimitPerSender(t *testing.T) {
	s := newBench(t, Guard{Senders: []int32{7, 3}, Rules: []Rule{{Check: RateLimit{Every: vtime.Second, Burst: 1, PerSender: true}}}})
	for _, c := range []struct {
		who int32
		ok  bool
	}{{3, true}, {7, true}, {3, false}, {99, true}, {-1, false}, {98, false}, {7, false}} {
		require.Equal(t, c.ok, s.judge(&Offer{At: 1, Claimed: c.who}).Accept, c.who)
	}
	require.Equal(t, Count{Passed: 3, Reacted: 4, First: 1}, s.Count(0, 0))
}

func TestFreshRefusesReplays(t *testing.T) {
	s := newBench(t, Guard{Lanes: 2, Rules: []Rule{{Check: Fresh{Counter: true, Window: vtime.Second}}}})
	at := func(seconds, sent float64, lane int32, counter uint64) bool {
		return s.judge(&Offer{At: vtime.Time(seconds * 1e9), Sent: vtime.Time(sent * 1e9), Lane: lane, Counter: counter}).Accept
	}
	require.True(t, at(1, 1, 0, 0)) // the first may bear any number, 0 too
	require.True(t, at(2, 2, 0, 5))
	require.False(t, at(2.5, 2, 0, 5)) // replayed as it was
	require.False(t, at(2.5, 2, 0, 3)) // overtaken
	require.True(t, at(2.5, 2, 1, 3))  // another lane
	require.False(t, at(3.1, 2, 0, 6)) // older than a second
	require.False(t, at(3.1, 4.2, 0, 6))
	require.True(t, at(3.1, 4.1, 0, 6)) // the failed ones used up nothing
	require.False(t, at(4, 4, 2, 99))   // a lane that there is not
	require.False(t, at(4, 4, -1, 99))
}

// The window of RFC 4303: late but new is fresh, up to so far back.
func TestFreshSlack(t *testing.T) {
	s := newBench(t, Guard{Lanes: 1, Rules: []Rule{{Check: Fresh{Counter: true, Slack: 63}}}})
	for _, c := range []struct {
		counter uint64
		ok      bool
	}{
		{100, true}, {98, true}, {98, false}, {99, true}, {100, false}, {37, true}, {36, false},
		{163, true}, {100, false}, {101, true}, {99, false}, {1 << 40, true}, {163, false}, {1<<40 - 63, true},
	} {
		require.Equal(t, c.ok, s.judge(&Offer{Counter: c.counter}).Accept, c.counter)
	}
}

func TestHoursAcrossMidnight(t *testing.T) {
	const h = vtime.Hour
	for _, c := range []struct {
		hours Hours
		at    vtime.Duration
		in    bool
	}{
		{Hours{8 * h, 17 * h}, 8 * h, true}, {Hours{8 * h, 17 * h}, 17*h - 1, true}, {Hours{8 * h, 17 * h}, 17 * h, false},
		{Hours{8 * h, 17 * h}, 8*h - 1, false}, {Hours{22 * h, 6 * h}, 23 * h, true}, {Hours{22 * h, 6 * h}, 0, true},
		{Hours{22 * h, 6 * h}, 6*h - 1, true}, {Hours{22 * h, 6 * h}, 6 * h, false}, {Hours{22 * h, 6 * h}, 22 * h, true},
		{Hours{22 * h, 6 * h}, 12 * h, false}, {Hours{}, 12 * h, true}, {Hours{8 * h, 24 * h}, 24*h - 1, true},
		{Hours{8 * h, 24 * h}, 24 * h, false}, {Hours{22 * h, 6 * h}, 49 * h, true}, {Hours{22 * h, 6 * h}, -1 * h, true},
	} {
		require.Equal(t, c.in, c.hours.Has(c.at), "%v in %v", c.at, c.hours)
	}
	// The run begins at 21:00, the shift at 22:00 and ends at 6:00.
	s := newBench(t, Guard{Daytime: 21 * h, Rules: []Rule{{Check: Authorise{Grants: []Grant{{Hours: Hours{22 * h, 6 * h}}}}}}})
	for hours, in := range map[vtime.Duration]bool{0: false, 1: true, 3: true, 8: true, 9: false, 24: false, 25: true, 33: false} {
		require.Equal(t, in, s.judge(&Offer{At: vtime.Time(hours * h)}).Accept, hours)
	}
}
