package scenarios

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
)

// askedAgain is one person who asks one owner first, and then all.
const askedAgain = `
scenario: again
run: 80d
system:
  purposes: [comfort]
  subjects: {resident: {count: 2}}
  devices:
    m: {is: telemetry, count: 2, every: 1d}
    app: {is: portal, count: 2}
    a: {is: store, owner: u, keeps: forever, takes: {p: {from: m.reading, purpose: comfort, basis: contract}}, erases: app.erasure, answers: app.access}
    b: {is: store, owner: v, keeps: forever, takes: {p: {from: m.reading, purpose: comfort, basis: contract}}}
    c: {is: store, owner: u, keeps: forever, takes: {p: {from: m.reading, purpose: comfort, basis: contract}}}
timeline:
  - {at: 5d, act: ask, person: "resident[0]", right: erasure, with: app, to: u}
  - {at: 20d, act: ask, person: "resident[0]", right: erasure, with: app}
  - {at: 30d, act: ask, person: "resident[0]", right: access, with: app, to: v}
  - {at: 31d, act: ask, person: "resident[0]", right: access, with: app}
invariants:
  gone: {always: 'kept_after_erasure("30 d") == 0'}
  told: {always: 'unanswered("30 d") <= 2'}
`

// One person who asked twice is one person, is owed one answer by a store, and asked a store when they first
// asked its owner.
func TestWhoAsksAgainIsOnePerson(t *testing.T) {
	r := town(t, askedAgain, sim.Explain())
	p := r.Privacy
	require.Len(t, p.Left, 2, "b and c cannot be asked")
	assert.Equal(t, []int{2, 1}, []int{p.Rows, p.People}, "of one person")
	asked := map[string]float64{}
	for _, left := range p.Left {
		asked[left.Store] = left.Asked.Seconds() / 86400
	}
	assert.Equal(t, map[string]float64{"c": 5, "b": 20}, asked)
	require.Len(t, p.Kept, 3)
	for _, k := range p.Kept {
		assert.Equal(t, 1, k.People, "%s has what came after one person had asked", k.Store)
	}
	i, err := r.Invariant("told")
	require.NoError(t, err)
	assert.Equal(t, monitor.Holds, i.Verdict, "b and c owe one answer each")
	assert.Equal(t, 2, p.Rights[2].Owed)

	chain, err := r.Why("gone")
	require.NoError(t, err)
	last := chain[len(chain)-1]
	require.Equal(t, sim.InjectionCause, last.Kind)
	assert.Equal(t, "P1", r.Injections[last.Injection].Step.Name, "c is of u")
}

// What is left in a store is led by who asked its owner, not by who asked another one before.
func TestWhyIsWhoAskedThatStore(t *testing.T) {
	r := town(t, strings.Replace(askedAgain, "c: {is: store,", "c: {is: store, erases: app.erasure,", 1)) // b alone is left
	chain, err := r.Why("gone")
	require.NoError(t, err)
	assert.Equal(t, "b", chain[0].Who)
	last := chain[len(chain)-1]
	require.Equal(t, sim.InjectionCause, last.Kind)
	assert.Equal(t, "P2", r.Injections[last.Injection].Step.Name)
}

// Who asks for the same again is told at check that times run from the first request on; who asks for more is not.
func TestAskingAgainIsWarnedOf(t *testing.T) {
	for steps, want := range map[string]string{
		`[{at: 40d, act: ask, person: "resident[1]", right: erasure}, {at: 5d, act: ask, person: "resident[1]", right: erasure}]`:                  "resident[1] asks for erasure a second time, after P2 at 5d00h00m00.000s",
		`[{at: 5d, act: ask, person: resident, right: access}, {at: 6d, act: ask, person: "resident[1]", right: access, to: u}]`:                   "resident[1] asks for access a second time, after P1 at 5d00h00m00.000s",
		`[{at: 5d, act: ask, person: "resident[1]", right: opt-out}, {at: 6d, act: ask, person: "resident[1]", right: opt-out, purpose: comfort}]`: "resident[1] asks for opt-out a second time",
		`[{at: 5d, act: ask, person: "resident[1]", right: opt-out, purpose: comfort}, {at: 6d, act: ask, person: "resident[1]", right: opt-out}]`: "",
		`[{at: 5d, act: ask, person: "resident[1]", right: erasure, to: u}, {at: 6d, act: ask, person: "resident[1]", right: erasure}]`:            "",
		`[{at: 5d, act: ask, person: "resident[1]", right: erasure}, {at: 6d, act: ask, person: "resident[0]", right: erasure}]`:                   "",
		`[{at: 5d, act: ask, person: "resident[1]", right: erasure}, {at: 6d, act: ask, person: "resident[1]", right: access}]`:                    "",
		`[{at: 5d, act: ask, person: "resident[1]", right: erasure}, {when: time > 777600, act: ask, person: "resident[1]", right: erasure}]`:      "",
	} {
		head := askedAgain[:strings.Index(askedAgain, "timeline:")]
		s, err := Parse("test.yaml", []byte(head+"timeline: "+steps+"\n"))
		require.NoError(t, err, steps)
		var told []string
		for _, w := range s.Warnings {
			if strings.Contains(w.Message, "second time") {
				told = append(told, w.Message)
			}
		}
		if want == "" {
			assert.Empty(t, told, steps)
			continue
		}
		require.Len(t, told, 1, steps)
		assert.True(t, strings.HasPrefix(told[0], want), told[0])
	}
}
