package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
)

// A Flaw is something that is legal, and yet worth knowing: its kind, and what the
// kind is about.
type Flaw struct {
	Kind  string
	Names []string
}

// The kinds of flaws, and what their names are.
const (
	NoZones           = "no-zones"           // nothing
	NoLevel           = "no-level"           // zones
	NoTarget          = "no-target"          // zones
	DualHomed         = "dual-homed"         // a device, and the zones that it is in
	Unfiltered        = "unfiltered"         // conduits
	UnfilteredDiode   = "unfiltered-diode"   // conduits that lead one way
	SkipsLevel        = "skips-level"        // a conduit, and the two zones
	OfficeToControl   = "office-to-control"  // a conduit, and the two zones
	Unauthenticated   = "unauthenticated"    // what can be written: device.signal
	ClearPassword     = "clear-password"     // credentials
	DefaultCredential = "default-credential" // credentials
	SharedCredential  = "shared-credential"  // a credential, and who holds it
	Weak              = "weakness"           // a device, a weakness, and malware that uses it
)

// flaws lists what is worth knowing.
func (p *Plan) flaws(s *Surface) (list []Flaw) {
	x := &p.exposed
	if len(s.Zones) == 0 {
		list = append(list, Flaw{Kind: NoZones})
	}
	findings := slices.DeleteFunc(x.topology.Findings(), x.idle)
	for i, f := range findings {
		if f.Kind == network.SkipsLevel && i+1 < len(findings) && findings[i+1].Kind == network.Office {
			continue // which says more of the same conduit
		}
		kind, c := kindOfFinding(f.Kind), x.conduit(f.Names[0])
		if c != nil && c.OneWay && kind == Unfiltered {
			kind = UnfilteredDiode
		}
		list = grouped(list, kind, f.Names)
	}
	list = append(list, unauthenticated(s)...)
	for i := range x.doors {
		if d := &x.doors[i]; d.Weakness != "" {
			list = append(list, Flaw{Weak, append([]string{d.Device, d.Weakness}, p.users(d.Weakness)...)})
		}
	}
	for i := range s.Keys {
		k := &s.Keys[i]
		if k.Default {
			list = grouped(list, DefaultCredential, []string{k.Name})
		}
		if x.clear>>i&1 != 0 {
			list = grouped(list, ClearPassword, []string{k.Name})
		}
		if holders := slices.Concat(k.HeldBy, k.People); len(holders) > 1 {
			list = append(list, Flaw{SharedCredential, append([]string{k.Name}, holders...)})
		}
	}
	return list
}

// idle reports whether a finding is about zones between which nothing comes through
// that way.
func (x *exposed) idle(f network.Finding) bool {
	c := x.conduit(f.Names[0])
	switch {
	case c == nil:
		return false
	case f.Kind == network.Office:
		return shut(c) || c.OneWay && c.Joins[0] != f.Names[1]
	}
	return f.Kind == network.SkipsLevel && shut(c)
}

