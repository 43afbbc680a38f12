package data

import (
	"slices"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Due is a request that a store has heard of and will do.
type Due struct {
	At     vtime.Time
	Right  Right
	Number float64 // of the person and the purpose, as Number makes it
	// Extends says by how much the person is told then that it takes longer; 0 where it is done then.
	Extends vtime.Duration
}

// maxPending is how many requests a store remembers that it has not done yet.
const maxPending = 1 << 16

// purposeUnit is what a purpose is multiplied by in the number of a request.
const purposeUnit = 1 << 24

// MaxPeople is how many people a model can have, so that their numbers fit into messages.
const MaxPeople = purposeUnit - 2

// Number is how a message names a person, and a purpose where that is one (-1: all).
func Number(person, purpose int32) float64 {
	return float64(person+1) + float64(float64(purpose+1)*purposeUnit)
}

// addresseeUnit is what a controller is multiplied by in the number of a request.
const addresseeUnit = 1 << 40

// MaxControllers is how many controllers a model can have, so that their numbers fit into messages.
const MaxControllers = 1<<13 - 2

// Addressed returns a Number that is meant for one controller alone; -1: for all.
func Addressed(number float64, to int32) float64 {
	return number + float64(float64(to+1)*addresseeUnit)
}

// Addressee returns for which controller a Number is meant, -1 where it is for all, and the Number
// without that.
func Addressee(number float64) (to int32, rest float64) {
	if !(number >= addresseeUnit && number < 1<<53) {
		return -1, number
	}
	n := int64(number)
	return int32(n/addresseeUnit) - 1, float64(n % addresseeUnit)
}

// Named reads a Number. What is none names person -1.
func Named(number float64) (person, purpose int32) {
	if _, number = Addressee(number); !(number >= 1 && number < addresseeUnit) {
		return -1, -1
	}
	_, number = OptOut.claim(number)
	n := int64(number)
	return int32(n%purposeUnit) - 1, int32(n/purposeUnit) - 1
}

// queue takes in a request, those that are due sooner first. Too many are refused.
func (s *State) queue(store int32, d Due) bool {
	q := s.pending[store]
	if len(q) >= maxPending {
		s.Refused++
		return false
	}
	at, _ := slices.BinarySearchFunc(q, d.At, func(e Due, t vtime.Time) int {
		if e.At <= t {
			return -1
		}
		return 1
	})
	s.pending[store] = slices.Insert(q, at, d)
	return true
}

// Hear notes a request that a message brought to a store, which takes it in when it looks.
// Several that come at once are all heard. A number of nothing asks for nothing.
func (s *State) Hear(store int32, right Right, number float64) {
	if number != 0 && len(s.heard[store]) < maxPending {
		s.heard[store] = append(s.heard[store], Due{Right: right, Number: number})
	}
}

// plead takes in what a store has heard of a right, and reports whether it heard anything. What is meant
// for another controller is none of its business. Where it extends the time it says so at told.
func (s *State) plead(store int32, right Right, due, told vtime.Time, extends vtime.Duration) bool {
	n := len(s.heard[store])
	s.heard[store] = slices.DeleteFunc(s.heard[store], func(d Due) bool {
		if d.Right != right {
			return false
		}
		to, number := Addressee(d.Number)
		switch {
		case to >= 0 && int(to) >= len(s.Controllers):
			s.Forged++
		case to < 0 || to == s.Stores[store].Controller:
			s.queue(store, Due{At: due, Right: right, Number: number})
			if extends > 0 {
				s.queue(store, Due{At: told, Right: right, Number: number, Extends: extends})
			}
		}
		return true
	})
	return len(s.heard[store]) < n
}

// next takes out a request that is due.
func (s *State) next(store int32, now vtime.Time) (d Due, ok bool) {
	q := s.pending[store]
	if len(q) == 0 || q[0].At > now {
		return d, false
	}
	d = q[0]
	s.pending[store] = slices.Delete(q, 0, 1)
	return d, true
}

// daysLeft returns in how many days a store is full if it grows on as in the last day. While that is
// less than a day ago it is as since the start, and never where what comes so in the time that it keeps
// things has room: it looks once a day what is too old, so that is a day more.
func (s *State) daysLeft(store int32, now vtime.Time, bytes float64) float64 {
	g, st := &s.growth[store], &s.Stores[store]
	came := s.cameBytes(store)
	if now >= g.at.Add(day) {
		days := float64(now.Sub(g.at).Seconds() / 86400)
		g.rate, g.inflow = (bytes-g.bytes)/days, (came-g.came)/days
		g.at, g.bytes, g.came, g.known = now, bytes, came, true
	}
	room, rate, inflow := st.Limit-bytes, g.rate, g.inflow
	if !g.known && now > 0 {
		days := float64(vtime.Duration(now).Seconds() / 86400)
		rate, inflow = (bytes-g.bytes)/days, (came-g.came)/days
	}
	fits := st.Keeps > 0 && g.start+float64(inflow*float64(st.Keeps.Seconds()/86400+1)) <= st.Limit
	switch {
	case room < s.largest(store):
		return 0
	case fits || rate <= 0 || room >= float64(rate*Forever):
		return Forever
	}
	return room / rate
}

// cameBytes returns how many bytes ever came to a store, what it had from the start included.
func (s *State) cameBytes(store int32) (bytes float64) {
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		bytes += float64(float64(s.peak[i]*s.stands(i)) * s.Shelves[i].Bytes)
	}
	return bytes
}

// largest returns how many bytes the largest of the items of a store has.
func (s *State) largest(store int32) (bytes float64) {
	st := &s.Stores[store]
	for i := st.First; i < st.First+st.Count; i++ {
		bytes = max(bytes, float64(s.Shelves[i].Bytes*float64(s.stands(i))))
	}
	return bytes
}

const day = 24 * vtime.Hour

// growth is how fast a store grows.
type growth struct {
	at     vtime.Time // when it was last looked at
	bytes  float64    // that it held then
	came   float64    // bytes that had ever come by then
	rate   float64    // bytes a day by which it grew, in the day before
	inflow float64    // bytes a day that came, in the day before
	known  bool       // there was one
	start  float64    // bytes that it held from the start, which it keeps
}
