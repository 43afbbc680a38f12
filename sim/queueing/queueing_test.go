package queueing_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/queueing"
)

// must returns a state that there is no error about.
func must(s queueing.Steady, err error) queueing.Steady {
	if err != nil {
		panic(err)
	}
	return s
}

// digits wants a figure as it is printed: to half of its last digit.
func digits(t *testing.T, want, got, last float64, what string) {
	t.Helper()
	require.InDelta(t, want, got, last/2, what)
}

// Figures as textbooks print them.
func TestPrinted(t *testing.T) {
	for _, row := range []struct{ load, l, lq, lqd float64 }{{0.5, 1, 0.5, 0.25}, {0.8, 4, 3.2, 1.6}} {
		m, d := must(queueing.MM1(row.load, 1)), must(queueing.MD1(row.load, 1))
		require.InEpsilon(t, row.l, m.L, 1e-14)
		require.InEpsilon(t, row.lq, m.Lq, 1e-14)
		require.InEpsilon(t, row.lqd, d.Lq, 1e-14)
	}
	digits(t, 5.000e-3, must(queueing.MM1(800, 1000)).W, 1e-6, "M/M/1 W")
	digits(t, 3.000e-3, must(queueing.MD1(800, 1000)).W, 1e-6, "M/D/1 W")
	p99, err := queueing.SojournQuantile(800, 1000, 0.99)
	require.NoError(t, err)
	digits(t, 23.03e-3, p99, 0.01e-3, "M/M/1 p99")
	beyond, err := queueing.SojournBeyond(800, 1000, p99)
	require.NoError(t, err)
	require.InEpsilon(t, 0.01, beyond, 1e-12)
	b, err := queueing.ErlangB(5, 2)
	require.NoError(t, err)
	digits(t, 0.03670, b, 1e-5, "Erlang B")
	c, err := queueing.ErlangC(5, 2)
	require.NoError(t, err)
	digits(t, 0.0597, c, 1e-4, "Erlang C")
}

func TestBucket(t *testing.T) {
	b := queueing.TokenBucket{Burst: 100e3 * 8, Rate: 1e6}
	digits(t, 88.9e-3, b.Lasts(10e6), 0.1e-3, "burst")
	require.InEpsilon(t, b.Bound(b.Lasts(10e6)), 10e6*b.Lasts(10e6), 1e-14, "what a source sends by then is all that the bucket lets pass")
	require.Equal(t, 0.4, b.Delay(2e6))
	require.Equal(t, math.Inf(1), b.Delay(0.9e6))
	require.Equal(t, math.Inf(1), b.Lasts(1e6))
	require.NoError(t, b.Valid())
	require.ErrorContains(t, queueing.TokenBucket{Burst: -1}.Valid(), "token bucket")
	require.ErrorContains(t, queueing.TokenBucket{Rate: math.NaN()}.Valid(), "NaN")
}

func TestAloha(t *testing.T) {
	pure, err := queueing.Aloha(0.5)
	require.NoError(t, err)
	digits(t, 0.1839, pure, 1e-4, "pure")
	slotted, err := queueing.SlottedAloha(1)
	require.NoError(t, err)
	digits(t, 0.3679, slotted, 1e-4, "slotted")
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.Float64Range(0, 100).Draw(t, "load")
		p, _ := queueing.Aloha(g)
		s, _ := queueing.SlottedAloha(g)
		require.LessOrEqual(t, p, pure)
		require.LessOrEqual(t, s, slotted)
		require.LessOrEqual(t, p, s)
	})
}

// A queue that cannot keep up has no stationary state.
func TestOverload(t *testing.T) {
	for _, service := range []float64{1, 3, 49, 1e9 / 7} {
		for _, s := range []queueing.Steady{
			must(queueing.MM1(service, service)), must(queueing.MD1(2*service, service)),
			must(queueing.MMc(3*service, service, 3)), must(queueing.MG1(2, 1, 3)),
		} {
			for _, x := range []float64{s.L, s.Lq, s.W, s.Wq} {
				require.Equal(t, math.Inf(1), x)
			}
			require.Equal(t, 1.0, s.Busy)
		}
	}
	p, err := queueing.SojournQuantile(2, 1, 0.5)
	require.NoError(t, err)
	require.Equal(t, math.Inf(1), p)
	p, err = queueing.SojournBeyond(2, 1, 5)
	require.NoError(t, err)
	require.Equal(t, 1.0, p)
}

// What cannot be is an error that says so.
func TestMistakes(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	only := func(_ any, err error) error { return err }
	for i, err := range []error{
		only(queueing.MM1(-1, 1)), only(queueing.MM1(1, 0)), only(queueing.MM1(nan, 1)), only(queueing.MM1(1, inf)),
		only(queueing.MD1(inf, 1)), only(queueing.MG1(1, 1, 0.9)), only(queueing.MG1(1, 0, 1)), only(queueing.MG1(1, 1, nan)),
		only(queueing.MM1K(1, 1, 0)), only(queueing.MM1K(1, -1, 3)), only(queueing.ErlangB(-1, 1)), only(queueing.ErlangB(1<<30, 1)),
		only(queueing.ErlangB(1, -1)), only(queueing.ErlangC(0, 1)), only(queueing.MMc(1, 1, 0)), only(queueing.MMcc(1, nan, 1)),
		only(queueing.MGc(1, 1, 0, 1)), only(queueing.Aloha(-1)), only(queueing.SlottedAloha(nan)), only(queueing.SojournQuantile(1, 2, 1)),
		only(queueing.SojournBeyond(1, 2, -1)), only(queueing.Cobham([]queueing.Class{{1, 0, 1}})),
	} {
		require.Error(t, err, "%d", i)
	}
}

