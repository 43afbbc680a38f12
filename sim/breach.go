package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// letters is how many sorts of messages stores get and send of which Carries tells: pleas, and notices.
var letters = int32(len(data.Rights())) + 1

// Notice is what a message carries by which somebody hears of a breach of a store (Source.Carries).
func Notice(store int32) int32 { return -1 - store*letters - letters + 1 }

// noticeOf returns of which store a flow brings notices; ok is false where it does not.
func noticeOf(f *network.Flow) (store int32, ok bool) {
	return (-1 - f.Carries) / letters, f.Carries < 0 && (-1-f.Carries)%letters == letters-1
}

// letter takes in a message by which a store hears of a right, or somebody of a breach.
func (w *world) letter(what int32, value float64, influence signal.Mask) {
	h := &w.holdings
	store, sort := (-1-what)/letters, (-1-what)%letters
	if sort < letters-1 {
		h.Hear(store, data.Right(sort), value)
		return
	}
	h.Inform(store, value, w.kernel.Now())
	h.influence |= influence
}

// notices finds who hears of breaches.
func (p *Plan) notices() {
	for i := range p.book.Flows {
		f := &p.book.Flows[i]
		if _, ok := noticeOf(f); ok && !slices.Contains(p.noticed, f.Receiver) {
			p.noticed = append(p.noticed, f.Receiver)
		}
	}
}

// informed adds that answers go by whether notices come to somebody.
func (b *swayer) informed() {
	for _, rank := range b.p.noticed {
		u := &b.p.assembly.Units[rank]
		b.answers(func(to place) {
			for m := range int(u.Count) {
				b.add(b.member(int(u.Base)+m), to)
			}
		})
	}
}

// A Breach is that somebody took what a store holds, and who was told of that.
type Breach struct {
	Who, Store, Owner string // Owner answers for the store
	At                vtime.Time
	People            int
	// Warned says that an alarm can come to a store of the owner.
	Warned bool
	// Aware is when the owner became aware of it, Told when they first sent a notice of it, Arrived when one
	// first came to somebody; vtime.Never where that was not.
	Aware, Told, Arrived vtime.Time
}

// A Noticing is what a store heard of breaches, and told of them.
type Noticing struct {
	Store                 string
	Alarms                uint64
	Sent, Arrived, Needed int // notices; Needed of them were about what no other was before
	Wired                 bool
}

// breaches says what was taken, and who was told.
func (w *world) breaches(r *Privacy) {
	h := &w.holdings
	warns := make([]bool, len(h.Controllers))
	for i := range h.Stores {
		warns[h.Stores[i].Controller] = warns[h.Stores[i].Controller] || h.Stores[i].Warned
	}
	for _, b := range h.Breaches() {
		owner := h.Stores[b.Store].Controller
		r.Breaches = append(r.Breaches, Breach{
			h.Principals[b.By].Name, h.Stores[b.Store].Name, h.Controllers[owner], b.At, b.People, warns[owner], b.Aware, b.Told, b.Arrived,
		})
	}
	for i := range h.Stores {
		if !h.Stores[i].Warned {
			continue
		}
		n := Noticing{Store: h.Stores[i].Name, Alarms: h.Alarms(int32(i)), Wired: w.plan.informs(int32(i))}
		for _, l := range h.Letters() {
			if l.Store != int32(i) {
				continue
			}
			n.Sent++
			if l.Arrived != vtime.Never {
				n.Arrived++
			}
			if l.About > 0 {
				n.Needed++
			}
		}
		r.Notices = append(r.Notices, n)
	}
}

// informs reports whether anybody can hear of breaches from a store.
func (p *Plan) informs(store int32) bool {
	return slices.ContainsFunc(p.book.Flows, func(f network.Flow) bool {
		of, ok := noticeOf(&f)
		return ok && of == store && !f.Silent
	})
}
