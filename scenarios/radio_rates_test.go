package scenarios

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A loraCell is meters that tell a store something by LoRa.
type loraCell struct {
	meters int
	every  vtime.Duration
	sf     int
	radio  string // besides the spreading factor
	run    vtime.Duration
}

// text is the scenario of a cell. How says how meters tell.
func (c loraCell) text(how, more string) string {
	return fmt.Sprintf(`
scenario: cell
run: %s
system:
  devices:
    meter: {is: telemetry, every: %s, count: %d%s, battery: {energy: 10 kJ, sleeps: 10 uW, sends: 100 mW}}
    sink: {is: store, keeps: 30d, takes: {load: {from: meter.reading}}}
  subjects: {home: {count: %[3]d}}
  zones: {field: [meter], room: [sink]}
  conduits: {air: {joins: [field, room], latency: 10ms, radio: {lora: {sf: %[5]d, %[6]s}}}}
%[7]s`, c.run, c.every, c.meters, how, c.sf, c.radio, more)
}

// load is what the meters would have on the air of each channel, if their duty cycles let them.
func (c loraCell) load(t *testing.T, channels int) float64 {
	takes, err := lora.Modulation{SpreadingFactor: c.sf}.Airtime(21)
	require.NoError(t, err)
	return float64(c.meters) * vtime.Seconds(takes) / vtime.Seconds(c.every) / float64(channels)
}

// heard runs a cell and returns what became of it: what came and was sent, the share that was lost, stored, and the
// energy that the meters took on average.
type heardBy struct{ came, sent, collided, stored, energy float64 }

func (c loraCell) heard(t *testing.T, how, more string, seed uint64) (h heardBy) {
	r := played(t, c.text(how, more), seed)
	a := r.Capacity.Airs[0]
	require.Len(t, r.Capacity.Airs, 1)
	h = heardBy{float64(a.Offered), float64(a.Sent), float64(a.Collided), float64(r.Capacity.Growth[0].Items), 0}
	h.energy = r.Capacity.Charges[0].Full - r.Capacity.Charges[0].Mean
	return h
}

// add adds a tenth of what became of another cell.
func (h *heardBy) add(o heardBy) {
	h.came += o.came / 10
	h.sent += o.sent / 10
	h.collided += o.collided / 10
	h.stored += o.stored / 10
	h.energy += o.energy / 10
}

// like checks that it is what another one says, within a share of that.
func (h *heardBy) like(t *testing.T, o heardBy, share float64) {
	t.Helper()
	t.Logf("came %+.2f %%, sent %+.2f %%, stored %+.2f %%, energy %+.2f %%", 100*(h.came/o.came-1), 100*(h.sent/o.sent-1), 100*(h.stored/o.stored-1), 100*(h.energy/o.energy-1))
	require.InEpsilon(t, o.came, h.came, share)
	require.InEpsilon(t, o.sent, h.sent, share)
	require.InEpsilon(t, o.stored, h.stored, share)
	require.InEpsilon(t, o.energy, h.energy, share)
}

// As a rate as much comes, is sent, comes through and is drawn from batteries as message by message, within 2 %,
// and what comes through is what pure ALOHA says. Where meters tell at a period, who collides with whom is drawn
// once and for all, so that of these many seeds say what is lost.
func TestRadioRatesCarryWhatMessagesDo(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct {
		loraCell
		channels int
	}{
		{loraCell{400, 10 * vtime.Minute, 9, "channels: 3", 6 * vtime.Hour}, 3},
		{loraCell{1000, vtime.Minute, 7, "channels: 8", vtime.Hour}, 8},
		{loraCell{1000, vtime.Minute, 9, "channels: 8", vtime.Hour}, 8},
		{loraCell{3000, 5 * vtime.Minute, 10, "channels: 8", 2 * vtime.Hour}, 8},
		{loraCell{200, 10 * vtime.Minute, 12, "channels: 3", 12 * vtime.Hour}, 3},
		{loraCell{3000, 50 * vtime.Minute, 8, "channels: 1", 8 * vtime.Hour}, 1},
	} {
		rate := c.heard(t, ", as_rate: true", "", 1)
		others := float64(c.meters-1) / float64(c.meters)
		require.InEpsilon(t, 1-math.Exp(-2*c.load(t, c.channels)*others), rate.collided/rate.sent, 2e-3)
		for name, how := range map[string]string{"periods": "", "at random": ", random: true"} {
			var lost []float64
			mean := heardBy{}
			for seed := range uint64(10) {
				one := c.heard(t, how, "", seed)
				lost = append(lost, one.collided/one.sent)
				mean.add(one)
			}
			t.Logf("G %.3f %s: lost %.4f, by message %.4f", c.load(t, c.channels), name, rate.collided/rate.sent, lost)
			rate.like(t, mean, 0.01)
			within(t, rate.collided/rate.sent, lost)
		}
	}
}