// conduit returns the conduit of a name, or nil.
func (x *exposed) conduit(name string) *network.Conduit {
	i := slices.IndexFunc(x.topology.Conduits, func(c network.Conduit) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &x.topology.Conduits[i]
}

// shut reports whether the rules of a conduit let nothing pass.
func shut(c *network.Conduit) bool {
	return (c.Filtered || len(c.Rules) > 0) && !slices.ContainsFunc(c.Rules, func(r network.Rule) bool { return !r.Deny })
}

func kindOfFinding(k network.FindingKind) string {
	return map[network.FindingKind]string{
		network.DualHomed: DualHomed, network.Unfiltered: Unfiltered, network.NoLevel: NoLevel, network.NoTarget: NoTarget,
		network.SkipsLevel: SkipsLevel, network.Office: OfficeToControl,
	}[k]
}

// grouped adds a flaw, to those of its kind where each is about one thing alone.
func grouped(list []Flaw, kind string, names []string) []Flaw {
	i := slices.IndexFunc(list, func(f Flaw) bool { return f.Kind == kind })
	if len(names) != 1 || i < 0 {
		return append(list, Flaw{kind, names})
	}
	list[i].Names = append(list[i].Names, names...)
	return list
}

// unauthenticated lists what can be written without anybody asking who it is.
func unauthenticated(s *Surface) []Flaw {
	f, seen := Flaw{Kind: Unauthenticated}, map[string]bool{}
	for i := range s.Services {
		service := &s.Services[i]
		if slices.ContainsFunc(service.Asks, func(a Ask) bool { return a.Kind == check.KindAuthenticate.String() }) {
			continue
		}
		for k := range service.Offers {
			o := &service.Offers[k]
			if path := o.Device + "." + o.Signal; o.Writes() && !seen[path] {
				f.Names, seen[path] = append(f.Names, path), true
			}
		}
	}
	if len(f.Names) == 0 {
		return nil
	}
	return []Flaw{f}
}

// keys lists the credentials with who holds them and what asks for them.
func (p *Plan) keys() []Key {
	x := &p.exposed
	keys := make([]Key, len(x.credentials))
	for i := range keys {
		k := &keys[i]
		k.Name = x.credentials[i]
		if i < len(x.secrets) {
			k.Known, k.Secret = true, x.secrets[i]
		}
		for d, holds := range p.earned.Holdings {
			if holds>>i&1 != 0 {
				k.HeldBy = append(k.HeldBy, p.Devices[d].ID)
			}
		}
	}
	for i := range p.earned.Intruders {
		in := &p.earned.Intruders[i]
		for n := range keys {
			if in.Holds>>n&1 != 0 && !slices.Contains(keys[n].People, in.Name) { // else it is a person who acts
				keys[n].Stolen = append(keys[n].Stolen, in.Name)
			}
		}
	}
	p.opens(keys)
	return keys
}

// opens notes what asks for each credential.
func (p *Plan) opens(keys []Key) {
	open := func(set uint64, what string) {
		for i := range keys {
			if set>>i&1 != 0 && !slices.Contains(keys[i].Opens, what) {
				keys[i].Opens = append(keys[i].Opens, what)
			}
		}
	}
	for i := range p.exposed.topology.Conduits {
		c := &p.exposed.topology.Conduits[i]
		open(c.Login, c.Name)
	}
	for i := range p.guards {
		for k := range p.guards[i].Rules {
			if a, ok := p.guards[i].Rules[k].Check.(check.Authenticate); ok {
				open(a.Credentials, p.Devices[p.guards[i].Device].ID+"."+p.guards[i].Rules[k].Name)
			}
		}
	}
	for i := range p.exposed.doors {
		d := &p.exposed.doors[i]
		open(d.Needs, d.Device)
	}
}

// Gaps is what keeps a plant from answering for the commands that it carries out: how
// many devices act on the physical world, and how many of them do not ask who tells
// them something, do not look whether that one may, and keep no log.
type Gaps struct{ Acting, Unauthenticated, Unauthorised, Unlogged int }

// Gaps counts them.
func (p *Plan) Gaps() (g Gaps) {
	for d, acts := range p.acts {
		if !acts {
			continue
		}
		g.Acting++
		if !p.checks(int32(d), check.KindAuthenticate) {
			g.Unauthenticated++
		}
		if !p.checks(int32(d), check.KindAuthorise) {
			g.Unauthorised++
		}
		if p.logAt[d] < 0 {
			g.Unlogged++
		}
	}
	return g
}

// checks reports whether a device has a check of a kind.
func (p *Plan) checks(device int32, kind check.Kind) bool {
	return slices.ContainsFunc(p.guards, func(g check.Guard) bool {
		return g.Device == device && slices.ContainsFunc(g.Rules, func(r check.Rule) bool { return r.Check.Kind() == kind })
	})
}
