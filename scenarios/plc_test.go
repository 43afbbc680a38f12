package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runPLC runs a tank with a valve, a gauge and a plc with the given entries.
func runPLC(t *testing.T, devices, plc string) *swatRun {
	t.Helper()
	s, err := Parse("plc.yaml", []byte(`scenario: plc
about: A plc and its plant
run: 2m
system:
  devices:
    tank: {is: tank, area: 1 m2, height: 4 m, level: 2 m, inflow: inlet.flow, outflow: pump.flow}
    gauge: {is: level-gauge, of: tank.level, every: 400ms}
    meter: {is: flow-meter, of: pump.flow, every: 400ms}
`+devices+`
    plc:
      is: plc
      inputs: {level: gauge.level, flow: meter.flow, inlet_open: inlet.opened}
`+plc))
	require.NoError(t, err)
	return swatPlan(t, s)
}

// TestPLCTakesOverTheRunningPlant: between the set points a latch has no opinion
// of its own; `starts` asks the plant.
func TestPLCTakesOverTheRunningPlant(t *testing.T) {
	for _, open := range []string{"true", "false"} {
		r := runPLC(t, `
    inlet: {is: valve, rate: 1 m3/h, travel: 10s, open: plc.inlet, starts_open: `+open+`}
    pump: {is: pump, rate: 1 m3/h, run: plc.pump}`, `
      settings: {low: 1 m, high: 3 m}
      outputs:
        inlet: {on: level <= low, off: level >= high, starts: inlet_open}
        pump: {value: inlet and inlet_open, starts: inlet}
        seen: level
`)
		at := 0.0
		if open == "true" {
			at = 1
		}
		for _, path := range []string{"plc.inlet", "inlet.position", "plc.pump", "pump.running"} {
			assert.Equal(t, at, r.signal(path).Min(), "%s, %s", path, open)
			assert.Equal(t, at, r.signal(path).Max(), "%s, %s", path, open)
		}
		assert.Equal(t, 2.0, r.signal("plc.seen").First(), "a value that remembers nothing is there from the start")
	}
}

// TestPLCCountsByItself: a value may refer to itself; its start says what it is.
func TestPLCCountsByItself(t *testing.T) {
	r := runPLC(t, `
    inlet: {is: valve, rate: 1 m3/h, travel: 10s, open: plc.inlet}
    pump: {is: pump, rate: 1 m3/h, run: plc.pump}`, `
      settings: {begin: 5 s}
      outputs:
        clock: {value: clock + "0.4 s", starts: begin}
        inlet: clock >= 10
        pump: {value: true, permit: clock < "60 s"}
`)
	assert.InDelta(t, 5+301*0.4, r.signal("plc.clock").Last(), 1e-9, "scans at 0, 0.4 and so on to 120 s")
	assert.Equal(t, []float64{5.2}, changes(r, "plc.inlet", 1), "12.5 scans to 10 s, and one to see it")
	assert.Equal(t, []float64{55.2}, changes(r, "plc.pump", 0))
}

// TestPLCTripsAfterItsDelay: a value that is on or off can trip like a latch.
func TestPLCTripsAfterItsDelay(t *testing.T) {
	r := runPLC(t, `
    inlet: {is: valve, rate: 1 m3/h, travel: 10s, open: plc.inlet}
    pump: {is: pump, rate: 0 m3/h, run: plc.pump}`, `
      settings: {least: 0.5 m3/h}
      outputs:
        inlet: time > 60
        pump: {value: not inlet, trip: pump and flow < least, for: 10s, reset: inlet, starts: true}
`)
	assert.Equal(t, []float64{10}, changes(r, "plc.pump_tripped", 1))
	assert.Equal(t, []float64{10}, changes(r, "plc.pump", 0))
	assert.Equal(t, []float64{60.8}, changes(r, "plc.pump_tripped", 0), "inlet at 60.4, seen a scan later")
	assert.Empty(t, changes(r, "plc.pump", 1))
}

func TestPLCPermitIsForWhatIsOnOrOff(t *testing.T) {
	_, err := Parse("plc.yaml", []byte(`scenario: plc
about: A plc
run: 1s
system:
  devices:
    plc:
      is: plc
      inputs: {}
      settings: {high: 3 m}
      outputs: {level: {value: 2 * high, permit: high > 1}}
`))
	assert.ErrorContains(t, err, "permit and trip switch off, but level is not something that is")
}
