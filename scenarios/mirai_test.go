package scenarios

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A curve records one signal, in seconds.
type curve struct {
	sim.Silent
	path      string
	slot      signal.Slot
	at, value []float64
}

func (c *curve) Begin(_ vtime.Time, signals *sim.Signals, values []float64) {
	for s := range signals.All() {
		if s.Path() == c.path {
			c.slot, c.at, c.value = s.Slot, []float64{0}, []float64{values[s.Slot]}
		}
	}
}

func (c *curve) Change(at vtime.Time, slot signal.Slot, value float64) {
	if slot == c.slot {
		c.at, c.value = append(c.at, at.Seconds()), append(c.value, value)
	}
}

// reaches returns when the curve first comes to a value.
func (c *curve) reaches(value float64) float64 {
	return c.at[slices.IndexFunc(c.value, func(x float64) bool { return x >= value })]
}

// integral is the area under a curve of steps between two times.
func (c *curve) integral(from, to float64) (sum float64) {
	for i := range c.at {
		until := to
		if i+1 < len(c.at) {
			until = c.at[i+1]
		}
		if d := min(until, to) - max(c.at[i], from); d > 0 {
			sum += d * c.value[i]
		}
	}
	return sum
}

// botnet runs a scenario of the library as it is expected to run, with the curve of one of its
// signals.
func botnet(t *testing.T, name, path string) (*sim.Result, *curve) {
	t.Helper()
	s, err := Load(name)
	require.NoError(t, err)
	c := &curve{path: path}
	r, err := sim.Run(context.Background(), s.Plan, sim.Record(c))
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
	return r, c
}

// What was published of Mirai: 75 minutes to double, 600 000 hosts at most.
const (
	doubling = 75 * 60.0
	mirais   = 600_000.0
	growth   = math.Ln2 / doubling
)

func logit(share float64) float64 { return math.Log(share / (1 - share)) }

// TestMiraiGrows: once there are so many that luck no longer matters, the logistic curve; of
// 1024 hosts the growth is off by 1/32 in the logarithm of their number at most (one standard
// deviation), of 65 536 by 1/256.
func TestMiraiGrows(t *testing.T) {
	trials.Long(t)
	t.Parallel()
	_, c := botnet(t, "mirai/growth", "mirai.cameras")
	six := c.reaches(65536) - c.reaches(1024)
	want := (logit(65536/mirais) - logit(1024/mirais)) / growth
	require.InDelta(t, want, six, 4./32/growth)
	require.InDelta(t, 6*doubling, six, 0.04*6*doubling+4./32/growth, "six doublings, with little saturation yet")
	require.InDelta(t, 20*3600, c.reaches(65536), 0.02*20*3600, "64 500 were counted after 20 hours")
	rest := c.reaches(0.9*mirais) - c.reaches(65536)
	require.InDelta(t, (logit(0.9)-logit(65536/mirais))/growth, rest, 4./256/growth)
	end := mirais / (1 + math.Exp(-logit(0.9)-growth*(36*3600-c.reaches(0.9*mirais))))
	require.InDelta(t, end, c.value[len(c.value)-1], 4*math.Sqrt(mirais-end))
}

// TestMiraiComesBack: with a reboot a week 1 - 1/R0 of all have it, and whoever is rid of it has
// it again within an hour or two.
func TestMiraiComesBack(t *testing.T) {
	trials.OptIn(t)
	t.Parallel()
	r, c := botnet(t, "mirai/reboots", "mirai.cameras")
	const leaves = 1 / (7 * 86400.)
	endemic, rate := mirais*(1-leaves/growth), growth-leaves
	from := c.reaches(0.9 * mirais)
	mean := c.integral(38*3600, 40*3600) / 7200
	short := endemic * math.Exp(-logit(0.9*mirais/endemic)-rate*(39*3600-from)) // of the logistic curve with K - 1/week
	require.InDelta(t, endemic-short, mean, 4*math.Sqrt(mirais*leaves/growth))
	require.Greater(t, r.Outbreaks[0].Hosts[0].Ever, uint64(mirais)*105/100)
}

