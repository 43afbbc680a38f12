package sim

import (
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A StoreDeed is what the story says that a store did, or that was done with it.
type StoreDeed uint8

// The deeds. The first ones are what people's rights ask for, in their order.
const (
	Forgot StoreDeed = iota
	OptedOut
	Answered
	Withdrew
	Objected
	PutBack // a backup
	Stolen
	Extended // it told a person that it takes longer
	Realised // an alarm came to it: who answers for it is aware of what was taken
	Notified // it sent a notice of that
	Informed // that came to somebody
	Found    // what was taken of it was seen at once, by who looks into an alarm already
	LostAll  // it crashed, and had it in its memory alone
)

// A StoreNews is a line of the story about a store.
type StoreNews struct {
	Deed  StoreDeed
	Store string
	// Person is about whom it is, By who took what it held, or who is aware of that; empty where nobody is.
	Person, By string
	// N is how many items it forgot, or were put back, how many people were in what was taken, by how many
	// nanoseconds it extended its time, or how many thefts it is about.
	N      uint64
	Asked  bool // the person had asked for it
	Others bool // it has done so often that others are not told
}

// String returns the line in words.
func (n *StoreNews) String() (text string) {
	count := func(one, several string) string {
		if n.N == 1 {
			return "1 " + one
		}
		return strconv.FormatUint(n.N, 10) + " " + several
	}
	switch n.Deed {
	case Forgot:
		text = n.Store + " forgot " + n.Person + ": " + count("item", "items")
	case OptedOut:
		text = n.Store + " takes no more about " + n.Person
	case Withdrew:
		text = n.Store + " takes no more about " + n.Person + " on consent"
	case Objected:
		text = n.Store + " takes no more about " + n.Person + " in the public or its own interest"
	case Answered:
		text = n.Store + " told " + n.Person + " what it has"
	case PutBack:
		text = "what " + n.Store + " has was put back: " + count("item", "items")
	case Stolen:
		text = n.By + " has what " + n.Store + " holds about " + count("person", "people")
	case Extended:
		text = n.Store + " told " + n.Person + " that it takes " + lasting(vtime.Duration(n.N)) + " longer"
	case Realised:
		text = n.By + " is aware of " + count("theft", "thefts") + ": " + n.Store + " heard an alarm"
	case Notified:
		text = n.Store + " sent a notice of " + count("theft", "thefts")
	case Informed:
		text = "the notice of " + n.Store + " has come: " + count("theft", "thefts")
	case Found:
		text = n.By + " is aware of " + count("theft", "thefts") + " from " + n.Store + ": it looks into an alarm already"
	case LostAll:
		text = n.Store + " lost what it retained: " + count("item", "items")
	}
	if n.Unasked() {
		text += ", who had not asked for that"
	}
	if n.Others {
		text += "; others are not told"
	}
	return text
}

// lasting writes a span of time, of whole days without more.
func lasting(d vtime.Duration) string {
	return strings.TrimSuffix(vtime.Time(d).Short(), "00h00m00.000s")
}

// Unasked reports whether a store did what only a person may ask for, and none had.
func (n *StoreNews) Unasked() bool { return n.Deed <= Objected && !n.Asked }

// storeNews is a line of the story about a store, as a run keeps it.
type storeNews struct {
	deed              StoreDeed
	store, person, by int32
	n                 uint64
	asked, others     bool
}

// newsOfEach is how often the story tells that a store did a thing.
const newsOfEach = 3

// noteStore adds a line about a store to the story, the first few of each sort.
func (w *world) noteStore(n storeNews) {
	h := &w.holdings
	before := 0
	for i := range h.news {
		if h.news[i].deed == n.deed && h.news[i].store == n.store {
			before++
		}
	}
	if before >= newsOfEach {
		return
	}
	n.others = before == newsOfEach-1
	w.story.add(w.kernel.Now(), StoreDid, len(h.news))
	h.news = append(h.news, n)
}

// noteDone tells what stores have done since the last time of what people asked for.
func (w *world) noteDone() {
	h := &w.holdings
	for list := h.Done(); h.noted < len(list); h.noted++ {
		d := &list[h.noted]
		h.last = d.Store
		w.noteStore(storeNews{StoreDeed(d.Right), d.Store, d.Person, -1, d.Items, d.Asked, false})
	}
	for _, e := range h.Events() {
		w.noteStore(storeNews{Extended + StoreDeed(e.Kind), e.Store, e.Person, -1, uint64(e.N), false, false})
	}
}

// newsResults names what the story says of stores.
func (h *holdings) newsResults() (list []StoreNews) {
	for i := range h.news {
		n := &h.news[i]
		line := StoreNews{Deed: n.deed, Store: h.Stores[n.store].Name, N: n.n, Asked: n.asked, Others: n.others}
		if n.person >= 0 {
			line.Person = h.PersonName(n.person)
		}
		if n.by >= 0 {
			line.By = h.Principals[n.by].Name
		}
		if n.deed == Realised || n.deed == Found {
			line.By = h.Controllers[h.Stores[n.store].Controller]
		}
		list = append(list, line)
	}
	return list
}

func (n *storeNews) archive(a *snapshot.Archive, h *holdings) {
	snapshot.Int(a, &n.deed)
	snapshot.Int(a, &n.store)
	snapshot.Int(a, &n.person)
	snapshot.Int(a, &n.by)
	snapshot.Int(a, &n.n)
	snapshot.Bool(a, &n.asked)
	snapshot.Bool(a, &n.others)
	if n.deed > LostAll || n.store < 0 || int(n.store) >= len(h.Stores) || n.person >= h.People() || int(n.by) >= len(h.Principals) {
		a.Fail("the story tells %d of store %d, person %d and attacker %d", n.deed, n.store, n.person, n.by)
		*n = storeNews{}
	}
}
