package outbreak

import "github.com/harmproof/harmproof/sim/vtime"

// A heap is a calendar of numbered entries, each with one pending time: an indexed
// heap of four branches, so that a time can be changed where it stands. Entries of one
// time come in the order of their numbers.
type heap struct {
	place []int32 // by entry: in order, or -1 where it is not pending
	order []due   // the times lie here, so that four branches are one line of the cache
}

// due is when an entry is.
type due struct {
	at    vtime.Time
	entry int32
}

func (d due) before(e due) bool { return d.at < e.at || d.at == e.at && d.entry < e.entry }

func (h *heap) init(n int) {
	h.place = make([]int32, n)
	for i := range h.place {
		h.place[i] = -1
	}
}

// least returns the earliest time.
func (h *heap) least() vtime.Time {
	if len(h.order) == 0 {
		return vtime.Never
	}
	return h.order[0].at
}

// time returns when an entry is due; Never where it is not pending.
func (h *heap) time(e int32) vtime.Time {
	if i := h.place[e]; i >= 0 {
		return h.order[i].at
	}
	return vtime.Never
}

// set gives an entry another time; Never takes it out.
func (h *heap) set(e int32, at vtime.Time) {
	i := int(h.place[e])
	switch {
	case at == vtime.Never && i < 0:
	case at == vtime.Never:
		h.remove(i)
	case i < 0:
		if len(h.order) == cap(h.order) {
			h.grow()
		}
		h.order = append(h.order, due{})
		h.up(len(h.order)-1, due{at, e})
	default:
		h.move(i, due{at, e})
	}
}

// grow makes room for as many again. Three places before the root stay empty: so the four
// branches of each entry are one line of the cache, and not parts of two.
func (h *heap) grow() {
	room := make([]due, 3, 2*len(h.order)+8)
	h.order = append(room, h.order...)[3:]
}

func (h *heap) remove(i int) {
	h.place[h.order[i].entry] = -1
	last := len(h.order) - 1
	d := h.order[last]
	h.order = h.order[:last]
	if i < last {
		h.move(i, d)
	}
}

// move puts what is due into the gap at i, or where it belongs from there.
func (h *heap) move(i int, d due) {
	if i > 0 && d.before(h.order[(i-1)/4]) {
		h.up(i, d)
	} else {
		h.down(i, d)
	}
}

// up fills the gap at i, or one nearer to the root.
func (h *heap) up(i int, d due) {
	for i > 0 {
		p := (i - 1) / 4
		if !d.before(h.order[p]) {
			break
		}
		h.put(i, h.order[p])
		i = p
	}
	h.put(i, d)
}

// down fills the gap at i, or one further from the root.
func (h *heap) down(i int, d due) {
	for {
		first := 4*i + 1
		if first >= len(h.order) {
			break
		}
		least := first
		for k := first + 1; k < min(first+4, len(h.order)); k++ {
			if h.order[k].before(h.order[least]) {
				least = k
			}
		}
		if !h.order[least].before(d) {
			break
		}
		h.put(i, h.order[least])
		i = least
	}
	h.put(i, d)
}

func (h *heap) put(i int, d due) {
	h.order[i] = d
	h.place[d.entry] = int32(i)
}
