package snapshot

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

type inner struct {
	at  int64
	ok  bool
	pad uint8
}

func (x *inner) archive(a *Archive) {
	Int(a, &x.at)
	Bool(a, &x.ok)
	Int(a, &x.pad)
}

type outer struct {
	name  string
	level float64
	list  []inner
	fixed [3]float64
	raw   []byte
}

func (x *outer) archive(a *Archive) {
	String(a, &x.name)
	Float(a, &x.level)
	Slice(a, &x.list, func(a *Archive, x *inner) { x.archive(a) })
	Floats(a, x.fixed[:])
	Raw(a, &x.raw)
}

func draw(t *rapid.T) *outer {
	return &outer{
		name:  rapid.String().Draw(t, "name"),
		level: rapid.Float64().Draw(t, "level"),
		list: rapid.SliceOf(rapid.Custom(func(t *rapid.T) inner {
			return inner{rapid.Int64().Draw(t, "at"), rapid.Bool().Draw(t, "ok"), rapid.Uint8().Draw(t, "pad")}
		})).Draw(t, "list"),
		fixed: [3]float64{math.NaN(), math.Inf(-1), math.Copysign(0, -1)},
		raw:   rapid.SliceOf(rapid.Byte()).Draw(t, "raw"),
	}
}

func write(x *outer) []byte {
	a := New(0)
	x.archive(a)
	return a.Bytes()
}

// What is written is read again, to the same bytes.
func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := write(draw(t))
		var y outer
		a := Of(data)
		y.archive(a)
		a.Done()
		require.NoError(t, a.Err())
		require.Equal(t, data, write(&y))
	})
}

// An archive that is cut or changed is read without a panic, and one that is cut
// never without an error.
func TestDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := write(draw(t))
		cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
		a := Of(data[:cut])
		new(outer).archive(a)
		require.Error(t, a.Err())
		data[cut] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
		new(outer).archive(Of(data))
	})
}

func TestColumnOfAnotherLength(t *testing.T) {
	a := New(0)
	Floats(a, make([]float64, 3))
	b := Of(a.Bytes())
	Floats(b, make([]float64, 4))
	require.ErrorContains(t, b.Err(), "a column of 4 is of 3")
}

func TestRangeOfAnInt(t *testing.T) {
	a := New(0)
	x := int64(300)
	Int(a, &x)
	b := Of(a.Bytes())
	var y uint8
	Int(b, &y)
	require.ErrorContains(t, b.Err(), "out of its range")

	a, x = New(0), -5
	Int(a, &x)
	var z int32
	b = Of(a.Bytes())
	Int(b, &z)
	require.NoError(t, b.Err())
	require.Equal(t, int32(-5), z)
}

func TestLeftOver(t *testing.T) {
	a := Of(make([]byte, 16))
	var x int
	Int(a, &x)
	a.Done()
	require.ErrorContains(t, a.Err(), "8 bytes are left over")
}

func TestSeal(t *testing.T) {
	sealed := Seal("tower, seed 7", []byte("state"))
	archive, err := Open("tower, seed 7", sealed)
	require.NoError(t, err)
	require.Equal(t, "state", string(archive))

	_, err = Open("swat", sealed)
	require.ErrorContains(t, err, "the snapshot is of tower, seed 7, not of swat")
	_, err = Open("swat", []byte("scenario: x"))
	require.ErrorContains(t, err, "not a snapshot of harmproof")
	for i := range sealed {
		bad := append([]byte(nil), sealed...)
		bad[i] ^= 1
		_, err = Open("tower, seed 7", bad)
		require.Error(t, err, i)
		_, err = Open("tower, seed 7", sealed[:i])
		require.Error(t, err, i)
	}
}
