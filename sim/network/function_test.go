package network

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Every function can be written by its name and by its number.
func TestFunctionsByNameAndNumber(t *testing.T) {
	for _, p := range []Protocol{Modbus, EtherNetIP} {
		require.NotEmpty(t, p.FunctionNames())
		for _, name := range p.FunctionNames() {
			f, ok := p.ParseFunction(name)
			require.True(t, ok, name)
			require.Equal(t, name, p.FunctionName(f))
			same, ok := p.ParseFunction(p.FunctionNumber(f))
			require.True(t, ok, name)
			require.Equal(t, f, same)
		}
		for _, text := range []string{"", "0", "128", "255", "-1", "read", "3.0"} {
			_, ok := p.ParseFunction(text)
			require.False(t, ok, text)
		}
	}
	f, ok := EtherNetIP.ParseFunction("0x4D")
	require.True(t, ok)
	require.Equal(t, "service 0x4D, write tag", EtherNetIP.FunctionText(f))
	require.Equal(t, "function 65", Modbus.FunctionText(65), "one that has no name here")
	_, ok = MQTT.ParseFunction("3")
	require.False(t, ok, "MQTT has none")
}

// A rule about functions decides about each object by what asks for it.
func TestRuleAboutFunctions(t *testing.T) {
	top := Topology{
		Zones: []Zone{{Link: Link{Name: "field"}, Devices: []string{"pump"}}, {Link: Link{Name: "control"}, Devices: []string{"plc"}}},
		Conduits: []Conduit{{Link: Link{Name: "uplink"}, Joins: []string{"field", "control"}, Rules: []Rule{
			{Protocols: Protocols(0).With(Modbus), Functions: []Function{2, 4, 5}, Text: "allow modbus function 2, 4, 5"},
		}}},
		Bits: map[string]bool{"pump.run": true, "pump.low": true},
	}
	blocked := func(v Verb, objects ...string) string {
		path, err := top.Route(Request{From: "plc", To: "pump", Protocol: Modbus, Verb: v, Objects: objects})
		require.NoError(t, err)
		return path.Blocked
	}
	require.Empty(t, blocked(Read, "pump.flow", "pump.low"))
	require.Empty(t, blocked(Write, "pump.run"))
	require.Equal(t, "conduit uplink has no rule that allows write pump.run (function 15, write multiple coils) from plc to pump by modbus",
		blocked(Write, "pump.run", "pump.low"), "several coils are another function")
	require.Equal(t, "conduit uplink has no rule that allows write pump.rate (function 16, write multiple registers) from plc to pump by modbus",
		blocked(Write, "pump.rate"))
	require.Contains(t, blocked(Scan), "function 43, read device identification")
	require.NotContains(t, blocked(Login), "function", "a login is none of Modbus")
	require.Equal(t, []string{"pump"}, top.Hearers(0, 0)[:1])
}

// A rule about functions by which what it is about is never said can never match.
func TestDeadFunctions(t *testing.T) {
	dead := func(r Rule) string {
		r.Protocols = Protocols(0).With(Modbus)
		top := Topology{
			Zones:    []Zone{{Link: Link{Name: "a"}, Devices: []string{"x"}}, {Link: Link{Name: "b"}, Devices: []string{"y"}}},
			Conduits: []Conduit{{Link: Link{Name: "c"}, Joins: []string{"a", "b"}, Rules: []Rule{r}}},
		}
		for _, d := range top.DeadRules() {
			return d.Why
		}
		return ""
	}
	require.Empty(t, dead(Rule{Functions: []Function{6, 16}}), "16 is used")
	require.Equal(t, "what it is about is said by read-discrete-inputs, read-input-registers",
		dead(Rule{Functions: []Function{16}, Verbs: Verbs(0).With(Read)}))
	require.Contains(t, dead(Rule{Functions: []Function{6}}), "write-multiple-registers", "numbers take two registers")
	require.Equal(t, "none of these verbs is a function of modbus", dead(Rule{Functions: []Function{3}, Verbs: Verbs(0).With(Login)}))
}
