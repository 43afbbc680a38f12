package places

import (
	"testing"

	"github.com/harmproof/harmproof/sim/rng"
)

// month is 5000 people whose cell is known in each of 720 hours.
func month(b *testing.B) *Traces {
	w := NewTown(5000, 720)
	w.Seen = 1
	traces, err := w.Traces(rng.New(1, "town", ""))
	if err != nil {
		b.Fatal(err)
	}
	return traces
}

func BenchmarkIndexMonth(b *testing.B) {
	traces := month(b)
	for b.Loop() {
		traces.Index()
	}
}

func BenchmarkUnicityMonth(b *testing.B) {
	x := month(b).Index()
	for b.Loop() {
		x.Unicity(4, 1)
	}
}

// Everybody's month is sought among those of all.
func BenchmarkMatchMonth(b *testing.B) {
	traces := month(b)
	m := traces.Index().Matcher(0)
	for b.Loop() {
		for person := range traces.People() {
			m.Match(traces.Of(person))
		}
	}
}
