package scenarios

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	linking "github.com/harmproof/harmproof/sim/data/link"
)

// metered is homes whose load a utility reads every so often, for so long.
const metered = `scenario: metered
run: %[3]s
system:
  subjects: {resident: {count: %[1]d, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, count: %[1]d, every: %[2]s, as_rate: true}
    head_end: {is: store, key: meter_no, owner: utility, keeps: 2000d, holds: {name: all}, takes: {load: {from: meter.reading}}}
invariants:
  least: {finally: 'min(confidence(utility, resident, %[4]s)) < 0'}
  most: {finally: 'max(confidence(utility, resident, %[4]s)) < 0'}
  known: {finally: 'count(can_learn(utility, resident, %[4]s)) < 0'}
`

// learnsOf is how surely a utility knows something of the least and the best known of its homes at the end, and of how
// many of them; and what its report says of how.
func learnsOf(t *testing.T, homes int, every, run, what string) (least, most float64, known int, recipe string) {
	t.Helper()
	s, err := Parse("metered.yaml", fmt.Appendf(nil, metered, homes, every, run, what))
	require.NoError(t, err)
	r, err := sim.Run(context.Background(), s.Plan)
	require.NoError(t, err)
	margin := func(name string) float64 {
		i, err := r.Invariant(name)
		require.NoError(t, err)
		return -i.Margin
	}
	for i := range r.Privacy.Learnt {
		recipe = strings.Join(r.Privacy.Learnt[i].Recipe, "\n")
	}
	return margin("least"), margin("most"), int(margin("known")), recipe
}

// TestOccupancyByMeters: who is at home in six homes is told by readings of 1 Hz, 83 to 94 % right; in five homes over
// eight months by coarser ones, more than 80 %; and by readings once a day not at all.
func TestOccupancyByMeters(t *testing.T) {
	least, most, known, recipe := learnsOf(t, 6, "1s", "15d", "occupancy")
	assert.Equal(t, 6, known)
	for _, sure := range []float64{least, most} {
		assert.GreaterOrEqual(t, sure, 0.83)
		assert.LessOrEqual(t, sure, 0.94)
	}
	assert.Contains(t, recipe, "accuracy 0.83 to 0.94")
	least, _, known, _ = learnsOf(t, 5, "15m", "243d", "occupancy")
	assert.Equal(t, 5, known)
	assert.GreaterOrEqual(t, least, 0.8)
	assert.Less(t, least, 0.83, "less than by readings of 1 Hz")
	for every, run := range map[string]string{"1d": "243d", "1s": "13d"} {
		_, most, known, _ = learnsOf(t, 5, every, run, "occupancy")
		assert.Zero(t, most, "%s for %s", every, run)
		assert.Zero(t, known)
	}
}

// TestHouseholdByMeters: who lives there is told as well by readings of an hour as of 15 minutes, and not by those of a
// day.
func TestHouseholdByMeters(t *testing.T) {
	sure := map[string]float64{}
	for _, every := range []string{"15m", "30m", "1h", "1d"} {
		sure[every], _, _, _ = learnsOf(t, 3, every, "366d", "household")
	}
	assert.Equal(t, map[string]float64{"15m": 0.8, "30m": 0.8, "1h": 0.8, "1d": 0}, sure)
}

// infers reports whether a scenario, or a file beside it that it names, has a store that infers something.
func infers(t *testing.T, path string) bool {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	all := string(text)
	for _, used := range regexp.MustCompile(`[\w-]+\.yaml`).FindAllString(all, -1) {
		if more, err := os.ReadFile(filepath.Join(filepath.Dir(path), used)); err == nil { // comments name others
			all += string(more)
		}
	}
	return strings.Contains(all, "infer:")
}

// TestRulesOfTheLibraryAreRight: what a store of the library infers with a share of its own is not surer than what is
// published of that, and it says by what rule.
func TestRulesOfTheLibraryAreRight(t *testing.T) {
	inferred := 0
	for _, e := range Library() {
		if !infers(t, "library/"+e.Name+".yaml") {
			continue
		}
		s, err := Load(e.Name)
		require.NoError(t, err, e.Name)
		require.NotNil(t, s.Plan.Data, e.Name)
		m := s.Plan.Data
		for i := range m.Intakes {
			in := &m.Intakes[i]
			if in.Accuracy == 0 {
				continue
			}
			inferred++
			what := m.Attributes[m.Shelves[in.Shelf].Attribute].Name
			assert.NotEmpty(t, in.Rule, "%s: %s", e.Name, what)
			for _, f := range linking.Findings() {
				if f.Gives == what {
					assert.True(t, in.Accuracy >= f.Least && in.Accuracy <= f.Most, "%s: %s is %v, published is %v to %v", e.Name, what, in.Accuracy, f.Least, f.Most)
				}
			}
		}
	}
	assert.Positive(t, inferred)
}
