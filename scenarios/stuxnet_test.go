package scenarios

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

const day = 24 * vtime.Hour

// A hallHistory keeps of the hall what is asked for here: weeks of 186 rotors are too much.
type hallHistory struct {
	sim.History
	keeps map[signal.Slot]bool
}

func (h *hallHistory) Begin(at vtime.Time, signals *sim.Signals, values []float64) {
	h.History.Begin(at, signals, values)
	h.keeps = map[signal.Slot]bool{}
	for s := range signals.All() {
		rotor := strings.HasSuffix(s.Device, "_rotor") && slices.Contains([]string{"state", "failed", "strength"}, s.Signal)
		one := s.Device == "c_drive" && s.Signal == "frequency" || s.Device == "c_rotor" && (s.Signal == "wall" || s.Signal == "stress")
		h.keeps[s.Slot] = rotor || one || s.Device == "hmi" || s.Device == "station"
	}
}

func (h *hallHistory) Change(at vtime.Time, slot signal.Slot, value float64) {
	if h.keeps[slot] {
		h.History.Change(at, slot, value)
	}
}

func (h *hallHistory) Follows(slot signal.Slot) sim.Closeness {
	if h.keeps[slot] {
		return sim.Curves
	}
	return sim.Apart
}

// stuxnet runs a scenario of the hall as expected.
func stuxnet(t *testing.T, name string) *swatRun {
	t.Helper()
	s, err := Load("centrifuge/" + name)
	require.NoError(t, err)
	h := &hallHistory{}
	r, err := sim.Run(context.Background(), s.Plan, sim.Record(h))
	require.NoError(t, err)
	require.Empty(t, r.Unmet, name)
	return &swatRun{Result: r, History: &h.History, t: t}
}

func TestStuxnetInAFlatNetwork(t *testing.T) {
	trials.Long(t)
	r := stuxnet(t, "flat")
	t.Run("way", func(t *testing.T) { stuxnetWay(t, r) })
	t.Run("clock", func(t *testing.T) { stuxnetClock(t, r) })
	t.Run("rotors", func(t *testing.T) { stuxnetRotors(t, r) })
	t.Run("variants", func(t *testing.T) { trials.OptIn(t); stuxnetVariants(t, broken(t, r)) })
}

// Once it is known each computer is rid of the worm to the nanosecond, and lets it in no more,
// whoever brings it; the controller has no scanner, and the station then sees what it runs.
func TestStuxnetIsKnownTooLate(t *testing.T) {
	trials.OptIn(t)
	r := stuxnet(t, "antivirus")
	known := vtime.Time(108 * day)
	for name, after := range map[string]vtime.Duration{
		"files": 6 * vtime.Hour, "reports": 6 * vtime.Hour, "laptop": 12 * vtime.Hour, "contractor_pc": 12 * vtime.Hour,
		"station": day, "hmi": day, "archive": day,
	} {
		assert.Equal(t, []vtime.Time{known.Add(after)}, left(r.Result, name), name)
		assert.EqualValues(t, 1, host(t, r.Result, name).Ever, name)
	}
	assert.Zero(t, host(t, r.Result, "pcs").Now)
	assert.Equal(t, 1, r.Outbreaks[0].Infected, "the controller")
	kept := map[string]uint64{}
	for _, stop := range r.Outbreaks[0].Stops {
		assert.GreaterOrEqual(t, stop.First, known.Add(6*vtime.Hour), stop.Barrier)
		kept[stop.Barrier] += stop.Hits
	}
	assert.Contains(t, kept, "antivirus-hmi", "the stick still has it")
	sees, err := r.Invariant("station-sees")
	require.NoError(t, err)
	last := sees.Violations[len(sees.Violations)-1]
	assert.Equal(t, known.Add(day+4*vtime.Millisecond), last.To, "a poll later")
}

