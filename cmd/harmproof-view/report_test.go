//go:build !js

package main

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// A page says of links, devices and stores what the report does, in the same words.
func TestPageTellsOfCapacity(t *testing.T) {
	const name = "fleet/alarm-flood-priority"
	o := recorded(t, name)
	page, err := asText(name, o.Trace)
	require.NoError(t, err)
	page = strings.Join(strings.Fields(html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page, " "))), " ")
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	r, err := sim.Run(t.Context(), s.Plan)
	require.NoError(t, err)
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{Width: 1000}))
	checked := 0
	for _, line := range strings.Split(text.String(), "\n") {
		for _, begins := range []string{"Capacity ", "  broker  ", "  Waited: ", "Radio ", "  lora ", "Polls of", "Store ", "  historian "} {
			if strings.HasPrefix(line, begins) && !strings.Contains(line, "MB  1d") && !strings.Contains(line, "1825d") { // those are of data about people
				assert.True(t, strings.Contains(page, strings.Join(strings.Fields(line), " ")), "%q of %s", line, page)
				checked++
			}
		}
	}
	assert.GreaterOrEqual(t, checked, 8)
	assert.Contains(t, page, "backhaul from masts to centre, first 79.7 % 30 0 1 346µs 527µs 527µs")
	assert.Contains(t, page, "backhaul from masts to centre, others: 969 wait at the end, the oldest one for 256ms.")
	page, err = asText("tower/spoofed-gauge", recorded(t, "tower/spoofed-gauge").Trace)
	require.NoError(t, err)
	assert.NotContains(t, page, "<h3>Capacity", "nothing is asked about it")
}

// Whatever tables a trace has, a page has them without harm.
func TestTablesOfOthers(t *testing.T) {
	b := &teller{}
	b.tables([]trace.Table{{}, {Heads: []string{"<b>"}, Rows: [][]string{nil, {"<i>", "more"}}, Notes: []string{"<u>"}}, {Heads: []string{"long"}, Rows: make([][]string, 10*mostLines)}})
	assert.NotContains(t, b.String(), "<b>")
	assert.NotContains(t, b.String(), "<i>")
	assert.NotContains(t, b.String(), "<u>")
	assert.LessOrEqual(t, strings.Count(b.String(), "<tr>"), mostLines+4)
}

// What a page tells are sentences, in the words of `harmproof run`.
func TestPageTellsInSentences(t *testing.T) {
	cell, err := asText("cell", recorded(t, "robot-cell/zone-spoofed").Trace)
	require.NoError(t, err)
	cell = html.UnescapeString(cell)
	assert.Contains(t, cell, "anna is HARMED by contact: slight (")
	assert.NotContains(t, cell, "slight anna")
	assert.Contains(t, cell, " is VIOLATED. Must hold: ")
	tower, err := asText("tower", recorded(t, "tower/spoofed-gauge").Trace)
	require.NoError(t, err)
	assert.Contains(t, tower, "Assumed: it has no foothold")
}

// A signal that is chosen from outside is the one whose row is, though it is plotted already; and a recording
// without another name is called by its file.
func TestChoosesTheRow(t *testing.T) {
	v, err := newView([]*trace.Trace{recorded(t, "robot-cell/zone-spoofed").Trace}, view.Options{Eager: true}, nil)
	require.NoError(t, err)
	for _, path := range append(v.State().Plots, "bert.x", "arm.force") {
		choose(v, []string{path})
		assert.Equal(t, path, v.State().Row)
		assert.Contains(t, v.State().Plots, path)
	}
	o, err := parseOptions([]string{"--html", "x.html", "a.mcap"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a.mcap"}, o.names)
}

// A link says beside its name what part of it was used, which of several classes the most.
func TestLinksSayHowMuchIsUsed(t *testing.T) {
	v, err := newView([]*trace.Trace{recorded(t, "fleet/alarm-flood-priority").Trace}, view.Options{Eager: true}, nil)
	require.NoError(t, err)
	require.NoError(t, v.Update(view.Input{Width: 1280, Height: 800, Scale: 1}))
	var l draw.List
	v.Draw(&l)
	var names []string
	for i := range l.Shapes {
		if strings.HasPrefix(l.Shapes[i].Text, "backhaul") {
			names = append(names, l.Shapes[i].Text)
		}
	}
	assert.Equal(t, []string{"backhaul 80 %"}, names)
}
