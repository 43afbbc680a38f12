package scenarios

import (
	"math"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMeets: an arm that goes through somebody without a word is warned of; one that meets them is not.
func TestMeets(t *testing.T) {
	const (
		walks = "path: {in: {at: 1s, x: 1 m}}, "
		ben   = "    ben: {is: person, starts_x: 30 m, separation: ben.x - arm.x}\n"
		bens  = "body: ben.x, body_speed: ben.speed_x"
		pace  = "body_speed: 'if(anna.x < ben.x, anna.speed_x, ben.speed_x)'"
		annas = "body: anna.x, body_speed: anna.speed_x"
		hand  = "    hand: {is: custom, inputs: {at: anna.x, to: arm.x, presses: arm.force}, signals: {x: {value: at, unit: m}, gap: {value: at - to, unit: m}, force: {value: presses, unit: N}}}\n"
		two   = "    two: {is: robot-arm, body: anna.x, body_speed: anna.speed_x}\n"
	)
	for name, c := range map[string]struct{ arm, anna, others, warns string }{
		"knows nobody":              {"", walks + "contact: arm.force, separation: anna.x - arm.x", "", "arm.force is always 0, as nothing is wired to the body of arm: it goes through anna"},
		"knows another":             {bens, walks + "contact: arm.force", ben, "arm meets ben, and not anna: it goes through anna"},
		"knows another by a way":    {"body: see.x", "contact: arm.force", ben + "    see: {is: custom, inputs: {at: ben.x}, signals: {x: {value: at, unit: m}}}\n", "arm meets ben, and not anna"},
		"knows a place":             {`body: '"3 m"', body_speed: '"0 m/s"'`, walks + "contact: arm.force", "", "arm goes through anna, who walks: the body that it meets is not where they are"},
		"she feels nothing":         {annas, walks + "glucose: '\"100 mg/dL\"'", "", "arm meets anna, and nothing of that harms them"},
		"another's contact":         {"", walks + "contact: two.force, separation: anna.x - arm.x", two, "arm goes through anna without harm: their contact does not read its force"},
		"nobody is exposed":         {"", walks + "glucose: '\"100 mg/dL\"'", "", "nobody is exposed to arm"},
		"walks where it moves":      {bens, walks + "glucose: '\"100 mg/dL\"'", ben, "anna stands or walks where arm moves, from 0 m to 1.3 m, and is not wired to it"},
		"walks past beside it":      {bens, "path: {in: {at: 1s, x: 3 m, y: 9 m}, on: {at: 9s, x: 1 m, y: 9 m}}, glucose: '\"100 mg/dL\"'", ben, ""},
		"stands elsewhere":          {bens, "glucose: '\"100 mg/dL\"'", ben, ""},
		"meets her":                 {annas, walks + "contact: arm.force, separation: anna.x - arm.x", "", ""},
		"the nearest":               {"body: 'min(anna.x, ben.x)', " + pace, walks + "contact: arm.force", ben, ""},
		"meets her hand":            {"body: hand.x, body_speed: anna.speed_x", walks + "contact: hand.force", hand, ""},
		"is parted by another":      {"", walks + "separation: hand.gap", hand, ""},
		"separation":                {"", walks + "separation: anna.x - arm.x", "", ""},
		"no force, on purpose":      {annas, walks + "contact: '\"0 N\"'", "", ""},
		"a place where she stands":  {`body: '"3 m"'`, "contact: arm.force", "", ""},
		"several, by more":          {"body: 'min(anna.x, ben.x)', " + pace, walks + "contact: 'max(arm.force, \"9 N\")'", ben, "anna feels the force of arm whomever it meets"},
		"several, a hand before":    {"body: 'min(anna.x - \"0.3 m\", ben.x)', " + pace, walks + "contact: arm.force", ben, "anna feels the force of arm whomever it meets"},
		"several, as she says":      {"body: 'min(anna.x, ben.x)', " + pace, walks + "contact: 'if(anna.x < ben.x, arm.force, \"0 N\")'", ben, ""},
		"aside":                     {annas, "path: {in: {at: 1s, x: 1 m, y: 5 m}}, contact: arm.force", "", "arm meets anna at any distance aside of its line, and they come to y = 4.25 m"},
		"aside, not so far":         {annas, "path: {in: {at: 1s, x: 1 m, y: 0.8 m}}, contact: arm.force", "", ""},
		"aside, as it knows":        {annas + ", body_y: anna.y", "path: {in: {at: 1s, x: 1 m, y: 5 m}}, contact: arm.force", "", ""},
		"aside, where its line is":  {annas + ", y: 5 m", "starts_y: 5 m, path: {in: {at: 1s, x: 1 m, y: 5 m}}, contact: arm.force", "", ""},
		"aside, elsewhere":          {annas, "path: {in: {at: 1s, x: 2 m, y: 5 m}}, contact: arm.force", "", ""},
		"near it aside":             {"", "path: {in: {at: 1s, x: 1 m, y: -5 m}}, separation: anna.x - arm.x", "", "anna counts as near arm by how far they are along x alone"},
		"near it in the plane":      {"", "path: {in: {at: 1s, x: 1 m, y: -5 m}}, separation: 'hypot(anna.x - arm.x, anna.y) - \"0.3 m\"'", "", ""},
		"one of several by another": {annas, walks + "contact: 'max(two.force, arm.force)'", two, ""},
	} {
		s, err := Parse("x.yaml", []byte("scenario: x\nrun: 10s\nsystem:\n  devices:\n    arm: {is: robot-arm, "+c.arm+"}\n    anna: {is: person, starts_x: 3 m, touch: transient, "+c.anna+"}\n"+c.others))
		require.NoError(t, err, name)
		text := ""
		for _, w := range s.Warnings {
			assert.NotEmpty(t, w.Fix, name)
			text += w.Message + "\n"
		}
		if c.warns == "" {
			assert.Empty(t, text, name)
			continue
		}
		assert.Contains(t, text, c.warns, name)
		assert.Equal(t, 1, strings.Count(text, "\n"), name+": "+text)
	}
}

// TestForceOfOne: an arm that meets the nearest of several presses on who that is, and on nobody else, whichever way the
// file says who is nearest; on both only where both are there, and on neither who is more than half a body aside of it.
func TestForceOfOne(t *testing.T) {
	const nearest = "min(anna.x, bert.x)"
	for name, c := range map[string]struct {
		body, more, anna, bert string
		feelsAnna, feelsBert   bool
	}{
		"bert":                  {nearest, "", "starts_x: 6 m", "starts_x: 1 m", false, true},
		"anna":                  {nearest, "", "starts_x: 1 m", "starts_x: 6 m", true, false},
		"the other way round":   {"min(bert.x, anna.x)", "", "starts_x: 6 m", "starts_x: 1 m", false, true},
		"by a condition":        {"if(anna.x < bert.x, anna.x, bert.x)", "", "starts_x: 6 m", "starts_x: 1 m", false, true},
		"both":                  {nearest, "", "starts_x: 1 m", "starts_x: 1 m", true, true},
		"one is aside":          {nearest, ", body_y: 'if(anna.x < bert.x, anna.y, bert.y)'", "starts_x: 1 m, starts_y: 2 m", "starts_x: 1 m", false, true},
		"who comes behind":      {nearest, "", "starts_x: 6 m, path: {in: {at: 2s, x: 0.9 m}}", "starts_x: 1 m", false, true},
		"who goes, and another": {nearest, "", "starts_x: 0.5 m, path: {out: {at: 2s, x: 9 m}}", "starts_x: 0.51 m", true, false},
		"of another's body":     {"bert.x", "", "starts_x: 6 m", "starts_x: 1 m", false, true},
	} {
		t.Run(name, func(t *testing.T) {
			const touched = ", region: chest, touch: transient, contact: arm.force}\n"
			s, err := Parse("x.yaml", []byte("scenario: x\nrun: 10s\nsystem:\n  devices:\n    arm: {is: robot-arm, region: chest, body_speed: '\"0 m/s\"', body: '"+c.body+"'"+c.more+"}\n"+
				"    anna: {is: person, "+c.anna+touched+"    bert: {is: person, "+c.bert+touched))
			require.NoError(t, err)
			r := &swatRun{History: &sim.History{}, t: t}
			r.Result, err = sim.Run(t.Context(), s.Plan, sim.Record(r.History))
			require.NoError(t, err)
			for who, feels := range map[string]bool{"anna": c.feelsAnna, "bert": c.feelsBert} {
				assert.Equal(t, map[bool]float64{true: 2}[feels], r.signal(who+".worst").Max(), who)
			}
			require.InEpsilon(t, math.Sqrt(25e3/(1/40.+1/14.2)), r.signal("arm.force").Max(), 1e-6)
		})
	}
}

// TestGoesThrough: in a run it is told that an arm is within somebody and presses by nothing, with instants; that one
// presses on them, or a person stands beside it, is not.
func TestGoesThrough(t *testing.T) {
	for arm, through := range map[string]bool{"": true, "body: ben.x": true, "body: anna.x, body_speed: anna.speed_x": false} {
		s, err := Parse("x.yaml", []byte("scenario: x\nrun: 20s\nsystem:\n  devices:\n    arm: {is: robot-arm, "+arm+"}\n"+
			"    ben: {is: person, starts_x: 30 m, separation: ben.x - arm.x}\n"+
			"    anna: {is: person, starts_x: 3 m, path: {in: {at: 1s, x: 1 m}}, contact: arm.force, separation: anna.x - arm.x}\n"))
		require.NoError(t, err)
		r, err := sim.Run(t.Context(), s.Plan)
		require.NoError(t, err)
		left := 0
		for _, x := range r.Ranges {
			if x.Left.Verdict != monitor.Violated {
				continue
			}
			left++
			assert.Equal(t, "anna separation without contact", x.Device+" "+x.What)
			// To 1.3 m and back at 1 m/s, and forth again: 1.001 m from the start at 2.6 + 1.001 s.
			assert.InDelta(t, 3.601, x.Left.Violations[0].From.Seconds(), 2e-9, arm)
		}
		if through {
			assert.Equal(t, 1, left, arm)
			assert.Contains(t, told(t, s), "Outside the models\n  anna separation without contact", arm)
		} else {
			assert.Zero(t, left, arm)
		}
	}
}

// TestBumpers: a collision that one of two vehicles does not know of is warned of, and so is who feels one that
// there cannot be.
func TestBumpers(t *testing.T) {
	const behind, ahead = ", behind: b.push", "ahead: a.rear, ahead_speed: a.speed"
	for name, c := range map[string]struct{ a, b, jim, warns string }{
		"does not feel it":       {"", ahead, "", "a does not feel it when b runs into it"},
		"runs into another":      {behind, "ahead: c.rear, ahead_speed: c.speed", "", "a is pushed by b, which runs into c and not into it"},
		"does not know its pace": {behind, "ahead: a.rear", "", "b does not know how fast a goes: it runs into it as if it stood"},
		"is never hit":           {behind, ahead, "collides: occupant, collision: c.delta_v", "c.delta_v is always 0, as c can run into nothing: it never harms jim"},
		"is pushed":              {behind, ahead, "collides: occupant, collision: a.delta_v", ""},
		"runs":                   {behind, ahead, "collides: occupant, collision: b.delta_v", ""},
		"runs into a wall":       {"", `ahead: '"900 m"'`, "collision: b.impact", ""},
	} {
		car := "    c: {is: vehicle, starts_at: 900 m}\n"
		if strings.Contains(c.b, "c.rear") {
			car = "    c: {is: vehicle, starts_at: 900 m, behind: b.push}\n"
		}
		jim := ""
		if c.jim != "" {
			jim = "    jim: {is: person, " + c.jim + "}\n"
		}
		s, err := Parse("x.yaml", []byte("scenario: x\nrun: 1s\nsystem:\n  devices:\n"+car+"    a: {is: vehicle, starts_at: 100 m"+c.a+"}\n    b: {is: vehicle, "+c.b+"}\n"+jim))
		require.NoError(t, err, name)
		text := ""
		for _, w := range s.Warnings {
			assert.NotEmpty(t, w.Fix, name)
			text += w.Message + "\n"
		}
		if c.warns == "" {
			assert.Empty(t, text, name)
			continue
		}
		assert.Contains(t, text, c.warns, name)
		assert.Equal(t, 1, strings.Count(text, "\n"), name+": "+text)
	}
}