// host is what became of a host of the worm.
func host(t *testing.T, r *sim.Result, name string) *sim.OutbreakHost {
	t.Helper()
	i := slices.IndexFunc(r.Outbreaks[0].Hosts, func(h sim.OutbreakHost) bool { return h.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return &r.Outbreaks[0].Hosts[i]
}

// step is what became of a step.
func step(t *testing.T, r *sim.Result, name string) *sim.InjectionResult {
	t.Helper()
	i := slices.IndexFunc(r.Injections, func(i sim.InjectionResult) bool { return i.Step.Name == name })
	require.GreaterOrEqual(t, i, 0, name)
	return &r.Injections[i]
}

// Nobody has the worm before the one that it has it from, and each way in is one that
// people's habits or weaknesses open: the laptop's visits on Tuesdays from 9 to 17, the
// engineer's download on Wednesdays from 14 to 16.
func stuxnetWay(t *testing.T, r *swatRun) {
	for _, h := range r.Outbreaks[0].Hosts {
		require.Less(t, h.First, vtime.Never, h.Name)
		require.Equal(t, "contractor_pc", h.Way[0], h.Name)
		if h.From != "" {
			from, _, _ := strings.Cut(h.From, "[")
			assert.Less(t, host(t, r.Result, from).First, h.First, "%s from %s", h.Name, h.From)
		}
	}
	plc := host(t, r.Result, "plc")
	assert.Equal(t, []string{"contractor_pc", "usb", "laptop"}, plc.Way[:3])
	assert.Equal(t, []string{"station", "plc"}, plc.Way[len(plc.Way)-2:])
	assert.Equal(t, "engineer programs plc", plc.By)
	assert.Equal(t, []string{"T0847", "T0866", "T0843"},
		[]string{host(t, r.Result, "laptop").Technique, host(t, r.Result, "pcs").Technique, plc.Technique}, "as S0603 of ATT&CK has them")
	within := func(name string, weekday, from, to int) {
		at := vtime.Duration(host(t, r.Result, name).First)
		assert.GreaterOrEqual(t, at%(7*day), vtime.Duration(weekday)*day+vtime.Duration(from)*vtime.Hour, name)
		assert.Less(t, at%(7*day), vtime.Duration(weekday)*day+vtime.Duration(to)*vtime.Hour, name)
	}
	within("pcs", 1, 9, 17)
	within("plc", 2, 14, 16)
	assert.Equal(t, 40, host(t, r.Result, "pcs").Now)
	assert.Equal(t, 40+8, r.Outbreaks[0].Infected)
}

// Every step begins and ends when it was published to, counted from when the worm is in
// the controller.
func stuxnetClock(t *testing.T, r *swatRun) {
	in := vtime.Duration(host(t, r.Result, "plc").First)
	fast := in + 13*day + 2*vtime.Hour
	slow := fast + 15*vtime.Minute + 27*day
	for name, want := range map[string]struct {
		from, takes vtime.Duration
		technique   string
	}{
		"record":        {in + vtime.Minute, 13 * day, "T0801"},
		"fast":          {fast, 15 * vtime.Minute, "T0836"},
		"show-highest":  {fast, 25 * vtime.Minute, "T0832"},
		"show-lowest":   {fast, 25 * vtime.Minute, "T0832"},
		"show-alarm":    {fast, 25 * vtime.Minute, "T0832"},
		"slow":          {slow, 50 * vtime.Minute, "T0836"},
		"again-highest": {slow, vtime.Hour, "T0832"},
		"again-lowest":  {slow, vtime.Hour, "T0832"},
		"again-alarm":   {slow, vtime.Hour, "T0832"},
	} {
		i := step(t, r.Result, name)
		assert.Equal(t, inject.Applied, i.Outcome, name)
		assert.Equal(t, want.from, vtime.Duration(i.Applied), name)
		assert.Equal(t, want.from+want.takes, vtime.Duration(i.Reverted), name)
		assert.Equal(t, want.technique, i.Step.Technique, name)
		assert.Equal(t, []string{"stuxnet", "plc"}, []string{i.Attacker, i.From}, name)
	}
	assert.Equal(t, host(t, r.Result, "station").First, step(t, r.Result, "hide").Applied)
	assert.Equal(t, host(t, r.Result, "plc").First, step(t, r.Result, "infect").Applied)
}

// scan is when what is commanded at a time comes to the drives: with the controller's
// next scan of the minute, 1 ms to the module, 2 ms to the drive.
func scan(at vtime.Time) float64 { return math.Ceil(at.Seconds()/60)*60 + 0.003 }

// What the rotors do follows from the commands, the ramp of 5 Hz/s and each one's
// strength alone; the operators see 1064 Hz from the first to the last second.
func stuxnetRotors(t *testing.T, r *swatRun) {
	fast, slow := step(t, r.Result, "fast"), step(t, r.Result, "slow")
	up, back, down, again := scan(fast.Applied), scan(fast.Reverted), scan(slow.Applied), scan(slow.Reverted)
	for _, c := range []struct{ at, want float64 }{
		{up, 1064}, {up + 34.6, 1237}, {up + 69.21, 1410}, {back, 1410}, {back + 69.21, 1064},
		{down, 1064}, {down + 106.2, 533}, {down + 212.41, 2}, {again, 2}, {again + 212.41, 1064},
	} {
		assert.InDelta(t, c.want, at(t, r.History, "c_drive[7].frequency", c.at), 1e-6, "%v s", c.at)
	}
	failed := 0
	for _, rack := range racks {
		for n := range rotors {
			path := fmt.Sprintf("%c_rotor[%d].", rack, n)
			f := math.Sqrt(at(t, r.History, path+"strength", up)/2800) / (math.Pi * 0.1)
			states := r.signal(path + "state").Changes
			require.Equal(t, f < 1410, len(states) == 2, path)
			if f < 1410 {
				failed++
				assert.InDelta(t, up+(f-1064)/5, states[1].At.Seconds(), 1e-8, path)
				continue
			}
			if rack == 'c' {
				assert.InDelta(t, 443.0, at(t, r.History, path+"wall", up+600), 0.05, path)
				assert.InDelta(t, 549, at(t, r.History, path+"stress", up+600)/1e6, 0.5, path)
			}
		}
	}
	assert.Equal(t, failed, broken(t, r))
	for _, seen := range []string{"hmi.highest", "hmi.lowest", "hmi.shown"} {
		assert.Len(t, r.signal(seen).Changes, 1, seen)
		assert.Equal(t, 1064., r.signal(seen).Changes[0].Value, seen)
	}
	assert.Len(t, r.signal("hmi.alarm").Changes, 1)
	assert.Len(t, r.signal("station.program").Changes, 1)
}

// broken counts the rotors that failed.
func broken(t *testing.T, r *swatRun) (n int) {
	for _, rack := range racks {
		for k := range rotors {
			s := r.signal(fmt.Sprintf("%c_rotor[%d].failed", rack, k))
			if s.At(r.Plan.Run) == 1 {
				n++
			}
		}
	}
	return n
}

// How far the worm comes, and what it breaks there: who is spared by each measure, and
// whether rotors fail. Where they do they are the same, as their strength is theirs.
func stuxnetVariants(t *testing.T, bursts int) {
	require.Positive(t, bursts)
	for _, c := range []struct {
		name   string
		spared []string
		plc    vtime.Duration // the day on which it is in the controller
		fails  int
		stops  bool // something stopped it on its way
		byHand bool // it passed the firewall all the same
	}{
		{"zones", nil, 9 * day, bursts, true, true},
		{"diode", nil, 9 * day, bursts, true, true},
		{"media-control", []string{"plc", "hmi", "station", "archive"}, 0, 0, true, false},
		{"code-signing", []string{"plc"}, 0, 0, true, false},
		{"tachometer-trip", nil, 2 * day, 0, false, false},
	} {
		r := stuxnet(t, c.name)
		if c.byHand {
			carriedIn(t, r)
		}
		var spared []string
		for _, h := range r.Outbreaks[0].Hosts {
			if h.First == vtime.Never {
				spared = append(spared, h.Name)
			}
		}
		assert.Equal(t, c.spared, spared, c.name)
		if c.plc > 0 {
			at := vtime.Duration(host(t, r.Result, "plc").First)
			assert.Equal(t, c.plc, at-at%day, c.name)
			assert.Equal(t, at+13*day+2*vtime.Hour, vtime.Duration(step(t, r.Result, "fast").Applied), c.name)
		}
		assert.Equal(t, c.fails, broken(t, r), c.name)
		assert.Equal(t, c.stops, len(r.Outbreaks[0].Stops) > 0, c.name)
	}
}

// carriedIn looks at how people carry it past the firewall: by the stick to the screen's
// machine, with the project to the station.
func carriedIn(t *testing.T, r *swatRun) {
	hmi := host(t, r.Result, "hmi")
	assert.Equal(t, []string{"stick", "operator plugs stick"}, []string{hmi.From, hmi.By})
	assert.Equal(t, []string{"contractor_pc", "project", "station", "plc"}, host(t, r.Result, "plc").Way)
}

// What of the barriers keeps it from the controller: alone and together.
func TestStuxnetBarriers(t *testing.T) {
	trials.Long(t)
	s, err := Load("centrifuge/outbreak")
	require.NoError(t, err)
	require.Len(t, s.Barriers(), 12)
	for _, c := range []struct {
		holds    bool
		barriers string
	}{
		{false, "zones"},
		{false, "media-control"},
		{true, "zones media-control"},
		{true, "diode media-control"},
		{true, "allow-list"},
		{true, "code-signing"},
		{false, "drive-range tachometer-trip"},
		{false, "patch-spooler patch-ms08-067 close-shares"},
		{true, "patch-spooler patch-ms08-067 close-shares media-control"},
	} {
		p, err := s.Fortified(strings.Fields(c.barriers)...)
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		assert.Equal(t, c.holds, verdict(t, r, "controller-clean").Verdict == monitor.Holds, c.barriers)
	}
}

// BenchmarkStuxnet runs the 43 days of centrifuge/flat with a telegram, a scan and a look
// at the screen each second.
func BenchmarkStuxnet(b *testing.B) {
	text, err := os.ReadFile("library/centrifuge/flat.yaml")
	require.NoError(b, err)
	all := strings.Replace(string(text), "by-the-minute.yaml, offices.yaml, stuxnet.yaml",
		"library/centrifuge/system.yaml, library/centrifuge/offices.yaml, library/centrifuge/stuxnet.yaml", 1)
	require.NotEqual(b, string(text), all)
	s, err := Parse("by-second.yaml", []byte(all))
	require.NoError(b, err)
	var r *sim.Result
	for b.Loop() {
		r, err = sim.Run(context.Background(), s.Plan)
		require.NoError(b, err)
	}
	i, err := r.Invariant("no-rotor-fails")
	require.NoError(b, err)
	require.Equal(b, monitor.Violated, i.Verdict)
	perRun := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(float64(r.Stats.Sent), "messages")
	b.ReportMetric(perRun/float64(r.Stats.Sent), "ns/message")
	b.ReportMetric(float64(s.Plan.Run)/perRun, "x-realtime")
	b.ReportMetric(perRun/float64(bareKernel(b, r.Stats.Events)), "x-kernel")
}
