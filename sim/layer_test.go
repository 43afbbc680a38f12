package sim

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A moment is what a layer hears at a time; of one time in the order of a run: whether it is
// there, then whether it acts, then whether it is demanded.
type moment struct {
	at                     vtime.Time
	fitted, acts, demanded bool
}

// counted is what came of the demands on a layer.
type counted struct{ acted, failed, late, open, absent int }

// byDefinition counts each demand by itself, over all that came.
func byDefinition(list []moment, within vtime.Duration, end vtime.Time) (c counted) {
	for i := range list {
		if !list[i].demanded || i > 0 && list[i-1].demanded {
			continue
		}
		if !list[i].fitted {
			c.absent++
			continue
		}
		came, lasts, answer := list[i].at, true, vtime.Never
		var late bool
		for k := i; k < len(list) && answer == vtime.Never; k++ {
			if list[k].acts && (k == i || !list[k-1].acts) || k == i && list[k].acts {
				answer, late = list[k].at, lasts
			}
			lasts = lasts && list[k].demanded
		}
		switch soon := within == 0 || answer.Sub(came) <= within; {
		case answer != vtime.Never && soon:
			c.acted++
		case answer == vtime.Never && within > 0 && came.Add(within) > end:
			c.open++
		default:
			c.failed++
			if answer != vtime.Never && late {
				c.late++
			}
		}
	}
	return c
}

// heard is what the state of a layer makes of the same, looking at deadlines or not.
func heard(list []moment, within vtime.Duration, end vtime.Time, looks bool) counted {
	l := layerState{first: vtime.Never}
	var before moment
	for _, m := range list {
		if at := l.tooLate(within); looks && at <= m.at {
			l.expire(at, within)
		}
		l.fitted = m.fitted
		switch {
		case m.acts && !before.acts:
			l.acting(m.at, within)
		case !m.acts:
			l.acts = false
		}
		switch {
		case m.demanded && !before.demanded:
			l.demanded(m.at, within)
		case !m.demanded && before.demanded:
			l.ceased(m.at, within)
		}
		before = m
	}
	c := counted{l.acted, l.failed, l.late, 0, l.absent}
	for _, d := range l.waiting {
		if within > 0 && d.since.Add(within) > end {
			c.open += d.count
		} else {
			c.failed += d.count
		}
	}
	return c
}

// What is counted on the way is what each demand by itself comes to, whether or not anybody
// looks when it is too late.
func TestDemandsByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		within := vtime.Duration(rapid.IntRange(0, 6).Draw(t, "within"))
		var list []moment
		at := vtime.Time(0)
		for range rapid.IntRange(1, 30).Draw(t, "moments") {
			list = append(list, moment{at, rapid.IntRange(0, 4).Draw(t, "fitted") > 0, rapid.Bool().Draw(t, "acts"), rapid.Bool().Draw(t, "demanded")})
			at += vtime.Time(rapid.IntRange(1, 4).Draw(t, "wait"))
		}
		want := byDefinition(list, within, at)
		require.Equal(t, want, heard(list, within, at, true), "%v within %d", list, within)
		require.Equal(t, want, heard(list, within, at, false), "%v within %d", list, within)
	})
}
