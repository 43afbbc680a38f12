package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/logbook"
)

// defaultKeep is how many entries a log keeps where nothing is said.
const defaultKeep = 1000

// maxKeep bounds the memory of a log.
const maxKeep = 1_000_000

// log reads how a device keeps a record, and who has a copy.
func (b *builder) log(d *dev) (l *logbook.Log, remote string) {
	s := d.spec.Log
	if s == nil {
		return nil, ""
	}
	l = &logbook.Log{Keep: defaultKeep, Chained: s.Chained.Value, Remote: logbook.None}
	if s.Keep.Usable() {
		if s.Keep.Value > maxKeep {
			b.Errorf(s.Keep.Span, "keep less", "a log keeps at most %d entries", maxKeep)
		}
		l.Keep = int(min(s.Keep.Value, maxKeep))
	}
	if len(d.spec.Checks) == 0 && !b.keepsCopies(d) {
		b.Warnf(s.Span, "add `checks:` to it, or leave the log out", "%s has no checks, so it decides nothing that its log could tell of", d.spec.Name.Value)
	}
	if s.Signed.Usable() {
		if i, ok := b.secrets[s.Signed.Value]; ok {
			l.Signed, l.Credential = 1, int8(i)
		} else {
			b.secretsOf([]source.Text{s.Signed})
		}
	}
	if !s.Remote.Usable() {
		return l, ""
	}
	switch to := b.byName[s.Remote.Value]; {
	case to == nil:
		b.deviceNamed(s.Remote)
	case to == d:
		b.Errorf(s.Remote.Span, "name another device", "a copy on the device itself is no copy")
	case to.spec.Log == nil:
		b.Errorf(s.Remote.Span, "add `log: {keep: 10000}` to "+s.Remote.Value, "%s keeps no log that could hold a copy", s.Remote.Value)
	case to.spec.Log.Remote.Present():
		b.Errorf(s.Remote.Span, "copy both to a third device", "%s copies its own log on: copies are not copied", s.Remote.Value)
	case to.spec.Count.Value > 1:
		b.Errorf(s.Remote.Span, "name a device that is one", "%s is not one device but several", s.Remote.Value)
	default:
		return l, s.Remote.Value
	}
	return l, ""
}

// keepsCopies reports whether another device's log is copied to a device.
func (b *builder) keepsCopies(d *dev) bool {
	return slices.ContainsFunc(b.devs, func(o *dev) bool { return o.spec.Log != nil && o.spec.Log.Remote.Value == d.spec.Name.Value })
}
