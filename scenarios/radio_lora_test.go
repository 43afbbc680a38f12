package scenarios

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// city is so many meters that report by LoRa now and then, each with a message of one value, which
// are 21 bytes on the air.
func city(meters int, every vtime.Duration, radio, run string) string {
	return fmt.Sprintf(`
scenario: city
run: %s
system:
  devices:
    meters: {is: telemetry, every: %s, random: true, count: %d}
    gateway: {is: custom, count: %[3]d, inputs: {heard: meters.reading}, signals: {x: {start: 0}}}
  zones: {air: {devices: [meters, gateway], latency: 0s, radio: {lora: %s}}}
`, run, every, meters, radio)
}

// airtime is that of the messages of a city.
func airtime(t *testing.T) vtime.Duration {
	d, err := lora.Modulation{SpreadingFactor: 9}.Airtime(21)
	require.NoError(t, err)
	return d
}

// Who sends when it likes gets through as pure ALOHA says: of a load of G the share exp(-2G), in
// each of the channels.
func TestLoRaIsAloha(t *testing.T) {
	trials.Long(t)
	for _, channels := range []int{1, 3} {
		for _, load := range []float64{0.1, 0.5, 1} {
			const meters = 400
			every := vtime.FromSeconds(meters * vtime.Seconds(airtime(t)) / load / float64(channels))
			var through, sent []float64
			for seed := range uint64(10) {
				r := played(t, city(meters, every, fmt.Sprintf("{sf: 9, channels: %d, duty: 100%%}", channels), "20m"), seed)
				a := r.Capacity.Airs[0]
				through = append(through, 1-float64(a.Collided)/float64(a.Sent))
				sent = append(sent, vtime.Seconds(a.Airtime)/1200/float64(channels))
			}
			within(t, load, sent)
			within(t, math.Exp(-2*load), through)
		}
	}
}

// A duty cycle of 1 % lets 36 s be sent in an hour, whatever is to be sent.
func TestDutyCycle(t *testing.T) {
	r := played(t, city(1, vtime.Second, "{sf: 9, duty: 1%, wait: 0s}", "1h"), 1)
	a := r.Capacity.Airs[0]
	require.LessOrEqual(t, a.Duty, 0.01+vtime.Seconds(airtime(t))/3600)
	require.Greater(t, a.Duty, 0.0095, "it sends whenever it may")
	require.Equal(t, a.Offered, a.Withheld+a.Sent)
	require.InDelta(t, lora.PerHour(airtime(t), 0.01), float64(a.Sent), 10)
	require.Zero(t, a.Collided)
	require.Equal(t, airtime(t), a.Delay.Max)
}

// A run that was taken up with messages on the air goes on as the one that was not.
func TestMessagesOnTheAirAreKept(t *testing.T) {
	s, err := Parse("kept.yaml", []byte(city(50, 4*vtime.Second, "{sf: 9, channels: 2, duty: 10%}", "2m")))
	require.NoError(t, err)
	whole, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	first, err := sim.New(s.Plan)
	require.NoError(t, err)
	require.NoError(t, first.RunTo(context.Background(), vtime.Time(vtime.Minute)))
	data, err := first.Snapshot()
	require.NoError(t, err)
	rest, err := sim.Run(context.Background(), s.Plan, sim.From(data))
	require.NoError(t, err)
	require.Equal(t, whole.Digest, rest.Digest)
	require.Equal(t, whole.Capacity, rest.Capacity)
}

// What is left of a battery is what sleeping and sending leave of it.
func TestBattery(t *testing.T) {
	const text = `
scenario: tracker
run: 10h
system:
  devices:
    tracker: {is: telemetry, every: 10m, in_step: true, battery: {energy: 100 J, sleeps: 1 mW, sends: 101 mW}}
    gateway: {is: custom, inputs: {report: tracker.reading}, signals: {n: {start: 0}}}
  zones: {air: {devices: [tracker, gateway], radio: {lora: {sf: 9}}}}
invariants:
  left: {finally: battery(tracker) > "0 J"}
  sent: {finally: airtime(tracker) > "0 s"}
  share: {finally: duty(tracker) > 0}
`
	r := played(t, text, 1)
	sent := vtime.Seconds(airtime(t)) * float64(r.Capacity.Airs[0].Offered)
	require.InDelta(t, 60, r.Capacity.Airs[0].Offered, 1)
	require.InDelta(t, 100-36-0.1*sent, r.Invariants[0].Margin, 1e-9)
	require.InDelta(t, sent, r.Invariants[1].Margin, 1e-9)
	require.InDelta(t, sent/36000, r.Invariants[2].Margin, 1e-12)
}

