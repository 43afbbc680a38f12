package scenarios

import (
	"path"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// maxUses bounds how deep files use one another.
const maxUses = 16

// merged reads a file and what it uses. What the file says itself stands over
// what it uses, and a later file over an earlier one.
func merged(f *source.File, read reader, problems *source.Problems, chain []string) *syntax.File {
	tree, mistakes := syntax.Parse(f)
	problems.Add(mistakes...)
	if tree == nil {
		return nil
	}
	chain = append(slices.Clone(chain), f.Name)
	base := &syntax.File{}
	for _, use := range tree.Use {
		if !use.Usable() {
			continue
		}
		name := path.Join(path.Dir(f.Name), use.Value)
		if strings.HasPrefix(f.Name, "library:") {
			name = "library:" + path.Join(path.Dir(strings.TrimPrefix(f.Name, "library:")), use.Value)
		}
		if slices.Contains(chain, name) || len(chain) > maxUses {
			problems.Errorf(use.Span, "leave it out", "%s uses itself: %s", chain[0], strings.Join(append(chain, name), " -> "))
			continue
		}
		text, err := read(f, use.Value)
		if err != nil {
			problems.Errorf(use.Span, "name a system file beside this one", "%v", err)
			continue
		}
		if used := merged(source.New(name, text), read, problems, chain); used != nil {
			if !used.IsSystem() {
				problems.Errorf(use.Span, "use the system file that it uses", "%s is a scenario; only a file without run: can be used", use.Value)
			}
			overlay(base, used, problems)
		}
	}
	if len(tree.Use) == 0 {
		return tree
	}
	overlay(base, tree, problems)
	result := *tree
	result.System, result.Invariants, result.Hazards, result.Barriers = base.System, base.Invariants, base.Hazards, base.Barriers
	return &result
}

// overlay puts what a file says over the base.
func overlay(base, f *syntax.File, problems *source.Problems) {
	s, over := &base.System, &f.System
	for _, d := range over.Devices {
		i := slices.IndexFunc(s.Devices, func(e syntax.Device) bool { return e.Name.Value == d.Name.Value })
		switch {
		case i < 0:
			s.Devices = append(s.Devices, d)
		case d.Is.Present():
			s.Devices[i] = d
		default:
			override(&s.Devices[i], d, problems)
		}
	}
	s.Zones = replaced(s.Zones, over.Zones, func(z syntax.Zone) string { return z.Name.Value })
	s.Conduits = replaced(s.Conduits, over.Conduits, func(c syntax.Conduit) string { return c.Name.Value })
	s.Credentials = replaced(s.Credentials, over.Credentials, func(c syntax.Credential) string { return c.Name.Value })
	s.People = replaced(s.People, over.People, func(p syntax.Person) string { return p.Name.Value })
	s.Attackers = replaced(s.Attackers, over.Attackers, func(a syntax.Attacker) string { return a.Name.Value })
	s.Carriers = replaced(s.Carriers, over.Carriers, func(c syntax.Carrier) string { return c.Name.Value })
	s.Malware = replaced(s.Malware, over.Malware, func(m syntax.Malware) string { return m.Name.Value })
	s.Subjects = replaced(s.Subjects, over.Subjects, func(x syntax.Subject) string { return x.Name.Value })
	s.Purposes = append(s.Purposes[:len(s.Purposes):len(s.Purposes)], over.Purposes...)
	s.Walls = replaced(s.Walls, over.Walls, func(w syntax.Wall) string { return w.Name.Value })
	s.Kinds = replaced(s.Kinds, over.Kinds, func(k syntax.Kind) string { return k.Name.Value })
	base.Barriers = replaced(base.Barriers, f.Barriers, func(b syntax.Barrier) string { return b.Name.Value })
	base.Hazards = replaced(base.Hazards, f.Hazards, func(h syntax.Hazard) string { return h.Name.Value })
	base.Invariants = replaced(base.Invariants, f.Invariants, func(i syntax.Invariant) string { return i.Name.Value })
}

// replaced puts entries over those of the same name.
func replaced[T any](base, over []T, name func(T) string) []T {
	for _, e := range over {
		if i := slices.IndexFunc(base, func(b T) bool { return name(b) == name(e) }); i >= 0 {
			base[i] = e
		} else {
			base = append(base, e)
		}
	}
	return base
}

// override changes entries of a device: an entry without is: overrides.
func override(d *syntax.Device, over syntax.Device, problems *source.Problems) {
	for _, t := range []struct{ into, from *syntax.Text }{
		{&d.Tag, &over.Tag}, {&d.Owner, &over.Owner}, {&d.Solver, &over.Solver},
	} {
		if t.from.Present() {
			*t.into = *t.from
		}
	}
	if over.Count.Present() {
		d.Count = over.Count
	}
	if over.Position != nil {
		d.Position = over.Position
	}
	if over.Look != nil {
		d.Look = over.Look
	}
	overrideGuarded(&d.Guarded, &over.Guarded)
	if d.Custom != nil {
		custom, mistakes := syntax.ReadCustom(over.Name, over.Params)
		problems.Add(mistakes...)
		if custom != nil {
			overrideCustom(d, custom)
		}
		return
	}
	d.Params = slices.Clone(d.Params)
	for _, e := range over.Params {
		i := slices.IndexFunc(d.Params, func(p syntax.Entry) bool { return p.Key.Value == e.Key.Value })
		switch {
		case i < 0:
			d.Params = append(d.Params, e)
		case e.Value.Shape == syntax.Map && d.Params[i].Value.Shape == syntax.Map && d.Is.Value == "plc":
			d.Params[i].Value.Entries = replaced(slices.Clone(d.Params[i].Value.Entries), e.Value.Entries,
				func(p syntax.Entry) string { return p.Key.Value })
		default:
			d.Params[i] = stands(d, d.Params[i], e, problems)
		}
	}
}

// overrideGuarded changes how a device is reached and what it checks. A check
// stands over one of the same name, and else beside those that are there.
func overrideGuarded(g, over *syntax.Guarded) {
	if over.Speaks.Present() {
		g.Speaks = over.Speaks
	}
	if over.Security.Present() {
		g.Security = over.Security
	}
	if over.Port != nil {
		g.Port = over.Port
	}
	if over.Remote != nil {
		g.Remote = over.Remote
	}
	if over.Log != nil {
		g.Log = over.Log
	}
	if over.Hardening != nil {
		g.Hardening = over.Hardening
	}
	g.Weaknesses = replaced(slices.Clone(g.Weaknesses), over.Weaknesses, func(w syntax.Weakness) string { return w.Name.Value })
	g.Safe = replaced(slices.Clone(g.Safe), over.Safe, func(a syntax.Assignment) string { return a.Signal.Value })
	g.Checks = slices.Clone(g.Checks)
	for _, c := range over.Checks {
		i := slices.IndexFunc(g.Checks, func(old syntax.Check) bool { return c.Name.Present() && old.Name.Value == c.Name.Value })
		if i < 0 {
			g.Checks = append(g.Checks, c)
		} else {
			g.Checks[i] = c
		}
	}
}

func overrideCustom(d *syntax.Device, over *syntax.Custom) {
	c := *d.Custom
	c.Inputs = replaced(slices.Clone(c.Inputs), over.Inputs, func(i syntax.Input) string { return i.Name.Value })
	c.Signals = replaced(slices.Clone(c.Signals), restarted(c.Signals, over.Signals), func(s syntax.Signal) string { return s.Name.Value })
	c.On = replaced(slices.Clone(c.On), over.On, func(h syntax.Handler) string { return h.Message.Value })
	if len(over.Rules) > 0 {
		c.Rules = over.Rules
	}
	d.Custom = &c
}

// restarted gives signals of which only the start is said what else the base says
// of them.
func restarted(base, over []syntax.Signal) []syntax.Signal {
	over = slices.Clone(over)
	for k := range over {
		s := &over[k]
		i := slices.IndexFunc(base, func(b syntax.Signal) bool { return b.Name.Value == s.Name.Value })
		if i < 0 || s.Rate.Present() || s.Value.Present() {
			continue
		}
		start := s.Start
		whole := base[i]
		if start.Present() {
			whole.Start = start
		}
		if s.Unit.Present() {
			whole.Unit = s.Unit
		}
		*s = whole
	}
	return over
}
