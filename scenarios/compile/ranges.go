package compile

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// ranges has it followed whether models are asked for what their sources do not cover.
func (b *builder) ranges() {
	counted := b.Compiled[expression.Invariant]
	told := map[[2]string]bool{}
	for _, d := range b.devs {
		if d.broken {
			continue
		}
		var own []device.Range
		if d.bounded != nil {
			own = d.bounded.Ranges()
		}
		for i, r := range append(own, b.reaches(d, own)...) {
			if once := [2]string{r.What, b.origin(d, r.Once)}; r.Once == "" || !told[once] {
				told[once] = r.Once != ""
				b.ranged(d, &r, i >= len(own) && b.fromTwin(d, r.Signal))
			}
		}
	}
	b.Compiled[expression.Invariant] = counted // nobody wrote them
}

// origin is what is wired to an input, by way of others of the kind that have it from yet others.
func (b *builder) origin(d *dev, input string) string {
	of, _ := d.wiredTo(input)
	for range b.devs {
		id, _, _, plain := splitPath(of.Value)
		from := b.byName[id]
		if !plain || from == nil || from == d || from.kind == nil || from.kind != d.kind {
			break
		}
		of, _ = from.wiredTo(input)
	}
	return of.Value
}

// ranged follows one range, of each member of a device where there are not too many; one that is coarse at the ends of steps alone.
func (b *builder) ranged(d *dev, r *device.Range, coarse bool) {
	id := d.spec.Name.Value
	for _, name := range []string{r.Signal, r.Valid, r.While, r.WhileBelow, r.UnlessSome} {
		if sym, ok := b.sys.Lookup(id, name); name != "" && (!ok || sym.Signal == nil) {
			return // it has no such signal, as it is configured
		}
	}
	members := 1
	for _, name := range []string{r.Signal, r.Valid, r.While} {
		if sym, ok := b.sys.Lookup(id, name); ok {
			members = max(members, sym.Count)
		}
	}
	if members > mostPeople {
		return
	}
	for m := range members {
		name := id
		if members > 1 {
			name = fmt.Sprintf("%s[%d]", id, m)
		}
		outside, ok := b.never(name+" "+r.What+" outside its model", syntax.Text{Value: b.leaves(id, name, r), Span: d.spec.Name.Span})
		if outside.Coarse = coarse; ok {
			b.sys.Dangers.Ranges = append(b.sys.Dangers.Ranges, sim.Range{Device: name, What: r.What, Text: r.Text, Outside: outside})
		}
	}
}

// leaves is the condition that a range is left.
func (b *builder) leaves(id, name string, r *device.Range) string {
	var any []string
	if r.Signal != "" {
		sym, _ := b.sys.Lookup(id, r.Signal)
		at := func(x float64) string { return strconv.FormatFloat(sym.Signal.Unit.FromSI(x), 'g', -1, 64) }
		from, to := "", ""
		if r.From < r.To {
			from, to = byFar(name+"."+r.Signal+" > "+at(r.From)), byFar(name+"."+r.Signal+" < "+at(r.To))
		}
		if math.IsInf(r.Most, 1) && math.IsInf(r.Least, -1) {
			any = append(any, b.both(from, to))
		}
		if !math.IsInf(r.Most, 1) {
			any = append(any, b.both(name+"."+r.Signal+" > "+at(r.Most), to))
		}
		if !math.IsInf(r.Least, -1) {
			below := b.both(name+"."+r.Signal+" < "+at(r.Least), b.both(b.set(id, name, r.WhileBelow), from))
			if r.UnlessSome != "" {
				below = b.both(below, byFar(name+"."+r.UnlessSome+" <= 0"))
			}
			if r.NoneIsWithin {
				below = b.both(below, byFar(name+"."+r.Signal+" > 0"))
			}
			any = append(any, below)
		}
	}
	if r.Valid != "" {
		any = append(any, "not "+name+"."+r.Valid)
	}
	if r.Until > 0 {
		any = append(any, "time > "+strconv.FormatFloat(r.Until, 'g', -1, 64))
	}
	return b.both(strings.Join(any, " or "), b.set(id, name, r.While))
}

// both is that two conditions hold, of which either may be empty.
func (b *builder) both(one, other string) string {
	switch {
	case other == "":
		return one
	case one == "":
		return other
	}
	return "(" + one + ") and " + other
}

// set is that a signal is not 0.
func (b *builder) set(id, name, of string) string {
	sym, ok := b.sys.Lookup(id, of)
	switch {
	case !ok || of == "":
		return ""
	case sym.Signal.Type == signal.Bool:
		return name + "." + of
	}
	return byFar(name + "." + of + " != 0")
}

// byFar is a condition that holds by far, or not at all: by how much a range is left is for what leaves it
// to say, and not for what makes that matter.
func byFar(condition string) string { return "if(" + condition + ", 1e12, -1e12) > 0" }
