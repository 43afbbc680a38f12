package simtest

import (
	"regexp"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

var (
	kebab = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	ident = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)
)

// described checks what people read.
func (s *suite) described(t testing.TB) {
	k := &s.kind
	if !kebab.MatchString(k.Name) {
		t.Errorf("the kind %q is not in kebab-case", k.Name)
	}
	for what, text := range map[string]string{"summary": k.Summary, "text": k.Text, "source": k.Source, "example": k.Example} {
		if strings.TrimSpace(text) == "" {
			t.Errorf("the kind has no %s", what)
		}
	}
	if !strings.Contains(k.Example+"\n", "is: "+k.Name+"\n") {
		t.Errorf("the example is no %s:\n%s", k.Name, k.Example)
	}
	if k.Sample == nil {
		t.Error("the kind has no sample: its New refuses the one in KindOf")
	}
	for i := range k.Parameters {
		parameter(t, &k.Parameters[i])
	}
	for i := range s.decl.Signals {
		describedSignal(t, &s.decl.Signals[i])
	}
	handlers := map[string]bool{}
	for i := range s.decl.Handlers {
		name := s.decl.Handlers[i].Name
		if name == "" || handlers[name] {
			t.Errorf("a handler is named %q: it needs a name of its own, to be told apart in a chain of causes", name)
		}
		handlers[name] = true
	}
}

func parameter(t testing.TB, p *device.Parameter) {
	t.Helper()
	if !ident.MatchString(p.Name) {
		t.Errorf("the parameter %q is no name", p.Name)
	}
	if p.Doc == "" {
		t.Errorf("the parameter %s says nothing about itself", p.Name)
	}
	for i := range p.Fields {
		parameter(t, &p.Fields[i])
	}
	if p.Default != "" {
		if _, err := p.Parse(p.Default); err != nil {
			t.Errorf("the parameter %s has the default %q: %v", p.Name, p.Default, err)
		}
	}
	for _, bound := range []string{p.Min, p.Max} {
		// The bound itself may be excluded, but it must be of the right sort.
		free := *p
		free.Min, free.Max, free.Above = "", "", false
		if _, err := free.Parse(bound); bound != "" && err != nil {
			t.Errorf("the parameter %s has the bound %q: %v", p.Name, bound, err)
		}
	}
	if p.Type == device.NumberParameter {
		for _, bad := range []string{"NaN", "Inf", "1e999"} {
			if _, err := p.Parse(strings.TrimSpace(bad + " " + p.Unit.Symbol)); err == nil {
				t.Errorf("the parameter %s takes %s", p.Name, bad)
			}
		}
	}
}

func describedSignal(t testing.TB, s *device.Signal) {
	t.Helper()
	if s.Internal {
		return
	}
	if !ident.MatchString(s.Name) {
		t.Errorf("the signal %q is no name", s.Name)
	}
	if s.Doc == "" {
		t.Errorf("the signal %s says nothing about itself", s.Name)
	}
	if s.Type != signal.Number && !s.Unit.Pure() {
		t.Errorf("the signal %s has the unit %s, but is no number", s.Name, s.Unit.Symbol)
	}
	if (s.Type == signal.Enum) != (len(s.Labels) > 0) {
		t.Errorf("the signal %s is an enumeration without labels, or has labels and is none", s.Name)
	}
	if s.Start-s.Start != 0 {
		t.Errorf("the signal %s starts at %v", s.Name, s.Start)
	}
}
