package compile

import (
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/device"
)

// hardWired reports whether an input of a device is copper, which no message reaches.
func (b *builder) hardWired(id, input string) bool {
	for _, w := range b.byName[id].inputs {
		if w.name.Value == input {
			return w.wiring.Wired
		}
	}
	return false
}

// reachable reports whether a message can write a signal, or says why none can.
func (r *reader) reachable(at source.Span, id, name string, role device.Role) bool {
	switch {
	case role == device.RoleTold && r.b.hardWired(id, name):
		r.b.Errorf(at, "leave `from:` out to assume that somebody gets at the wire", "%s.%s is hard-wired: no message reaches it", id, name)
	case !canBeWritten(role):
		r.b.Errorf(at, choice("its settings are", r.settings(id), "it has no setting"), "%s.%s is %s: no message can write it", id, name, roleNoun(role))
	default:
		return true
	}
	return false
}

// roleNoun is what a signal of a role is, in words.
func roleNoun(role device.Role) string {
	if role == device.RoleComputed {
		return "computed"
	}
	return article(role.String()) + " " + role.String()
}