// A birth and death process over 0...n by its balance, the second way to each formula.
func balanced(n int, up, down func(i int) float64) []float64 {
	p := []float64{1}
	sum := 1.0
	for i := 1; i <= n; i++ {
		p = append(p, p[i-1]*up(i-1)/down(i))
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// requireBalanced wants a state to be that of a process with so many servers and places.
func requireBalanced(t require.TestingT, s queueing.Steady, arrival, service float64, servers, places int) {
	p := balanced(places, func(int) float64 { return arrival }, func(i int) float64 { return service * float64(min(i, servers)) })
	l, lq, busy := 0.0, 0.0, 0.0
	for i, share := range p {
		l += float64(i) * share
		lq += float64(max(0, i-servers)) * share
		busy += float64(min(i, servers)) * share / float64(servers)
	}
	loss := p[places]
	near := func(want, got float64, what string) { require.InDelta(t, want, got, 1e-9*max(1, want), what) }
	near(l, s.L, "L")
	near(lq, s.Lq, "Lq")
	near(busy, s.Busy, "Busy")
	near(l/(arrival*(1-loss)), s.W, "W")
	near(lq/(arrival*(1-loss)), s.Wq, "Wq")
	require.InDelta(t, loss, s.Loss, 1e-9, "Loss")
}

func TestAgainstBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		service := rapid.Float64Range(0.1, 10).Draw(t, "service")
		load := rapid.OneOf(rapid.Float64Range(0.01, 5), rapid.Float64Range(1-1e-6, 1+1e-6)).Draw(t, "load")
		servers := rapid.IntRange(1, 9).Draw(t, "servers")
		k := rapid.IntRange(1, 60).Draw(t, "k")
		requireBalanced(t, must(queueing.MM1K(load*service, service, k)), load*service, service, 1, k)
		requireBalanced(t, must(queueing.MMcc(load*service, service, servers)), load*service, service, servers, servers)
		least := math.Mod(load, 0.9) * float64(servers)
		requireBalanced(t, must(queueing.MMc((least+0.01)*service, service, servers)), (least+0.01)*service, service, servers, 4000)
	})
}

// Without limit there is no more difference between M/M/1/K and M/M/1.
func TestLimits(t *testing.T) {
	a, b := must(queueing.MM1(0.7, 1)), must(queueing.MM1K(0.7, 1, 400))
	require.InEpsilon(t, a.L, b.L, 1e-12)
	require.InEpsilon(t, a.Wq, b.Wq, 1e-12)
	one := must(queueing.MMc(0.7, 1, 1))
	require.InEpsilon(t, a.Wq, one.Wq, 1e-12)
	require.InEpsilon(t, 5.0, must(queueing.MM1K(1, 1, 10)).L, 1e-14)
	require.InEpsilon(t, 1e-12, must(queueing.MM1K(1e-12, 1, 10)).L, 1e-9)
	require.Zero(t, must(queueing.MM1K(0, 1, 10)).L)
	require.InEpsilon(t, 1-1e-300, must(queueing.MM1K(1e300, 1, 10)).Loss, 1e-12)
}

// Kleinrock's conservation law: the order of service moves waits between classes, and keeps
// the work that waits.
func TestCobhamConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		classes, reverse := make([]queueing.Class, n), make([]queueing.Class, n)
		rate, mean, second := 0.0, 0.0, 0.0
		for i := range classes {
			m := rapid.Float64Range(0.1, 3).Draw(t, "mean")
			c := queueing.Class{Arrival: rapid.Float64Range(0.01, 0.9).Draw(t, "share") / m / float64(n), Mean: m, Second: m * m * rapid.Float64Range(1, 5).Draw(t, "spread")}
			classes[i], reverse[n-1-i] = c, c
			rate, mean, second = rate+c.Arrival, mean+c.Arrival*c.Mean, second+c.Arrival*c.Second
		}
		whole := must(queueing.MG1(rate, mean/rate, second/rate))
		for _, order := range [][]queueing.Class{classes, reverse} {
			waits, err := queueing.Cobham(order)
			require.NoError(t, err)
			work := 0.0
			for i, c := range order {
				work += c.Arrival * c.Mean * waits[i]
				require.True(t, i == 0 || waits[i] >= waits[i-1])
			}
			require.InEpsilon(t, whole.Load*whole.Wq, work, 1e-9)
		}
	})
	waits, err := queueing.Cobham([]queueing.Class{{0.5, 1, 2}, {0.6, 1, 2}})
	require.NoError(t, err)
	require.InEpsilon(t, 2.2, waits[0], 1e-12, "a flood of the second class cannot make the first one wait longer than what is being served")
	require.Equal(t, math.Inf(1), waits[1])
}

func TestLittle(t *testing.T) {
	for _, s := range []queueing.Steady{must(queueing.MM1(0.3, 1)), must(queueing.MD1(0.8, 1)), must(queueing.MMc(3, 1, 4)), must(queueing.MG1(1, 0.5, 3))} {
		rate := s.L / s.W
		require.InEpsilon(t, s.L, queueing.Little(rate, s.W), 1e-14)
		require.InEpsilon(t, s.Lq, queueing.Little(rate, s.Wq), 1e-12)
	}
	s := must(queueing.MM1K(3, 1, 4))
	require.InEpsilon(t, s.L, queueing.Little(3*(1-s.Loss), s.W), 1e-12)
}
