package trace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/vtime"
)

// staged writes a run of many events and returns what is on a channel, and how many bytes
// all channels have.
func staged(t *testing.T, changes int, run vtime.Time) (logs, scenes []string, total int) {
	h := &Header{
		Tool: "of a test", Scenario: "staged", Run: run, Zones: []Zone{{Name: "field"}},
		Devices: []Device{{ID: "tank", Count: 1}, {ID: "pump", Count: 3, Position: &[3]float64{5, 6, 0}}},
		Kinds: []Kind{{Name: "level", Type: "number", Role: "continuous state", Continuous: true, Unit: Unit{Symbol: "mm", Scale: 1e-3}},
			{Name: "on", Type: "bool", Role: "report"}, {Name: "infected.worm", Type: "bool", Role: "infected"}},
		Signals: []Signal{{0, 0, 1}, {1, 1, 3}, {1, 2, 3}}, Steps: []Step{{Name: "a1", Kind: "attack", Target: "tank.level"}},
		Invariants: []Invariant{{"dry", "tank.level > 0"}},
		Malware:    []Malware{{Name: "worm", Hosts: []Host{{Name: "pump", Device: 1, Count: 3, Cell: 4, On: 4}}}},
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, h, nil)
	require.NoError(t, err)
	w.Begin(make([]float64, h.Cells()))
	for k := 1; k <= changes; k++ {
		at := run / vtime.Time(changes) * vtime.Time(k)
		w.Change(at, int32(1+k%3), math.Sqrt(float64(k)))
		switch k {
		case changes / 4:
			w.Event(&Event{At: at, Kind: StepApplied})
		case changes / 2:
			w.Event(&Event{At: at, Kind: StepReverted})
			w.Change(at, 4, 1)
			w.Event(&Event{At: at, Kind: Infected, Infection: &Infection{Member: 2, From: -1, FromMember: -1, Way: -1}})
		}
		w.Event(&Event{At: at, Kind: ViolationBegan})
		if w.Due(at) {
			w.Scene(at)
		}
		if w.Full(at) {
			w.Page(at)
		}
	}
	require.NoError(t, w.Close(nil, End{At: run, Complete: true}))
	r, err := container.Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	for i := range r.Chunks {
		require.NoError(t, r.Each(i, func(m container.Message) error {
			total += len(m.Data)
			switch m.Channel {
			case onLog:
				logs = append(logs, string(m.Data))
			case onScene:
				scenes = append(scenes, string(m.Data))
			}
			return nil
		}))
	}
	return logs, scenes, total
}

// A scene has what is in force: who is attacked, who is infected, and a value with its unit.
func TestStage(t *testing.T) {
	_, scenes, _ := staged(t, 1000, 1000*vtime.Time(vtime.Second))
	require.GreaterOrEqual(t, len(scenes), fewScenes)
	color := func(scene string, shape string, entity int) (c struct{ R, G, B float64 }) {
		var s struct{ Entities []map[string]json.RawMessage }
		require.NoError(t, json.Unmarshal([]byte(scene), &s))
		require.Len(t, s.Entities, 2)
		var list []struct{ Color struct{ R, G, B float64 } }
		require.NoError(t, json.Unmarshal(s.Entities[entity][shape], &list))
		require.Len(t, list, 1)
		return list[0].Color
	}
	third, last := scenes[len(scenes)*2/5], scenes[len(scenes)-1]
	require.EqualValues(t, attacked, [3]float64{color(third, "cylinders", 0).R, color(third, "cylinders", 0).G, color(third, "cylinders", 0).B})
	require.EqualValues(t, calm, [3]float64{color(last, "cylinders", 0).R, color(last, "cylinders", 0).G, color(last, "cylinders", 0).B})
	require.EqualValues(t, infested, [3]float64{color(last, "cubes", 1).R, color(last, "cubes", 1).G, color(last, "cubes", 1).B})
	require.Contains(t, last, `tank\nlevel 0 mm`)
	require.Contains(t, last, `pump (3)\non `)
	require.Contains(t, last, `"position":{"x":5,"y":6,"z":0}`)
}

// What viewers of robots get is thinned, however much happens.
func TestThinned(t *testing.T) {
	for _, changes := range []int{10, 3000, 100_000} {
		logs, scenes, total := staged(t, changes, 1e6*vtime.Time(vtime.Second))
		require.LessOrEqual(t, len(logs), mostLines+1)
		require.GreaterOrEqual(t, len(logs), min(changes, mostLines))
		require.GreaterOrEqual(t, len(scenes), min(changes, fewScenes))
		require.LessOrEqual(t, len(scenes), manyScenes+1)
		bytes := len(strings.Join(scenes, ""))
		require.LessOrEqual(t, bytes, total/8+(fewScenes+2)*len(scenes[0])*2, fmt.Sprint(changes))
	}
}
