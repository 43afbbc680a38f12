package scenarios

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// onSites is 150 000 cameras on three sites, each with a store and a password of its own; the support of the maker
// has all of them or, as in admin.yaml, one that opens all.
const onSites = `scenario: sites
run: 2d
system:
  subjects: {north: {count: 50000}, south: {count: 60000}, west: {count: 40000}}
  devices:
    north_camera: {is: telemetry, count: 50000, every: 10m, as_rate: true}
    south_camera: {is: telemetry, count: 60000, every: 10m, as_rate: true}
    west_camera: {is: telemetry, count: 40000, every: 10m, as_rate: true}
    north_cloud: {is: store, keeps: 30d, remote: [%[1]s], takes: {scenes: {from: north_camera.reading, about: north}}}
    south_cloud: {is: store, keeps: 30d, remote: [%[2]s], takes: {scenes: {from: south_camera.reading, about: south}}}
    west_cloud: {is: store, keeps: 30d, remote: [%[3]s], takes: {scenes: {from: west_camera.reading, about: west}}}
    support: {is: custom, signals: {}}
    laptop: {is: custom, signals: {}}
  credentials: {super_admin: {kind: password, held_by: [support]}, site: {kind: password, held_by: [support]}}
  attackers: {thief: {at: laptop, knows: all, holds: [%[4]s]}}
timeline:
  - {at: 1d, name: to-north, attack: login, from: laptop, to: north_cloud}
  - {at: 1d, name: to-south, attack: login, from: laptop, to: south_cloud}
  - {at: 1d, name: to-west, attack: login, from: laptop, to: west_cloud}
  - {after: to-north, delay: 1h, needs: to-north, name: north, attack: steal, from: laptop, device: north_cloud}
  - {after: to-south, delay: 1h, needs: to-south, name: south, attack: steal, from: laptop, device: south_cloud}
  - {after: to-west, delay: 1h, needs: to-west, name: west, attack: steal, from: laptop, device: west_cloud}
invariants:
  nothing-stolen: {always: stolen(north_cloud) + stolen(south_cloud) + stolen(west_cloud) == 0}
`

// TestVerkada: of 150 000 cameras one credential opens all where it is that of the support, as in March 2021, those
// of one site where each has its own, and none without.
func TestVerkada(t *testing.T) {
	for name, c := range map[string]struct {
		passwords [3]string
		holds     string
		stolen    int
		thefts    []int
	}{
		"one for all":    {[3]string{"super_admin", "super_admin", "super_admin"}, "super_admin", 150_000, []int{50_000, 60_000, 40_000}},
		"one for a site": {[3]string{"super_admin", "site", "super_admin"}, "site", 60_000, []int{60_000}},
		"the wrong one":  {[3]string{"super_admin", "super_admin", "super_admin"}, "site", 0, nil},
		"none":           {[3]string{"super_admin", "super_admin", "super_admin"}, "", 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Parse("sites.yaml", fmt.Appendf(nil, onSites, c.passwords[0], c.passwords[1], c.passwords[2], c.holds))
			require.NoError(t, err)
			r, err := sim.Run(context.Background(), s.Plan)
			require.NoError(t, err)
			i, err := r.Invariant("nothing-stolen")
			require.NoError(t, err)
			assert.Equal(t, -float64(c.stolen), i.Margin)
			var people []int
			for _, x := range r.Privacy.Thefts {
				people = append(people, x.People)
				assert.Equal(t, "thief", x.Who)
			}
			assert.Equal(t, c.thefts, people)
		})
	}
}

// TestVerkadaTown: the town at thirty times its size is 150 000 cameras, which one password opens. With the key of
// a site besides it opens none.
func TestVerkadaTown(t *testing.T) {
	trials.OptIn(t)
	for name, stolen := range map[string]int{"cameras-stolen": 150_000, "cameras-per-site": 0} {
		s, err := Load("town/" + name)
		require.NoError(t, err)
		p, err := s.Scaled(30)
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), p, sim.Until(vtime.Time(10*vtime.Day)))
		require.NoError(t, err)
		i, err := r.Invariant("nothing-stolen")
		require.NoError(t, err)
		assert.Equal(t, -float64(stolen), i.Margin, name)
	}
}

// TestTarget: at a million times its size the chain of shops has 40 M cards and 70 M customers, who are taken two
// months and more after its vendor was phished; and none of them where the portal reaches the invoices alone.
func TestTarget(t *testing.T) {
	for name, want := range map[string]map[string]int{
		"retailer-pivot":           {"tills": 40_000_000, "customers": 70_000_000},
		"retailer-pivot-segmented": {},
	} {
		s, err := Load("town/" + name)
		require.NoError(t, err)
		p, err := s.Scaled(1_000_000)
		require.NoError(t, err)
		require.EqualValues(t, 110_000_006, p.Members())
		r, err := sim.Run(context.Background(), p)
		require.NoError(t, err)
		taken, total := map[string]int{}, 0
		for _, x := range r.Privacy.Thefts {
			taken[x.Store] = x.People
			total += x.People
		}
		assert.Equal(t, want, taken, name)
		i, err := r.Invariant("nothing-stolen")
		require.NoError(t, err)
		assert.Equal(t, -float64(total), i.Margin, name)
		if total == 0 {
			assert.Empty(t, i.Violations)
			continue
		}
		phished := r.Injections[0]
		require.Equal(t, "phish", phished.Step.Name)
		assert.GreaterOrEqual(t, i.At.Seconds()-phished.Applied.Seconds(), 62*86400., "no two months are longer")
	}
}
