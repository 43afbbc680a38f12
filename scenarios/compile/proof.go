package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// secured is what stands for `security:` of a protocol whose messages have no place for
// a password or a signature.
var secured = map[network.Protocol]string{
	network.Modbus:     "Modbus/TCP Security (TLS on port 802)",
	network.EtherNetIP: "CIP Security (TLS on port 2221)",
}

// proof warns of a check that asks for what the protocol cannot carry: a message of
// Modbus or EtherNet/IP proves nobody.
func (k *checker) proof() {
	b, id := k.b, k.dev.spec.Name.Value
	if k.of.Off.Value || k.engineering() {
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
	by := b.speaks(asked)
	b.Warnf(k.of.Kind.Span, "add `security: sign` to "+asked+", which stands for "+secured[by],
		"what is told %s comes by %s, which proves nobody: the run checks this all the same, but no real device could", id, by)
}

// engineering reports whether a check asks for a password, and that of who programs or
// sets the device: there services of its maker come first, which have a place for one.
func (k *checker) engineering() bool {
	if len(k.of.Verbs) == 0 || len(k.texts()) == 0 {
		return false
	}
	for _, t := range k.of.Verbs {
		if v, _ := network.ParseVerb(t.Value); v != network.Login && v != network.Download && v != network.Upload && v != network.Configure {
			return false
		}
	}
	return !slices.ContainsFunc(k.b.file.System.Credentials, func(c syntax.Credential) bool {
		return c.Kind.Value != "password" && slices.ContainsFunc(k.texts(), func(t syntax.Text) bool { return t.Value == c.Name.Value })
	})
}

// proves reports whether the messages that a device serves can bear a proof of who
// sends them.
func (b *builder) proves(server string) bool {
	s, _ := network.ParseSecurity(b.byName[server].spec.Security.Value)
	return s >= network.Sign || secured[b.speaks(server)] == ""
}
