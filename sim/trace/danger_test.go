package trace

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// A header whose people, harm or hazards are of nothing is refused.
func TestDangersOfNothingAreRefused(t *testing.T) {
	good := func() *Header {
		return &Header{
			Run: 10, Devices: []Device{{ID: "anna", Count: 2}}, Kinds: []Kind{{Name: "contact_margin", Type: "number"}}, Signals: []Signal{{0, 0, 2}},
			People:  []Person{{Name: "anna[1]", Member: 1, Exposures: []Exposure{{Name: "contact", Margin: 1}, {Name: "heat", Margin: -1}}}},
			Harms:   []Harm{{Person: 0, Exposure: "contact", Severity: 2, Word: "serious"}},
			Hazards: []Hazard{{Name: "crushing", Exposes: []int{0}}},
		}
	}
	for name, change := range map[string]func(h *Header){
		"":                            func(*Header) {},
		"there is no person":          func(h *Header) { h.People[0].Device = 1 },
		"there is no person \"anna":   func(h *Header) { h.People[0].Member = 2 },
		"of which there is no signal": func(h *Header) { h.People[0].Exposures[0].Margin = 2 },
		"is of nobody":                func(h *Header) { h.Harms[0].Person = 1 },
		"exposes nobody":              func(h *Header) { h.Hazards[0].Exposes[0] = -1 },
	} {
		h := good()
		change(h)
		var out bytes.Buffer
		w, err := NewWriter(&out, h, nil)
		require.NoError(t, err)
		w.Begin([]float64{0, 0})
		if name == "" {
			w.Event(&Event{At: 3, Kind: Harmed})
			w.Event(&Event{At: 4, Kind: HazardBegan})
		}
		require.NoError(t, w.Close(&Result{}, End{At: 10, Complete: true}))
		x, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if name != "" {
			require.ErrorContains(t, err, name)
			continue
		}
		require.NoError(t, err)
		var words []string
		for e, err := range x.Events(0, 10) {
			require.NoError(t, err)
			who, text := x.Header.danger(&e)
			words = append(words, who+" "+text)
		}
		require.Equal(t, []string{"anna[1] is harmed by contact: serious", "crushing the hazard is there: "}, words)
	}
}
