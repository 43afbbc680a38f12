package compile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// self stands in a payload for the host that it is on.
const self = "host"

// payloads are the steps that all malware takes on the hosts that it is meant for, one for
// each: they begin when it comes there.
func (b *builder) payloads() (steps []syntax.Step) {
	for _, s := range b.malware {
		for i := range s.spec.Payloads {
			if s.broken {
				break
			}
			p := &s.spec.Payloads[i]
			hosts := b.targetsOf(s, p)
			if len(hosts) == 0 { // no step of it is read
				b.readerOf(&p.Step)
			}
			for _, h := range hosts {
				steps = append(steps, s.on(p, i, h, len(hosts) > 1))
			}
		}
	}
	return steps
}

// targetsOf lists the hosts that a payload is meant for: devices, or all of a kind.
func (b *builder) targetsOf(s *strain, p *syntax.Payload) (hosts []string) {
	for _, t := range p.On {
		var of []string
		for _, d := range b.devs {
			if d.spec.Name.Value == t.Value || d.spec.Is.Value == t.Value {
				of = append(of, d.spec.Name.Value)
			}
		}
		if len(of) == 0 && t.Usable() {
			b.Errorf(t.Span, choice(s.model.Name+" can be on", s.deviceNames(), "name a device or a kind of device"), "there is no device and none of a kind %s, so this never happens%s", source.Quote(t.Value), source.DidYouMean(t.Value, b.names()))
		}
		never := len(of) > 0
		for _, h := range of {
			class, ok := s.byName[h]
			switch {
			case ok && s.model.Classes[class].Count > 1:
				b.Errorf(t.Span, "write a step of the timeline: `when: "+s.model.Name+"."+h+" > 0`", "%s is %d hosts: a payload is for devices one by one", h, s.model.Classes[class].Count)
				never = false
			case ok:
				hosts, never = append(hosts, h), false
			}
		}
		if never && !b.Broken {
			b.Errorf(t.Span, "give it a weakness that "+s.model.Name+" uses: "+strings.Join(s.vectors(), ", "), "%s can never be on %s, so this never happens", s.model.Name, list(of))
		}
	}
	return hosts
}

func (s *strain) vectors() (names []string) {
	for _, v := range s.model.Vectors {
		names = append(names, v.Name)
	}
	return names
}

// on is a payload as a step of the timeline.
func (s *strain) on(p *syntax.Payload, i int, host string, many bool) syntax.Step {
	step := p.Step
	name := step.Name.Value
	if name == "" {
		name = fmt.Sprintf("%s-%d", s.model.Name, i+1)
	}
	called := func(name string) string {
		if many {
			return name + "-" + host
		}
		return name
	}
	at := syntax.Text{Span: step.Span}
	text := func(value string) syntax.Text { t := at; t.Value = value; return t }
	step.Name = text(called(name))
	if !step.From.Present() || step.From.Value == self {
		step.From = text(host)
	}
	if step.After.Present() {
		step.After.Value = called(step.After.Value)
	} else {
		step.When = text(s.model.Name + "." + host)
	}
	step.Needs = slices.Clone(step.Needs)
	for k := range step.Needs {
		step.Needs[k].Value = called(step.Needs[k].Value)
	}
	step.Params = slices.Clone(step.Params)
	for k := range step.Params {
		v := &step.Params[k].Value.Text
		if rest, ok := strings.CutPrefix(v.Value, self+"."); ok {
			v.Value = host + "." + rest
		} else if v.Value == self {
			v.Value = host
		}
	}
	if step.Class == syntax.Attack && step.Kind.Value != "delay" { // whose by: is how much
		step.Params = append(step.Params, syntax.Entry{Key: text("by"), Value: syntax.Value{Shape: syntax.Scalar, Text: text(s.model.Name)}})
	}
	return step
}
