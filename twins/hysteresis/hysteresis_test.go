package hysteresis_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/gauge"
	"github.com/harmproof/harmproof/twins/hysteresis"
)

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// commands lists when the command changed and to what, for readings that are told
// by messages or by a wire.
func commands(t *testing.T, wire string, s hysteresis.Spec, readings ...float64) (list []float64) {
	p := simtest.Scene{
		Run: 20 * vtime.Second,
		Devices: map[string]device.Device{
			"plc":   must(hysteresis.New(s)),
			"gauge": simtest.Script{Unit: unit.Metre, Tell: map[string][]simtest.Point{"level": simtest.Steps(readings...)}},
		},
		Wires: map[string]string{"plc.reads": wire + "gauge.level"},
	}.Play(t)
	for _, c := range p.Changes("plc.command") {
		list = append(list, c.At.Seconds(), c.Value)
	}
	return list
}

// On at or below low, off at or above high, latched between.
func TestLatches(t *testing.T) {
	spec := hysteresis.Spec{Low: 1.5, High: 3.5}
	levels := []float64{0, 2, 1, 1.51, 2, 1.5, 3, 3.49, 4, 2, 5, 3.5, 6, 1.51, 7, 1.4, 8, 1.6, 9, 9}
	assert.Equal(t, []float64{0, 0, 2.001, 1, 5.001, 0, 7.001, 1, 9.001, 0}, commands(t, "", spec, levels...))
	assert.Equal(t, []float64{0, 0, 2, 1, 5, 0, 7, 1, 9, 0}, commands(t, "wired ", spec, levels...), "hard-wired")
	spec.On = true
	assert.Equal(t, []float64{0, 1, 5.001, 0}, commands(t, "", spec, 0, 2, 5, 4))
}

// What it is wired to it acts on from the start, whether that changes or not.
func TestWiredFromTheStart(t *testing.T) {
	assert.Equal(t, []float64{0, 0, 0, 1}, commands(t, "wired ", hysteresis.Spec{Low: 1.5, High: 3.5}, 0, 1))
}

// A gauge that tells every 200 ms is answered every 200 ms, so that a lost command
// is made up for.
func TestAnswersEachReading(t *testing.T) {
	p := simtest.Scene{
		Run: 10 * vtime.Second,
		Devices: map[string]device.Device{
			"plc":   must(hysteresis.New(hysteresis.Spec{Low: 1, High: 2})),
			"gauge": must(gauge.NewLevel(gauge.LevelSpec{Every: 200 * vtime.Millisecond, High: 100})),
			"well":  simtest.Script{Unit: unit.Metre, Values: map[string][]simtest.Point{"level": simtest.Steps(0, 1.5)}},
			"ear":   ear{},
		},
		Wires: map[string]string{"gauge.of": "well.level", "plc.reads": "gauge.level", "ear.command": "plc.command"},
	}.Play(t)
	// 51 readings, the last of them at the very end: 50 arrive, 50 are answered.
	assert.Equal(t, uint64(51+50), p.Stats.Sent)
}

type ear struct{}

func (ear) Declare(p *device.Ports) { device.Told[bool](p, "command", unit.One) }

func TestRefuses(t *testing.T) {
	for want, s := range map[string]hysteresis.Spec{
		"low must be below high": {Low: 2, High: 2},
		"high must be finite":    {Low: 1, High: math.NaN()},
	} {
		_, err := hysteresis.New(s)
		assert.ErrorContains(t, err, want)
	}
}
