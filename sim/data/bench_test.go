package data

import (
	"testing"

	"github.com/harmproof/harmproof/sim/vtime"
)

// homes is so many homes whose meters tell every five minutes, copied once a day.
func homes(people int32) *Model {
	m := &Model{
		Populations: []Population{{Name: "home", Count: people}},
		Attributes: []Attribute{
			{Name: "name", Kind: Identifier, Trait: true}, {Name: "postcode", Kind: Quasi, Trait: true, Values: people/50 + 1}, {Name: "age", Kind: Quasi, Trait: true, Values: 80},
			{Name: "load"}, {Name: "occupancy", Kind: Sensitive}, {Name: "ill", Kind: Sensitive, Trait: true, Values: 2},
		},
		Stores: []Store{
			{Name: "utility", Key: "meter", Keeps: 60 * day, First: 0, Count: 2}, {Name: "cloud", Keeps: 20 * day, Key: "meter", First: 2, Count: 1},
			{Name: "crm", Key: "meter", First: 3, Count: 3}, {Name: "clinic", First: 6, Count: 3},
		},
		Shelves: []Shelf{
			{Store: 0, Attribute: 3, Fine: 5 * vtime.Minute, Bytes: 16, Purpose: -1}, {Store: 0, Attribute: 4, Fine: vtime.Hour, Bytes: 16, Purpose: -1},
			{Store: 1, Attribute: 3, Fine: vtime.Hour, Bytes: 16, Purpose: -1},
			{Store: 2, Attribute: 0, Share: 1, Purpose: -1}, {Store: 2, Attribute: 1, Share: 1, Purpose: -1}, {Store: 2, Attribute: 2, Share: 1, Purpose: -1},
			{Store: 3, Attribute: 1, Share: 1, Purpose: -1}, {Store: 3, Attribute: 2, Share: 1, Purpose: -1}, {Store: 3, Attribute: 5, Share: 1, Purpose: -1},
		},
		Intakes: []Intake{
			{Kind: Collected, Shelf: 0, Person: -1}, {Kind: Derived, Shelf: 1, From: []int32{0}, Person: -1, Accuracy: 0.85},
			{Kind: Copied, Shelf: 2, From: []int32{0}, Person: -1},
		},
	}
	all := Principal{Name: "all", Intruder: -1}
	for i := range m.Shelves {
		all.Reads.Put(int32(i), true)
	}
	m.Principals = []Principal{all, {Name: "utility", Reads: Set{0b111}, Intruder: -1}, {Name: "thief", Intruder: 0}}
	return m
}

// An item that comes in time.
func BenchmarkCollect(b *testing.B) {
	const people = 5000
	s, err := New(homes(people), 1)
	if err != nil {
		b.Fatal(err)
	}
	now := vtime.Time(0)
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		if i%people == 0 {
			now = now.Add(5 * vtime.Minute)
		}
		s.Collect(0, i%people, now)
	}
}

// A day's copy of all, coarser, and what is inferred of it.
func BenchmarkCopy(b *testing.B) {
	const people = 5000
	s, err := New(homes(people), 1)
	if err != nil {
		b.Fatal(err)
	}
	now := vtime.Time(0)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		for range 288 {
			now = now.Add(5 * vtime.Minute)
			for k := range people {
				s.Collect(0, k, now)
			}
		}
		b.StartTimer()
		s.Copy(2, 0, now)
		s.Advance(now)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/people, "ns/person")
}

// What three can learn of four attributes of all 5000, of all stores, asked anew from nothing.
func BenchmarkLearn(b *testing.B) {
	const people = 5000
	m := homes(people)
	for who := range int32(3) {
		for _, a := range []int32{1, 3, 4, 5} {
			m.Questions = append(m.Questions, Question{Kind: Confidence, Principal: who, Attribute: a, Count: people})
		}
	}
	for range b.N {
		s, err := New(m, 1)
		if err != nil {
			b.Fatal(err)
		}
		now := vtime.Time(0)
		s.Refresh(func(int, int, float64) {})
		for range 30 {
			now = now.Add(day)
			for k := range people {
				s.Collect(0, k, now)
			}
			s.Copy(2, 0, now)
			s.Advance(now)
			s.Steal(2, 3, now)
			s.Refresh(func(int, int, float64) {})
		}
	}
}

// One person after another is forgotten, and all that is asked is kept up to date.
func BenchmarkForget(b *testing.B) {
	const people = 5000
	m := homes(people)
	m.Questions = []Question{
		{Kind: KeptAfterErasure}, {Kind: HoldersOf, Count: people}, {Kind: Confidence, Attribute: 4, Count: people},
	}
	s, err := New(m, 1)
	if err != nil {
		b.Fatal(err)
	}
	now := vtime.Time(0)
	for k := range people {
		s.Collect(0, k, now)
	}
	s.Copy(2, 0, now)
	s.Refresh(func(int, int, float64) {})
	b.ResetTimer()
	for i := range b.N {
		person := int32(i % people)
		s.Ask(person, Erasure, -1, now)
		s.Erase(0, person, now)
		s.Erase(1, person, now)
		s.Refresh(func(int, int, float64) {})
	}
}
