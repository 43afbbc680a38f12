package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who is judged by a model of others, and what nothing comes of, is warned of; what is as it should be is not.
func TestMisjudged(t *testing.T) {
	const (
		car   = "    car: {is: vehicle, ahead: '\"900 m\"'}\n    wall: {is: custom, signals: {x: {value: '\"0 m/s\"', unit: m/s}}}\n"
		cloud = "    cloud: {is: plume, release: '\"0 kg/s\"', molar_mass: 20.006 g/mol}\n"
		gate  = "    gate: {is: guard, open_by: jim.opened}\n"
		horn  = "    horn: {is: custom, signals: {on: {start: false}}}\n"
		body  = "    body: {is: hovorka-patient}\n"
		still = ", collision: wall.x}\n"
	)
	for name, c := range map[string]struct{ devices, warns string }{
		"driver":                 {car + "    jim: {is: person, role: driver" + still, "jim is a driver, but is judged as somebody whom a car hits (Tefft 2013)"},
		"of a car":               {car + "    jim: {is: person, collision: car.delta_v}\n", "but car.delta_v is what those feel who are in it"},
		"of one of some cars":    {"    car: {is: vehicle, count: 2, ahead: '\"900 m\"'}\n    jim: {is: person, collision: 'max(car[1].delta_v, \"0 m/s\")'}\n", "but car.delta_v is what those feel who are in it"},
		"occupant":               {car + "    jim: {is: person, role: driver, collides: occupant, collision: car.delta_v}\n", ""},
		"pedestrian":             {car + "    jim: {is: person, collision: car.speed}\n", ""},
		"child that is hit":      {car + "    jim: {is: person, role: child" + still, "jim is a child, outside of the model of collision: Tefft 2013 is of people of 15 or more"},
		"child in a car":         {car + "    jim: {is: person, role: child, collides: occupant" + still, "jim is a child, outside of the model of collision: Joksch 1993"},
		"child that is touched":  {"    jim: {is: person, role: child, contact: '\"0 N\"'}\n", "jim is a child, outside of the model of contact: ISO/TS 15066"},
		"child of adult's blood": {body + "    jim: {is: person, role: child, glucose: body.glucose}\n", "jim is a child, outside of the model of glucose: Hovorka 2004"},
		"child that is hot":      {"    jim: {is: person, role: child, temperature: 20 degC}\n", ""},
		"another gas":            {cloud + "    jim: {is: person, gas_is: chlorine, gas: cloud.gas}\n", "cloud carries a gas of 20.006 g/mol, but jim breathes chlorine of 70.906 g/mol"},
		"another gas in a sum":   {cloud + "    jim: {is: person, gas_is: ammonia, gas: 2 * cloud.gas}\n", "but jim breathes ammonia of 17.031 g/mol"},
		"the gas":                {cloud + "    jim: {is: person, gas_is: hydrogen_fluoride, gas: cloud.gas}\n", ""},
		"nothing warns":          {horn + "    jim: {is: person, path: {out: {x: 1 m, warned: true}}" + ", contact: '\"0 N\"'}\n", "nothing warns jim: they never go to out"},
		"warned":                 {horn + "    jim: {is: person, warned: {wired: horn.on}, path: {out: {x: 1 m, warned: true}}" + ", contact: '\"0 N\"'}\n", ""},
		"opens nothing":          {"    jim: {is: person, path: {gate: {at: 1s, x: 1 m, opens: true}}, contact: '\"0 N\"'}\n", "jim opens nothing: no guard is wired to jim.opened"},
		"closes nothing":         {"    jim: {is: person, path: {gate: {at: 1s, x: 1 m, closes: true}}, contact: '\"0 N\"'}\n", "jim closes nothing: no guard is wired to jim.opened"},
		"could open nothing":     {"    jim: {is: person, opens_guards: true, contact: '\"0 N\"'}\n", "jim opens nothing: no guard is wired to jim.opened"},
		"bears too much":         {"    jim: {is: person, region: hand, bears: 900 N, contact: '\"800 N\"'}\n", "jim is to bear 900 N, 6.4 times the limit of ISO/TS 15066, annex A, of 140 N (region hand)"},
		"bears too much of any":  {"    jim: {is: person, bears: 65.1 N, contact: '\"0 N\"'}\n", "jim is to bear 65.1 N, more than the limit of ISO/TS 15066, annex A, of 65 N (region unknown)"},
		"bears as much":          {"    jim: {is: person, region: hand, bears: 140 N, contact: '\"0 N\"'}\n", ""},
		"bears less":             {"    jim: {is: person, region: hand, bears: 10 N, contact: '\"0 N\"'}\n", ""},
		"is not touched":         {"    jim: {is: person, region: hand, bears: 900 N, glucose: '\"100 mg/dL\"'}\n", ""},
		"house in no weather":    {"    house: {is: room}\n", "nothing is wired to the outside of house: it is taken to be 0 degC all the time"},
		"building in no weather": {"    house: {is: building, floor: 100 m2}\n", "nothing is wired to the outside of house: it is taken to be 0 degC all the time"},
		"house in weather":       {"    house: {is: room, outside: '\"10 degC\"'}\n", ""},
		"opens a gate":           {gate + "    jim: {is: person, opens_guards: true, path: {gate: {at: 1s, x: 1 m, opens: true}}, contact: '\"0 N\"'}\n", ""},
	} {
		s, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n"+c.devices))
		require.NoError(t, err, name)
		if c.warns == "" {
			assert.Empty(t, s.Warnings, name)
			continue
		}
		if assert.Len(t, s.Warnings, 1, name) {
			assert.Contains(t, s.Warnings[0].Message, c.warns, name)
		}
	}
}

