package compile

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/data"
	linking "github.com/harmproof/harmproof/sim/data/link"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// questionsOf are the functions about data, with what their arguments are.
var questionsOf = map[string]struct {
	kind data.QuestionKind
	args string // w who, p person, a attribute, s store, g grace, x extension, n points
}{
	"holders":                 {data.HoldersOf, "p"},
	"can_learn":               {data.CanLearn, "wpa"},
	"confidence":              {data.Confidence, "wpa"},
	"k_anonymity":             {data.KAnonymity, "s"},
	"l_diversity":             {data.LDiversity, "sa"},
	"t_closeness":             {data.TCloseness, "sa"},
	"unique_share":            {data.UniqueShare, "s"},
	"unicity":                 {data.Unicity, "sn"},
	"kept_after_erasure":      {data.KeptAfterErasure, "gx"},
	"collected_after_opt_out": {data.CollectedAfterOptOut, "g"},
	"unanswered":              {data.Unanswered, "gx"},
	"stolen":                  {data.StolenFrom, "s"},
	"unnotified":              {data.Unnotified, "g"},
}

// Ask implements expression.Asker.
func (b *builder) Ask(call expression.Call) (expression.Symbol, error) {
	if f, ok := figuresOf[call.Function]; ok {
		return b.askCapacity(call, f)
	}
	of, ok := questionsOf[call.Function]
	if !ok {
		return expression.Symbol{}, fmt.Errorf("%s is not known here", call.Function)
	}
	if b.sys.Data == nil {
		return expression.Symbol{}, expression.Error{Message: "nothing is known about people here", Fix: "declare `subjects:` and devices with `is: store` under system"}
	}
	q := data.Question{Kind: of.kind}
	for i, sort := range of.args[:len(call.Arguments)] { // what may be left out comes last
		if err := b.argument(&q, sort, call.Arguments[i], call.Quoted[i]); err != nil {
			return expression.Symbol{}, argumentError(i, err)
		}
	}
	if err := b.answerable(&q); err != nil {
		return expression.Symbol{}, argumentError(len(call.Arguments)-1, err)
	}
	b.asked = append(b.asked, q.Kind)
	cell := b.sys.Ask(q, call.Text())
	s := expression.Symbol{Slot: cell.Slot, Count: max(1, q.Count), Type: signal.Number, Unit: unit.One}
	if q.Kind == data.CanLearn {
		s.Type = signal.Bool
	}
	return s, nil
}

// Extreme implements expression.Keeper.
func (b *builder) Extreme(first signal.Slot, count int32, greatest bool) (signal.Slot, bool) {
	return b.sys.Extreme(first, int(count), greatest)
}

func argumentError(i int, err error) error {
	e := expression.Error{Message: err.Error()}
	errors.As(err, &e)
	return expression.ArgumentError{Argument: i, Err: e}
}

// argument reads one argument of a question.
func (b *builder) argument(q *data.Question, sort rune, text string, quoted bool) error {
	if quoted != (sort == 'g' || sort == 'x') {
		if quoted && sort == 'n' {
			return expression.Error{Message: "points are counted: they stand without quotes", Fix: "write it such as `unicity(movements, 4)`"}
		}
		if quoted {
			return expression.Error{Message: "a name stands without quotes", Fix: "write `" + text + "`"}
		}
		return expression.Error{Message: "a time stands in quotes", Fix: "write `\"30 d\"`"}
	}
	switch sort {
	case 'g', 'x':
		d, err := vtime.ParseDuration(strings.ReplaceAll(text, " ", ""))
		switch {
		case err != nil && strings.HasPrefix(text, "-"):
			return expression.Error{Message: "a time that somebody has cannot be negative", Fix: "write `\"" + strings.TrimLeft(text, "- ") + "\"`"}
		case err != nil:
			return expression.Error{Message: source.Quote(text) + " is no time", Fix: "write `\"30 d\"`"}
		case sort == 'x':
			q.Extends = d
		default:
			q.Grace = d
		}
	case 'n':
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil || n < 1 || n > 100 {
			return expression.Error{Message: source.Quote(text) + " is no number of points from 1 to 100", Fix: "write it such as `unicity(movements, 4)`"}
		}
		q.Points = int32(n)
	case 's':
		at, err := b.storeNamed(text)
		q.Store = at
		return err
	case 'p':
		return b.peopleOf(q, text)
	case 'a':
		return b.attributeOf(q, text)
	default:
		at, err := b.principal(text)
		q.Principal = at
		return err
	}
	return nil
}

// storeNamed finds a store.
func (b *builder) storeNamed(text string) (int32, error) {
	m := b.sys.Data.Model
	var names []string
	for i := range m.Stores {
		if names = append(names, m.Stores[i].Name); m.Stores[i].Name == text {
			return int32(i), nil
		}
	}
	return 0, expression.Error{Message: "there is no store " + source.Quote(text) + source.DidYouMean(text, names), Fix: choice("the stores are", names, "give a device `is: store`")}
}

// peopleOf finds whom a question is about.
func (b *builder) peopleOf(q *data.Question, text string) error {
	m := b.sys.Data.Model
	at, one, ok := b.whom(text)
	if !ok {
		message, fix := b.nobody(text)
		return expression.Error{Message: message, Fix: fix}
	}
	p := &m.Populations[at]
	if q.Person, q.Count = p.First, p.Count; one >= 0 {
		q.Person, q.Count = p.First+one, 1
	}
	return nil
}

