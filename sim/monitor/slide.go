package monitor

import "github.com/harmproof/harmproof/sim/vtime"

// A piece is a value that holds from a time to another, both included.
type piece struct {
	from, to vtime.Time
	m        float64
	byQ      bool // of a since: q decides it
}

// A queue of pieces in order of time. What is taken from its front makes room
// when half of it is gone, so that each piece costs the same however many wait.
type queue struct {
	all  []piece
	head int
}

// maxPieces bounds a queue. Beyond it the newest pieces are merged, with the
// more demanding value: the margin may then come out too small.
const maxPieces = 1 << 15

func (q *queue) pieces() []piece { return q.all[q.head:] }

func (q *queue) back() *piece { return &q.all[len(q.all)-1] }

func (q *queue) push(p piece) { q.all = append(q.all, p) }

func (q *queue) dropBack() { q.all = q.all[:len(q.all)-1] }

func (q *queue) dropFront() {
	if q.head++; 2*q.head >= len(q.all) {
		q.all = append(q.all[:0], q.all[q.head:]...)
		q.head = 0
	}
}

// A slide turns a function of time into its greatest (sign 1) or least (sign -1)
// value over [t, t+span], as a function of t. It hears and tells pieces.
type slide struct {
	sign  float64
	span  vtime.Duration
	queue queue      // each piece beats all that follow
	next  vtime.Time // the first t that has not been told
}

// add hears that the function is m from a time on, and tells what that decides.
func (s *slide) add(from vtime.Time, m float64, told []piece) []piece {
	told = s.end(from-1, told)
	for len(s.queue.pieces()) > 0 && s.sign*s.queue.back().m <= s.sign*m {
		s.queue.dropBack()
	}
	if len(s.queue.pieces()) >= maxPieces {
		if s.sign < 0 {
			s.queue.back().to = vtime.Never
			return told
		}
		s.queue.dropBack()
	}
	s.queue.push(piece{from: from, to: vtime.Never, m: m})
	return told
}

// end hears until when the function is as it is, and tells all t whose window
// ends by then.
func (s *slide) end(at vtime.Time, told []piece) []piece {
	if len(s.queue.pieces()) == 0 {
		return told
	}
	b := s.queue.back()
	b.to = max(b.from, at)
	return s.tell(at.Add(-s.span), told)
}

// tell tells all t up to a last one.
func (s *slide) tell(last vtime.Time, told []piece) []piece {
	for s.next <= last {
		for s.queue.pieces()[0].to < s.next {
			s.queue.dropFront()
		}
		front := s.queue.pieces()[0]
		end := min(last, front.to)
		told = append(told, piece{from: s.next, to: end, m: front.m})
		s.next = end + 1
	}
	return told
}
