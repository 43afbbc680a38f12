package outbreak

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// randomModel draws a small model in which anything can be, and in most of which much happens.
func randomModel(t *rapid.T) *Model {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "model"), 0))
	number := func(least, most int) int { return least + r.IntN(most-least+1) }
	span := func(most vtime.Duration) vtime.Duration {
		return max(0, vtime.Duration(number(-2, int(most/vtime.Second)))) * vtime.Second
	}
	chance := func() float64 { return []float64{0, 0.5, 0.8, 1, 1, 1}[r.IntN(6)] }
	late := func() vtime.Time {
		return []vtime.Time{vtime.Never, vtime.Never, vtime.Never, vtime.Time(2 * vtime.Minute), vtime.Time(vtime.Minute)}[r.IntN(5)]
	}
	schedule := func() Schedule {
		return Schedule{First: vtime.Time(span(60 * vtime.Second)), Every: vtime.Second + span(60*vtime.Second), Spread: span(30 * vtime.Second), Chance: chance()}
	}
	m := &Model{
		Name: "worm", Run: vtime.Time(10 * vtime.Minute), Lasts: r.IntN(3) == 0, Dwells: span(20 * vtime.Second),
		Removes: span(300*vtime.Second) * vtime.Duration(r.IntN(3)/2), Ends: late(), Known: late(),
	}
	for i := range number(1, 2) {
		m.Vectors = append(m.Vectors, Vector{Name: fmt.Sprint("vector", i), Takes: span(3 * vtime.Second)})
	}
	for i := range number(0, 2) {
		m.Gates = append(m.Gates, Gate{Name: fmt.Sprint("gate", i), Schedule: schedule(), For: span(40 * vtime.Second)})
	}
	classes, next := number(1, 4), int32(0)
	for i := range classes {
		c := Class{Name: fmt.Sprint("class", i), First: next, Count: int32(number(1, 12)), Carrier: r.IntN(3) == 0}
		next += c.Count
		for range m.Vectors {
			c.Open = append(c.Open, Opening{Share: chance(), Until: late(), Over: span(vtime.Minute)})
		}
		for range number(1, 2) {
			s := Scanner{Vector: int32(number(0, len(m.Vectors)-1)), Every: span(5 * vtime.Second), Rate: 0.5}
			for range number(1, 3) {
				s.Targets = append(s.Targets, Target{
					Class: int32(number(0, classes-1)), Share: chance() / 3, Delay: span(2 * vtime.Second),
					Gate: int32(number(-1, len(m.Gates)-1)), Barrier: int32(number(-6, 0)),
				})
				last := &s.Targets[len(s.Targets)-1]
				last.Barrier = max(last.Barrier, -1)
				if r.IntN(2) == 0 {
					last.Gate = -1
				}
			}
			c.Scanners = append(c.Scanners, s)
		}
		c.Reboots, c.Hardens = chance()/20, chance()
		c.Cleaned, c.Staggered = span(vtime.Minute)-10*vtime.Second, span(vtime.Minute)
		m.Classes = append(m.Classes, c)
	}
	for i := range number(0, 3) {
		m.Contacts = append(m.Contacts, Contact{
			Name: fmt.Sprint("contact", i), Schedule: schedule(), A: int32(number(0, classes-1)), B: int32(number(0, classes-1)),
			Vectors: []int32{int32(number(0, len(m.Vectors)-1))}, Barrier: int32(number(-1, 0)),
		})
	}
	return m
}

// A start is the seed of a run and the class whose last host is infected first.
type start struct {
	seed  uint64
	class string
}

func drawStart(t *rapid.T, m *Model) start {
	return start{rapid.Uint64().Draw(t, "seed"), m.Classes[rapid.IntRange(0, len(m.Classes)-1).Draw(t, "released")].Name}
}

// of returns a run of the model from the start.
func (s start) of(t require.TestingT, m *Model) *Outbreak {
	o := New(m, s.seed)
	o.Start()
	c := slices.IndexFunc(m.Classes, func(c Class) bool { return c.Name == s.class })
	require.True(t, o.Release(c, int(m.Classes[c].Count)-1, 0))
	return o
}

// tell says what is in the news, by names.
func tell(o *Outbreak, now vtime.Time) (lines []string) {
	host := func(h int32) string {
		if h < 0 {
			return "nobody"
		}
		c := o.ClassOf(h)
		return fmt.Sprint(o.Classes[c].Name, "[", o.member(h, c), "]")
	}
	for _, n := range o.News {
		via := "released"
		if v := n.Via.Vector(); v >= 0 {
			via = o.Vectors[v].Name
		} else if k := n.Via.Contact(); k >= 0 {
			via = o.Contacts[k].Name
		}
		lines = append(lines, fmt.Sprint(int64(now), n.Kind, o.Classes[n.Class].Name, host(n.Host), host(n.From), via))
	}
	return lines
}

// story runs so many instants and tells what happens.
func story(o *Outbreak, instants int) (lines []string) {
	for range instants {
		now := o.Next()
		if now == vtime.Never {
			break
		}
		o.Advance(now)
		lines = append(lines, tell(o, now)...)
	}
	return lines
}
