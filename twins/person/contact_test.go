package person_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

// pressed runs a person whom forces touch, in N from times on.
func pressed(t *testing.T, s person.Spec, force ...float64) *simtest.Played {
	t.Helper()
	d, err := person.New(s)
	require.NoError(t, err)
	d = touchedAlone(t, d)
	return simtest.Scene{
		Run: 3 * second, Every: 10 * vtime.Millisecond, Wires: map[string]string{"anna.contact": "arm.force"},
		Devices: map[string]device.Device{"anna": d, "arm": simtest.Script{Unit: unit.Newton, Values: map[string][]simtest.Point{"force": simtest.Steps(force...)}}},
	}.Play(t)
}

// TestContactLasts: a chest bears 280 N of a transient contact, and 140 N after half a second of it
// (ISO/TS 15066:2016, annex A); a break begins it anew.
func TestContactLasts(t *testing.T) {
	s := spec()
	s.Region, s.Touch = "chest", "transient"
	for name, c := range map[string]struct {
		force []float64
		want  [][2]float64
	}{
		"borne at first":       {[]float64{0, 0, 1, 255}, [][2]float64{{0, 0}, {1.5, 1}}},
		"worse then":           {[]float64{0, 0, 1, 511.9, 2.5, 0}, [][2]float64{{0, 0}, {1, 1}, {1.5, 2}, {2.5, 0}}},
		"from the start":       {[]float64{0, 255}, [][2]float64{{0, 0}, {0.5, 1}}},
		"let go in time":       {[]float64{0, 0, 1, 255, 1.499, 0}, [][2]float64{{0, 0}}},
		"with a break":         {[]float64{0, 0, 1, 255, 1.4, 0, 1.5, 255, 1.9, 0}, [][2]float64{{0, 0}}},
		"a break and anew":     {[]float64{0, 0, 1, 255, 1.4, 0, 1.5, 255}, [][2]float64{{0, 0}, {2, 1}}},
		"less but no break":    {[]float64{0, 0, 1, 1, 1.4, 255}, [][2]float64{{0, 0}, {1.5, 1}}},
		"less once it lasts":   {[]float64{0, 0, 1, 255, 1.2, 139}, [][2]float64{{0, 0}}},
		"again once it lasted": {[]float64{0, 0, 1, 1, 2, 0, 2.1, 255}, [][2]float64{{0, 0}, {2.6, 1}}},
		"borne for long":       {[]float64{0, 0, 1, 139}, [][2]float64{{0, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			assertChanges(t, c.want, changes(pressed(t, s, c.force...), "anna.contact_harm"))
		})
	}
	p := pressed(t, s, 0, 0, 1, 255)
	assert.InDelta(t, 280., p.At("anna.contact_margin", second/2), 1e-9)
	assert.InDelta(t, 25., p.At("anna.contact_margin", 1400*vtime.Millisecond), 1e-9)
	assert.InDelta(t, -115., p.At("anna.contact_margin", 1600*vtime.Millisecond), 1e-9)
	s.Region = "skull"
	assertChanges(t, [][2]float64{{0, 0}}, changes(pressed(t, s, 0, 0, 1, 130), "anna.contact_harm"))
	s.Region, s.Bears = "hand", 100
	assertChanges(t, [][2]float64{{0, 0}, {1.5, 1}}, changes(pressed(t, s, 0, 0, 1, 150), "anna.contact_harm"))
}

// What a plot shows of a contact is judged by one scale: the force while it is transient, twice as much once it lasts.
func TestContactIsShownByOneScale(t *testing.T) {
	s := spec()
	s.Region, s.Touch = "chest", "transient"
	d, err := person.New(s)
	require.NoError(t, err)
	d = touchedAlone(t, d)
	scale := d.(device.Looker).Look().Scales[0]
	require.Equal(t, [2]string{"contact", "contact_worth"}, [2]string{scale.Exposure, scale.Signal})
	p := pressed(t, s, 0, 0, 1, 255, 2, 120, 2.5, -7)
	for at := vtime.Duration(0); at <= 3*second; at += 10 * vtime.Millisecond {
		worth, severity := p.At("anna.contact_worth", at), 0
		for i := range scale.Up {
			if worth >= scale.Up[i] {
				severity = i + 1
			}
		}
		assert.Equal(t, float64(severity), p.At("anna.contact_harm", at), "at %v: %v N", at, worth)
	}
	for at, want := range map[vtime.Duration]float64{second / 2: 0, 1200 * vtime.Millisecond: 255, 1600 * vtime.Millisecond: 510, 2200 * vtime.Millisecond: 240, 2600 * vtime.Millisecond: 0} {
		assert.Equal(t, want, p.At("anna.contact_worth", at), "%v", at)
	}
	s.Touch = "quasi_static"
	d, err = person.New(s)
	require.NoError(t, err)
	assert.Equal(t, "contact", touchedAlone(t, d).(device.Looker).Look().Scales[0].Signal)
	assert.Equal(t, "contact_felt", d.(device.Looker).Look().Scales[0].Signal, "of a machine that may meet others")
}

// touchedAlone is somebody whom only contact is wired to.
func touchedAlone(t *testing.T, d device.Device) device.Device {
	t.Helper()
	d, err := d.(device.Fitter).Fit(func(input string) bool { return input == "contact" })
	require.NoError(t, err)
	return d
}
