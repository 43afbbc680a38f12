package outbreak

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/snapshot"
)

func bytesOf(o *Outbreak) []byte {
	a := snapshot.New(1000)
	o.Archive(a)
	return a.Bytes()
}

// A run that is kept and taken up by another outbreak of the same model, whatever that did
// before, goes on as if it had not been stopped; so does the one that was kept.
func TestKeptAndTakenUpIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		s := drawStart(t, m)
		o, p, whole := s.of(t, m), New(m, s.seed), s.of(t, m)
		n := rapid.IntRange(0, 100).Draw(t, "instants")
		begin := story(o, n)
		kept := bytesOf(o)
		p.Start()
		story(p, rapid.IntRange(0, 20).Draw(t, "before"))
		a := snapshot.Of(kept)
		p.Archive(a)
		a.Done()
		require.NoError(t, a.Err())
		require.Equal(t, kept, bytesOf(p))
		goesOn := story(p, 200)
		require.Equal(t, story(o, 200), goesOn)
		require.Equal(t, story(whole, n+200), append(begin, goesOn...))
		require.Equal(t, bytesOf(whole), bytesOf(p))
	})
}

// Whatever an archive holds, reading it never panics; nor does what follows where it could be
// read.
func TestDamagedArchives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomModel(t)
		o := drawStart(t, m).of(t, m)
		story(o, 20)
		kept := bytesOf(o)
		kept[rapid.IntRange(0, len(kept)-1).Draw(t, "place")] = rapid.Byte().Draw(t, "byte")
		a := snapshot.Of(kept)
		p := New(m, 1)
		p.Archive(a)
		if a.Done(); a.Err() == nil {
			for h := range p.hosts {
				p.Way(int32(h), 10)
			}
			story(p, 20)
			for h := range p.hosts {
				for _, l := range p.Way(int32(h), 10) {
					require.Less(t, int(l.Via.Vector()), len(m.Vectors))
					require.Less(t, int(l.Via.Contact()), len(m.Contacts))
				}
			}
		}
	})
}
