package logbook

import "github.com/harmproof/harmproof/sim/vtime"

// Books are the logs of one run.
type Books struct {
	logs  []Log
	at    []int // the first book of each log
	books []book
}

// New returns empty books. Check has nothing against the logs.
func New(logs []Log) *Books {
	s := &Books{logs: logs, at: make([]int, len(logs))}
	total := 0
	for i := range logs {
		s.at[i] = total
		total += logs[i].Members
	}
	s.books = make([]book, total)
	for i := range logs {
		for member := range logs[i].Members {
			b := &s.books[s.at[i]+member]
			b.meddled = vtime.Never
			b.begin(&logs[i], member)
		}
	}
	return s
}

// begin makes an empty book look new. A signer's own memory of it is not in it.
func (b *book) begin(l *Log, member int) {
	if l.chained() {
		b.base = First(l.called(member))
	}
	b.head = b.base
	if b.written == 0 {
		b.own = b.base
	}
}

func (s *Books) book(log, member int32) (*Log, *book) {
	return &s.logs[log], &s.books[s.at[log]+int(member)]
}

// Append writes what a device has to say, and its copy.
func (s *Books) Append(log, member int32, e Entry) {
	l, b := s.book(log, member)
	number := b.append(l, &e, Origin{Log: None})
	if l.Remote != None {
		remote, copies := s.book(l.Remote, 0)
		copies.append(remote, &e, Origin{log, member, number})
	}
}

// Kept returns how many records are left.
func (s *Books) Kept(log, member int32) int {
	_, b := s.book(log, member)
	return b.n
}

// Record returns the i-th of the records that are left, the oldest first, and its
// hash, which is zero if the log is not chained.
func (s *Books) Record(log, member int32, i int) (r Record, h Hash) {
	l, b := s.book(log, member)
	i = b.slot(i)
	if l.chained() {
		h = b.hashes[i]
	}
	return b.records[i], h
}
