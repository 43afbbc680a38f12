package compile

import (
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

// openings tells the system what its surface shows besides messages: what credentials
// are, and how one can work on devices from afar.
func (b *builder) openings() {
	for i := range b.file.System.Credentials {
		c := &b.file.System.Credentials[i]
		if i == maxCredentials {
			break
		}
		secret := sim.Secret{Password: c.Kind.Value == "password", Default: c.Default.Value}
		for _, h := range c.HeldBy {
			if b.byName[h.Value] == nil {
				secret.People = append(secret.People, h.Value)
			}
		}
		b.sys.Secrets = append(b.sys.Secrets, secret)
	}
	for _, d := range b.devs {
		id := d.spec.Name.Value
		if takes := b.secretsNamed(d.spec.Remote) &^ b.gone; takes != 0 {
			b.sys.Doors = append(b.sys.Doors, sim.Door{Device: id, Protocol: b.speaks(id), Verb: network.Login, Needs: takes})
		}
		for i := range d.spec.Weaknesses {
			w := &d.spec.Weaknesses[i]
			if b.closed(id, w) {
				continue
			}
			door := sim.Door{Device: id, Weakness: w.Name.Value, Protocol: b.speaks(id), Verb: network.Write, Needs: b.secretsNamed(w.Needs)}
			if p, ok := network.ParseProtocol(w.Via.Value); ok {
				door.Protocol = p
			}
			if v, ok := network.ParseVerb(w.Verb.Value); ok {
				door.Verb = v
			}
			b.sys.Doors = append(b.sys.Doors, door)
		}
	}
}

// closed reports whether a device is patched against a weakness from the start.
func (b *builder) closed(id string, w *syntax.Weakness) bool {
	return b.patched[[2]string{id, w.Name.Value}] || w.Patched.Usable() && w.Patched.Value == 0 && w.Over.Value == 0
}
