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

// The schema knows all that the pages show.
func TestSchemaAcceptsTheExamples(t *testing.T) {
	s := compiled(t)
	for _, topic := range Topics() {
		text, _ := example(t, &topic)
		var data any
		require.NoError(t, yaml.Unmarshal([]byte(text), &data), topic.Name)
		assert.NoError(t, s.Validate(data), topic.Name)
	}
}

func TestSchemaRefusesMistakes(t *testing.T) {
	s := compiled(t)
	for _, text := range []string{
		"scenario: x\nrun: 1m\nsytem: {}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, aera: 3 m2}}}\n",
		"scenario: x\ntimeline: [{at: 1s, attack: spoofing}]\n",
		"scenario: x\ninvariants: {a: {allways: x}}\n",
		"scenario: x\ninvariants: {a: {whenever: x, lasts_at_least: 2s}}\n",
		"scenario: x\nsystem: {conduits: {up: {joins: [a]}}}\n",
		"scenario: x\nsystem: {conduits: {up: {joins: [a, b], rules: [{from: a}]}}}\n",
		"scenario: x\nsystem: {conduits: {up: {joins: [a, b], rules: [{allow: modbos}]}}}\n",
		"scenario: x\nsystem: {credentials: {key: {holder: a}}}\n",
		"scenario: x\nsystem: {attackers: {one: {stands: a}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, checks: [{rnage: [0 m, 1 m]}]}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, checks: [{range: [0 m, 1 m], reaction: explode}]}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, checks: [{authorise: [{whom: a}]}]}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, log: {keeps: 3}}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, security: signed}}}\n",
		"scenario: x\ntimeline: [{at: 1s, attack: connect, verb: rite}]\n",
		"scenario: x\nsystem: {malware: {worm: {spreads: {lnk: {over: usb}}}}}\n",
		"scenario: x\nsystem: {malware: {worm: {dwell: 5m}}}\n",
		"scenario: x\nsystem: {malware: {worm: {spreads: {lnk: {over: media}}, payload: [{on: plc, at: 1h, attack: wipe}]}}}\n",
		"scenario: x\nsystem: {people: {anne: {habits: [{plugs: stick, on: ews}]}}}\n",
		"scenario: x\nsystem: {carriers: [stick]}\n",
		"scenario: x\nsystem: {devices: {t: {is: tank, hardening: {allowlist: true}}}}\n",
		"scenario: x\nsystem: {devices: {t: {is: population, weaknesses: {a: {portion: 5%}}}}}\n",
	} {
		var data any
		require.NoError(t, yaml.Unmarshal([]byte(text), &data))
		assert.Error(t, s.Validate(data), text)
	}
}
