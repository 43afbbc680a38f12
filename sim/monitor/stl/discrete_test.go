package stl

import (
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/stretchr/testify/require"
)

// Why a case in discrete time has another answer here, or none.
const (
	closed   = "until and since are closed: the left side must hold together with the right one"
	noSample = "prev and next count samples"
)

// A difference is a case in discrete time with another answer, why, and the formula
// that has the same answer in dense time, if there is one.
type difference struct{ name, why, instead string }

// differences are all of them.
var differences = []difference{
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_since#1", closed, "(req or gnt) since gnt"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_since_0_1#1", closed, "(req or gnt) since[0,1] gnt"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_until#1", closed, "(req or gnt) until gnt"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_until_0_1#1", closed, "(req or gnt) until[0,1] gnt"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_since#1", closed, "(a or b) since b"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_since_0_1#1", closed, "(a or b) since[0,1] b"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_until#1", closed, "(a or b) until b"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_until_0_1#1", closed, "(a or b) until[0,1] b"},
	{"api.test_ltl_discrete_time_online_specification.TestLtlDiscreteTimeOnlineSpecification.test_since#1", closed, "(req or gnt) since gnt"},
	{"api.test_stl_discrete_time_online_specification.TestStlDiscreteTimeOnlineSpecification.test_since_0_1#1", closed, "(req or gnt) since[0,1] gnt"},
	{"api.test_stl_discrete_time_online_specification.TestStlDiscreteTimeOnlineSpecification.test_until_1_2_with_pastify#1", closed, "req and eventually[1,1] ((req or gnt) until[0,1] gnt)"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_previous#1", noSample, "historically[1,1] req"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_previous#1", noSample, "historically[1,1] a"},
	{"api.test_ltl_discrete_time_online_specification.TestLtlDiscreteTimeOnlineSpecification.test_previous#1", noSample, "historically[1,1] req"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_strong_previous#1", noSample, "once[1,1] req"},
	{"api.test_stl_discrete_time_online_specification.TestStlDiscreteTimeOnlineSpecification.test_strong_weak_previous#1", noSample, "once[1,1] req"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_next#1", noSample, "always[1,1] req"},
	{"semantics.test_stl_discrete_time_offline_evaluation.TestSTLEvaluation.test_next#1", noSample, "always[1,1] a"},
	{"api.test_ltl_discrete_time_online_specification.TestLtlDiscreteTimeOnlineSpecification.test_next_with_pastify#1", noSample, "always[1,1] req"},
	{"api.test_stl_discrete_time_offline_specification.TestStlDiscreteTimeOfflineSpecification.test_strong_next#1", noSample, "eventually[1,1] req"},
	{"api.test_stl_discrete_time_online_specification.TestStlDiscreteTimeOnlineSpecification.test_strong_next_with_pastify#1", noSample, "eventually[1,1] req"},
}

// sampled returns at how many samples, held up to the next, a formula has another
// margin than the case says, and at how many it has that one.
func sampled(t *testing.T, m monitor, steps float64, k known, text string) (wrong, right int) {
	s, tracks := k.open(t, text, steps)
	from, to, _ := span(tracks)
	got := m(t, s, tracks, from, to, false)
	for _, p := range k.Expected {
		at := on(steps, p.at) - vtime.Time(k.delay(t, s))
		switch {
		case at < from: // of an online monitor that tells what was before the start
		case near(k.Formula, p.value, got(at)):
			right++
		default:
			wrong++
		}
	}
	return wrong, right
}

// delay is by how much an online monitor that looks into the past only tells a margin
// too late.
func (k *known) delay(t *testing.T, s Spec) vtime.Duration {
	if !strings.Contains(k.Note, "expected[t] is the robustness of the original formula at t - horizon") {
		require.Empty(t, k.Note)
		return 0
	}
	p, err := formula.Lower(s.Formula)
	require.NoError(t, err)
	ahead, _ := p.Reaches()
	return ahead
}

func TestDiscrete(t *testing.T) {
	all := cases(t).Discrete
	require.Len(t, all, 118)
	differs := map[string]difference{}
	for _, d := range differences {
		differs["rtamt/"+d.name] = d
	}
	require.Len(t, differs, 21)
	for _, m := range monitors {
		same := 0
		for _, k := range all {
			d, ok := differs[k.Name]
			switch {
			case !ok:
				wrong, _ := sampled(t, m.run, m.hold, k, k.Formula)
				require.Zero(t, wrong, "%s by %s: %s", k.Name, m.name, k.Formula)
				same++
			case d.why == noSample:
				_, problems := Parse(k.Formula, 0)
				require.Len(t, problems, 1)
				require.Contains(t, problems[0].Cause, "no meaning where time is dense")
				require.Contains(t, problems[0].Next, strings.Fields(d.instead)[0])
			default:
				wrong, _ := sampled(t, m.run, m.hold, k, k.Formula)
				require.NotZero(t, wrong, "%s by %s: %s", k.Name, m.name, k.Formula)
			}
		}
		require.Equal(t, 97, same)
	}
}

// What can be written instead has the answers in discrete time, but for what next is
// at the last sample, where the value is held here.
func TestInsteadOfDiscrete(t *testing.T) {
	for _, m := range monitors {
		for _, k := range cases(t).Discrete {
			for _, d := range differences {
				if k.Name != "rtamt/"+d.name {
					continue
				}
				last := 0
				if strings.Contains(k.Formula, "next") && !k.Online {
					last = 1
				}
				wrong, right := sampled(t, m.run, m.hold, k, d.instead)
				require.Equal(t, last, wrong, "%s by %s: %s", k.Name, m.name, d.instead)
				require.NotZero(t, right)
			}
		}
	}
}
