package scenarios

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// hall is one with a press, and so many people within its reach: each is a device of its own,
// and one of those whom data are about.
func hall(people int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `scenario: crowd
about: Many people at one press
run: 20s
system:
  subjects:
    resident: {count: %d, traits: {name: {values: own}}}
  devices:
    press:
      is: custom
      signals: {force: {start: 0 N}}
      rules: [{when: time > 12, set: {force: 90 N}}]
`, people)
	for i := range people {
		fmt.Fprintf(&b, "    anna%d: {is: person, role: operator, region: hand, contact: press.force}\n", i)
	}
	return []byte(b.String())
}

// begin loads a system of so many people and runs a second of it.
func begin(t require.TestingT, people int) {
	s, err := Parse("crowd.yaml", hall(people))
	require.NoError(t, err)
	_, err = sim.Run(context.Background(), s.Plan, sim.Until(vtime.Time(vtime.Second)))
	require.NoError(t, err)
}

// How long it takes to load and to start a system of so many people, and how much of that is for
// one of them: it should hardly grow with their number.
func BenchmarkCrowd(b *testing.B) {
	for _, people := range []int{375, 750, 1500, 3000} {
		b.Run(fmt.Sprint(people), func(b *testing.B) {
			for b.Loop() {
				begin(b, people)
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*people), "us/person")
		})
	}
}

// To load and to start eight times as many people takes about eight times the memory: copies that
// grew with the square of their number would make it 64 times.
func TestManyPeopleStartWithCopiesOfNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	taken := func(people int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begin(t, people)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	taken(10) // what is made once
	few, many := taken(250), taken(2000)
	require.Less(t, many, 12*few, "250 people: %d bytes, 2000: %d", few, many)
}
