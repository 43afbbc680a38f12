package scenarios

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Of several machines that an exposure is made of that one is blamed that makes it what it is: the greatest of
// max(), and of a sum what most of it comes from, in whatever order they stand.
func TestTheTermThatHarmsIsBlamed(t *testing.T) {
	r := played(t, `scenario: terms
run: 1h
system:
  devices:
    boiler: {is: custom, owner: installer, signals: {co: {start: 1 ppm}}}
    stove: {is: custom, owner: cook, signals: {co: {start: 300 ppm}}}
    press: {is: custom, owner: pressmaker, signals: {force: {start: 250 N}}}
    belt: {is: custom, owner: beltmaker, signals: {force: {start: 0 N}}}
    anna: {is: person, role: resident, co: boiler.co + stove.co}
    bert: {is: person, role: resident, co: stove.co + boiler.co}
    carl: {is: person, role: operator, region: hand, contact: 'max(belt.force, press.force)'}
    dora: {is: person, role: operator, region: hand, contact: 'max(press.force, belt.force)'}
timeline:
  - {at: 10m, act: set, signal: boiler.co, value: 0.9 ppm}
`, 1)
	machines := map[string]string{}
	for i := range r.Harm {
		machines[r.Harm[i].Device] = r.Harm[i].Wired.Signal.Device
	}
	assert.Equal(t, map[string]string{"anna": "stove", "bert": "stove", "carl": "press", "dora": "press"}, machines)
}
