package trace

import (
	"bytes"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// A header whose places or zones go by nothing that there is is refused; one without any, as
// older versions wrote them, opens.
func TestPlacesOfNothingAreRefused(t *testing.T) {
	fixed := Amount{Cell: -1}
	good := func() *Header {
		spot := &Spot{In: -1, X: Amount{Cell: 0, Stride: 1, Times: 1}, Y: fixed, Length: fixed, Width: fixed}
		field := Field{X: fixed, Y: fixed, Radius: Amount{Cell: 1, Times: 1}, Along: fixed, Across: fixed, While: fixed, Alarm: fixed, Hazards: []int{0}}
		return &Header{
			Run: 10, Devices: []Device{{ID: "cart", Count: 2, Look: &Look{Place: spot, Zones: []Field{field}}}}, Hazards: []Hazard{{Name: "crushing"}},
			Kinds: []Kind{{Name: "x", Type: "number"}}, Signals: []Signal{{0, 0, 2}},
		}
	}
	for name, change := range map[string]func(x *Look){
		"":                       func(*Look) {},
		"\"cart\" has a place":   func(x *Look) { x.Place.X.Cell = 2 },
		"has a place that goes":  func(x *Look) { x.Place.X.Stride = 2 },
		"a place that goes by":   func(x *Look) { x.Place.Y.Cell, x.Place.Y.Stride = 1, -1 },
		"place that goes by no":  func(x *Look) { x.Place.In = 1 },
		"\"cart\" has a zone":    func(x *Look) { x.Zones[0].Radius.Cell = 2 },
		"has a zone \"\" that":   func(x *Look) { x.Zones[0].While.Cell = -2 },
		"or by no hazard":        func(x *Look) { x.Zones[0].Hazards[0] = 1 },
		"that goes by no signal": func(x *Look) { x.Place.Width.Cell = math.MaxInt },
		"zone \"\" that goes by": func(x *Look) { x.Zones[0].Hazards[0] = -1 },
		" ":                      func(x *Look) { x.Place, x.Zones = nil, nil },
	} {
		h := good()
		change(h.Devices[0].Look)
		var out bytes.Buffer
		w, err := NewWriter(&out, h, nil)
		require.NoError(t, err)
		w.Begin([]float64{3, 4})
		require.NoError(t, w.Close(&Result{}, End{At: 10, Complete: true}))
		_, err = Open(bytes.NewReader(out.Bytes()), int64(out.Len()))
		if len(name) > 1 {
			require.ErrorContains(t, err, name)
		} else {
			require.NoError(t, err)
		}
	}
}

// An amount is a number, or goes by the cell of its member.
func TestAmounts(t *testing.T) {
	values := []float64{3, 4, 5}
	a := Amount{Cell: 1, Stride: 1, Times: 2, Plus: 0.5}
	require.Equal(t, []float64{8.5, 10.5}, []float64{a.Of(values, 0), a.Of(values, 1)})
	require.True(t, math.IsNaN(a.Of(values, 2)) && math.IsNaN(a.Of(values, math.MinInt/2)))
	require.Equal(t, 7.0, (&Amount{Cell: -1, Times: 9, Plus: 7}).Of(values, 1))
	require.Equal(t, []bool{true, false, false}, []bool{a.Moves(), (&Amount{Cell: -1, Times: 1}).Moves(), (&Amount{}).Moves()})
}
