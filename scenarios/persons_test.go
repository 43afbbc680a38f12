package scenarios

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/report"
)

// persons are people of a system whom data are about: one, and a crew of three, beside some who are nothing but
// subjects. Ten days after the start a thief takes what a cloud has, with a name.
const persons = `
scenario: persons
run: 40d
system:
  purposes: [care]
  subjects:
    maria: {traits: {name: {values: own}, illness: {kind: sensitive, values: {none: 90%%, asthma: 10%%}}}}
    crew: {%s traits: {name: {values: own}}}
    visitor: {count: 5, traits: {name: {values: own}}}
  devices:
    arm: {is: custom, signals: {force: {start: 0 N}}, rules: [{when: time > 9, set: {force: 300 N}}]}
    maria: {is: person, contact: arm.force, region: hand}
    crew: {is: person, count: 3, contact: arm.force, region: hand}
    sensor: {is: telemetry, every: 1h, in_step: true}
    badge: {is: telemetry, every: 1h, count: 3, in_step: true}
    phone: {is: portal}
    phones: {is: portal, count: 3}
    laptop: {is: custom, signals: {}}
    cloud:
      is: store
      key: account
      owner: maker
      keeps: 100d
      remote: login
      holds: {illness: all, name: {about: maria}}
      takes: {load: {from: sensor.reading, about: maria, purpose: care}}
      erases: {on: phone.erasure, after: 1d}
    copy: {is: store, keeps: 100d, takes: {load: {from: cloud.load, about: maria, every: 1d}}}
    doors:
      is: store
      keeps: 100d
      holds: {name: {about: crew}}
      takes: {came: {from: badge.reading, about: crew}, last: {from: sensor.reading, about: 'crew[1]'}}
      erases: phones.erasure
    guests: {is: store, keeps: forever, holds: {name: all}}
  credentials: {login: {held_by: [cloud]}}
  attackers: {thief: {at: laptop, knows: all, holds: [login]}}
timeline:
  - {at: 10d, name: in, attack: login, from: laptop, to: cloud}
  - {at: 10d1h, name: take, needs: in, attack: steal, from: laptop, device: cloud}
  - {at: 20d30m, act: ask, person: maria, right: erasure, with: phone}
  - {at: 20d30m, act: ask, person: 'crew[2]', right: erasure, with: phones}
invariants:
  unharmed: {always: maria.harm == 0}
  illness-stays-hidden: {never: 'can_learn(thief, maria, illness)'}
  nobody-is-known-at-the-door: {always: 'holders(crew[2]) <= 1 and max(crew.worst) < 5'}
  forgotten: {always: 'kept_after_erasure("10 d") == 0'}
`

// Those who are persons of a system are the people whom data are about: as many, by the same names, each member by
// itself; and a signal of theirs is one still.
func TestPersonsAreSubjects(t *testing.T) {
	for _, count := range []string{"", "count: 3,"} {
		r := town(t, fmt.Sprintf(persons, count))
		m := r.Plan.Data.Model
		require.Len(t, m.Populations, 3)
		for i, want := range []data.Population{{Name: "maria", Count: 1, Persons: true}, {Name: "crew", Count: 3, First: 1, Persons: true}, {Name: "visitor", Count: 5, First: 4}} {
			assert.Equal(t, want, m.Populations[i])
		}
		for name, want := range map[string]float64{"unharmed": 9, "illness-stays-hidden": 10*86400 + 3600} {
			v, err := r.Invariant(name)
			require.NoError(t, err)
			assert.Equal(t, "violated", v.Verdict.String(), name)
			assert.InDelta(t, want, v.At.Seconds(), 0.01, name)
		}
		v, err := r.Invariant("nobody-is-known-at-the-door")
		require.NoError(t, err)
		assert.Equal(t, "violated", v.Verdict.String(), "names are held of all who have one, here and by guests")

		assert.EqualValues(t, 2+1+21*24, stored(t, r, "cloud").Came, "each hour from 0 to 21d, before it forgot at 21d30m, and what it has from the start")
		// The message of 40d comes too late; crew[2] is in up to 20d.
		assert.EqualValues(t, 3+2*40*24+(20*24+1)+40*24, stored(t, r, "doors").Came)
		assert.EqualValues(t, 1+3+5, stored(t, r, "guests").Items)
		require.NotEmpty(t, r.Privacy.Left)
		assert.Equal(t, "maria", r.Privacy.Left[0].Person)
		assert.Contains(t, strings.Join(r.Privacy.Left[0].Lineage, "\n"), "cloud.load was collected from sensor.reading")
		require.Len(t, r.Privacy.Learnt, 1)
		assert.Equal(t, "maria", r.Privacy.Learnt[0].Person)
	}
}

