package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestChildIsOutsideTheModels: that no model of contact or collision is of children stands in the report of a run in
// which one was touched or hit, beside who was harmed and beside who counts as unharmed, and not where none was.
func TestChildIsOutsideTheModels(t *testing.T) {
	report := func(role string) string {
		s, err := Parse("x.yaml", []byte("scenario: x\nrun: 10s\nsystem:\n  devices:\n"+
			"    hit: {is: person, role: "+role+", collision: 'if(time > 1, \"9 m/s\", \"0 m/s\")'}\n"+
			"    held: {is: person, role: "+role+", region: hand, contact: 'if(time > 2, \"100 N\", \"0 N\")'}\n"+
			"    far: {is: person, role: "+role+", region: hand, contact: 'if(time > 20, \"100 N\", \"0 N\")'}\n"+
			"    rides: {is: person, role: "+role+", collides: occupant, collision: 'if(time > 3, \"9 m/s\", \"0 m/s\")'}\n"))
		require.NoError(t, err)
		return strings.Join(strings.Fields(told(t, s)), " ")
	}
	text := report("child")
	for _, want := range []string{
		"outside its model collision of a child, from 0m01.000s on: of people of 15 or more, Tefft 2013; a child is judged as they are",
		"outside its model contact of a child, from 0m02.000s on: may be harmed all the same",
		"Outside the models hit collision of a child 0m01.000s to the end", "held contact of a child 0m02.000s to the end", "rides collision of a child 0m03.000s to the end",
		"holds of adults with belts, Joksch 1993",
	} {
		assert.Contains(t, text, want)
	}
	assert.NotContains(t, text, "far contact of a child")
	assert.NotContains(t, report("visitor"), "Outside the models")
}
