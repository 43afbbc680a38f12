package record_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
)

// device is that of a name.
func device(t *testing.T, x *trace.Trace, id string) (int, *trace.Look) {
	for i := range x.Header.Devices {
		if x.Header.Devices[i].ID == id {
			return i, x.Header.Devices[i].Look
		}
	}
	require.Fail(t, "there is no "+id)
	return 0, nil
}

// The trace says where people and machines are, which zones are dangerous, and from when on what
// somebody is exposed to harms.
func TestPlaces(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "robot-cell/zone-spoofed"))
	x := opened(t, file)
	_, anna := device(t, x, "anna")
	require.Equal(t, []string{"anna.x", "anna.y"}, []string{x.Path(anna.Place.X.Cell), x.Path(anna.Place.Y.Cell)})
	require.Equal(t, trace.Amount{Cell: -1, Plus: 0.5}, anna.Place.Width)
	_, norm := device(t, x, "norm")
	require.Nil(t, norm.Place)
	require.Equal(t, "needed-to-stop", norm.Zones[0].Name)
	require.Equal(t, []string{"arm.x", "norm.needed"}, []string{x.Path(norm.Zones[0].X.Cell), x.Path(norm.Zones[0].Radius.Cell)})
	require.Equal(t, "crushing", x.Header.Hazards[norm.Zones[0].Hazards[0]].Name)
	_, arm := device(t, x, "arm")
	require.Equal(t, "arm.stop_distance", x.Path(arm.Zones[1].Radius.Cell))
	require.Equal(t, arm.Place.X, arm.Zones[1].X)
	_, curtain := device(t, x, "curtain")
	require.Equal(t, []string{"curtain.fitted", "curtain.broken"}, []string{x.Path(curtain.Zones[0].While.Cell), x.Path(curtain.Zones[0].Alarm.Cell)})
	for _, e := range x.Header.People[0].Exposures {
		if e.Name == "contact" { // ISO/TS 15066: 140 N at the chest, twice that where it gives way
			require.Equal(t, "anna.contact_worth", x.Path(e.Amount)) // as a transient contact
			require.Len(t, e.Bounds, 4)
			for i, want := range []float64{280, 560, 2800, 8400} {
				require.Equal(t, trace.Bound{Severity: i + 1, Value: math.Nextafter(want, math.Inf(1))}, e.Bounds[i], "more than that harms")
			}
			return
		}
	}
	require.Fail(t, "no contact")
}

// Who is in a car has its place, and a car that has none ahead closes in on nobody.
func TestPlacesInCars(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "platoon/jammed-trusting"))
	x := opened(t, file)
	n, car := device(t, x, "v3_car")
	_, driver := device(t, x, "v3_driver")
	require.Equal(t, n, driver.Place.In)
	require.Equal(t, "v3_car.closing", x.Path(car.Zones[0].Along.Cell))
	require.Equal(t, []int{0}, car.Zones[0].Hazards)
	_, first := device(t, x, "v0_car")
	require.Empty(t, first.Zones)
}

// The reactor is seen where people are near it.
func TestPlaceOfTheReactor(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "reactor/runaway-burst"))
	_, reactor := device(t, opened(t, file), "reactor")
	require.NotNil(t, reactor.Place)
	require.Equal(t, trace.Amount{Cell: -1, Plus: 0.6}, reactor.Place.Width)
}