// What duty cycles withhold is the same as a rate, whether messages wait for that or not. (What tells at a period
// less than its duty cycle lets it begins all within that, and stays so: as a rate senders begin at any time.)
func TestRadioRatesKeepToDutyCycles(t *testing.T) {
	trials.Long(t)
	for _, c := range []struct {
		loraCell
		how string
	}{
		{loraCell{200, 10 * vtime.Second, 9, "channels: 8, wait: 0s", 3 * vtime.Hour}, ""},
		{loraCell{200, 10 * vtime.Second, 9, "channels: 8, wait: 1m", 3 * vtime.Hour}, ""},
		{loraCell{200, 10 * vtime.Second, 9, "channels: 8, wait: 1m", 3 * vtime.Hour}, ", random: true"},
		{loraCell{200, 20 * vtime.Second, 9, "channels: 8, wait: 0s", 3 * vtime.Hour}, ", random: true"},
		{loraCell{200, 20 * vtime.Second, 9, "channels: 8, wait: 1m", 3 * vtime.Hour}, ", random: true"},
		{loraCell{200, 25 * vtime.Second, 9, "channels: 8, wait: 30s", 3 * vtime.Hour}, ", random: true"},
		{loraCell{200, 25 * vtime.Second, 9, "channels: 8, wait: 30s", 3 * vtime.Hour}, ""},
		{loraCell{200, 10 * vtime.Second, 9, "channels: 8, wait: 1m, jitter: 5s", 3 * vtime.Hour}, ", random: true"},
	} {
		rate, mean := c.heard(t, c.how+", as_rate: true", "", 1), heardBy{}
		for seed := range uint64(10) {
			mean.add(c.heard(t, c.how, "", seed))
		}
		t.Logf("every %v %s%s: lost %.0f, by message %.0f", c.every, c.radio, c.how, rate.collided, mean.collided)
		if mean.came > 1.5*mean.sent && c.how == "" {
			require.Greater(t, mean.collided, 1.2*rate.collided)
			mean.stored, mean.collided = rate.stored, rate.collided
		}
		rate.like(t, mean, 0.02)
	}
}

// Who is down is not on the air: a power cut of a half of the time saves as much, and as much fewer are told. (Those that come back at once
// are in step, of which a rate knows nothing; and it begins again before they do, by 2 of 120 minutes.)
func TestRadioRatesWhileDown(t *testing.T) {
	c := loraCell{100, vtime.Minute, 9, "channels: 8", 4 * vtime.Hour}
	const cut = "timeline: [{at: 30m, fault: power-loss, device: meter, for: 2h}]\n"
	rate, mean := c.heard(t, ", rejoins: 5m, random: true, as_rate: true", cut, 1), heardBy{}
	for seed := range uint64(10) {
		mean.add(c.heard(t, ", rejoins: 5m, random: true", cut, seed))
	}
	rate.like(t, mean, 0.02)
}

// Single messages and a rate lose to one another what messages of both would.
func TestRadioRatesBesideMessages(t *testing.T) {
	trials.Long(t)
	text := func(how string) string {
		return fmt.Sprintf(`
scenario: beside
run: 4h
system:
  devices:
    meter: {is: telemetry, every: 1m, count: 1000, random: true%s}
    alarm: {is: telemetry, every: 1m, count: 300, random: true}
    sink: {is: store, keeps: 30d, takes: {load: {from: meter.reading, about: home}}}
    desk: {is: store, keeps: 30d, takes: {load: {from: alarm.reading, about: box}}}
  subjects: {home: {count: 1000}, box: {count: 300}}
  zones: {field: [meter, alarm], room: [sink, desk]}
  conduits: {air: {joins: [field, room], latency: 10ms, radio: {lora: {sf: 8, channels: 8}}}}
`, how)
	}
	rate, one := played(t, text(", as_rate: true"), 1), played(t, text(""), 1)
	for i := range 2 {
		got, want := float64(rate.Capacity.Growth[i].Items), float64(one.Capacity.Growth[i].Items)
		t.Logf("%s: %v as a rate, %v by message", rate.Capacity.Growth[i].Store, got, want)
		require.InEpsilon(t, want, got, 0.01)
	}
	require.InEpsilon(t, float64(one.Capacity.Airs[0].Collided), float64(rate.Capacity.Airs[0].Collided), 0.01)
}

// A run with a rate by radio that was taken up goes on as the one that was not.
func TestRadioRatesAreKept(t *testing.T) {
	c := loraCell{50, vtime.Minute, 9, "channels: 2", vtime.Hour}
	text := c.text(", as_rate: true", "timeline: [{at: 10m, fault: power-loss, device: meter, for: 40m}]\ninvariants: {left: {always: 'min(battery(meter)) > \"1 J\"'}, few: {always: lost(air) < 10000}}\n")
	whole := played(t, text, 1)
	for _, at := range []vtime.Duration{5 * vtime.Minute, 25 * vtime.Minute, 55 * vtime.Minute} {
		resumed := resumedAt(t, text, at)
		require.Equal(t, whole.Digest, resumed.Digest)
		require.Equal(t, whole.Capacity, resumed.Capacity)
	}
}

