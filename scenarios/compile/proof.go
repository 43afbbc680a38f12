package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// proof warns of a check that asks for what the protocol cannot carry: a message of
// Modbus has no place for a password or a signature. With `security:` it is
// Modbus/TCP Security, which has.
func (k *checker) proof() {
	b, id := k.b, k.dev.spec.Name.Value
	if k.of.Off.Value {
		return
	}
	from := b.senders(id)
	own := len(k.of.From) == 0
	for _, t := range k.of.From {
		if own = own || !slices.Contains(from, t.Value); b.byName[t.Value] == nil {
			return // reported
		}
	}
	if own && b.proves(id) {
		return
	}
	asked := ""
	for _, sender := range from {
		if len(k.of.From) > 0 && !slices.ContainsFunc(k.of.From, func(t syntax.Text) bool { return t.Value == sender }) {
			continue
		}
		server := id
		if b.request(sender, id).Reply {
			server, asked = sender, sender
		}
		if b.proves(server) {
			return
		}
	}
	if asked == "" || own {
		asked = id
	}
	b.Warnf(k.of.Kind.Span, "add `security: sign` to "+asked+", which stands for Modbus/TCP Security",
		"what is told %s comes by modbus, which bears no credential: no real device could check this", id)
}

// proves reports whether the messages that a device serves can bear a proof of who
// sends them.
func (b *builder) proves(server string) bool {
	s, _ := network.ParseSecurity(b.byName[server].spec.Security.Value)
	return s >= network.Sign || b.speaks(server) != network.Modbus
}
