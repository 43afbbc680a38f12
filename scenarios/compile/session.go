package compile

import (
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// session reads how long the sessions of a device stay open, which speaks OPC UA.
func (b *builder) session(d *dev) vtime.Duration {
	s, id := d.spec.Session, d.spec.Name.Value
	if !s.Usable() {
		return 0
	}
	if p := b.speaks(id); p != network.OPCUA {
		b.Errorf(s.Span, "add `speaks: opcua`, or leave `session` out", "%s speaks %v, which has no sessions that could be over", id, p)
		return 0
	}
	if s.Value <= 0 {
		b.Errorf(s.Span, "write a duration such as 30s", "a session stays open for a while")
	}
	return s.Value
}
