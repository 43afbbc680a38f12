package sim

import (
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Holdings are what a system knows about people: the model of it, and where its parts are
// in the system.
type Holdings struct {
	*data.Model
	// Devices are by store the device that it is.
	Devices []string

	cells []network.Cell // by question: its answers
}

// Ask returns the cells that are kept at the answer of a question, one for each of its
// people. Text is how it is asked, for people.
func (s *System) Ask(q data.Question, text string) network.Cell {
	h := s.Data
	for i := range h.Questions {
		if h.Questions[i] == q {
			return h.cells[i]
		}
	}
	cell := s.hidden(-1, kind{unit: unit.One}, text, int(max(1, q.Count)), 0)
	h.Questions, h.cells = append(h.Questions, q), append(h.cells, cell)
	return cell
}

// Plea is what a message carries by which a store hears of a right (Source.Carries).
func Plea(store int32, right data.Right) int32 {
	return -1 - store*letters - int32(right)
}

// holdings is the state of a run's data.
type holdings struct {
	*data.State // nil where nothing is about people
	timer       des.Timer
	target      uint32
	source      des.Source
	influence   signal.Mask // of all that came to stores
	waiting     bool        // answers are about to be shown
	sent, got   []float64   // by pour: bytes when it was last looked at
	lagged      vtime.Time  // when that was
	silences    [][]silence // by pour that goes by radio: of those who tell it, nil where none was ever down
	basins      []basin     // devices with work into which is poured
	last        int32       // the store that something came to, or that did something, last
	learnings   []learning  // by question
	news        []storeNews
	noted       int   // how many of Done the story knows
	ears        []ear // of attackers at brokers
}

// store returns the rank of the device that a store is.
func (p *Plan) storeRank(i int) int { return p.storeRanks[i] }

// stores finds the devices of stores, and where answers lie.
func (s *System) stores(p *Plan) {
	if s.Data == nil {
		return
	}
	p.Data = s.Data
	for _, id := range s.Data.Devices {
		p.storeRanks = append(p.storeRanks, s.byID[id].rank)
	}
}

// makeHoldings makes the state of what is known about people.
func (w *world) makeHoldings(seed uint64) (err error) {
	p := w.plan
	if p.Data == nil {
		return nil
	}
	h := &w.holdings
	if h.State, err = data.New(p.Data.Model, seed); err != nil {
		return err
	}
	w.devices.Data = h.State
	h.learnings = make([]learning, len(h.Questions))
	if h.basins, err = p.makeBasins(); err != nil {
		return err
	}
	h.sent, h.got = make([]float64, len(p.pours)), make([]float64, len(p.pours))
	w.makeVoices()
	h.target = w.kernel.Register(handlerFunc(w.dataDue))
	h.source = des.Source(p.storeRank(0))
	h.timer = w.kernel.NewTimer(des.Inject, h.source, h.target, 0, dataAdvances)
	return nil
}

// What is due of data.
const (
	dataAdvances uint64 = iota // time alone changes something
	dataAnswers                // answers are shown
)

// taken takes in what a message brought to a store.
func (w *world) taken(intake int32, member int, sent vtime.Time, influence signal.Mask) {
	h, now := &w.holdings, w.kernel.Now()
	h.last = h.Shelves[h.Intakes[intake].Shelf].Store
	switch {
	case h.Intakes[intake].Kind == data.Collected:
		h.Collect(intake, member, now)
		w.thronged(h.Intakes[intake].Shelf)
	case h.HandsOn(h.Intakes[intake].From[0]):
		h.Receive(intake, sent, now)
	default:
		w.lag()
		h.Copy(intake, member, now)
	}
	h.influence |= influence
	w.stir()
}

// loses has a store forget that is down what it has in its memory alone.
func (w *world) loses(unit int) {
	h := &w.holdings
	for i, rank := range w.plan.storeRanks {
		if int(rank) == unit && h.Stores[i].Volatile {
			h.influence |= w.devices.Influence(int(w.plan.assembly.Units[unit].Base))
			h.last = int32(i)
			w.unheard(h.last)
			if items := h.Crash(h.last); items > 0 {
				w.noteStore(storeNews{LostAll, h.last, -1, -1, items, false, false})
			}
			w.stir()
		}
	}
}

// stir has answers shown in this instant, if there may be others.
func (w *world) stir() {
	h := &w.holdings
	if h.State == nil {
		return
	}
	w.noteDone()
	if !h.Dirty || h.waiting {
		return
	}
	h.waiting = true
	w.kernel.Schedule(w.kernel.Now(), des.React, h.source, h.target, 0, dataAnswers)
}

// dataDue does what is due.
func (w *world) dataDue(e des.Event) {
	h := &w.holdings
	if e.Arg == dataAdvances || len(w.plan.pours) > 0 { // not at each message: figures of all members would be shown anew for one
		w.gaugePours()
	}
	switch {
	case e.Arg == dataAdvances && w.kernel.Now() >= h.Next():
		h.Advance(w.kernel.Now())
		w.stir()
	case e.Arg == dataAnswers:
		h.waiting = false
		w.answer()
	}
	w.awaitData()
}

// answer shows what the answers are now.
func (w *world) answer() {
	h := &w.holdings
	for _, rank := range w.plan.storeRanks {
		h.influence |= w.devices.Influence(int(w.plan.assembly.Units[rank].Base))
	}
	for _, rank := range w.plan.noticed { // a notice that was lost
		h.influence |= w.devices.Influence(int(w.plan.assembly.Units[rank].Base))
	}
	w.footholds()
	w.store.Influence = h.influence
	h.Refresh(func(question, person int, value float64) {
		slot := w.plan.Data.cells[question].At(person)
		h.learnt(question, w.store.V[slot], value, w.kernel.Now())
		w.store.By = w.plan.assembly.Units[w.plan.storeRank(int(h.behind(question)))].Writer
		w.store.Set(slot, value)
	})
}

// learns has answers looked at again: an attacker may have come to where data are.
func (w *world) learns(influence signal.Mask) {
	if h := &w.holdings; h.State != nil {
		h.Dirty = true
		h.influence |= influence
		w.stir()
	}
}

// footholds lets attackers read what the stores hold that they stand on. What they have read
// they keep.
func (w *world) footholds() {
	h := &w.holdings
	for i := range h.Principals {
		p := &h.Principals[i]
		if p.Intruder < 0 {
			continue
		}
		for store, rank := range w.plan.storeRanks {
			stands := w.timeline.Stands(int(p.Intruder), int32(rank))
			if h.Entitled(int32(i), int32(store)) || stands == h.Reads(int32(i), int32(store)) {
				continue
			}
			if stands {
				w.steal(int32(i), int32(store))
			} else {
				h.Steal(int32(i), int32(store), w.kernel.Now()) // what has come since
			}
			h.Grant(int32(i), int32(store), stands)
		}
	}
}

// steal has an attacker take what a store holds, and tells that.
func (w *world) steal(who, store int32) bool {
	n := w.holdings.Steal(who, store, w.kernel.Now())
	w.stole(who, store, n)
	return n > 0
}

// stole tells that somebody took what a store holds about so many people.
func (w *world) stole(who, store int32, people int) {
	if people > 0 {
		w.holdings.last = store
		w.noteStore(storeNews{Stolen, store, -1, who, uint64(people), false, false})
	}
}

// awaitData arms the timer for what time alone changes next.
func (w *world) awaitData() {
	at := w.holdings.Next()
	if len(w.plan.pours) > 0 {
		at = min(at, w.holdings.lagged.Add(w.plan.gaugesEvery()))
	}
	if at <= w.plan.Run {
		w.kernel.Arm(w.holdings.timer, at)
	}
}

// startData shows what the answers are at the start.
func (w *world) startData() {
	if w.holdings.State != nil {
		w.startPours()
		w.stir()
		w.awaitData()
	}
}

// dataDeed does what a step does to data. It reports whether that changed anything.
func (w *world) dataDeed(step int, op *inject.Op) (done bool) {
	h, now := &w.holdings, w.kernel.Now()
	w.lag()
	switch op.Deed {
	case inject.AskDeed:
		to, number := data.Addressee(op.Value)
		person, purpose := data.Named(number)
		for k := range int32(op.Member) {
			done = h.State.AskOf(person+k, data.Right(op.Flow), purpose, to, now) || done
		}
	case inject.RestoreDeed:
		items := h.Restore(int32(op.Flow), now)
		if done = items > 0; done {
			h.last = int32(op.Flow)
			w.noteStore(storeNews{PutBack, h.last, -1, -1, items, false, false})
		}
	case inject.StealDeed:
		if who, store := int32(op.Value), int32(op.Unit); h.Stores[store].Last {
			done = w.eavesdrop(op)
		} else {
			done = w.steal(who, store)
		}
	}
	h.influence |= w.timeline.Influence(step)
	w.stir()
	w.awaitData()
	return done
}

// archiveData archives what is known about people.
func (w *world) archiveData(a *snapshot.Archive) {
	h := &w.holdings
	if h.State == nil {
		return
	}
	h.Archive(a)
	snapshot.Int(a, &h.influence)
	snapshot.Bool(a, &h.waiting)
	snapshot.Int(a, &h.noted)
	if snapshot.Int(a, &h.last); h.last < 0 || int(h.last) >= len(h.Stores) || h.noted < 0 || h.noted > len(h.Done()) {
		a.Fail("store %d did something last, of %d", h.last, h.noted)
		h.last, h.noted = 0, 0
	}
	snapshot.Column(a, h.learnings, func(a *snapshot.Archive, l *learning) { l.archive(a) })
	snapshot.Slice(a, &h.news, func(a *snapshot.Archive, n *storeNews) { n.archive(a, h) })
	snapshot.Column(a, h.sent, snapshot.Float)
	snapshot.Column(a, h.got, snapshot.Float)
	snapshot.Int(a, &h.lagged)
	snapshot.Column(a, h.basins, func(a *snapshot.Archive, b *basin) { b.archive(a) })
	w.archiveSilences(a)
	snapshot.Slice(a, &h.ears, func(a *snapshot.Archive, e *ear) { e.archive(a, w) })
}

// known adds that answers go by all that comes to stores, and by steps that ask or put back.
func (b *swayer) known() {
	h := b.p.Data
	if h == nil {
		return
	}
	b.answers(func(to place) {
		for _, rank := range b.p.storeRanks {
			u := &b.p.assembly.Units[rank]
			for m := range int(u.Count) {
				b.add(b.member(int(u.Base)+m), to)
			}
		}
	})
	b.informed()
	b.listens()
	for i := range b.p.pours {
		b.full(&b.p.book.Flows[b.p.pours[i].flow], func(link place) { b.answers(func(to place) { b.add(link, to) }) })
	}
	for i := range b.p.book.Flows {
		if f := &b.p.book.Flows[i]; f.Carries > 0 {
			for _, pair := range b.p.book.Pairs(f) {
				for m := range int(f.Count) {
					b.add(place(pair.To.At(m)), b.member(int(f.ReceiverAt)+f.Hearer(m)))
				}
			}
		}
	}
}

// answers goes over the cells of all answers.
func (b *swayer) answers(do func(at place)) {
	h := b.p.Data
	for i := range h.Questions {
		for k := range int(max(1, h.Questions[i].Count)) {
			do(place(h.cells[i].At(k)))
		}
	}
}
