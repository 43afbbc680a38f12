package syntax

import "github.com/harmproof/harmproof/scenarios/source"

// StepKeys are the keys that every step may have beside those of its injection.
var StepKeys = []string{
	"at", "when", "after", "delay", "times", "for", "needs", "name", "technique", "from", "attack", "fault", "act",
}

// timeline reads timeline:.
func (p *parser) timeline(e Entry) []Step {
	const fix = "begin each step with `- `: `- at: 2m`, and its other keys below `at`"
	if !p.shape(e.Value, List, e.Key.Span, "the timeline", fix) {
		return nil
	}
	steps := make([]Step, 0, len(e.Value.Items))
	names := make(map[string]int)
	for _, item := range e.Value.Items {
		if item.Shape == Broken {
			continue
		}
		s := p.step(item)
		if line, twice := names[s.Name.Value]; twice && s.Name.Usable() {
			p.errorf(s.Name.Span, "choose another name", "the step in line %d has this name already", line)
			s.Name.Broken = true
		}
		if s.Name.Present() {
			names[s.Name.Value] = s.Name.Span.Line
		}
		steps = append(steps, s)
	}
	return steps
}

// step reads one step of the timeline.
func (p *parser) step(v Value) Step {
	s, _ := p.stepOf(v, []string{"at", "when", "after"})
	return s
}

// stepOf reads a step that begins in one of some ways, and what else it may have.
func (p *parser) stepOf(v Value, begins []string, more ...field) (Step, *object) {
	s := Step{Span: v.Text.Span}
	var attack, fault, act Text
	o, ok := p.object("a step", v.Text.Span, v, func(e Entry) { s.Params = append(s.Params, e) }, append(more,
		field{"at", p.duration(&s.At)},
		field{"when", p.expression(&s.When)},
		field{"after", p.text(&s.After)},
		field{"delay", p.duration(&s.Delay)},
		field{"times", p.integer(&s.Times, 1)},
		field{"for", p.duration(&s.For)},
		field{"needs", p.oneOrMore(&s.Needs)},
		field{"name", p.given(&s.Name, kebab)},
		field{"technique", p.text(&s.Technique)},
		field{"from", p.text(&s.From)},
		field{"attack", p.text(&attack)},
		field{"fault", p.text(&fault)},
		field{"act", p.text(&act)},
	)...)
	if !ok {
		return s, nil
	}
	s.Params = o.mistyped(s.Params, [][]string{begins, {"attack", "fault", "act"}})
	if len(begins) > 0 {
		o.one("at: 2m", begins...)
		o.only("delay", "after", "when")
	}
	if len(begins) > 0 || o.has("after") { // else it begins when malware comes
		o.only("times", "when")
	}
	switch o.one("attack: spoof", "attack", "fault", "act") {
	case "attack":
		s.Class, s.Kind = Attack, attack
	case "fault":
		s.Class, s.Kind = Fault, fault
	case "act":
		s.Class, s.Kind = Act, act
	}
	if s.Class == Fault || s.Class == Act {
		o.only("technique", "attack")
	}
	if s.Class == Fault {
		o.only("from", "attack", "act")
	}
	return s, o
}

// mistyped reports parameters that can only be a mistyped key of a group of
// which one is needed, and none is there. It returns the others.
func (o *object) mistyped(params []Entry, groups [][]string) []Entry {
	for _, group := range groups {
		if o.any(group) {
			continue
		}
		for i, e := range params {
			nearest, ok := source.Nearest(e.Key.Value, group)
			if !ok {
				continue
			}
			o.p.errorf(e.Key.Span, "write `"+nearest+":`", "%s has no key %s; did you mean %s?",
				o.of, source.Quote(e.Key.Value), source.Quote(nearest))
			o.keys = append(o.keys, Text{Value: nearest, Span: e.Key.Span, Broken: true})
			params = append(params[:i:i], params[i+1:]...)
			break
		}
	}
	return params
}

func (o *object) any(names []string) bool {
	for _, name := range names {
		if o.has(name) {
			return true
		}
	}
	return false
}
