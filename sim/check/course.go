package check

import "github.com/harmproof/harmproof/sim/vtime"

// A course is what was accepted last of an object, and the sum of a Cusum.
type course struct {
	at    vtime.Time
	y     float64
	sum   float64
	known bool
}

// A courser follows the courses of all objects of a guard. It takes note of every
// value that is accepted, by whomever.
type courser struct {
	first, objects int
}

func newCourser(s *State, g *guard) courser {
	c := courser{len(s.courses), len(g.Objects)}
	s.courses = append(s.courses, make([]course, g.members()*c.objects)...)
	return c
}

// of returns the course of an object, nil where there is none.
func (k *courser) of(c *call, object int32) *course {
	if uint32(object) >= uint32(k.objects) {
		return nil
	}
	return &c.s.courses[k.first+c.m*k.objects+int(object)]
}

func (k *courser) accepted(c *call) {
	for i, x := range c.o.Values {
		if c.isHeld(i) || !finite(x) {
			continue
		}
		if p := k.of(c, c.o.Objects[i]); p != nil {
			p.at, p.y, p.known = c.o.At, x, true
		}
	}
}

func (k *courser) forget(c *call) {
	clear(c.s.courses[k.first+c.m*k.objects:][:k.objects])
}

// since returns the seconds since a value was accepted.
func (p *course) since(now vtime.Time) float64 { return vtime.Seconds(now.Sub(p.at)) }
