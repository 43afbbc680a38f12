package scene_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios/scenariotest"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// What somebody is told of a quantity is of that one, however many pass through a
// controller to a screen; and where one passes, what the screen shows.
func TestTold(t *testing.T) {
	for name, want := range map[string]map[string]string{
		"swat/attack-01-from-laptop": {
			"t101.level": "plc1.level", "lit101.level": "plc1.level", "t301.level": "plc3.level", "t401.level": "plc3.level401",
		},
		"tower/spoofed-gauge": {"tower.level": "plc.reads", "gauge.level": "plc.reads"},
		"reactor/triton":      {"reactor.temperature": "hmi.temperature"},
	} {
		x := scenariotest.Recorded(t, name, 2000)
		told := scene.Of(x).Told()
		for is, as := range want {
			require.Equal(t, as, x.Path(told[cell(t, x, is)]), "%s: %s", name, is)
		}
	}
}

// What a scanner makes of where two things are is not told of either.
func TestNotTold(t *testing.T) {
	x := scenariotest.Recorded(t, "robot-cell/normal", 2000)
	told := scene.Of(x).Told()
	require.NotContains(t, told, cell(t, x, "arm.x"))
	require.NotContains(t, told, cell(t, x, "anna.x"))
}

func cell(t *testing.T, x *trace.Trace, path string) int {
	n, err := x.Cell(path)
	require.NoError(t, err)
	return n
}

// How far malware came is the malware's own count, of a large population, too.
func TestInfected(t *testing.T) {
	x := scenariotest.Recorded(t, "mirai/flood", 20_000)
	r := scene.Of(x)
	require.NoError(t, r.Story.ReadAll())
	spread := 0
	for k := range vtime.Time(20) {
		s, err := r.At(x.Last()/20*(k+1), 0)
		require.NoError(t, err)
		d := s.Devices[0]
		require.Equal(t, "cameras", x.Header.Devices[0].ID)
		require.EqualValues(t, s.Values[cell(t, x, "mirai.cameras")], d.Infected)
		require.Equal(t, 600_000, d.Hosts)
		require.GreaterOrEqual(t, d.Infected, spread)
		spread = d.Infected
		for i := range s.Devices[1:] {
			require.Zero(t, s.Devices[1+i].Infected, x.Header.Devices[1+i].ID)
		}
	}
	require.Greater(t, spread, 1)
}
