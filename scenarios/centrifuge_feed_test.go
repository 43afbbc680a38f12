package scenarios

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// The autoclave of feed.yaml: K, s.
const (
	fedAt    = 368.15
	tearsAt  = 394.26
	ambient  = 293.15
	steamed  = 400 // how much hotter than the air it gets in the end
	settling = 6540
)

// heats is how long a cylinder takes to a temperature with the steam valve open, s.
func heats(to float64) float64 {
	return settling * math.Log((ambient+steamed-fedAt)/(ambient+steamed-to))
}

// downwind is how much hydrogen fluoride there is of 0.1 kg/s of UF6 so far away on the axis, ppm, with
// class F and 1.5 m/s, and how wide the plume is there, m.
func downwind(x float64) (ppm, across float64) {
	across, up := 0.04*x*math.Pow(1+1e-4*x, -0.5), 0.016*x/(1+3e-4*x)
	fluoride := 0.1 * 4 * 20.006 / 352.02
	return fluoride / (math.Pi * 1.5 * across * up) / 0.020006 * 8.314462618 * 298.15 / 101325 * 1e6, across
}

// TestFeedOverheats: the hose tears when the closed form says; who stays breathes what the wind brings, and
// is harmed when that comes to the loads of AEGL.
func TestFeedOverheats(t *testing.T) {
	r := ofLibrary(t, "centrifuge/feed-overheated")
	tears := 60 + heats(tearsAt)
	at := changes(r, "cylinder.leaks", 1)
	require.Len(t, at, 1)
	assert.InDelta(t, tears, at[0], 1e-3)
	require.Len(t, r.Harm, 3)
	for i := range r.Harm {
		assert.Equal(t, "gas", r.Harm[i].Exposure)
	}
	for _, c := range []struct {
		person, cloud string
		away          float64
		ppm           float64 // as feed.yaml has it
		minutes       []float64
	}{
		{"farmer", "field", 300, 113, []float64{2.7, 9.0}},
		{"neighbour", "house", 1000, 12.6, nil},
	} {
		ppm, _ := downwind(c.away)
		assert.InDelta(t, c.ppm, ppm, 0.5, c.person)
		assert.InEpsilon(t, ppm*1e-6, r.signal("cloud_"+c.cloud+".gas").Max(), 1e-9)
		assert.Equal(t, 1.0, r.signal("cloud_"+c.cloud+".valid").Max())
		for i, load := range []float64{10, 34_560, 115_320} {
			seconds := load / (ppm * ppm) * 60
			is := []float64{1, 3, 4}[i]
			if tears+seconds > 1800 {
				assert.Empty(t, changes(r, c.person+".worst", is), c.person)
				continue
			}
			got := changes(r, c.person+".worst", is)
			require.Len(t, got, 1, "%s, %v", c.person, is)
			assert.InDelta(t, at[0]+seconds, got[0], 1e-5, "%s, %v", c.person, is)
			if i > 0 {
				assert.InDelta(t, c.minutes[i-1], seconds/60, 0.05, c.person)
			}
		}
	}
}

// TestGuardWalksOut: who is warned stays for a second and walks out of the plume across the wind; the load is the
// integral of the square of a bell.
func TestGuardWalksOut(t *testing.T) {
	r := ofLibrary(t, "centrifuge/feed-overheated")
	ppm, across := downwind(150)
	assert.InDelta(t, 431, ppm, 0.5)
	seconds := 1 + across*math.Sqrt(math.Pi)/2/1.6*math.Erf(60/across)
	want := ppm * ppm * seconds / 60
	got := r.signal("gate_guard.gas_load").At(vtime.Time(30*vtime.Minute)) / 60e-12
	assert.InEpsilon(t, want, got, 1e-4, "all but what is less than 1 ppm")
	assert.Less(t, got, 34_560.)
	assert.Equal(t, 1.0, r.signal("gate_guard.worst").Max())
	stays := 34_560 / (ppm * ppm) * 60
	assert.InDelta(t, 11.1, stays, 0.1, "who does not walk has that long")
	assert.InDelta(t, 37.2, 115_320/(ppm*ppm)*60, 0.1)
}

// TestFeedTrips: by 110 degC the valve is shut, and nothing goes out.
func TestFeedTrips(t *testing.T) {
	r := ofLibrary(t, "centrifuge/feed-overheated-tripped")
	at := changes(r, "thermostat.run", 0)
	require.Len(t, at, 1)
	assert.InDelta(t, 60+heats(383.15), at[0], 1e-3)
	assert.InDelta(t, 383.15, r.signal("cylinder.temperature").Max(), 1e-6)
	for _, name := range []string{"gate_guard", "farmer", "neighbour"} {
		assert.Zero(t, r.signal(name+".worst").Max(), name)
		assert.Zero(t, r.signal(name+".gas_load").Max(), name)
	}
}
