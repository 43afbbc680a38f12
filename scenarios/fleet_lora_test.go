package scenarios

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network/lora"
	"github.com/harmproof/harmproof/sim/vtime"
)

// byRadio runs a scenario of the fleet.
func byRadio(t *testing.T, name string) *sim.Result {
	s, err := Load("fleet/" + name)
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	require.Empty(t, r.Unmet, name)
	return r
}

// packet is how long a message of one value is on the air.
func packet(t *testing.T, factor int) float64 {
	d, err := lora.Modulation{SpreadingFactor: factor}.Airtime(21)
	require.NoError(t, err)
	return vtime.Seconds(d)
}

// groups are the meters of the cell.
var groups = []struct {
	link, device string
	factor       int
	devices      float64
}{{"sf7", "near", 7, 1500}, {"sf9", "middle", 9, 400}, {"sf12", "far", 12, 100}}

// What the cell of a gateway loses in a day is what ALOHA says of each spreading factor, of as many devices. Readings come
// at a period, so that who overlaps with whom is drawn once a run: ten of them say what is lost.
func TestACellIsAloha(t *testing.T) {
	s, err := Load("fleet/lora-day")
	require.NoError(t, err)
	shares := map[string][]float64{}
	for seed := range uint64(10) {
		r, err := sim.Run(t.Context(), s.Plan, sim.Seed(seed))
		require.NoError(t, err)
		for _, a := range r.Capacity.Airs {
			shares[a.Name] = append(shares[a.Name], float64(a.Collided)/float64(a.Sent))
		}
	}
	for _, c := range groups {
		load := (c.devices - 1) * packet(t, c.factor) / 1800 / 8
		t.Logf("%s: %.4f collide, by ALOHA %.4f", c.link, shares[c.link], 1-math.Exp(-2*load))
		within(t, 1-math.Exp(-2*load), shares[c.link])
	}
}

// What meters take of their batteries is airtime at 100 mW and a day at 10 uW.
func TestACellTakesOfItsBatteries(t *testing.T) {
	for name, every := range map[string][3]float64{"lora-day": {1800, 1800, 1800}, "lora-firmware": {300, 300, 300}, "lora-firmware-protected": {300, 300, 1800}} {
		r := byRadio(t, name)
		for i, c := range groups {
			require.Equal(t, c.link, r.Capacity.Airs[2-i].Name)
			require.InDelta(t, c.devices*86400/every[i], float64(r.Capacity.Airs[2-i].Sent), 1)
			for _, b := range r.Capacity.Charges {
				if b.Device == c.device {
					drawn := 86400*10e-6 + 86400/every[i]*packet(t, c.factor)*(0.1-10e-6)
					require.InDelta(t, drawn, b.Full-b.Least, 1e-6)
					require.InEpsilon(t, 31100/drawn, b.Lasts, 1e-6)
				}
			}
		}
	}
}

// In the storm nobody sends more than a packet each 148 s, and all that do are in step; in the protected one nothing is
// withheld, and as much collides as ALOHA says of so many.
func TestTheStormOfGullies(t *testing.T) {
	takes := packet(t, 12)
	require.InDelta(t, 148, takes/0.01, 1)
	for name, check := range map[string]func(a *sim.Air){
		"lora-storm": func(a *sim.Air) {
			require.InDelta(t, 100*math.Floor(3000/(takes/0.01)+1)+200, float64(a.Sent), 110)
			require.Greater(t, float64(a.Collided), 0.8*float64(a.Sent))
			require.Positive(t, a.Withheld)
		},
		"lora-storm-protected": func(a *sim.Air) {
			require.Zero(t, a.Withheld)
			load := takes * (100.0/180 + 100.0/1800) / 8
			require.InDelta(t, 1-math.Exp(-2*load), float64(a.Collided)/float64(a.Sent), 0.05)
		},
	} {
		r := byRadio(t, name)
		for i := range r.Capacity.Airs {
			if a := &r.Capacity.Airs[i]; a.Name == "sf12" {
				check(a)
			}
		}
	}
}

// Of the city's sensors as many collide as ALOHA says of 1200 channels, and the disk is full when the rest fills it.
func TestTheCityIsAloha(t *testing.T) {
	r := byRadio(t, "normal")
	a := &r.Capacity.Airs[0]
	load := 79_991.0 / 60 * packet(t, 7) / 1200
	require.InDelta(t, 0.118, 1-math.Exp(-2*load), 0.0005)
	require.InEpsilon(t, 1-math.Exp(-2*load), float64(a.Collided)/float64(a.Sent), 1e-3)
	stored := 79_991.0*1440*math.Exp(-2*load) + 20_000*1440
	require.InEpsilon(t, stored, float64(r.Capacity.Growth[0].Items), 1e-3)
	require.InDelta(t, 8.344, stored*64/1e9, 0.01)
	byRadio(t, "power-cut")
	byRadio(t, "too-many")
	byRadio(t, "lora-jam")
}

// So it is of the city's water meters, whose batteries last as long as on paper.
func TestTheMetersOfTheCity(t *testing.T) {
	r := byRadio(t, "lora-city")
	many := map[string]float64{"near": 60_000, "middle": 25_000, "far": 15_000}
	for i, c := range groups {
		a, takes := &r.Capacity.Airs[2-i], packet(t, c.factor)
		require.Equal(t, c.link, a.Name)
		load := (many[c.device] - 1) * takes / 3600 / 320
		require.InEpsilon(t, many[c.device]*720, float64(a.Sent), 1e-9)
		require.InEpsilon(t, 1-math.Exp(-2*load), float64(a.Collided)/float64(a.Sent), 1e-5)
		b := &r.Capacity.Charges[slices.IndexFunc(r.Capacity.Charges, func(b sim.Charge) bool { return b.Device == c.device })]
		require.InEpsilon(t, 31100/(86400*10e-6+24*takes*(0.1-10e-6)), b.Lasts, 1e-6)
		require.InEpsilon(t, b.Mean, b.Least, 1e-12)
	}
}
