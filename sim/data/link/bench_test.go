package link

import (
	"testing"

	"github.com/harmproof/harmproof/sim/rng"
)

// town has 12 stores of 8 attributes, three of them traits, about 5000 people.
func town(b *testing.B) (*Linker, [][]uint64) {
	m := Model{People: 5000, Domains: []string{"meter", "account", "phone"}}
	for i, kinds := range []float64{0, 2, 80, 40, 0, 0, 0, 0} {
		a := Attribute{Name: string(rune('a' + i)), Identifies: i == 0}
		if kinds > 0 {
			a.Levels = [][]int32{make([]int32, m.People)}
			for p := range a.Levels[0] {
				a.Levels[0][p] = int32(kinds * rng.Key(i).Float64(uint64(p)))
			}
		}
		m.Attributes = append(m.Attributes, a)
	}
	for i := range 12 {
		s := Store{Name: string(rune('A' + i))}
		if i%3 == 0 {
			s.Keys = []int32{int32(i / 3 % 3)}
		}
		m.Stores = append(m.Stores, s)
	}
	m.Rules = []Rule{
		{From: []Premise{{Attribute: 4}}, Gives: 5, Most: 0.9},
		{From: []Premise{{Attribute: 5}, {Attribute: 6}}, Gives: 7, Most: 0.8},
	}
	l, err := New(m)
	if err != nil {
		b.Fatal(err)
	}
	key := rng.New(1, "records", "")
	for s := range int32(12) {
		for p := range m.People {
			l.Put(s, p, key.Uint64(uint64(s*m.People+p))&255)
		}
	}
	reads := make([][]uint64, 6)
	for who := range reads {
		for s := range uint64(12) {
			reads[who] = append(reads[who], key.Member(9).Uint64(uint64(who)*12+s)&255|Record)
		}
	}
	return l, reads
}

// What six principals can learn about each of 5000 people from 12 stores.
func BenchmarkTown(b *testing.B) {
	l, reads := town(b)
	var sure []float64
	for _, r := range reads {
		sure = l.Learn(r, 0, sure)
	}
	b.ReportAllocs()
	for b.Loop() {
		for p := range l.m.People {
			for _, r := range reads {
				sure = l.Learn(r, p, sure)
			}
		}
	}
}
