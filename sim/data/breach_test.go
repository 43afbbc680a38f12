package data

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A diary is all that happened to stores, of which what is to be known of breaches is found anew each time.
type diary struct {
	m        *Model
	thefts   []Breach // as they happened
	alarms   []alarm
	arrivals map[int]vtime.Time // by letter, from 0 on
	letters  []Letter
}

// An alarm came to a store, which sends the letter of it then, or vtime.Never where it writes one already.
type alarm struct {
	store   int32
	at, due vtime.Time
}

// whose is who answers for a store.
func (d *diary) whose(store int32) int32 { return d.m.Stores[store].Controller }

// aware is when the owner of what was taken became aware of a theft.
func (d *diary) aware(b *Breach) vtime.Time {
	first := vtime.Never
	for _, a := range d.alarms {
		switch {
		case d.whose(a.store) != d.whose(b.Store):
		case a.at > b.At:
			first = min(first, a.at)
		case a.due != vtime.Never && a.due > b.At: // they look into it
			first = min(first, b.At)
		}
	}
	return first
}

// told is when a letter of a theft was sent first, and when one came first.
func (d *diary) told(b *Breach, aware vtime.Time) (sent, came vtime.Time) {
	sent, came = vtime.Never, vtime.Never
	for i, l := range d.letters {
		if d.whose(l.Store) != d.whose(b.Store) || l.At < aware {
			continue
		}
		sent = min(sent, l.At)
		if at, ok := d.arrivals[i]; ok {
			came = min(came, at)
		}
	}
	return sent, came
}

// breaches are the thefts: those by one in one store of which one letter tells are one.
func (d *diary) breaches() (list []Breach) {
	for i := range d.thefts {
		b := d.thefts[i]
		b.Aware = d.aware(&b)
		b.Told, b.Arrived = d.told(&b, b.Aware)
		if !slices.ContainsFunc(list, func(o Breach) bool { return o.Store == b.Store && o.By == b.By && o.Told == b.Told }) {
			list = append(list, b)
		}
	}
	return list
}

// What stores and their owners know of breaches is what a diary of all that happened says, however thefts, alarms,
// letters and their arrivals follow one another, and wherever a run was kept and taken up again.
func TestBreachesAgainstADiary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &Model{Controllers: []string{"utility", "shop"}, Populations: []Population{{Name: "p", Count: 3}}, Attributes: []Attribute{{Name: "name", Trait: true}}}
		for i := range int32(3) {
			m.Stores = append(m.Stores, Store{Name: fmt.Sprint("s", i), Controller: i / 2, First: i, Count: 1, Warned: true})
			m.Shelves = append(m.Shelves, Shelf{Store: i, Purpose: -1, Share: 1})
		}
		m.Principals = []Principal{{Name: "a", Intruder: 0}, {Name: "b", Intruder: 1}}
		graces := []vtime.Duration{0, 2 * tick, 7 * tick}
		for _, g := range graces {
			m.Questions = append(m.Questions, Question{Kind: Unnotified, Grace: g})
		}
		s, err := New(m, 1)
		require.NoError(t, err)
		d := &diary{m: m, arrivals: map[int]vtime.Time{}}
		now := vtime.Time(0)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now = now.Add(tick)
			for store, due := range s.writing {
				if due == now {
					require.Equal(t, len(d.letters)+1, s.Notify(int32(store), now))
					d.letters = append(d.letters, Letter{Store: int32(store), At: now})
				}
			}
			now = now.Add(tick) // one thing at a time
			d.step(t, s, now)
			if rapid.IntRange(0, 9).Draw(t, "keep") == 0 {
				s = reopened(t, s)
			}
			if now >= s.Next() {
				s.Advance(now)
			}
			s.Refresh(func(int, int, float64) {})
			want := d.breaches()
			require.Equal(t, want, append([]Breach(nil), s.Breaches()...))
			for q, grace := range graces {
				late := 0
				for _, b := range want {
					if b.Aware != vtime.Never && b.Arrived == vtime.Never && now.Sub(b.Aware) > grace {
						late++
					}
				}
				require.Equal(t, float64(late), s.Value(q, 0), "unnotified for %v", grace)
			}
		}
	})
}

// step does one thing.
func (d *diary) step(t *rapid.T, s *State, now vtime.Time) {
	store := int32(rapid.IntRange(0, 2).Draw(t, "store"))
	switch rapid.IntRange(0, 3).Draw(t, "what") {
	case 0:
		by := int32(rapid.IntRange(0, 1).Draw(t, "by"))
		require.Equal(t, 3, s.Steal(by, store, now))
		d.thefts = append(d.thefts, Breach{Store: store, By: by, At: now, People: 3})
	case 1:
		a := alarm{store, now, vtime.Never}
		after := vtime.Duration(2*rapid.IntRange(0, 4).Draw(t, "after")+1) * tick
		if s.Realise(store, now, after) {
			a.due = now.Add(after)
		}
		d.alarms = append(d.alarms, a)
	case 2:
		number := rapid.IntRange(-1, len(d.letters)+2).Draw(t, "letter")
		s.Inform(store, float64(number), now)
		if number < 1 || number > len(d.letters) || d.letters[number-1].Store != store {
			return
		}
		if _, before := d.arrivals[number-1]; !before {
			d.arrivals[number-1] = now
		}
	}
}

// reopened is a state that was kept, and taken up again.
func reopened(t *rapid.T, s *State) *State {
	a := snapshot.New(0)
	s.Archive(a)
	other, err := New(s.Model, 1)
	require.NoError(t, err)
	from := snapshot.Of(a.Bytes())
	other.Archive(from)
	require.NoError(t, from.Err())
	return other
}
