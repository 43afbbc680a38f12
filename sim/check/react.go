package check

import "math"

// reactWhole does what the rule wants where a message as a whole fails.
func (c *call) reactWhole(d *Decision) {
	switch c.rule.reaction {
	case Alarm:
	case Hold:
		// What has no values that could stay as they are is refused.
		if len(c.o.Values) == 0 {
			d.Accept = false
		}
		for i := range c.o.Values {
			if !c.isHeld(i) && c.rule.objects.has(c.o.Objects[i]) {
				c.hold(d, i)
			}
		}
	default:
		d.Accept = false
	}
}

// reactValue does what the rule wants where a value fails.
func (c *call) reactValue(d *Decision, i int, fix float64) {
	switch c.rule.reaction {
	case Alarm:
	case Hold:
		c.hold(d, i)
	case Clamp:
		if !finite(fix) {
			d.Accept = false
			return
		}
		c.o.Values[i] = fix
		c.see(i, fix)
		d.Clamped++
	default:
		d.Accept = false
	}
}

func (c *call) isHeld(i int) bool { return c.o.Held != nil && c.o.Held[i] }

// hold drops a value; what expressions see is then what stays.
func (c *call) hold(d *Decision, i int) {
	n := len(c.o.Values)
	if c.o.Held == nil {
		if cap(c.s.held) < n {
			c.s.held = make([]bool, n)
		}
		c.o.Held = c.s.held[:n]
		clear(c.o.Held)
	}
	c.o.Held[i] = true
	d.Held++
	stands := nan
	if o := c.g.object(c.o.Objects[i]); o != nil && o.Slot > 0 {
		stands = c.v[at(o.Slot, o.Stride, c.m)]
	}
	c.see(i, stands)
}

// note notes a rule's part in the decision. What refuses has the last word, else
// what came first.
func (c *call) note(d *Decision, f Finding) {
	c.s.findings = append(c.s.findings, f)
	if f.Reaction == Alarm {
		d.Alarms++
	}
	if !d.Accept || d.Rule < 0 {
		d.Rule, d.Object, d.Reaction, d.Measured, d.Limit = f.Rule, f.Object, f.Reaction, f.Measured, f.Limit
	}
}

// tell counts and shows what a decision means for the guard itself.
func (c *call) tell(d *Decision) {
	k := c.k
	if d.Alarms > 0 {
		k.alarms += uint64(d.Alarms)
		c.s.set(c.g, c.m, c.g.Alarm, float64(k.alarms), d)
	}
	if !d.Accept {
		k.refused++
		c.s.set(c.g, c.m, c.g.Refused, float64(k.refused), d)
	}
	if d.Reaction == Trip && !k.tripped {
		c.s.latch(c.g, c.m, c.o.At, d)
	}
}

// set writes one of a guard's own cells.
func (s *State) set(g *guard, m int, cell Cell, x float64, d *Decision) {
	if cell.Slot <= 0 || s.Store == nil {
		return
	}
	by, influence := s.Store.By, s.Store.Influence
	s.Store.By, s.Store.Influence = g.By, d.Influence
	s.Store.Set(cell.At(m), x)
	s.Store.By, s.Store.Influence = by, influence
}

func finite(x float64) bool { return x-x == 0 }

// nearest returns x brought into low to high.
func nearest(x, low, high float64) float64 {
	if math.IsNaN(x) {
		return x
	}
	return min(max(x, low), high)
}
