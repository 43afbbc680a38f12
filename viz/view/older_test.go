package view_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/viz/view"
)

// A trace of a version that knew neither places nor where severities begin is shown as it was:
// the plant alone, and of what harmed people what was to spare.
func TestOlderTraces(t *testing.T) {
	x := *scenariotest.Recorded(t, "robot-cell/zone-spoofed", 0)
	x.Header = copied(t, &x.Header)
	for i := range x.Header.Devices {
		x.Header.Devices[i].Look.Place, x.Header.Devices[i].Look.Zones = nil, nil
	}
	for i := range x.Header.People {
		for k := range x.Header.People[i].Exposures {
			e := &x.Header.People[i].Exposures[k]
			e.Amount, e.Bounds = 0, nil
		}
	}
	s := watching(t, view.Options{Eager: true}, &x)
	require.Equal(t, "plant", s.v.State().Shows)
	require.Contains(t, s.v.State().Plots, "anna.contact_margin")
	s.key("home", "h")
	s.requireApart("an older trace")
	s.place("slight")
}
