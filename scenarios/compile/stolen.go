package compile

import (
	"fmt"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

// hijack takes over a session that one device has with another, on whose way the
// foothold sits. What is signed cannot be gone on with by somebody else.
func (r *reader) hijack() {
	f, ok := r.earn()
	if !ok {
		return
	}
	from, has := r.must("sender", "hmi")
	to, given := r.must("receiver", "plc")
	if !has || !given || !r.b.deviceNamed(from) || !r.b.deviceNamed(to) {
		return
	}
	if r.b.holdings[from.Value]&r.b.secretsNamed(r.b.byName[to.Value].spec.Remote)&^r.b.gone == 0 {
		r.blocked(f, "session", "%s has no session at %s that could be taken over", from.Value, to.Value)
	}
	r.step.Target = to.Value
	r.step.Summary = fmt.Sprintf("take over what %s has open at %s", from.Value, to.Value)
	if r.step.For == 0 {
		r.b.Errorf(r.step.syntax.Kind.Span, "add `for: 1m`", "hijack needs to say how long it waits for a message")
	}
	if r.b.security(from.Value, to.Value) >= network.Sign {
		r.blocked(f, "signature", "what %s tells %s is signed: nobody else can go on with it", from.Value, to.Value)
		return
	}
	r.onNetwork(f)
	r.step.Disturb = append(r.step.Disturb, sim.Disturb{
		Sender: from.Value, Receiver: to.Value, At: r.name(f.At), Sniff: true, Session: true,
	})
}

// resend sends a message again as it once was: with its values, the proofs, the number
// and the time of then. It is the last one that came past the foothold when the step
// begins; age is how much later it is sent.
func (r *reader) resend() {
	f, ok := r.earn()
	if !ok {
		return
	}
	as, given := r.must("sender", "gauge")
	to, has := r.must("receiver", "plc")
	age, aged := r.duration("age", true, "1m")
	if !given || !has || !aged || !r.b.deviceNamed(as) || !r.b.deviceNamed(to) {
		return
	}
	r.step.Target = to.Value
	inputs := r.b.pushed(as.Value, to.Value)
	switch {
	case len(inputs) == 0:
		r.b.Errorf(as.Span, "name a device that tells "+to.Value+" something of its own accord", "%s never tells %s anything that could be sent again", as.Value, to.Value)
		return
	case age <= 0:
		r.b.Errorf(r.step.syntax.Kind.Span, "write `age: 1m`", "a message of now is no old one")
		return
	case r.name(f.At) == to.Value:
		r.b.Errorf(r.step.syntax.From.Span, "use `attack: command`", "on %s itself there is nothing to send", to.Value)
		return
	}
	r.onPath(f, as.Value, []string{to.Value}, false)
	f.Takes = age
	r.step.Summary = fmt.Sprintf("send again after %s what %s told %s", vtime.Shortest(age), as.Value, to.Value)
	r.step.Sends = append(r.step.Sends, sim.Send{
		From: r.name(f.At), To: to.Value, Claims: as.Value, Verb: network.Write, Signals: inputs, Values: make([]float64, len(inputs)), Member: -1,
		Again: true, Bears: r.b.holdings[as.Value],
	})
}

// pushed lists the inputs of a device that another one tells of its own accord.
func (b *builder) pushed(from, to string) (inputs []string) {
	for _, w := range b.byName[to].inputs {
		id, _, _, ok := splitPath(w.wiring.Source.Value)
		if ok && id == from && !w.wiring.Wired && !w.wiring.Polled() && w.wiring.Source.Usable() {
			inputs = append(inputs, w.name.Value)
		}
	}
	return inputs
}
