package report_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// scales is a system whose uplink is full at ten times its size, and that cannot be a thousand times.
func scales() *capacity.Answer {
	row := func(times int64, used float64, lost uint64, p99 vtime.Duration, days float64, v monitor.Verdict) capacity.Row {
		return capacity.Row{Times: times, Devices: int(100 * times), Result: &sim.Result{
			Invariants: []sim.InvariantResult{{Name: "in-time", Result: monitor.Result{Verdict: v, At: vtime.Time(90 * vtime.Second)}}},
			Capacity: sim.Capacity{
				Loads: []sim.Load{
					{Name: "uplink", Link: true, Utilisation: used, Offered: uint64(1000 * times), Lost: lost, Delay: sim.Delay{Count: 1, Mean: 0.001, P99: p99}},
					{Name: "uplink", Link: true, Rate: true, Utilisation: used, Offered: uint64(5000 * times), Lost: 5 * lost},
					{Name: "<broker>\x1b", First: true, Utilisation: used / 2, Offered: uint64(100 * times)},
				},
				Growth: []sim.Growth{{Store: "history", Limit: 1e12, DaysLeft: days}, {Store: "cache", DaysLeft: 1}},
			},
			Stats: sim.Stats{Sent: uint64(1000 * times)},
		}}
	}
	return &capacity.Answer{Name: "fleet", Complete: true, Seed: 3, Seeds: 20, Rows: []capacity.Row{
		row(1, 0.11, 0, vtime.Millisecond, math.Inf(1), monitor.Holds),
		row(10, 1, 900, 300*vtime.Millisecond, 41.5, monitor.Violated),
		{Times: 1000, Err: errors.New("a system has at most 1000000 devices\nand more")},
	}}
}

func scaleText(t *testing.T, a *capacity.Answer) []byte {
	var b bytes.Buffer
	require.NoError(t, report.Scale(&b, a, report.Options{}))
	for line := range strings.Lines(b.String()) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimRight(line, "\n")), 79, line)
	}
	return b.Bytes()
}

func TestScales(t *testing.T) {
	golden(t, "scale.txt", nil, scaleText(t, scales()))
	line, err := report.ScaleJSON(scales())
	require.NoError(t, err)
	golden(t, "scale.json", nil, append(line, '\n'))
	golden(t, "scale.svg", nil, scaleSVG(t, scales()))
}

// scaleSVG draws scales, and checks that it is a document.
func scaleSVG(t *testing.T, a *capacity.Answer) []byte {
	var b bytes.Buffer
	require.NoError(t, report.ScaleSVG(&b, a))
	for d := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	assert.NotContains(t, b.String(), "NaN")
	assert.NotContains(t, b.String(), "Inf")
	return b.Bytes()
}

// What has one scale, or nothing that has a limit, or was interrupted, is told as well.
func TestFewScales(t *testing.T) {
	one := scales()
	one.Rows = one.Rows[:1]
	require.Contains(t, string(scaleText(t, one)), "Nothing breaks at these scales.")
	scaleSVG(t, one)
	line, err := report.ScaleJSON(one)
	require.NoError(t, err)
	require.Contains(t, string(line), `"breaks_first":null`)

	one.Complete = false
	require.Contains(t, string(scaleText(t, one)), "INTERRUPTED")
	bare := &capacity.Answer{Name: "bare", Complete: true, Rows: []capacity.Row{{Times: 1, Result: &sim.Result{}}}}
	require.Contains(t, string(scaleText(t, bare)), "Nothing breaks")
	scaleSVG(t, bare)
	none := &capacity.Answer{Name: "none", Rows: []capacity.Row{{Times: 1000, Err: errors.New("too many")}}}
	require.Contains(t, string(scaleText(t, none)), "1000x was not run")
}
