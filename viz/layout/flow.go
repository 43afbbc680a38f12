package layout

import (
	"cmp"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
)

// A wire leads from one device, or zone, to another.
type wire struct {
	from, to, index int
	signal          bool // yes or no, or a position: it says something, and nothing flows
}

// wiresOf returns the wires of a header between devices that there are.
func wiresOf(h *trace.Header) (list []wire) {
	type named struct {
		device int
		signal string
	}
	number := map[named]bool{}
	for _, s := range h.Signals {
		if k := s.Kind(); k >= 0 && k < len(h.Kinds) {
			number[named{s.Device(), h.Kinds[k].Name}] = h.Kinds[k].Type == "number"
		}
	}
	n := len(h.Devices)
	for i, w := range h.Wires {
		if w.From >= 0 && w.To >= 0 && w.From < n && w.To < n && w.From != w.To {
			is, known := number[named{w.From, w.Signal}]
			list = append(list, wire{w.From, w.To, i, known && !is})
		}
	}
	return list
}

// A flow is the way of the material over the devices.
type flow struct {
	wires []wire  // one between two devices
	next  [][]int // by device: where it goes on
	layer []int   // by device: how many are before it at the most
	leaf  []bool  // by device: whether it reads others, and nothing but signals comes of it
	reads [][]int // by device: whom it reads, other than signals
	known map[[2]int]bool
	seen  []int
	round int
}

// A vessel holds what others bring and take away: a wire from them says that something
// flows, and not where to.
func vessel(d *trace.Device) bool { return d.Kind == "tank" || looks(d, "tank") }

// A sink takes away.
func sink(d *trace.Device) bool { return d.Kind == "demand" || looks(d, "load") }

func looks(d *trace.Device, like string) bool { return d.Look != nil && d.Look.Icon == like }

// newFlow directs the wires along the material, as far as that can be told. A wire leads
// from who has a value to who reads it. Mostly that is the way of the material too, but a
// tank reads those who draw from it.
func newFlow(h *trace.Header, raw []wire) *flow {
	n := len(h.Devices)
	f := &flow{
		next: make([][]int, n), layer: make([]int, n), leaf: make([]bool, n), reads: make([][]int, n),
		seen: make([]int, n), known: map[[2]int]bool{},
	}
	gives := make([]bool, n)
	var doubtful, signals []wire
	back := mutual(n, raw)
	for _, w := range raw {
		gives[w.from] = gives[w.from] || !w.signal
		switch {
		case w.signal:
			signals = append(signals, w)
		case sink(&h.Devices[w.from]):
			f.add(w.turned())
		case vessel(&h.Devices[w.to]):
			doubtful = append(doubtful, w)
		case !back(w) || vessel(&h.Devices[w.from]):
			f.add(w)
		}
	}
	for _, w := range raw {
		f.leaf[w.to] = !gives[w.to] && !vessel(&h.Devices[w.to])
		if !w.signal && f.leaf[w.to] && !slices.Contains(f.reads[w.to], w.from) && len(f.reads[w.to]) <= mostMeasured {
			f.reads[w.to] = append(f.reads[w.to], w.from)
		}
	}
	f.decide(n, doubtful)
	for _, w := range signals {
		f.tell(w, len(signals))
	}
	f.layers()
	return f
}

// turned returns a wire the other way round.
func (w wire) turned() wire {
	w.from, w.to = w.to, w.from
	return w
}

// pair is the two ends of a wire.
func (w wire) pair() [2]int { return [2]int{min(w.from, w.to), max(w.from, w.to)} }

// add adds a wire if it is the first between its devices.
func (f *flow) add(w wire) {
	if !f.known[w.pair()] {
		f.known[w.pair()] = true
		f.wires = append(f.wires, w)
		f.next[w.from] = append(f.next[w.from], w.to)
	}
}

// tell adds a wire of a signal. It says who stands before whom only where the material
// says nothing else.
func (f *flow) tell(w wire, of int) {
	if f.known[w.pair()] {
		return
	}
	f.known[w.pair()] = true
	f.wires = append(f.wires, w)
	if of > mostDoubtful || !f.reaches(w.to, w.from) {
		f.next[w.from] = append(f.next[w.from], w.to)
	}
}