// So does one in which single messages, and a flood, meet the rate.
func TestRadioRatesBesideMessagesAreKept(t *testing.T) {
	const text = `
scenario: beside
run: 10m
system:
  devices:
    meter: {is: telemetry, every: 1m, as_rate: true, count: 100}
    alarm: {is: telemetry, every: 20s, random: true, count: 10}
    bots: {is: population, count: 50, weaknesses: {telnet: {}}}
    sink: {is: store, keeps: 1d, takes: {load: {from: meter.reading, about: home}, alarms: {from: alarm.reading, about: box}}}
  subjects: {home: {count: 100}, box: {count: 10}}
  malware: {worm: {spreads: {telnet: {over: network, to: zone, rate: 10 1/s}}}}
  zones: {air: {devices: [meter, alarm, bots, sink], radio: {lora: {sf: 7, channels: 8, jitter: 1s}}}}
timeline:
  - {at: 1m, attack: release, malware: worm, on: bots}
  - {when: worm.bots >= 50, attack: flood, malware: worm, from: bots, to: sink, each: 1 kbit/s, for: 3m}
invariants: {few: {always: lost(air) < 30000}}
`
	whole := played(t, text, 1)
	require.Greater(t, whole.Capacity.Airs[0].Collided, uint64(1000), "the flood is on the air")
	for _, at := range []vtime.Duration{30 * vtime.Second, 3 * vtime.Minute, 9 * vtime.Minute} {
		resumed := resumedAt(t, text, at)
		require.Equal(t, whole.Digest, resumed.Digest)
		require.Equal(t, whole.Capacity, resumed.Capacity)
	}
}

// resumedAt runs a text with a snapshot in between.
func resumedAt(t *testing.T, text string, at vtime.Duration) *sim.Result {
	s, err := Parse("kept.yaml", []byte(text))
	require.NoError(t, err)
	first, err := sim.New(s.Plan, sim.Seed(1))
	require.NoError(t, err)
	require.NoError(t, first.RunTo(t.Context(), vtime.Time(at)))
	data, err := first.Snapshot()
	require.NoError(t, err)
	rest, err := sim.Run(t.Context(), s.Plan, sim.From(data))
	require.NoError(t, err)
	return rest
}

// A duty cycle that does not let all be sent is warned of, with how much that is.
func TestRadioRatesWarnOfDutyCycles(t *testing.T) {
	for every, want := range map[vtime.Duration]string{
		vtime.Minute:     "each of meter would be on the air 2.5% of the time, and the duty cycle of air allows 1%: 60% of what it tells is withheld",
		3 * vtime.Minute: "",
	} {
		s, err := Parse("cell.yaml", []byte(loraCell{10, every, 12, "channels: 8", vtime.Hour}.text(", as_rate: true", "")))
		require.NoError(t, err)
		said := strings.Join(strings.Fields(fmt.Sprint(s.Warnings)), " ") // on one line
		if want == "" {
			require.NotContains(t, said, "duty cycle")
		} else {
			require.Contains(t, said, want)
		}
	}
}

// Of the city of fleet/normal, 80 000 of whose 100 000 devices tell by radio, as much comes through as a rate as message
// by message: of the million messages of ten minutes as many collide within 0.4 %, and are stored within 0.1 %.
func TestTheFleetByRadioAsARate(t *testing.T) {
	if testing.Short() {
		t.Skip("a million messages")
	}
	dir := t.TempDir()
	for _, name := range []string{"system", "messages"} {
		text, err := os.ReadFile("library/fleet/" + name + ".yaml")
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name+".yaml"), text, 0o600))
	}
	run := func(use string) *sim.Result {
		path := filepath.Join(dir, "city.yaml")
		require.NoError(t, os.WriteFile(path, []byte("scenario: city\nuse: ["+use+"]\nrun: 10m\nseed: 1\n"), 0o600))
		s, err := Load(path)
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		return r
	}
	rate, one := run("system.yaml"), run("system.yaml, messages.yaml")
	a, b := &rate.Capacity.Airs[0], &one.Capacity.Airs[0]
	t.Logf("as a rate %d collide and %d are stored, by message %d and %d", a.Collided, rate.Capacity.Growth[0].Items, b.Collided, one.Capacity.Growth[0].Items)
	require.InEpsilon(t, float64(b.Offered), float64(a.Offered), 0.001)
	require.InEpsilon(t, float64(b.Collided), float64(a.Collided), 0.005)
	require.InEpsilon(t, float64(one.Capacity.Growth[0].Items), float64(rate.Capacity.Growth[0].Items), 0.001)
	require.True(t, a.Rate)
	require.False(t, b.Rate)
}
