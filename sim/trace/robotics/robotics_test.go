package robotics_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/trace/robotics"
	"github.com/harmproof/harmproof/sim/vtime"
)

func compiled(t *testing.T, text string) *jsonschema.Schema {
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("schema.json", schema))
	s, err := c.Compile("schema.json")
	require.NoError(t, err)
	return s
}

func valid(t *rapid.T, s *jsonschema.Schema, b []byte) {
	x, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	require.NoError(t, err, "%s", b)
	require.NoError(t, s.Validate(x), "%s", b)
}

var times = rapid.Int64Range(-5, int64(vtime.Never)-1)

// Log lines are what the schema asks for, and say what they were told, whatever is in it.
func TestLog(t *testing.T) {
	schema := compiled(t, robotics.LogSchema)
	rapid.Check(t, func(t *rapid.T) {
		at, text := vtime.Time(times.Draw(t, "at")), rapid.String().Draw(t, "text")
		b := robotics.AppendLog(nil, at, robotics.Warning, "name", text)
		valid(t, schema, b)
		var line struct {
			Timestamp struct{ Sec, Nsec int64 }
			Level     int
			Message   string
		}
		require.NoError(t, json.Unmarshal(b, &line))
		require.Equal(t, int64(max(0, at)), line.Timestamp.Sec*1e9+line.Timestamp.Nsec)
		require.Equal(t, 3, line.Level)
		require.Equal(t, strings.ToValidUTF8(text, "\uFFFD"), line.Message)
	})
}

// So are scenes, also of numbers that JSON has not.
func TestScene(t *testing.T) {
	schema := compiled(t, robotics.SceneSchema)
	number := rapid.Float64()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 5).Draw(t, "entities")
		b := robotics.BeginScene(nil)
		at := vtime.Time(times.Draw(t, "at"))
		for i := range n {
			place := [3]float64{number.Draw(t, "x"), number.Draw(t, "y"), number.Draw(t, "z")}
			shape := robotics.Shape(rapid.IntRange(0, 1).Draw(t, "shape"))
			e := robotics.NewEntity(rapid.String().Draw(t, "id"), shape, place, rapid.Float64Range(0, 1e300).Draw(t, "size"))
			b = e.Append(b, i, at, robotics.Color{1, 0, 0.5}, rapid.String().Draw(t, "text"))
		}
		b = robotics.EndScene(b)
		valid(t, schema, b)
		var scene struct{ Entities []any }
		require.NoError(t, json.Unmarshal(b, &scene))
		require.Len(t, scene.Entities, n)
	})
}
