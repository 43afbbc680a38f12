package logbook

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// naive is the definition: a hash of the hash before and of the record's fields.
func naive(t require.TestingT, before []byte, r Record) []byte {
	var b bytes.Buffer
	b.Write(before)
	e := r.Entry
	for _, x := range []any{
		r.Number, e.At, e.Value, e.Device, e.Claimed, e.Rule, e.Object, r.From.Number, r.From.Log, r.From.Member, e.Kind, e.Verified,
	} {
		require.NoError(t, binary.Write(&b, binary.LittleEndian, x))
	}
	sum := sha256.Sum256(b.Bytes())
	return sum[:]
}

// Every hash is that of the definition, of copies too, and whatever was overwritten.
func TestChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keep := rapid.IntRange(1, 7).Draw(t, "keep")
		l := signed(keep, 3)
		l.Members = 2
		s := New(remote(l, keep))
		before := map[string][]byte{}
		for _, name := range []string{"plc[0]", "plc[1]", "historian"} {
			sum := sha256.Sum256([]byte(name))
			before[name] = sum[:]
		}
		for range rapid.IntRange(1, 30).Draw(t, "entries") {
			member := int32(rapid.IntRange(0, 1).Draw(t, "member"))
			s.Append(0, member, drawEntry(t))
			check := func(name string, log, member int32) {
				r, h := s.Record(log, member, s.Kept(log, member)-1)
				before[name] = naive(t, before[name], r)
				require.Equal(t, before[name], h[:])
			}
			check(fmt.Sprintf("plc[%d]", member), 0, member)
			check("historian", 1, 0)
		}
	})
}

// Whatever bit of a record is changed, the chain says which record it is of.
func TestAnyBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "entries")
		s := kept(n, rapid.SampledFrom([]Log{chained(8), signed(8, 1), signed(8, 3)}).Draw(t, "log"))
		b := &s.books[0]
		require.True(t, evidence(s).Intact)
		i := rapid.IntRange(0, b.n-1).Draw(t, "record")
		r := &b.records[b.slot(i)]
		was := *r
		bit := rapid.IntRange(0, 8*width-8).Draw(t, "bit")
		flip(t, r, bit)
		require.NotEqual(t, naive(t, nil, was), naive(t, nil, *r))
		found := evidence(s)
		require.False(t, found.Intact)
		if bit >= 64 { // not of the number, which says what record it is
			require.Equal(t, was.Number, found.Breaks)
		}
		require.Equal(t, Doubted, standings(s)[i])
	})
}

// flip changes one bit of a record, by its bytes.
func flip(t require.TestingT, r *Record, bit int) {
	var b [width]byte
	put(b[:], r)
	b[bit/8] ^= 1 << (bit % 8)
	e := &r.Entry
	from := bytes.NewReader(b[:])
	for _, x := range []any{
		&r.Number, &e.At, &e.Value, &e.Device, &e.Claimed, &e.Rule, &e.Object, &r.From.Number, &r.From.Log, &r.From.Member, &e.Kind, &e.Verified,
	} {
		require.NoError(t, binary.Read(from, binary.LittleEndian, x))
	}
}

// Whatever bit of a hash is changed is found at its record, or at the next one.
func TestAnyBitOfAHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := kept(6, chained(8))
		i, bit := rapid.IntRange(0, 5).Draw(t, "record"), rapid.IntRange(0, 255).Draw(t, "bit")
		s.books[0].hashes[i][bit/8] ^= 1 << (bit % 8)
		found := evidence(s)
		require.False(t, found.Intact)
		require.Equal(t, uint64(i), found.Breaks)
	})
}

// Nobody is accused who did nothing: what nobody meddles with shows nothing.
func TestHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		logs := drawLogs(t)
		require.NoError(t, Check(logs))
		s := New(logs)
		for range rapid.IntRange(0, 60).Draw(t, "ops") {
			drawOp(t, logs, true)(s)
		}
		v := s.Survey()
		s.each(func(l *Log, i, member int) {
			e := v.evidence[i]
			require.False(t, e.Shows(), "%+v", e)
			require.Equal(t, e.Written, uint64(e.Kept)+e.Overwritten)
			v.Each(l.Device, int32(member), func(f Finding) {
				require.Greater(t, f.Standing, Doubted)
			})
		})
	})
}
