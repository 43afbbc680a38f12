package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The trace says who is where, what harms them, and when somebody was harmed.
func TestDangers(t *testing.T) {
	file, result := recorded(t.Context(), t, load(t, "robot-cell/zone-spoofed"))
	x := opened(t, file)
	require.Equal(t, []string{"anna operator", "bert maintenance"}, []string{x.Header.People[0].Name + " " + x.Header.People[0].Role, x.Header.People[1].Name + " " + x.Header.People[1].Role})
	require.Equal(t, "anna", x.Header.Devices[x.Header.People[0].Device].ID)
	require.Equal(t, []int{0}, x.Header.Hazards[0].Exposes)
	var harms []trace.Harm
	var at []vtime.Time
	hazard := map[trace.EventKind]int{}
	for e, err := range x.Events(0, x.Last()) {
		require.NoError(t, err)
		switch e.Kind {
		case trace.Harmed:
			at = append(at, e.At)
			harms = append(harms, x.Header.Harms[e.Index])
		case trace.HazardBegan, trace.HazardEnded:
			hazard[e.Kind]++
		}
	}
	require.Equal(t, []trace.Harm{{Person: 0, Exposure: "contact", Severity: 1, Word: "slight"}, {Person: 0, Exposure: "contact", Severity: 2, Word: "serious"}}, harms)
	require.Equal(t, result.Harm[0].At, at[1], "of the worst; before that it is less")
	require.Less(t, at[0], at[1])
	require.Equal(t, map[trace.EventKind]int{trace.HazardBegan: 1, trace.HazardEnded: 1}, hazard)
	for k, e := range x.Header.People[0].Exposures {
		require.GreaterOrEqual(t, e.Margin, 0)
		if worst := &result.Harm[0].Margins[k]; e.Name == "contact" {
			values, err := x.At(worst.Closest + 1) // it jumps then: from now on the contact lasts
			require.NoError(t, err)
			require.InDelta(t, worst.Margin, values[e.Margin], 1e-9)
		}
	}
}
