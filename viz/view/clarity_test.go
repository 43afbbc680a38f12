package view_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/view"
)

// What is commanded by somebody else is written beneath who is told it, not beneath who did not say it.
func TestCommandsAreBeneathWhoIsTold(t *testing.T) {
	at := vtime.Time(20_000 * vtime.Second)
	s := watched(t, view.Options{Eager: true, At: &at}, "insulin/rogue-bolus")
	told, pump, remote := s.place("told 30 U"), s.place("PUMP"), s.place("REMOTE")
	assert.InDelta(t, pump.X, told.X, 2)
	assert.Greater(t, told.Y, pump.Y)
	assert.Greater(t, remote.X-told.X, float32(20))
}

// Names that begin alike are cut in their middle where they have no room.
func TestNamesThatBeginAlikeStayApart(t *testing.T) {
	s := watched(t, view.Options{}, "home/freeze")
	for _, want := range []string{"ther…stat", "ther…eter"} {
		assert.True(t, s.says(want), want)
	}
}

// A plot reaches from the least to the greatest that happened and to what harms near that, not to all that harms.
func TestPlotsAreOfWhatHappened(t *testing.T) {
	x := scenariotest.Recorded(t, "home/freeze", 0)
	v, err := view.New([]*trace.Trace{x}, view.Options{Eager: true})
	require.NoError(t, err)
	cell := -1
	for _, e := range x.Header.People[0].Exposures {
		if e.Name == "temperature" {
			cell = e.Amount
		}
	}
	require.GreaterOrEqual(t, cell, 0)
	least, most := x.Overview.Of(cell)
	low, high := float64(slices.Min(least)), float64(slices.Max(most))
	lo, hi := v.Extent(cell)
	assert.LessOrEqual(t, lo, low)
	assert.GreaterOrEqual(t, hi, high)
	assert.Less(t, hi-high, (high-low)/2, "from where heat kills is far")
}

// Where there is no room for all plots that nobody asked for, the one that tells of the first violation stays.
func TestTheFirstViolationIsPlotted(t *testing.T) {
	s := watched(t, view.Options{Eager: true}, "tennessee/overpressure-burst")
	assert.Len(t, s.v.State().Plots, 4)
	assert.True(t, s.says("plant.pressure"))
	assert.False(t, s.says("shutdown.trip_point"))
}

// What is violated first is plotted, or what lies beneath it; not what has a limit and never moves.
func TestPlotsWhatIsViolated(t *testing.T) {
	assert.Equal(t, []string{"head_end.people"}, watched(t, view.Options{Eager: true}, "town/erased-but-in-backup").v.State().Plots)
}