// TestMiraiIsPatched: on average as many have it when all are patched as grow by K until the
// update begins and by ever less while it is on its way.
func TestMiraiIsPatched(t *testing.T) {
	trials.OptIn(t)
	t.Parallel()
	s, err := Parse("patched.yaml", []byte(`scenario: patched
run: 20h
seed: 1
system:
  devices:
    cameras:
      is: population
      count: 600000
      weaknesses: {telnet: {patched: 8h, over: 12h}}
      hardening: {reboots: 1d}
  malware: {mirai: {spreads: {telnet: {over: network, to: random, rate: "1.1026 1/s"}}}}
timeline: [{at: 0s, attack: release, malware: mirai, on: cameras}]
`))
	require.NoError(t, err)
	const n = 150
	sum := 0.0
	for seed := range uint64(n) {
		r, err := sim.Run(context.Background(), s.Plan, sim.Seed(seed+1))
		require.NoError(t, err)
		sum += float64(r.Outbreaks[0].Hosts[0].Now)
	}
	// The number of a birth and death process that has grown long is exponential, nearly.
	want := math.Exp(growth*14*3600 - 20./24)
	require.InDelta(t, want, sum/n, 4*1.1*want/math.Sqrt(n))
}

// TestMiraiIsFiltered: nobody behind the filter is hit, and the filter stops what would have hit
// them; the others have it as two thirds of all would.
func TestMiraiIsFiltered(t *testing.T) {
	trials.OptIn(t)
	t.Parallel()
	r, c := botnet(t, "mirai/isp-filter", "mirai.hosts")
	o := &r.Outbreaks[0]
	require.Equal(t, "south", o.Hosts[2].Name)
	require.Zero(t, o.Hosts[2].Ever)
	hits := 0.0
	for _, s := range o.Stops {
		require.Equal(t, "filtered", s.Barrier)
		require.Equal(t, "south", s.To)
		hits += float64(s.Hits)
	}
	want := c.integral(0, 48*3600) * growth / 3
	require.InDelta(t, want, hits, 4*math.Sqrt(want))
	const others = mirais * 2 / 3
	half := c.reaches(others/2) - c.reaches(10_000)
	require.InDelta(t, -logit(10_000/others)/(growth*2/3), half, 4./100/(growth*2/3))
}

// TestMiraiFloods: what comes to the backbone is what so many cameras send, all of the time; what
// of that and of the polls passes is the share that it can carry.
func TestMiraiFloods(t *testing.T) {
	trials.Long(t)
	t.Parallel()
	r, c := botnet(t, "mirai/flood", "mirai.cameras")
	const each, link, lasts = 6.9e6, 100e9, 7200.
	from := c.reaches(145_000)
	require.InDelta(t, from, step(t, r, "flood").Applied.Seconds(), 1e-6)
	l := &r.Links[slices.IndexFunc(r.Links, func(l network.LinkCount) bool { return l.Poured > 0 })]
	require.Contains(t, r.Plan.LinkName(l), "backbone from internet to provider")
	require.InEpsilon(t, c.integral(from, from+lasts)*each/8, l.Poured, 1e-9)
	require.InEpsilon(t, link/8*lasts, l.Poured-l.Spilled, 2e-3)
	require.Equal(t, 10*vtime.Millisecond, l.Longest.Round(vtime.Millisecond))
	lost, luck := 0.0, 0.0
	for at := math.Ceil(from/10) * 10; at < from+lasts; at += 10 { // a poll and a reading every 10 s
		passes := link / (each * c.integral(at, at+10) / 10)
		lost += 2 * (1 - passes)
		luck += 2 * passes * (1 - passes)
	}
	require.InDelta(t, lost, float64(l.Dropped), 4*math.Sqrt(luck)+2)
	i, err := r.Invariant("no-overflow")
	require.NoError(t, err)
	require.NotEmpty(t, i.Violations)
}

