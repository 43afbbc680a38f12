package report

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

const hour = vtime.Time(vtime.Hour)

// spread is a malware on so many hosts of two zones, one after the other, which never came
// to a third one.
func spread(n int) *sim.Outbreak {
	o := &sim.Outbreak{Malware: "worm", At: vtime.Never, Spared: []string{"safety"}, Infected: n}
	o.Hosts = append(o.Hosts, sim.OutbreakHost{Name: "stick", Count: 1, First: hour, Most: 1, Now: 1, Ever: 1, Way: []string{"stick"}})
	for i := range n - 1 {
		zone, from := "office", "stick"
		if i%2 == 1 {
			zone = "control"
		}
		if i > 0 {
			from = fmt.Sprintf("station_%d", i-1)
		}
		o.Hosts = append(o.Hosts, sim.OutbreakHost{
			Name: fmt.Sprintf("station_%d", i), Device: true, Count: 1, Zones: []string{zone}, First: hour * vtime.Time(i+2), From: from, By: "ms10-061",
			Most: 1, Now: i % 2, Ever: uint64(1 + i%2), Way: []string{"stick", from},
		})
	}
	if n > 1 {
		o.Zones = []sim.Crossing{{Zone: "office", Host: "station_0", From: "stick", By: "engineer plugs stick", At: 2 * hour}}
	}
	if n > 2 {
		o.Zones = append(o.Zones, sim.Crossing{Zone: "control", Host: "station_1", From: "station_0", By: "ms10-061", At: 3 * hour})
		o.Hosts = append(o.Hosts,
			sim.OutbreakHost{Name: "cameras", Device: true, Count: 600000, Zones: []string{"office"}, First: 90 * vtime.Time(vtime.Minute), From: "stick", By: "telnet", Most: 590123, Now: 412, Ever: 700000},
			sim.OutbreakHost{Name: "plc", Device: true, Count: 1, Zones: []string{"safety"}, First: vtime.Never})
		o.Actuator, o.Commands, o.At = "station_1", "pump", 3*hour
	}
	for i := range n / 10 {
		o.Stops = append(o.Stops, sim.OutbreakStop{
			Barrier: "firewall", Reason: "the rules of firewall let nothing of the kind pass", From: fmt.Sprintf("station_%d", i), To: "plc", By: "engineer programs plc", Hits: uint64(i + 1), First: hour * vtime.Time(i+3),
		})
	}
	return o
}

// What came of malware can be read on narrow terminals and on wide ones, of one host and of
// two hundred; what was first comes first.
func TestOutbreaks(t *testing.T) {
	var b strings.Builder
	for _, n := range []int{1, 12, 200} {
		for _, width := range []int{0, 120} {
			s := newSheet(Options{Width: width})
			s.outbreak(spread(n))
			text := s.String()
			for line := range strings.Lines(text) {
				assert.LessOrEqual(t, len([]rune(line)), max(width, 79)+1, line)
			}
			assert.LessOrEqual(t, strings.Count(text, "\n"), 40, "it fits one screen")
			fmt.Fprintf(&b, "-- %d hosts, width %d --\n%s", n, width, text)
		}
	}
	all := newSheet(Options{All: true})
	all.outbreak(spread(200))
	assert.Equal(t, 199, strings.Count(all.String(), "\n  station_"), "all of them")
	assert.NotContains(t, all.String(), "--all")
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		require.NoError(t, os.WriteFile("testdata/outbreak.txt", []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile("testdata/outbreak.txt")
	require.NoError(t, err)
	assert.Equal(t, string(want), b.String())
}

// Over several runs: how many came to a zone, and the first, the median and the last time.
func TestCrossings(t *testing.T) {
	var list []Outcome
	for i := range 4 {
		o := spread(12)
		o.At = hour * vtime.Time(3+i)
		o.Zones[0].At = hour * vtime.Time(2+i*i)
		if i == 3 {
			o.At, o.Zones, o.Spared = vtime.Never, o.Zones[:1], []string{"control", "safety"}
		}
		list = append(list, Outcome{Name: "x", Result: &sim.Result{Outbreaks: []sim.Outbreak{*o}}})
	}
	s := newSheet(Options{})
	s.crossings(list)
	assert.Equal(t, `
Outbreak of worm      Runs      Earliest        Median         Latest
  zone office       4 of 4  2h00m00.000s  4h30m00.000s  11h00m00.000s
  zone control      3 of 4  3h00m00.000s  3h00m00.000s   3h00m00.000s
  zone safety       0 of 4         never
  first actuator    3 of 4  3h00m00.000s  4h00m00.000s   5h00m00.000s
`, s.String())
	s = newSheet(Options{})
	s.crossings(list[:1])
	assert.Empty(t, s.String(), "one run has its story")

	for i := range list {
		list[i].Result.Plan = &sim.Plan{Scenario: sim.Scenario{Name: "x"}}
	}
	line, err := CrossingsJSON(list)
	require.NoError(t, err)
	assert.JSONEq(t, `{"scenario": "x", "runs": 4, "outbreaks_over_runs": [{"malware": "worm", "zones": [
		{"zone": "office", "runs": 4, "share": 1, "min_seconds": 7200, "median_seconds": 16200, "max_seconds": 39600},
		{"zone": "control", "runs": 3, "share": 0.75, "min_seconds": 10800, "median_seconds": 10800, "max_seconds": 10800},
		{"zone": "safety", "runs": 0, "share": 0, "min_seconds": null, "median_seconds": null, "max_seconds": null}],
		"first_actuator": {"runs": 3, "share": 0.75, "min_seconds": 10800, "median_seconds": 14400, "max_seconds": 18000}}]}`, string(line))
	line, err = CrossingsJSON(list[:1])
	require.NoError(t, err)
	assert.Empty(t, line)
}

// The names of fields are a contract.
func TestOutbreakJSON(t *testing.T) {
	line, err := json.Marshal(outbreakJSON(spread(3)))
	require.NoError(t, err)
	var o map[string]any
	require.NoError(t, json.Unmarshal(line, &o))
	assert.Equal(t, map[string]any{"device": "station_1", "commands": "pump", "at_seconds": 10800.}, o["first_actuator"])
	hosts := o["hosts"].([]any)
	assert.Equal(t, map[string]any{
		"name": "station_1", "device": true, "count": 1., "zone": "control", "zones": []any{"control"}, "technique": nil, "first_at_seconds": 10800., "from": "station_0", "by": "ms10-061",
		"way": []any{"stick", "station_0"}, "infected": 1., "most": 1., "ever": 2.,
	}, hosts[2])
	assert.Nil(t, hosts[4].(map[string]any)["first_at_seconds"], "never")
	assert.Equal(t, []any{"safety"}, o["never_in"])
	line, err = json.Marshal(outbreakJSON(spread(1)))
	require.NoError(t, err)
	assert.Contains(t, string(line), `"zones":[],"never_in":["safety"],"stops":[],"first_actuator":null`)
	line, err = json.Marshal(outbreakJSON(spread(10)))
	require.NoError(t, err)
	assert.Contains(t, string(line), `"stops":[{"barrier":"firewall","why":"the rules of firewall let nothing of the kind pass","from":"station_0","to":"plc","by":"engineer programs plc","times":1,"first_at_seconds":10800}]`)
}
