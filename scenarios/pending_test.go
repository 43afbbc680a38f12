package scenarios

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// proposals is a safety controller whose upper limit two people change together. What %s
// stands for is the timeline and what is expected.
const proposals = `scenario: proposals
run: 10m
system:
  devices:
    sis: {is: hysteresis, reads: gauge.level, low: 1 m, high: 3 m, checks: [{two-person: [ann, bob], of: high, within: 20m}]}
    tank: {is: tank, area: 3 m2, height: 4 m, level: 2 m}
    gauge: {is: level-gauge, of: tank.level, every: 1s}
    desk: {is: custom, signals: {screen: {start: 0}}}
  people: {ann: {}, bob: {}}
  credentials: {ann_key: {held_by: [ann]}, bob_key: {held_by: [bob]}}
  attackers:
    ann: {at: desk, knows: all, holds: ann_key}
    bob: {at: desk, knows: all, holds: bob_key}
%s`

// A proposal of one person is pending until the other one agrees: then it has taken
// effect. What nobody agrees to stays pending while it holds, which an expectation lists
// as stopped.
func TestOneOfTwoIsPending(t *testing.T) {
	const first = "  - {at: 10s, name: first, attack: download, from: desk, by: ann, to: sis, set: {high: 2 m}}\n"
	const second = "  - {at: %s, name: second, attack: download, from: desk, by: bob, to: sis, set: {high: %s}}\n"
	for _, c := range []struct {
		name, text string
		want       []inject.Outcome
		asExpected bool
	}{
		{"alone", first, []inject.Outcome{inject.Pending}, false},
		{"listed", first + "expect: {stopped: {first: {by: two-person}}}\n", []inject.Outcome{inject.Pending}, true},
		{"agreed", first + fmt.Sprintf(second, "1m", "2 m"), []inject.Outcome{inject.Applied, inject.Applied}, true},
		{"another value", first + fmt.Sprintf(second, "1m", "2.5 m"), []inject.Outcome{inject.Pending, inject.Pending}, false},
	} {
		r, _ := ranText(t, fmt.Sprintf(proposals, "timeline:\n"+c.text))
		var got []inject.Outcome
		for k := range r.Injections {
			got = append(got, r.Injections[k].Outcome)
		}
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, c.asExpected, r.AsExpected(), "%s: %v", c.name, r.Unmet)
		told := proposalTold(t, r)
		if c.want[0] == inject.Pending {
			assert.Contains(t, told, "PENDING at two-person", c.name)
		} else {
			assert.Contains(t, told, "PENDING, until others agreed", c.name)
		}
		assert.NotContains(t, told, "STOPPED", c.name)
	}
}

func proposalTold(t *testing.T, r *sim.Result) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.Text(&out, r, report.Options{}))
	return strings.Join(strings.Fields(out.String()), " ")
}

// Who agrees after the run was kept and taken up agrees to what was proposed before.
func TestAPendingProposalIsKept(t *testing.T) {
	const text = "timeline:\n" +
		"  - {at: 10s, name: first, attack: download, from: desk, by: ann, to: sis, set: {high: 2 m}}\n" +
		"  - {at: 1m, name: second, attack: download, from: desk, by: bob, to: sis, set: {high: 2 m}}\n"
	plan := func() *sim.Plan {
		s, err := Parse("proposals.yaml", []byte(fmt.Sprintf(proposals, text)))
		require.NoError(t, err)
		return s.Plan
	}
	ctx := context.Background()
	s, err := sim.New(plan())
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Time(30*vtime.Second)))
	data, err := s.Snapshot()
	require.NoError(t, err)
	s, err = sim.Resume(plan(), data)
	require.NoError(t, err)
	require.NoError(t, s.RunTo(ctx, vtime.Never))
	r, err := s.Result()
	require.NoError(t, err)
	for k := range r.Injections {
		require.Equal(t, inject.Applied, r.Injections[k].Outcome)
	}
}
