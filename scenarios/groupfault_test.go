package scenarios

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/stretchr/testify/require"
)

// A fault on a group takes little memory, however many members it has: who breaks off hundreds of thousands
// again and again must not need as many notes as there are members and times.
func TestFaultsOnAGroupTakeLittle(t *testing.T) {
	const members, times = 20_000, 20
	text := func(faults int) []byte {
		lines := []string{"timeline:"}
		for k := range faults {
			lines = append(lines, fmt.Sprintf("  - {at: %dm, fault: crash, device: meter, for: 30s}", k+1),
				fmt.Sprintf("  - {at: %dm, fault: power-loss, device: lamp, for: 30s}", k+1))
		}
		return []byte(fmt.Sprintf(`
scenario: many
run: 1h
system:
  devices:
    meter: {is: telemetry, count: %[1]d, every: 1h, as_rate: true}
    lamp: {is: custom, count: %[1]d, signals: {on: {start: 0}}}
    sink: {is: store, keeps: 1d, takes: {load: {from: meter.reading}}}
  subjects: {thing: {count: %[1]d}}
%[2]s
`, members, strings.Join(lines, "\n")))
	}
	live := func(faults int) (bytes float64) {
		before := heap()
		s, err := Parse("many.yaml", text(faults))
		require.NoError(t, err)
		bytes = float64(heap()) - float64(before)
		runtime.KeepAlive(s)
		return bytes
	}
	one, many := live(1), live(1+times)
	require.Less(t, (many-one)/(2*members*times), 32.0, "bytes for each member and time: who follows from a step is four or so")
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// When a group restarts, each of its members has the memory again that it started with.
func TestAGroupRestartsAsItStarted(t *testing.T) {
	r := played(t, `
scenario: group
run: 60s
system:
  devices:
    lamp: {is: custom, count: 4, signals: {lit: {start: 1}, dim: {start: 7}}}
timeline:
  - {at: 7s, act: set, signal: "lamp[0].lit", value: 5}
  - {at: 7s, act: set, signal: "lamp[3].dim", value: 6}
  - {at: 20s, fault: crash, device: lamp, for: 10s}
invariants:
  first-before: {eventually: "lamp[0].lit == 5"}
  last-before: {eventually: "lamp[3].dim == 6"}
  others: {always: "lamp[1].lit == 1 and lamp[2].lit == 1 and lamp[3].lit == 1 and lamp[0].dim == 7 and lamp[1].dim == 7 and lamp[2].dim == 7"}
  restored: {always: 'time < 30 or lamp[0].lit == 1 and lamp[3].dim == 7'}
`, 1)
	for _, inv := range r.Invariants {
		require.Equal(t, monitor.Holds, inv.Verdict, inv.Name)
	}
	require.EqualValues(t, 4, r.Injections[2].Effects, "each member is one")
}
