package drive_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/drive"
)

const second = vtime.Second

func must(d device.Device, err error) device.Device {
	if err != nil {
		panic(err)
	}
	return d
}

var spec = drive.Spec{Ramp: 5, Highest: 1500, Low: 807, High: 1210, Start: 1064, Deadband: 1}

// play has a drive follow commands, and a contact.
func play(t *testing.T, run vtime.Duration, s drive.Spec, inhibit []float64, commands ...float64) *simtest.Played {
	return simtest.Scene{
		Run: run,
		Devices: map[string]device.Device{
			"drive": must(drive.New(s)),
			"desk":  simtest.Script{Unit: unit.Hertz, Tell: map[string][]simtest.Point{"frequency": simtest.Steps(commands...)}},
			"guard": simtest.Script{Unit: unit.One, Tell: map[string][]simtest.Point{"stop": simtest.Steps(inhibit...)}},
		},
		Wires: map[string]string{"drive.command": "wired desk.frequency", "drive.inhibit": "wired guard.stop"},
	}.Play(t)
}

var never = []float64{0, 0}

const steady, rising, falling = 0, 1, 2

// 346 Hz up in 69.2 s, 1408 Hz down in 281.6 s, and exact rest.
func TestRamp(t *testing.T) {
	p := play(t, 600*second, spec, never, 0, 1064, 10, 1410, 100, 2)
	for s, want := range map[int]float64{0: 1064, 10: 1064, 20: 1114, 79: 1409, 200: 910, 381: 5} {
		assert.InDelta(t, want, p.At("drive.frequency", vtime.Duration(s)*second), 1e-9, "%d s", s)
	}
	for s, want := range map[int]float64{80: 1410, 100: 1410, 382: 2, 600: 2} {
		assert.Equal(t, want, p.At("drive.frequency", vtime.Duration(s)*second), "%d s", s)
		assert.Equal(t, want, p.At("drive.actual", vtime.Duration(s)*second), "%d s", s)
	}
	for s, want := range map[int][2]float64{5: {steady, 0}, 20: {rising, 5}, 90: {steady, 0}, 200: {falling, -5}, 400: {steady, 0}} {
		at := vtime.Duration(s) * second
		assert.Equal(t, want, [2]float64{p.At("drive.motion", at), p.At("drive.slope", at)}, "%d s", s)
	}
	ends := p.Changes("drive.motion")
	require.Len(t, ends, 5)
	assert.InDelta(t, 79.2, ends[2].At.Seconds(), 2e-9)
	assert.InDelta(t, 381.6, ends[4].At.Seconds(), 2e-9)
}

// It turns round half-way, and in the very instant at which it arrives.
func TestTurnsRound(t *testing.T) {
	p := play(t, 100*second, spec, never, 0, 1064, 10, 1164, 20, 1014, 40, 1200)
	for s, want := range map[int]float64{20: 1114, 30: 1064, 40: 1014, 50: 1064} {
		assert.InDelta(t, want, p.At("drive.frequency", vtime.Duration(s)*second), 1e-7, "%d s", s)
	}
	assert.Equal(t, 1200., p.At("drive.frequency", 100*second))
}

// Commands are limited, and none counts while the contact is closed.
func TestLimits(t *testing.T) {
	p := play(t, 1000*second, spec, []float64{0, 0, 500, 1, 600, 0}, 0, 9999, 200, -5, 450, 1064)
	for s, want := range map[int]float64{190: 1500, 449: 255, 500: 500, 550: 250, 600: 0, 990: 1064} {
		assert.InDelta(t, want, p.At("drive.frequency", vtime.Duration(s)*second), 1e-6, "%d s", s)
	}
}

// What it says of itself is never farther off than the deadband, and no oftener than
// that takes; the alarm goes by it.
func TestSays(t *testing.T) {
	s := spec
	s.Deadband = 10
	p := play(t, 200*second, s, never, 0, 1064, 10, 1410, 100, 1064)
	for at := vtime.Duration(0); at <= 200*second; at += second {
		assert.InDelta(t, p.At("drive.frequency", at), p.At("drive.actual", at), 10+1e-7)
	}
	assert.Len(t, p.Changes("drive.actual"), 1+35+35, "every 10 Hz of 346, and at rest")
	alarms := p.Changes("drive.alarm")
	require.Len(t, alarms, 3)
	assert.InDelta(t, 40, alarms[1].At.Seconds(), 1e-7, "1214 Hz is the first above 1210 that it says")
	assert.InDelta(t, 140, alarms[2].At.Seconds(), 1e-7, "1210 Hz")
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(s *drive.Spec){
		"ramp must be above 0":           func(s *drive.Spec) { s.Ramp = 0 },
		"low must be below high":         func(s *drive.Spec) { s.Low = 1210 },
		"starts must be at most highest": func(s *drive.Spec) { s.Start = 1501 },
	} {
		s := spec
		change(&s)
		_, err := drive.New(s)
		assert.ErrorContains(t, err, want)
	}
}