// TestMiraiNeedsItsServer: the flood waits for an answer of the server. Where nothing passes
// to that the worm grows just as it does with it, and floods nobody.
func TestMiraiNeedsItsServer(t *testing.T) {
	trials.Long(t)
	t.Parallel()
	with, free := botnet(t, "mirai/flood", "mirai.cameras")
	without, cut := botnet(t, "mirai/server-cut-off", "mirai.cameras")
	require.Equal(t, free.at, cut.at)
	require.Equal(t, free.value, cut.value)
	require.EqualValues(t, 150, step(t, with, "call-home").Effects, "every ten minutes for 25 hours")
	require.Equal(t, "uplink", step(t, without, "call-home").StoppedBy)
	require.Equal(t, "it needs call-home, which was stopped", step(t, without, "flood").Missing)
}

// TestMiraiFloodIsTheCause: without the flood, the server or the release, the tower does not
// overflow; all had influence.
func TestMiraiFloodIsTheCause(t *testing.T) {
	trials.OptIn(t)
	t.Parallel()
	s, err := Load("mirai/flood")
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	i, err := r.Invariant("no-overflow")
	require.NoError(t, err)
	require.Empty(t, i.Untouched)
	for _, name := range []string{"first-scan", "call-home", "flood"} {
		p, err := s.Plan.Without(name)
		require.NoError(t, err)
		without, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		i, err := without.Invariant("no-overflow")
		require.NoError(t, err)
		require.Empty(t, i.Violations, "without %s", name)
	}
}

// flooded is a small botnet that floods while it grows.
const flooded = `scenario: flooded
run: 10m
seed: 3
system:
  devices:
    cameras: {is: population, count: 1000, weaknesses: {telnet: {}}}
    host: {is: custom, signals: {x: {start: 0}}, rules: [{every: 1s, set: {x: x + 1}}], port: {bandwidth: 1 Mbit/s, queue: 10 kB}}
    client: {is: custom, inputs: {y: {poll: host.x, every: 1s}}, signals: {z: {value: y}}}
  malware: {bot: {spreads: {telnet: {over: network, to: zone, every: 20s}}}}
timeline:
  - {at: 10s, name: first, attack: release, malware: bot, on: cameras}
  - {at: 1m, name: flood, attack: flood, malware: bot, from: cameras, to: host, each: 10 kbit/s, for: 5m}
  - {at: 2m, name: out, fault: power-loss, device: cameras, for: 30s}
`

// TestFloodIsKept: a run that is kept in the middle of a flood and taken up is the same.
func TestFloodIsKept(t *testing.T) {
	t.Parallel()
	s, err := Parse("flooded.yaml", []byte(flooded))
	require.NoError(t, err)
	whole, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	for _, at := range []float64{30, 61.5, 130, 200, 400} {
		first, err := sim.New(s.Plan)
		require.NoError(t, err)
		require.NoError(t, first.RunTo(context.Background(), vtime.Time(vtime.FromSeconds(at))))
		kept, err := first.Snapshot()
		require.NoError(t, err)
		second, err := sim.Resume(s.Plan, kept)
		require.NoError(t, err)
		require.NoError(t, second.RunTo(context.Background(), vtime.Time(10*vtime.Minute)))
		r, err := second.Result()
		require.NoError(t, err)
		require.Equal(t, whole.Digest, r.Digest, "kept at %v s", at)
		require.Equal(t, whole.Links, r.Links)
	}
}

