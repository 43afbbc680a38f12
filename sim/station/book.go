package station

import (
	"github.com/harmproof/harmproof/sim/quantile"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/tally"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Count is what became of the messages of a class. Offered is Limited, Dropped, Served and
// those who are still there.
type Count struct {
	Offered uint64 // that came
	Limited uint64 // of them, beyond what the bucket lets pass
	Dropped uint64 // for want of room
	Served  uint64
	Most    int             // that waited at once
	Wait    quantile.Sketch // of those whose service began
	Stay    quantile.Sketch // of those who were served
}

// A book is what a station counts.
type book struct {
	counts  []Count
	busy    []vtime.Duration // by server, of services that are over
	queued  uint64           // who wait, of all classes
	since   vtime.Time       // up to when the sums go
	present tally.Sum        // messages times nanoseconds
	waited  tally.Sum
}

func newBook(servers, classes int) book {
	return book{counts: make([]Count, classes), busy: make([]vtime.Duration, servers)}
}

// sum goes on to now with so many in service.
func (b *book) sum(now vtime.Time, serving uint64) {
	d := uint64(now - b.since)
	b.since = now
	b.present.AddTimes(serving+b.queued, d)
	b.waited.AddTimes(b.queued, d)
}

// Count returns what became of the messages of a class, to read from.
func (s *Station) Count(class int) *Count { return &s.counts[class] }

// Present returns how many messages are there.
func (s *Station) Present() int { return len(s.serving) + int(s.queued) }

// Waiting returns how many messages of a class wait.
func (s *Station) Waiting(class int) int { return s.lines[class].n }

// Classes returns how many classes there are.
func (s *Station) Classes() int { return len(s.counts) }

// Waits returns how many messages wait, of all classes.
func (s *Station) Waits() int { return int(s.queued) }

// Turned returns how many messages were turned away, of all classes.
func (s *Station) Turned() (n uint64) {
	for i := range s.counts {
		n += s.counts[i].Dropped + s.counts[i].Limited
	}
	return n
}

// Each goes over all messages that are there.
func (s *Station) Each(do func(m Message)) {
	for i := range s.serving {
		do(s.serving[i].Message)
	}
	for i := range s.lines {
		for k := range s.lines[i].n {
			do(s.lines[i].at(k).Message)
		}
	}
}

// Oldest returns how long who came first of those who wait has waited, 0 if nobody does.
func (s *Station) Oldest(now vtime.Time) vtime.Duration {
	longest := vtime.Duration(0)
	for i := range s.lines {
		if l := &s.lines[i]; l.n > 0 {
			longest = max(longest, now.Sub(l.at(0).arrived))
		}
	}
	return longest
}

// Sums returns the number of messages there, and of those who wait, summed over the time up to
// now in message-nanoseconds. Divided by the time they are L and Lq.
func (s *Station) Sums(now vtime.Time) (present, waiting tally.Sum) {
	b := s.book
	b.sum(now, uint64(len(s.serving)))
	return b.present, b.waited
}

// Busy returns how long a server has worked up to now.
func (s *Station) Busy(server int, now vtime.Time) vtime.Duration {
	d := s.busy[server]
	for i := range s.serving {
		if j := &s.serving[i]; int(j.server) == server {
			d += now.Sub(j.began)
		}
	}
	return d
}

// Utilisation returns the share of the time up to now that the servers worked.
func (s *Station) Utilisation(now vtime.Time) float64 {
	if now <= 0 {
		return 0
	}
	present, waiting := s.Sums(now)
	return float64((present.Float64() - waiting.Float64()) / float64(now) / float64(s.model.Servers))
}

func (c *Count) archive(a *snapshot.Archive) {
	snapshot.Int(a, &c.Offered)
	snapshot.Int(a, &c.Limited)
	snapshot.Int(a, &c.Dropped)
	snapshot.Int(a, &c.Served)
	snapshot.Int(a, &c.Most)
	c.Wait.Archive(a)
	c.Stay.Archive(a)
}

func (b *book) archive(a *snapshot.Archive) {
	snapshot.Column(a, b.counts, func(a *snapshot.Archive, c *Count) { c.archive(a) })
	snapshot.Column(a, b.busy, snapshot.Int)
	snapshot.Int(a, &b.since)
	b.present.Archive(a)
	b.waited.Archive(a)
}
