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
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// statement checks a part of an invariant.
func (b *builder) statement(text syntax.Text) (s expression.Statement, ok bool) {
	if !text.Usable() {
		return s, false
	}
	b.suppose()
	s, errs := expression.State(text.Value, b)
	if !b.certain(text, errs) {
		return s, false
	}
	b.note(text, expression.Invariant, s.Folds(), s.Reads())
	return s, true
}

// note counts a condition, and warns where it is an odd one.
func (b *builder) note(text syntax.Text, use expression.Use, folds bool, reads []signal.Read) {
	b.Compiled[use]++
	b.Add(custom.Folding(text, folds)...)
	if len(reads) == 0 {
		b.Warnf(text.Span, "name a signal in it", "this is the same at all times: it reads no signal")
	}
}

// condition compiles a condition over the whole system.
func (b *builder) condition(text syntax.Text, use expression.Use) *signal.Condition {
	if !text.Usable() {
		return nil
	}
	b.suppose()
	c, errs := expression.Condition(text.Value, b)
	if !b.certain(text, errs) {
		return nil
	}
	b.note(text, use, c.Folds, c.Reads)
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
	b.asked = b.asked[:0]
	s, ok := b.pattern(i)
	if !ok {
		return inv, false
	}
	t, err := s.Compile()
	if err != nil {
		b.Errorf(i.Condition.Span, expression.TooLarge, "%v", err)
		return inv, false
	}
	if i.Form == syntax.Formula && !t.Formula.Temporal() {
		b.Warnf(i.Condition.Span, "for all times write `always("+i.Condition.Value+")`", "this is about the start of the run alone")
	}
	return sim.Invariant{
		Name: i.Name.Value, Text: described(i), Formula: t.Formula,
		Atoms: pointers(t.Conditions), Asked: pointers(t.Asked), Article: b.article(i),
	}, true
}

func pointers(conditions []signal.Condition) (list []*signal.Condition) {
	for i := range conditions {
		list = append(list, &conditions[i])
	}
	return list
}

// described is an invariant in one line.
func described(i syntax.Invariant) string {
	text := i.Form.String() + " " + i.Condition.Value
	for _, more := range []struct {
		word string
		text syntax.Text
	}{
		{", then ", i.Then}, {" until ", i.Until}, {" since ", i.Since}, {" unless ", i.Unless},
		{" within ", i.Within.Text}, {" every ", i.Every.Text}, {" for ", i.For.Text},
		{", lasts at least ", i.AtLeast.Text}, {", lasts at most ", i.AtMost.Text},
	} {
		if more.text.Present() {
			text += more.word + more.text.Value
		}
	}
	return text
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
		b.suppose()
		e, errs := expression.Value(text.Value, nil, b)
		if !b.certain(text, errs) {
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
		b.stopper(s.By)
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
