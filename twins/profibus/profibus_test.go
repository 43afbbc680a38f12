package profibus_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/profibus"
)

const second = vtime.Second

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

// An ear is told three values, and counts the messages that bring them.
type ear struct{ heard *device.Out[float64] }

// Declare implements device.Device.
func (e *ear) Declare(p *device.Ports) {
	for _, name := range []string{"lowest", "highest", "command"} {
		device.Told[float64](p, name, unit.Hertz, device.Optional(0), device.Doc("what it is told"))
	}
	device.Told[bool](p, "alarm", unit.One, device.Optional(0), device.Doc("what it is told"))
	e.heard = device.State(p, "heard", unit.One, 0.0, device.Doc("how many messages"))
	p.OnMessage(func(c *device.Context) { e.heard.Set(c, e.heard.Get(c)+1) })
}

func play(t *testing.T, wires map[string]string) *simtest.Played {
	all := map[string]string{
		"module.frequency": "wired desk.frequency", "module.low": "bus.low", "module.high": "bus.high", "module.fault": "alarm.fault",
	}
	for to, from := range wires {
		all[to] = from
	}
	return simtest.Scene{
		Run: 10 * second,
		Devices: map[string]device.Device{
			"module": must(profibus.New(profibus.Spec{Cycle: second, Start: 1064})),
			"desk":   simtest.Script{Unit: unit.Hertz, Tell: map[string][]simtest.Point{"frequency": simtest.Steps(0, 1064, 3.5, 1410, 6, 1410)}},
			"bus": simtest.Script{Unit: unit.Hertz, Values: map[string][]simtest.Point{
				"low": simtest.Steps(0, 1064, 4.5, 1065, 5.5, 1070), "high": simtest.Steps(0, 1064, 4.5, 1066, 5.5, 1071),
			}},
			"alarm": simtest.Script{Unit: unit.One, Values: map[string][]simtest.Point{"fault": simtest.Steps(0, 0, 7.5, 1)}},
			"plc":   &ear{},
		},
		Wires: all,
	}.Play(t)
}

// One telegram a cycle, equal or not, with all that there is to say.
func TestTelegram(t *testing.T) {
	p := play(t, map[string]string{"plc.lowest": "module.lowest", "plc.highest": "module.highest", "plc.alarm": "module.alarm"})
	assert.Equal(t, 10., p.At("plc.heard", 10*second), "at 0 s to 9 s; that of 10 s comes a millisecond later")
	const after = vtime.Time(vtime.Millisecond)
	at := func(s int) vtime.Time { return vtime.Time(vtime.Duration(s)*second) + after }
	assert.Equal(t, []sim.Change{{At: 0, Value: 1064}, {At: at(5), Value: 1065}, {At: at(6), Value: 1070}}, p.Changes("plc.lowest"))
	assert.Equal(t, []sim.Change{{At: 0, Value: 1064}, {At: at(5), Value: 1066}, {At: at(6), Value: 1071}}, p.Changes("plc.highest"))
	assert.Equal(t, []sim.Change{{At: 0, Value: 0}, {At: at(8), Value: 1}}, p.Changes("plc.alarm"))
}

// What it is told again it does not hand on again.
func TestCommand(t *testing.T) {
	p := play(t, map[string]string{"plc.command": "module.command"})
	assert.Equal(t, 1., p.At("plc.heard", 10*second))
	assert.Equal(t, []sim.Change{{At: 0, Value: 1064}, {At: 3_501_000_000, Value: 1410}}, p.Changes("plc.command"))
}

func TestRefuses(t *testing.T) {
	_, err := profibus.New(profibus.Spec{})
	assert.ErrorContains(t, err, "cycle must be above 0s")
}
