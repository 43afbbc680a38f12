package compile

import (
	"fmt"
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

// refusal says by which check a device would refuse what malware sends it from another
// one, and why; both are empty where none does. A copy of malware is a message without
// values, so what decides is who sends it, as what it counts, and what it bears: checks of
// kind authenticate and authorise. What depends on the state of the run (while, mode,
// hours) and on values stops no malware.
func (b *builder) refusal(from, to string, verb network.Verb, bears uint64) (by, why string) {
	d := b.byName[to]
	for i := range d.spec.Checks {
		c := &d.spec.Checks[i]
		if c.Reaction.Value == "alarm" || c.While.Present() || len(c.Of) > 0 || b.isOff(d, i) || !about(c.From, from) || !about(c.Verbs, verb.String()) {
			continue
		}
		switch name := checkName(d.spec.Checks, i); {
		case c.Kind.Value == "authenticate" && bears&b.proofs(c.Value) == 0:
			return name, fmt.Sprintf("%s wants proof of who sends it, and %s has none (%s)", to, from, name)
		case c.Kind.Value == "authorise" && !slices.ContainsFunc(c.Grants, func(g syntax.Grant) bool {
			return len(g.Objects) == 0 && about(g.Who, from) && about(g.Verbs, verb.String())
		}):
			return name, fmt.Sprintf("%s lets %s %s nothing (%s)", to, from, verb, name)
		}
	}
	switch {
	case b.switchedOn(to, MeasureAuthenticate) && !slices.Contains(b.senders(to), from):
		return MeasureAuthenticate, fmt.Sprintf("%s wants what it is told to be signed, and %s has no key", to, from)
	case b.switchedOn(to, MeasureAuthorise) && !slices.Contains(b.senders(to), from):
		return MeasureAuthorise, fmt.Sprintf("%s takes nothing from %s, which is not wired to it", to, from)
	}
	return "", ""
}

// about reports whether a scope is about a name; one that names nothing is about all.
func about(scope []syntax.Text, name string) bool {
	return len(scope) == 0 || slices.ContainsFunc(scope, func(t syntax.Text) bool { return t.Value == name || t.Value == "any" })
}

// proofs are the credentials of which a check wants one; where it names none, any will do.
func (b *builder) proofs(v syntax.Value) uint64 {
	list := []syntax.Text{v.Text}
	for _, item := range v.Items {
		list = append(list, item.Text)
	}
	if set := b.secretsNamed(list); set != 0 {
		return set
	}
	return ^uint64(0)
}

// stopOf is the barrier of a way along which a vector comes, with credentials besides
// those of the malware and of the host that asks; -1 where it is open.
func (b *builder) stopOf(s *strain, path *network.Path, q network.Request, with uint64) int32 {
	if path.Blocked != "" {
		return s.barrier(sim.Stopper(path.Blocked), "%s", path.Blocked)
	}
	bears := b.secretsNamed(s.spec.Holds)&^b.gone | b.holdings[q.From] | with
	for _, needs := range path.Needs {
		if needs&bears == 0 {
			return s.barrier("login", "a conduit asks for %s, which %s does not have", b.secretText(needs), s.model.Name)
		}
	}
	if !q.Reply { // nobody refuses what he asks for
		if by, why := b.refusal(q.From, q.To, q.Verb, bears); by != "" {
			return s.barrier(by, "%s", why)
		}
	}
	return -1
}
