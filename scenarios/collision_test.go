package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// All who were harmed in one collision, in either car, are told the same of it: who ran into whom, and what it goes back to.
func TestOneCollisionHasOneStory(t *testing.T) {
	for _, name := range []string{"platoon/false-acceleration", "platoon/injected"} {
		s, err := Load(name)
		r := explained(t, s, err)
		type impact struct {
			at        vtime.Time
			one, into string
		}
		told, sides := map[impact][]any{}, map[impact]map[string]bool{}
		for i := range r.Harm {
			for _, x := range r.Spells(i, -1) {
				k := impact{x.At, min(x.Strike.Machine, x.Strike.Into), max(x.Strike.Machine, x.Strike.Into)}
				story := []any{x.Strike, x.Let, x.Means}
				if before, seen := told[k]; seen {
					assert.Equal(t, before, story, "%s: %s at %v", name, r.Harm[i].Device, x.At)
				} else {
					told[k], sides[k] = story, map[string]bool{}
				}
				sides[k][r.Harm[i].Wired.Signal.Device] = true
			}
		}
		both := 0
		for _, cars := range sides {
			if len(cars) > 1 {
				both++
			}
		}
		assert.Greater(t, both, 2, name)
		driver := &r.Harm[0]
		require.Equal(t, "v0_driver", driver.Device)
		first := driver.Strike.Step - 1
		if first < 0 { // it is what the causes of each of them end in
			first = driver.Causes[len(driver.Causes)-1].Injection
		}
		steps := []string{r.Injections[first].Step.Name}
		for _, step := range driver.Let {
			steps = append(steps, r.Injections[step].Step.Name)
		}
		assert.Equal(t, sim.Strike{Machine: "v1_car", Into: "v0_car", By: "v1_ecu", Teller: driver.Strike.Teller, Step: driver.Strike.Step}, driver.Strike)
		assert.Contains(t, steps, "brakes", "what moved the one that was run into is behind it as well")
		assert.Len(t, steps, 2)
	}
}
