package data

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/vtime"
)

// brokered is a broker that is told of so many people, of which so many stores are told.
func brokered(t require.TestingT, people int32, stores int) *State {
	m := &Model{
		Populations: []Population{{Name: "resident", Count: people}},
		Attributes:  []Attribute{{Name: "load"}},
		Stores:      []Store{{Name: "bus", Last: true, Count: 1}},
		Shelves:     []Shelf{{Purpose: -1, Fine: tick, Bytes: 16}},
		Intakes:     []Intake{{Person: -1}},
	}
	for i := range int32(stores) {
		m.Stores = append(m.Stores, Store{Name: "cloud", First: 1 + i, Count: 1})
		m.Shelves = append(m.Shelves, Shelf{Store: 1 + i, Purpose: -1, Fine: tick, Bytes: 16})
		m.Intakes = append(m.Intakes, Intake{Kind: Copied, Shelf: 1 + i, From: []int32{0}, Person: -1})
	}
	s, err := New(m, 1)
	require.NoError(t, err)
	return s
}

// Each store has exactly the items of the messages that came to it, in whatever order they came, once.
func TestMessagesBringWhatTheyCarry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const people, stores = 4, 3
		s := brokered(t, people, stores)
		type message struct {
			to   int32
			sent vtime.Time
			n    uint64
		}
		var post []message
		want := [stores + 1]uint64{}
		for hour := range vtime.Time(rapid.IntRange(1, 40).Draw(t, "hours")) {
			now, n := (hour+1)*vtime.Time(tick), uint64(0)
			for k := range people {
				if rapid.Bool().Draw(t, "tells") {
					s.Collect(0, k, now)
					n++
				}
			}
			for to := range int32(stores) {
				post = append(post, message{to + 1, now, n})
			}
			for len(post) > 0 && rapid.IntRange(0, 9).Draw(t, "goes") > 1 {
				i := rapid.IntRange(0, len(post)-1).Draw(t, "which")
				msg := post[i]
				post = append(post[:i], post[i+1:]...)
				if rapid.IntRange(0, 4).Draw(t, "lost") > 0 {
					s.Receive(msg.to, msg.sent, now)
					s.Receive(msg.to, msg.sent, now) // twice is as once
					want[msg.to] += msg.n
				}
			}
			for to := range int32(stores) {
				n, _ := s.Items(to + 1)
				require.Equal(t, want[to+1], n)
			}
		}
	})
}

// What all took, or will never have, is forgotten; what is late is not.
func TestWhatIsOnItsWayIsBounded(t *testing.T) {
	const all = 200_000
	s := brokered(t, 1, 2)
	for i := range vtime.Time(all) {
		s.Collect(0, 0, i)
		s.Receive(1, i, i)
		switch {
		case i%100 == 0:
			s.Receive(2, i, i)
		case i != 777:
			s.Stray(2, i)
		}
		require.LessOrEqual(t, s.Handed(0), 128)
	}
	s.Receive(2, 777, all)
	n, _ := s.Items(2)
	assert.EqualValues(t, all/100+1, n)
	n, _ = s.Items(1)
	assert.EqualValues(t, all, n)
}

// Who subscribes anew is told what is retained and they do not have, as it was then, also by a message that
// comes after a newer one.
func TestSubscribersAreToldWhatIsRetained(t *testing.T) {
	s := brokered(t, 3, 2)
	for k := range 3 {
		s.Collect(0, k, 10)
	}
	s.Receive(1, 10, 11)
	s.Collect(0, 0, 20) // lost, or late
	s.Subscribe(1, 30)
	s.Erase(0, 0, 31) // what was said is said
	s.Receive(1, 20, 32)
	n, _ := s.Items(1)
	assert.EqualValues(t, 3, n, "it comes with what is retained")
	s.Receive(1, 30, 33)
	n, _ = s.Items(1)
	assert.EqualValues(t, 4, n)
	s.Subscribe(2, 40)
	s.Receive(2, 40, 41)
	n, _ = s.Items(2)
	assert.EqualValues(t, 2, n, "one was erased meanwhile")
}
