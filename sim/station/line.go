package station

import (
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A job is a message in a station.
type job struct {
	Message
	arrived, began, leaves vtime.Time
	order                  uint64 // in which service began
	server                 int32
}

func (j *job) archive(a *snapshot.Archive) {
	snapshot.Int(a, &j.ID)
	snapshot.Int(a, &j.Size)
	snapshot.Int(a, &j.Class)
	snapshot.Int(a, &j.Tag)
	snapshot.Int(a, &j.arrived)
	snapshot.Int(a, &j.began)
	snapshot.Int(a, &j.leaves)
	snapshot.Int(a, &j.order)
	snapshot.Int(a, &j.server)
}

// A line is who waits, in the order of arrival: a ring whose length is a power of two.
type line struct {
	ring    []job
	head, n int
	bytes   int // of all of them
}

func (l *line) at(i int) *job { return &l.ring[(l.head+i)&(len(l.ring)-1)] }

func (l *line) push(j job) {
	if l.n == len(l.ring) {
		wider := make([]job, max(8, 2*l.n))
		for i := range l.n {
			wider[i] = *l.at(i)
		}
		l.ring, l.head = wider, 0
	}
	l.n++
	*l.at(l.n - 1) = j
	l.bytes += int(j.Size)
}

func (l *line) pop() job {
	j := *l.at(0)
	l.head, l.n = (l.head+1)&(len(l.ring)-1), l.n-1
	l.bytes -= int(j.Size)
	return j
}

func (l *line) archive(a *snapshot.Archive) {
	n := a.Len(l.n, 64)
	if a.Reading() {
		*l = line{}
	}
	for i := range n {
		if a.Reading() {
			l.push(job{})
		}
		if l.at(i).archive(a); a.Reading() {
			l.bytes += int(l.at(i).Size)
		}
	}
}

// agenda is who is being served, as a heap by when they leave.
type agenda []job

// before is the order of leaving: of those who do at once, who began first.
func (g agenda) before(i, k int) bool {
	return g[i].leaves < g[k].leaves || g[i].leaves == g[k].leaves && g[i].order < g[k].order
}

func (g *agenda) push(j job) {
	*g = append(*g, j)
	h := *g
	for i := len(h) - 1; i > 0; {
		up := (i - 1) / 2
		if !h.before(i, up) {
			return
		}
		h[i], h[up] = h[up], h[i]
		i = up
	}
}

func (g *agenda) pop() job {
	h := *g
	first, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	*g = h
	for i := 0; ; {
		least := i
		for k := 2*i + 1; k <= 2*i+2 && k < len(h); k++ {
			if h.before(k, least) {
				least = k
			}
		}
		if least == i {
			return first
		}
		h[i], h[least] = h[least], h[i]
		i = least
	}
}