// Who is harmed and whose data are held has one name in both parts of a report, and in JSON.
func TestPersonsInReports(t *testing.T) {
	r := town(t, fmt.Sprintf(persons, ""))
	var text bytes.Buffer
	require.NoError(t, report.Text(&text, r, report.Options{Width: 200, All: true}))
	for _, line := range []string{
		"  maria (visitor), crew[0] (visitor), crew[1] (visitor), crew[2] (visitor)",
		"  of maria  copy has load; guests has name; thief has illness, name, load of cloud",
		"  of crew[1]  doors has name, came, last; guests has name",
		"  of crew[2]  guests has name",
	} {
		assert.Contains(t, text.String(), line+"\n")
	}
	got, err := report.JSON(r, "")
	require.NoError(t, err)
	var out struct {
		Harm []struct {
			Person   string
			Severity int
		}
		Privacy struct {
			Of []struct {
				Person string
				Stores []struct{ Store string }
			} `json:"of_persons"`
		}
	}
	require.NoError(t, json.Unmarshal(got, &out))
	require.Len(t, out.Harm, 4)
	require.Len(t, out.Privacy.Of, 4, "visitors are no persons of the system")
	for i := range out.Harm {
		assert.Equal(t, out.Harm[i].Person, out.Privacy.Of[i].Person)
		assert.Equal(t, 2, out.Harm[i].Severity)
		assert.NotEmpty(t, out.Privacy.Of[i].Stores)
	}
}

// Of so many times as many persons there are so many times as many whom data are about, and where there is one,
// there is one still.
func TestPersonsScaled(t *testing.T) {
	for _, count := range []string{"", "count: 3,"} {
		text := strings.ReplaceAll(fmt.Sprintf(persons, count), "    maria: {traits", "    maria: {count: 1, traits")
		s, err := Parse("persons.yaml", []byte(text))
		require.NoError(t, err)
		p, err := s.Scaled(4)
		require.NoError(t, err)
		var counts []int32
		for _, x := range p.Data.Populations {
			counts = append(counts, x.Count)
		}
		assert.Equal(t, []int32{1, 12, 20}, counts)
	}
}

// TestHomeHabits: what the cloud of the house has is counted by hand: a name, the states at the start of meter and
// latch, what the meter reads so often a day, of which the last comes 40 ms after the end, and the lock four times a
// day. After two weeks that tells when she is in, if it is of quarters of an hour, and not if it is of days.
func TestHomeHabits(t *testing.T) {
	items := func(days, readings int) uint64 { return uint64(1 + 2 + days*readings + days*4) }
	for name, c := range map[string]struct {
		came, items uint64
		learnt      int
		says        string
	}{
		"stolen":     {items(17, 96) - 1, items(17, 96) - 1, 1, "cloud has name, load, locks; burglar has name, load, locks of cloud"},
		"erased":     {items(14, 96), 0, 0, "no store has anything"},
		"by-day":     {items(17, 1) - 1, items(17, 1) - 1, 0, "cloud has name, load, locks; burglar has name, load, locks of cloud"},
		"second-key": {items(17, 96) - 1, items(17, 96) - 1, 0, "cloud has name, load, locks"},
	} {
		r := ofLibrary(t, "home/habits-"+name).Result
		cloud := stored(t, r, "cloud")
		assert.Equal(t, [2]uint64{c.came, c.items}, [2]uint64{cloud.Came, cloud.Items}, name)
		require.Len(t, r.Privacy.Learnt, c.learnt, name)
		var text bytes.Buffer
		require.NoError(t, report.Text(&text, r, report.Options{Width: 200}))
		assert.Contains(t, text.String(), "  of maria  "+c.says+"\n", name)
		assert.Contains(t, text.String(), "  maria (resident)  unharmed", name)
	}
	learnt := ofLibrary(t, "home/habits-stolen").Privacy.Learnt[0]
	assert.Equal(t, [3]any{"burglar", "maria", "occupancy"}, [3]any{learnt.Who, learnt.Person, learnt.Attribute})
	assert.InDelta(t, 0.8, learnt.Sure, 1e-12, "Kleiminger et al. 2013")
}

// A burglar who comes a day early has less than two weeks, and learns nothing.
func TestHomeHabitsTooEarly(t *testing.T) {
	for early, sure := range map[int]bool{13: false, 14: true} {
		text := fmt.Sprintf(`timeline:
  - {at: %dd12h, name: log-in, attack: login, from: den, to: cloud}
  - {at: %dd13h, name: take-all, needs: log-in, attack: steal, from: den, device: cloud}
`, early, early)
		s, err := Parse(filepath.Join("library", "home", "another.yaml"), fmt.Appendf(nil, "scenario: home/another\nuse: [system.yaml, habits.yaml]\nrun: 15d\n%s", text))
		require.NoError(t, err)
		r := homeRun(t, s)
		v, err := r.Invariant("nobody-learns-when-she-is-in")
		require.NoError(t, err)
		assert.Equal(t, sure, v.Verdict.String() == "violated", early)
	}
}

// No person stands for several: what becomes of each counts.
func TestPersonsStandForThemselves(t *testing.T) {
	s, err := Parse("crowd.yaml", []byte(`
scenario: crowd
run: 1d
system:
  subjects: {box: {count: 60}, maria: {}}
  devices:
    sensor: {is: telemetry, every: 1m, count: 60, as_rate: true}
    stove: {is: custom, signals: {co: {start: 0 ppm}}}
    maria: {is: person, co: stove.co}
    sink: {is: store, keeps: 1d, takes: {load: {from: sensor.reading, about: box}}}
`))
	require.NoError(t, err)
	_, err = s.Scaled(20_000)
	require.ErrorContains(t, err, "maria is a person of the system, of whom each counts")
	p, err := s.Scaled(20)
	require.NoError(t, err)
	assert.Equal(t, [2]int32{1200, 1}, [2]int32{p.Data.Populations[0].Count, p.Data.Populations[1].Count})
}