// A vehicle may stand at the rear of another one, and no nearer.
func TestVehiclesAreApart(t *testing.T) {
	for front, apart := range map[string]bool{"5 m": true, "6 m": true, "6.01 m": false} {
		_, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n    a: {is: vehicle, starts_at: 10 m}\n    b: {is: vehicle, starts_at: "+front+", ahead: a.rear}\n"))
		if apart {
			assert.NoError(t, err, front)
		} else {
			assert.ErrorContains(t, err, "b starts inside a: its front at 6.01 m is beyond the rear of a at 6\n", front)
		}
	}
}

// Glucose in mmol/L is refused where mg/dL are wanted, with what that is in them.
func TestGlucoseInMoles(t *testing.T) {
	for _, of := range []string{"    jim: {is: person, glucose: '\"5 mmol/L\"'}\n", "    jim: {is: person, glucose: 'if(time > 3, \"100 mg/dL\", \"5 mmol/L\")'}\n"} {
		_, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n"+of))
		require.ErrorContains(t, err, "of glucose that is `\"90.08 mg/dL\"`: a mmol/L is 18.016 mg/dL", of)
	}
	_, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n    air: {is: custom, signals: {x: {value: '\"5 mmol/L\" + \"1 kg/m3\"', unit: kg/m3}}}\n"))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "glucose", "of what it is nobody knows")
}

// A limit of contact that is the scenario's own is told as that, of who is harmed and of who is not.
func TestOwnLimitIsTold(t *testing.T) {
	text := func(bears, force string) string {
		s, err := Parse("r.yaml", []byte("scenario: r\nrun: 1m\nsystem:\n  devices:\n    jim: {is: person, region: hand"+bears+", contact: '\""+force+"\"'}\n"))
		require.NoError(t, err)
		return strings.Join(strings.Fields(told(t, s)), " ")
	}
	for _, force := range []string{"800 N", "950 N"} {
		assert.Contains(t, text(", bears: 900 N", force), "limit of contact the scenario's own, 900 N; ISO/TS 15066, annex A, has 140 N (region hand)")
		assert.NotContains(t, text("", force), "limit of contact the")
	}
}