// attributeOf finds an attribute of those whom a question is about, or of any.
func (b *builder) attributeOf(q *data.Question, text string) error {
	m := b.sys.Data.Model
	var names []string
	for i := range m.Attributes {
		a := &m.Attributes[i]
		if q.Count > 0 && m.Of(q.Person) != &m.Populations[a.Population] {
			continue
		}
		if names = append(names, a.Name); a.Name == text {
			q.Attribute = int32(i)
			return nil
		}
	}
	for _, f := range linking.Findings() { // what can be inferred, though no store has it
		if f.Gives == text && !slices.ContainsFunc(f.From, func(g linking.Given) bool { return !slices.Contains(names, g.Name) }) {
			q.Attribute = int32(len(m.Attributes))
			m.Attributes = append(m.Attributes, data.Attribute{Name: text, Population: b.populationAt(q.Person), Kind: data.Sensitive})
			return nil
		}
	}
	return expression.Error{Message: "nothing called " + source.Quote(text) + " is known about them" + source.DidYouMean(text, names), Fix: choice("what is known about them is", names, "let a store take it")}
}

// populationAt returns the population of a person.
func (b *builder) populationAt(person int32) int32 {
	m := b.sys.Data.Model
	return int32(slices.IndexFunc(m.Populations, func(p data.Population) bool { return person < p.First+p.Count }))
}

// answerable checks what only all arguments together show.
func (b *builder) answerable(q *data.Question) error {
	m := b.sys.Data.Model
	held := func(a, store int32) bool {
		return slices.ContainsFunc(m.Shelves, func(s data.Shelf) bool { return s.Attribute == a && (store < 0 || s.Store == store) })
	}
	switch name := m.Attributes; q.Kind {
	case data.CanLearn, data.Confidence:
		inferred := slices.ContainsFunc(linking.Findings(), func(f linking.Finding) bool { return f.Gives == name[q.Attribute].Name })
		if !held(q.Attribute, -1) && !inferred {
			return expression.Error{Message: "no store holds " + name[q.Attribute].Name + ", so nobody can learn it", Fix: "let a store hold or infer it"}
		}
		return b.learnable(name[q.Attribute].Population)
	case data.Unnotified:
		if !slices.ContainsFunc(m.Stores, func(s data.Store) bool { return s.Warned }) {
			return expression.Error{Message: "no store hears of a breach, so nobody is ever aware of one", Fix: "let one hear of an alarm: `notifies: {on: siem.alarm, after: 20h}`"}
		}
	case data.Unicity:
		if !slices.ContainsFunc(m.Shelves, func(s data.Shelf) bool { return s.Store == q.Store && s.Where > 0 }) {
			return expression.Error{Message: m.Stores[q.Store].Name + " does not know where anybody was", Fix: "let it take something with `precision: {time: 1h, space: 1 km}`"}
		}
	case data.KAnonymity, data.UniqueShare:
		return b.tabled(q.Store)
	case data.LDiversity, data.TCloseness:
		if !held(q.Attribute, q.Store) {
			return expression.Error{Message: m.Stores[q.Store].Name + " does not hold " + name[q.Attribute].Name, Fix: "name what it holds"}
		}
		if !name[q.Attribute].Trait {
			return expression.Error{Message: name[q.Attribute].Name + " is measured anew each time: it has no one value by person", Fix: "name a trait"}
		}
	}
	return nil
}

// principal finds somebody who may put data together: a device, an owner, an attacker.
// Whoever owns stores, or is named among their readers, can read them.
func (b *builder) principal(text string) (int32, error) {
	m := b.sys.Data.Model
	at := slices.IndexFunc(m.Principals, func(p data.Principal) bool { return p.Name == text })
	if at >= 0 {
		return int32(at), nil
	}
	var names []string
	known := false
	p := data.Principal{Name: text, Intruder: -1}
	for _, d := range b.devs {
		names = append(names, d.spec.Name.Value, d.spec.Owner.Value)
		if d.spec.Name.Value == text || d.spec.Owner.Present() && d.spec.Owner.Value == text {
			known = true
		}
		if d.store == nil || d.broken {
			continue
		}
		reads := d.spec.Name.Value == text || d.spec.Owner.Present() && d.spec.Owner.Value == text
		for _, t := range d.store.spec.Readers {
			names = append(names, t.Value)
			reads, known = reads || t.Value == text, known || t.Value == text
		}
		if reads {
			st := &m.Stores[d.store.index]
			for i := st.First; i < st.First+st.Count; i++ {
				p.Reads.Put(i, true)
			}
		}
	}
	for _, a := range b.file.System.Attackers {
		if names = append(names, a.Name.Value); a.Name.Value == text {
			known, p.Intruder = true, int32(b.intruders[text])
		}
	}
	if !known {
		return 0, expression.Error{Message: "there is nobody called " + source.Quote(text) + source.DidYouMean(text, names), Fix: "name a device, an owner, an attacker or a reader of a store"}
	}
	m.Principals = append(m.Principals, p)
	return int32(len(m.Principals) - 1), nil
}
