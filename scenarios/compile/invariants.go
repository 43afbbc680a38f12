package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// condition compiles a condition over the whole system.
func (b *builder) condition(text syntax.Text, use expression.Use) *signal.Condition {
	if !text.Usable() {
		return nil
	}
	c, errs := expression.Condition(text.Value, b)
	if len(errs) > 0 {
		b.explain(text, errs)
		return nil
	}
	b.Compiled[use]++
	b.Add(custom.Folding(text, c.Folds)...)
	if len(c.Reads) == 0 {
		b.Warnf(text.Span, "name a signal in it", "this is the same at all times: it reads no signal")
	}
	return &c
}

// invariants compiles all invariants.
func (b *builder) invariants() (list []sim.Invariant) {
	for _, i := range b.file.Invariants {
		if inv, ok := b.invariant(i); ok {
			list = append(list, inv)
		}
	}
	return list
}

func (b *builder) invariant(i syntax.Invariant) (inv sim.Invariant, ok bool) {
	inv = sim.Invariant{Name: i.Name.Value, Text: i.Form.String() + " " + i.Condition.Value}
	spec := &inv.Spec
	spec.For, spec.Within, spec.Bounded = i.For.Value, i.Within.Value, i.Within.Present()
	var second syntax.Text
	switch i.Form {
	case syntax.NoForm:
		return inv, false
	case syntax.Formula:
		b.Errorf(i.Condition.Span, "write it with always, never, eventually, or whenever and then", "formula: is not supported yet")
		return inv, false
	case syntax.Always:
		spec.Pattern = monitor.Always
	case syntax.Never:
		spec.Pattern = monitor.Never
	case syntax.Eventually:
		spec.Pattern = monitor.Eventually
	case syntax.Whenever:
		spec.Pattern, second = monitor.Whenever, i.Then
		inv.Text += ", then " + i.Then.Value
	}
	switch {
	case i.Until.Present():
		spec.Pattern, second = monitor.Until, i.Until
		inv.Text += " until " + i.Until.Value
	case i.Since.Present():
		spec.Pattern, second = monitor.Since, i.Since
		inv.Text += " since " + i.Since.Value
	}
	inv.P = b.condition(i.Condition, expression.Invariant)
	if i.Form == syntax.Never && spec.Pattern != monitor.Never && inv.P != nil {
		inv.P = negated(inv.P)
	}
	if second.Present() {
		inv.Q = b.condition(second, expression.Invariant)
		if inv.Q == nil {
			return inv, false
		}
	}
	inv.Text += times(i)
	return inv, inv.P != nil
}

// times says for and within in words.
func times(i syntax.Invariant) (text string) {
	if i.Within.Present() {
		text += " within " + i.Within.Text.Value
	}
	if i.For.Present() {
		text += " for " + i.For.Text.Value
	}
	return text
}

func negated(c *signal.Condition) *signal.Condition {
	n := *c
	n.Text, n.Sense = "not ("+c.Text+")", signal.Mixed
	n.Holds = func(v []float64, m int) bool { return !c.Holds(v, m) }
	n.Margin = func(v []float64, m int) float64 { return -c.Margin(v, m) }
	n.Decide = func(v []float64, m int) (float64, int) {
		x, atom := c.Decide(v, m)
		return -x, atom
	}
	return &n
}

// columns compiles what the story shows.
func (b *builder) columns() (list []sim.Column) {
	show := b.file.Show
	if len(show) == 0 {
		show = b.defaults()
	}
	for _, text := range show {
		if !text.Usable() {
			continue
		}
		e, errs := expression.Value(text.Value, nil, b)
		if len(errs) > 0 {
			b.explain(text, errs)
			continue
		}
		b.Compiled[expression.Shown]++
		list = append(list, sim.Column{Title: b.title(text.Value), Expression: e})
	}
	return list
}

// defaults are the columns of a scenario that names none: the first signals that
// its invariants read.
func (b *builder) defaults() (show []syntax.Text) {
	const most = 3
	for _, path := range b.seen {
		if len(show) < most && !slices.ContainsFunc(show, func(t syntax.Text) bool { return t.Value == path }) {
			show = append(show, syntax.Text{Value: path, Span: b.file.Scenario.Span})
		}
	}
	return show
}

// title is the head of a column: the plant's own names where there are any.
func (b *builder) title(text string) string {
	inner := text
	if strings.HasPrefix(text, "told(") {
		path, receiver, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(text, "told("), ")"), ",")
		id, _, _, _ := splitPath(path)
		if receiver = strings.TrimSpace(receiver); receiver != "" {
			return b.tag(receiver) + " told"
		}
		return b.tag(id) + " told"
	}
	if id, name, _, ok := splitPath(inner); ok {
		return b.tag(id) + " " + name
	}
	return text
}

// tag is the plant's own name for a device.
func (b *builder) tag(id string) string {
	if d := b.byName[id]; d != nil && d.spec.Tag.Value != "" {
		return d.spec.Tag.Value
	}
	return id
}

// expect reads the expectations; they may only name what there is.
func (b *builder) expect(steps []step) sim.Expectations {
	e := sim.Expectations{
		Violated: map[string]sim.Violation{}, Undecided: map[string]bool{}, Vacuous: map[string]bool{},
		NoEffect: map[string]bool{}, NotTriggered: map[string]bool{}, Stopped: map[string]string{}, In: 1,
	}
	if b.file.Expect.In.Present() {
		e.In = b.file.Expect.In.Value
	}
	var invariants, names []string
	for _, i := range b.file.Invariants {
		invariants = append(invariants, i.Name.Value)
	}
	for _, s := range steps {
		names = append(names, s.Name)
	}
	x := &b.file.Expect
	b.named(x.Holds, "invariant", invariants, func(string) {})
	b.named(x.Undecided, "invariant", invariants, func(n string) { e.Undecided[n] = true })
	b.named(x.Vacuous, "invariant", invariants, func(n string) { e.Vacuous[n] = true })
	b.named(x.NoEffect, "step", names, func(n string) { e.NoEffect[n] = true })
	b.named(x.NotTriggered, "step", names, func(n string) { e.NotTriggered[n] = true })
	for _, v := range x.Violated {
		b.named([]syntax.Text{v.Name}, "invariant", invariants, func(n string) {
			known := sim.Violation{After: vtime.Time(v.After.Value), Before: vtime.Never, Because: v.Because.Value, In: 1}
			if v.In.Present() {
				known.In = v.In.Value
			}
			if v.Before.Present() {
				known.Before = vtime.Time(v.Before.Value)
			}
			if known.Before < known.After {
				b.Errorf(v.Before.Span, "give a later time", "before %v comes earlier than after %v", known.Before.Short(), known.After.Short())
			}
			e.Violated[n] = known
		})
	}
	for _, s := range x.Stopped {
		b.named([]syntax.Text{s.Step}, "step", names, func(n string) { e.Stopped[n] = s.By.Value })
	}
	return e
}

func (b *builder) named(texts []syntax.Text, what string, names []string, each func(name string)) {
	for _, t := range texts {
		if !t.Usable() {
			continue
		}
		for _, n := range names {
			if n == t.Value {
				each(n)
			}
		}
		if !contains(names, t.Value) {
			b.Errorf(t.Span, fmt.Sprintf("the %ss are %s", what, list(names)), "there is no %s %s%s", what, source.Quote(t.Value), source.DidYouMean(t.Value, names))
		}
	}
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