// TestNoPowerNoFlood: cameras without power send nothing, and afterwards the malware is gone.
func TestNoPowerNoFlood(t *testing.T) {
	t.Parallel()
	s, err := Parse("flooded.yaml", []byte(flooded))
	require.NoError(t, err)
	c := &curve{path: "bot.cameras"}
	r, err := sim.Run(context.Background(), s.Plan, sim.Record(c))
	require.NoError(t, err)
	l := &r.Links[slices.IndexFunc(r.Links, func(l network.LinkCount) bool { return l.Poured > 0 })]
	require.InEpsilon(t, c.integral(60, 120)*10e3/8, l.Poured, 1e-9)
	require.Positive(t, l.Poured)
}

// TestFloodMistakes: what is wrong with a flood of a malware is said where it is.
func TestFloodMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ part, becomes, says string }{
		{"flood, malware: bot", "flood, malware: bat", "no malware \"bat\""},
		{"bot, from: cameras", "bot, from: client", "bot cannot be on client"},
		{"bot, from: cameras", "bot", "needs to say who sends it"},
		{"10 kbit/s", "10 kB", "an amount, not a rate"},
		{", each: 10 kbit/s", "", "add `each: 200 kbit/s`"},
		{"to: host", "to: hast", "hast"},
	} {
		_, err := Parse("flooded.yaml", []byte(strings.Replace(flooded, c.part, c.becomes, 1)))
		require.ErrorContains(t, err, c.says, c.becomes)
	}
}

// apart is flooded with somebody whose messages go another way, and with a way that is shut.
const apart = `    aside: {is: custom, signals: {x: {start: 0}}, rules: [{every: 1s, set: {x: x + 1}}]}
    other: {is: custom, inputs: {y: {poll: aside.x, every: 1s}}, signals: {z: {value: y}}}
`

// TestFloodUntouched: of what a step is said not to have changed, a run without it shows the
// same to the last bit; who polls the host that is flooded is touched, whoever polls another one
// is not.
func TestFloodUntouched(t *testing.T) {
	t.Parallel()
	text := strings.Replace(flooded, "  malware:", apart+"  malware:", 1) +
		"invariants:\n  behind: {always: host.x - client.z < 2.5}\n  aside: {always: aside.x - other.z < 2.5}\n"
	for _, each := range []string{"10 kbit/s", "1 kbit/s", "1 Mbit/s"} {
		s, err := Parse("apart.yaml", []byte(strings.Replace(text, "10 kbit/s", each, 1)))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		behind, err := r.Invariant("behind")
		require.NoError(t, err)
		require.Empty(t, behind.Untouched, each)
		aside, err := r.Invariant("aside")
		require.NoError(t, err)
		require.Equal(t, []int{0, 1, 2}, aside.Untouched, each)
		for _, step := range []string{"first", "flood", "out"} {
			p, err := s.Plan.Without(step)
			require.NoError(t, err)
			without, err := sim.Run(context.Background(), p)
			require.NoError(t, err)
			other, err := without.Invariant("aside")
			require.NoError(t, err)
			require.Equal(t, aside.Margin, other.Margin)
			other, err = without.Invariant("behind")
			require.NoError(t, err)
			if each == "1 Mbit/s" && step != "out" {
				require.NotEqual(t, behind.Margin, other.Margin, "without %s", step)
			}
		}
	}
}

// TestFloodIsStopped: a way that is shut stops a botnet like anybody else, and nothing comes of
// it; nor does anything where nobody is infected.
func TestFloodIsStopped(t *testing.T) {
	t.Parallel()
	shut := strings.Replace(flooded, "  malware:", "  zones: {a: [cameras], b: [host, client]}\n  conduits: {wall: {joins: [a, b], rules: []}}\n  malware:", 1)
	s, err := Parse("shut.yaml", []byte(shut+"expect: {stopped: {flood: {by: wall}}}\n"))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
	for i := range r.Links {
		require.Zero(t, r.Links[i].Poured)
	}
	s, err = Parse("late.yaml", []byte(strings.Replace(flooded, "at: 10s", "at: 7m", 1)+"expect: {stopped: {flood: {by: foothold}}}\n"))
	require.NoError(t, err)
	r, err = sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	require.Empty(t, r.Unmet)
}
