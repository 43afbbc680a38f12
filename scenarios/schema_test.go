package scenarios

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

func compiled(t *testing.T) *jsonschema.Schema {
	text, err := Schema()
	require.NoError(t, err)
	data, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("harmproof.json", data))
	s, err := c.Compile("harmproof.json")
	require.NoError(t, err)
	return s
}

func TestSchemaAcceptsTheLibrary(t *testing.T) {
	s := compiled(t)
	require.NoError(t, fs.WalkDir(library(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".yaml") {
			return err
		}
		text, err := fs.ReadFile(library(), name)
		require.NoError(t, err)
		var data any
		require.NoError(t, yaml.Unmarshal(text, &data))
		assert.NoError(t, s.Validate(data), name)
		return nil
	}))
}

func TestSchemaRefusesMistakes(t *testing.T) {
	s := compiled(t)
	for _, text := range []string{
		"scenario: x\nrun: 1m\nsytem: {}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, aera: 3 m2}}}\n",
		"scenario: x\ntimeline: [{at: 1s, attack: spoofing}]\n",
		"scenario: x\ninvariants: {a: {allways: x}}\n",
		"scenario: x\ninvariants: {a: {whenever: x, lasts_at_least: 2s}}\n",
	} {
		var data any
		require.NoError(t, yaml.Unmarshal([]byte(text), &data))
		assert.Error(t, s.Validate(data), text)
	}
}