// mutual returns a function that reports whether a wire leads from one of two that read
// each other to the one that more have to do with: a vessel, most likely.
func mutual(n int, raw []wire) func(wire) bool {
	there, partners := map[[2]int]bool{}, make([]int, n)
	for _, w := range raw {
		if key := [2]int{w.from, w.to}; !w.signal && !there[key] {
			there[key] = true
			partners[w.from]++
			partners[w.to]++
		}
	}
	return func(w wire) bool { return there[[2]int{w.to, w.from}] && partners[w.to] > partners[w.from] }
}

// mostDoubtful bounds how many wires are thought about.
const mostDoubtful = 600

// decide directs the wires into vessels: from the vessel where what it holds comes to the
// other end by another way, or goes on from there to another vessel.
func (f *flow) decide(n int, doubtful []wire) {
	of, givers := make([][]wire, n), []int(nil)
	for _, w := range doubtful {
		if f.known[w.pair()] {
			continue
		}
		if of[w.from] == nil {
			givers = append(givers, w.from)
		}
		of[w.from] = append(of[w.from], w)
	}
	for progress := len(doubtful) <= mostDoubtful; progress; {
		progress = false
		for _, g := range givers {
			if f.draws(of[g]) {
				of[g], progress = nil, true
			}
		}
	}
	for _, g := range givers {
		for k, w := range of[g] {
			if k == 0 && len(of[g]) > 1 {
				w = w.turned()
			}
			f.add(w)
		}
	}
}

// draws directs the wires of one giver if one of them comes from a vessel for sure.
func (f *flow) draws(wires []wire) bool {
	from := make([]bool, len(wires))
	found := false
	for i, w := range wires {
		from[i] = f.reaches(w.to, w.from)
		for _, x := range wires {
			from[i] = from[i] || x.to != w.to && f.reaches(w.to, x.to)
		}
		found = found || from[i]
	}
	if !found {
		return false
	}
	for i, w := range wires {
		if from[i] {
			w = w.turned()
		}
		f.add(w)
	}
	return true
}

// reaches reports whether there is a way from one device to another.
func (f *flow) reaches(from, to int) bool {
	f.round++
	queue := []int{from}
	f.seen[from] = f.round
	for len(queue) > 0 {
		d := queue[0]
		queue = queue[1:]
		if d == to {
			return true
		}
		for _, x := range f.next[d] {
			if f.seen[x] != f.round {
				f.seen[x] = f.round
				queue = append(queue, x)
			}
		}
	}
	return false
}

// layers says how long the longest way to each device is. Where there are circles the
// wire that closes one is left out.
func (f *flow) layers() {
	order := f.sorted()
	rank := make([]int, len(order))
	for i, d := range order {
		rank[d] = i
	}
	fed := make([]bool, len(order))
	for _, d := range order {
		for _, x := range f.next[d] {
			if rank[x] > rank[d] {
				f.layer[x] = max(f.layer[x], f.layer[d]+1)
				fed[x] = true
			}
		}
	}
	for _, d := range order {
		if fed[d] {
			continue
		}
		nearest := len(order)
		for _, x := range f.next[d] {
			nearest = min(nearest, f.layer[x])
		}
		if nearest < len(order) {
			f.layer[d] = max(0, nearest-1)
		}
	}
}

// starts returns the devices in the order in which ways are begun: where nothing comes in
// first, then where the most goes out, which is where circles are cut.
func (f *flow) starts() []int {
	in, list := make([]int, len(f.next)), make([]int, len(f.next))
	for d := range f.next {
		list[d] = d
		for _, x := range f.next[d] {
			in[x]++
		}
	}
	slices.SortStableFunc(list, func(i, k int) int {
		return cmp.Or(cmp.Compare(min(in[i], 1), min(in[k], 1)), cmp.Compare(in[i]-len(f.next[i]), in[k]-len(f.next[k])))
	})
	return list
}

// sorted returns the devices such that only what closes a circle leads back.
func (f *flow) sorted() []int {
	n := len(f.next)
	order, at, entered := make([]int, n), make([]int, n), make([]bool, n)
	left := n
	for _, d := range f.starts() {
		if entered[d] {
			continue
		}
		entered[d] = true
		for stack := []int{d}; len(stack) > 0; {
			top := stack[len(stack)-1]
			if at[top] == len(f.next[top]) {
				stack = stack[:len(stack)-1]
				left--
				order[left] = top
				continue
			}
			x := f.next[top][at[top]]
			at[top]++
			if !entered[x] {
				entered[x] = true
				stack = append(stack, x)
			}
		}
	}
	return order
}