// What waits for the duty cycle has not been sent yet: a device that has more to say than it may
// sends a packet each airtime/duty from the first on, and neither its duty, nor its time on the air,
// nor its battery knows of those that are planned.
func TestWhatIsPlannedIsNotSent(t *testing.T) {
	const text = `
scenario: saturated
run: 10m
system:
  devices:
    meter: {is: telemetry, every: 1s, in_step: true, battery: {energy: 10 kJ, sleeps: 10 uW, sends: 100 mW}}
    gateway: {is: custom, inputs: {reading: meter.reading}, signals: {n: {start: 0}}}
  zones:
    air: {devices: [meter, gateway], radio: {lora: {sf: 9, duty: 1%}}}
invariants:
  duty: {finally: duty(meter) > 0}
  sent: {finally: airtime(meter) > "0 s"}
  left: {finally: battery(meter) > "0 J"}
`
	r := played(t, text, 1)
	a := r.Capacity.Airs[0]
	takes := vtime.Seconds(airtime(t))
	packets := math.Floor(600/(takes/0.01)) + 1 // the first one at the start
	require.InDelta(t, packets, float64(a.Sent), 0)
	require.Greater(t, a.Offered, a.Sent+a.Withheld, "some are still waiting")
	require.InDelta(t, packets*takes/600, a.Duty, 1e-12)
	require.InDelta(t, packets*takes/600, r.Invariants[0].Margin, 1e-12)
	require.InDelta(t, packets*takes, r.Invariants[1].Margin, 1e-9)
	require.InDelta(t, 1e4-10e-6*600-(0.1-10e-6)*packets*takes, r.Invariants[2].Margin, 1e-9)
}

// A snapshot of a system with radio is of the same plan when another process makes that of the same
// text: radios are told apart by what they are.
func TestRadioIsTakenUpByAnotherPlan(t *testing.T) {
	plan := func(radio string) *sim.Plan {
		s, err := Parse("kept.yaml", []byte(city(50, 4*vtime.Second, radio, "2m")))
		require.NoError(t, err)
		return s.Plan
	}
	const radio = "{sf: 9, channels: 2, duty: 10%}"
	whole, err := sim.Run(context.Background(), plan(radio))
	require.NoError(t, err)
	first, err := sim.New(plan(radio))
	require.NoError(t, err)
	require.NoError(t, first.RunTo(context.Background(), vtime.Time(vtime.Minute)))
	data, err := first.Snapshot()
	require.NoError(t, err)
	rest, err := sim.Run(context.Background(), plan(radio), sim.From(data))
	require.NoError(t, err)
	require.Equal(t, whole.Digest, rest.Digest)
	_, err = sim.Run(context.Background(), plan("{sf: 8, channels: 2, duty: 10%}"), sim.From(data))
	require.Error(t, err)
}

// Members in step with more to say than they may stay in step: nothing comes through. With jitter as much comes through
// as of any others that send so much.
func TestJitterEndsStep(t *testing.T) {
	text := func(radio string) string {
		return fmt.Sprintf(`
scenario: step
run: 6h
system:
  devices:
    meter: {is: telemetry, every: 10s, in_step: true, count: 50}
    gateway: {is: custom, count: 50, inputs: {heard: meter.reading}, signals: {x: {start: 0}}}
  zones: {air: {devices: [meter, gateway], radio: {lora: {sf: 9, channels: 1, wait: 30s%s}}}}
`, radio)
	}
	still := played(t, text(""), 1).Capacity.Airs[0]
	require.Equal(t, still.Sent, still.Collided)
	moved := played(t, text(", jitter: 2s"), 1).Capacity.Airs[0]
	takes := vtime.Seconds(airtime(t))
	between := takes/0.01 + 1 // seconds
	require.InEpsilon(t, 50*21600/between, float64(moved.Sent), 0.01)
	load := 49 * takes / between
	through := 1 - float64(moved.Collided)/float64(moved.Sent)
	t.Logf("of %d sent %.4f come through, of any others %.4f", moved.Sent, through, math.Exp(-2*load))
	require.InDelta(t, math.Exp(-2*load), through, 0.02)
}
