package scenarios

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	townplaces "github.com/harmproof/harmproof/sim/data/places"
)

// TestTownMovement: by hour and square kilometre four shown cards tell most of the town apart, by day and
// quarter nobody.
func TestTownMovement(t *testing.T) {
	fine := ofLibrary(t, "town/movement-reidentified").Result
	require.Len(t, fine.Privacy.Learnt, 1)
	learnt := fine.Privacy.Learnt[0]
	assert.Equal(t, [3]int{3005, 3005, townHomes}, [3]int{learnt.Now, learnt.Most, learnt.Of}, "golden: seed 1")
	assert.Contains(t, strings.Join(learnt.Recipe, "\n"), "mobility is joined to bonus by times and places: 4 points of 1 h and 1 km that nobody else shares; 4 of its own single out 54.1 % of 5000 people there")
	// Cards are shown every 149 h: by 25 d four times, and five times by those who showed it in the first 4 h.
	cards := stored(t, fine, "bonus")
	assert.InDelta(t, townHomes*600./149, float64(cards.Items), 3.3*math.Sqrt(townHomes*(600./149-4)*(5-600./149)))
	coarse := ofLibrary(t, "town/movement-coarse").Result
	assert.Empty(t, coarse.Privacy.Learnt)
	assert.Equal(t, stored(t, fine, "mobility").Items, stored(t, coarse, "mobility").Items, "it has as many items, which say less")
}

// roaming is a town in which everybody is anywhere, a diary without names, and a card that is shown so often.
const roaming = `scenario: roaming
run: 3d1h
seed: %d
system:
  subjects:
    resident: {count: 300, moves: {across: 3 km, cell: 1 km, pattern: anywhere}, traits: {name: {values: own}, illness: {kind: sensitive, values: 2}}}
  devices:
    phone: {is: telemetry, count: 300, every: 1h, as_rate: true}
    card: {is: telemetry, count: 300, every: 26h, as_rate: true}
    diary: {is: store, key: app, owner: insurer, keeps: 90d, holds: {illness: all}, takes: {movement: {from: phone.reading, precision: {time: 1h, space: 1 km}}}}
    bonus: {is: store, key: policy, owner: insurer, keeps: 90d, holds: {name: all}, takes: {visits: {from: card.reading, precision: {time: %s, space: %s}}}}
invariants:
  learnt: {always: "count(can_learn(insurer, resident, illness)) >= 0"}
  guessed: {always: "sum(confidence(insurer, resident, illness)) >= 0"}
  apart: {finally: 'unicity(diary, 3) <= 1'}
`

// TestTownAnywhere: of people who are in any of 9 cells in each hour p points single out (1 - 9^-p)^299 of 300, by a
// file as by hand. In three days a card is shown twice or, by those who did so in the first 20 hours of 26, three times.
func TestTownAnywhere(t *testing.T) {
	const people, cells, towns = 300, 9, 60
	three := 20. / 26
	var alone, apart []float64
	for seed := range towns {
		s, err := Parse("roaming.yaml", fmt.Appendf(nil, roaming, seed, "1h", "1 km"))
		require.NoError(t, err)
		r, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		require.Len(t, r.Privacy.Learnt, 1)
		alone = append(alone, float64(r.Privacy.Learnt[0].Now)/people)
		v, err := r.Invariant("apart")
		require.NoError(t, err)
		apart = append(apart, 1-v.Margin)
	}
	// At 72 h; who has two points is rarely alone.
	want := three*townplaces.Independent(people, cells, 3) + (1-three)*townplaces.Independent(people, cells, 2)
	requireTowns(t, want, alone)
	requireTowns(t, townplaces.Independent(people, cells, 3), apart)
	s, err := Parse("roaming.yaml", fmt.Appendf(nil, roaming, 1, "1d", "3 km"))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	assert.Empty(t, r.Privacy.Learnt, "everybody is in the town every day")
}

// requireTowns wants the mean of ten towns within 4.78 of its own standard errors (Student, 9 degrees, 0.1 %).
func requireTowns(t *testing.T, want float64, sample []float64) {
	t.Helper()
	n, sum, squares := float64(len(sample)), 0., 0.
	for _, x := range sample {
		sum += x
	}
	for _, x := range sample {
		squares += (x - sum/n) * (x - sum/n)
	}
	t.Logf("%.4f, expected %.4f", sum/n, want)
	require.InDelta(t, want, sum/n, 4.78*math.Sqrt(squares/(n-1)/n))
}
