package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a report says reads as people say it: one person, days where they are many, who answers for what by whatever
// name, and doses in units that nobody takes for a time.
func TestWordsOfReports(t *testing.T) {
	for name, c := range map[string]struct{ says, never []string }{
		"platoon/false-acceleration-checked": {[]string{"No device has `checks:`, so none is known to have noticed."}, []string{"no device checks what it is told"}},
		"insulin/battery-pulled":             {[]string{"layer suspend against too-little-glucose acted on 2 of 2", "layer suspend against overdose FAILED on 1 of 1", "layer more-basal FAILED"}, nil},
		"home/habits-stolen":                 {[]string{"locks of cloud, about 1 person", "every 15 min for 15.5 d"}, []string{"about 1 people", "22365 min"}},
		"home/gas-held-open-hushed":          {[]string{"at 30m00.000s, snow act (set), at 1h00m00.000s, lie attack (spoof, T0856), by passer_by from stranger, at 1h00m00.000s"}, nil},
		"grid/cold-homes":                    {[]string{"; answered for by households", "traced to open-46 attack (command, T0855), by intruder from scada, at 0m10.000s, open-69 attack"}, []string{"households answers"}},
		"reactor/runaway-fire":               {[]string{"dose at worst 10990 TDU", "the limit of thermal_radiation by 10806 TDU"}, []string{"10990 s", "10806 s"}},
	} {
		s, err := Load(name)
		require.NoError(t, err)
		text := strings.Join(strings.Fields(told(t, s)), " ")
		for _, says := range c.says {
			assert.Contains(t, text, says, name)
		}
		for _, never := range c.never {
			assert.NotContains(t, text, never, name)
		}
	}
}

// A margin of delays says that what was lost is in it, where something was, and not else.
func TestWordsOfDelays(t *testing.T) {
	for bandwidth, lost := range map[string]bool{"4 kb/s": true, "1 Mb/s": false} {
		s, err := Parse("d.yaml", []byte("scenario: d\nrun: 1m\nsystem:\n  devices:\n    meter: {is: telemetry, every: 100ms}\n"+
			"    head: {is: custom, inputs: {load: meter.reading}, signals: {n: {start: 0}}}\n"+
			"  zones: {field: [meter], centre: [head]}\n  conduits: {up: {joins: [field, centre], bandwidth: "+bandwidth+", queue: 1 kB}}\n"+
			"invariants:\n  in-time: {finally: p99(head.load) <= \"1 us\"}\n  few-lost: {always: lost(up) < 0}\n"))
		require.NoError(t, err)
		text := strings.Join(strings.Fields(told(t, s)), " ")
		n := 0
		if lost {
			n = 1
		}
		assert.Equal(t, n, strings.Count(text, "delays: what is lost or never answered counts as out to the end of the run; Capacity below has what arrived"), text)
		assert.Contains(t, text, "Capacity Used Came Lost", bandwidth)
		assert.Equal(t, 1, strings.Count(text, "in-time VIOLATED"), text)
	}
}
