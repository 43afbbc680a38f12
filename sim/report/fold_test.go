package report

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
)

// turned are the turns of an invariant, each a second after the one before, starting
// with a violation.
func turned(name string, index, from, n int) (list []row) {
	for k := range n {
		r := row{at: fmt.Sprintf("%ds", from+k), key: name + " violated", text: name + " VIOLATED"}
		r.event = sim.StoryEvent{Kind: sim.ViolationBegan, Index: index}
		if k%2 == 1 {
			r.key, r.text, r.event.Kind = name+metAgain, name+" is met again", sim.ViolationEnded
		}
		list = append(list, r)
	}
	return list
}

func lines(list []row) (all []string) {
	for i := range list {
		all = append(all, list[i].at+" "+list[i].text)
	}
	return all
}

// What turns at each scan is told twice, in one line how often more, and how it ends;
// what comes between ends the line, and each invariant has its own.
func TestFold(t *testing.T) {
	step := row{at: "20s", text: "step", event: sim.StoryEvent{Kind: sim.AppliedStep}}
	require.Equal(t, []string{"0s a VIOLATED", "1s a is met again", "2s a VIOLATED", "3s a is met again"}, lines(fold(turned("a", 0, 0, 4))))
	require.Equal(t, []string{
		"0s a VIOLATED", "1s a is met again", " ... a violated and met again 3 more times until 7s", "8s a VIOLATED", "20s step",
		"21s a VIOLATED", "22s a is met again", " ... a violated and met again once more until 24s", "25s a VIOLATED",
	}, lines(fold(append(append(turned("a", 0, 0, 9), step), turned("a", 0, 21, 5)...))))

	require.Equal(t, []string{
		"1s a is met again", "2s a VIOLATED", "3s a is met again", " ... a violated and met again 2 more times until 7s", "8s a VIOLATED",
	}, lines(fold(turned("a", 0, 0, 9)[1:])), "as often as it was")

	var mixed []row
	a, b := turned("a", 0, 0, 6), turned("b", 1, 0, 2)
	mixed = append(append(append(mixed, a[:3]...), b...), a[3:]...)
	require.Equal(t, []string{
		"0s a VIOLATED", "1s a is met again", " ... a violated and met again 2 more times until 5s", "0s b VIOLATED", "1s b is met again",
	}, lines(fold(mixed)))
}
