package enip

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func unhex(t testing.TB, text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	require.NoError(t, err)
	return b
}

func path(t testing.TB, tag string) []byte {
	p, err := AppendTag(nil, tag)
	require.NoError(t, err)
	return p
}

// The examples of 1756-PM020: rate, CartonSize, and two tags in one message.
func TestExamplesOfTheManual(t *testing.T) {
	for text, want := range map[string]Request{
		"4C 03 91 04 72617465 0100":                           {ReadTag, path(t, "rate"), AppendRead(nil, 1)},
		"4D 06 91 0A 436172746F6E53697A65 C400 0100 0E000000": {WriteTag, path(t, "CartonSize"), AppendWrite(nil, Dint, 14)},
		"0A 02 20 02 24 01 0200 0600 1200 4C 04 91 05 7061727473 00 0100 4C 07 91 0B 436F6E74726F6C576F7264 00 0100": {
			Multiple, AppendObject(nil, ClassRouter, 1), join(t,
				append(append([]byte{0x4C, 4}, path(t, "parts")...), 1, 0), append(append([]byte{0x4C, 7}, path(t, "ControlWord")...), 1, 0))},
	} {
		b, err := want.Append(nil)
		require.NoError(t, err)
		require.Equal(t, unhex(t, text), b)
		got, err := DecodeRequest(b)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	r, err := DecodeResponse(unhex(t, "CC 00 00 00 C400 F6060000"))
	require.NoError(t, err)
	require.Equal(t, Response{Service: ReadTag, More: []byte{}, Data: AppendValues(nil, Dint, 1782)}, r)
	kind, values, err := Values(r.Data)
	require.NoError(t, err)
	require.Equal(t, Dint, kind)
	require.Equal(t, []float64{1782}, values)
	r, err = DecodeResponse(unhex(t, "CD 00 FF 01 0721"))
	require.NoError(t, err)
	require.Equal(t, Response{Service: WriteTag, Status: 0xFF, More: []byte{7, 0x21}, Data: []byte{}}, r)
}

func join(t testing.TB, messages ...[]byte) []byte {
	b, err := Join(nil, messages...)
	require.NoError(t, err)
	return b
}

func TestFrames(t *testing.T) {
	register := Frame{Command: RegisterSession, Context: 7, Data: AppendRegistration(nil)}
	b, err := register.Append(nil)
	require.NoError(t, err)
	require.Equal(t, unhex(t, "6500 0400 00000000 00000000 0700000000000000 00000000 0100 0000"), b)
	require.NoError(t, Registration(register.Data))
	message := unhex(t, "4C 03 91 04 72617465 0100")
	ask := Frame{Command: SendRRData, Session: 0x11223344, Data: AppendUnconnected(nil, message)}
	b, err = ask.Append(b)
	require.NoError(t, err)
	first, rest, err := DecodeFrame(b)
	require.NoError(t, err)
	require.Equal(t, register, first)
	second, rest, err := DecodeFrame(rest)
	require.NoError(t, err)
	require.Empty(t, rest)
	require.Equal(t, unhex(t, "00000000 0000 0200 0000 0000 B200 0A00 4C0391047261 74650100"), second.Data)
	got, err := Unconnected(second.Data)
	require.NoError(t, err)
	require.Equal(t, message, got)
	connection, number, got, err := Connected(AppendConnected(nil, 0xAABBCCDD, 5, message))
	require.NoError(t, err)
	require.Equal(t, uint32(0xAABBCCDD), connection)
	require.Equal(t, uint16(5), number)
	require.Equal(t, message, got)
	for n := range b[:28] {
		_, _, err := DecodeFrame(b[:n])
		require.ErrorIs(t, err, ErrShort)
	}
	for why, text := range map[string]string{
		"a command that is none": "0100 0000 00000000 00000000 0700000000000000 00000000",
		"options":                "6500 0000 00000000 00000000 0700000000000000 01000000",
		"longer than possible":   "6500 FFFF 00000000 00000000 0700000000000000 00000000",
	} {
		_, _, err := DecodeFrame(unhex(t, text))
		require.ErrorIs(t, err, ErrFrame, why)
	}
}

func TestIdentity(t *testing.T) {
	want := Identity{Address: [4]byte{10, 1, 0, 5}, Vendor: 1, Type: 14, Code: 55, Major: 32, Minor: 11, Status: 0x60, Serial: 0xC0FFEE, Name: "1756-L61/B", State: 3}
	b, err := want.Append(nil)
	require.NoError(t, err)
	got, err := DecodeIdentity(b)
	require.NoError(t, err)
	require.Equal(t, want, got)
	for n := range b {
		_, err := DecodeIdentity(b[:n])
		require.ErrorIs(t, err, ErrFrame)
	}
}

func TestPassage(t *testing.T) {
	for _, message := range []string{"4C 03 91 04 72617465 0100", "10 03 20 01 24 01 30 07 41"} {
		want := Passage{0x0A, 0x0E, unhex(t, message), []byte{1, 0}}
		b, err := want.Append(nil)
		require.NoError(t, err)
		got, err := DecodePassage(b)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestPaths(t *testing.T) {
	for tag, text := range map[string]string{
		"rate":                 "91 04 72617465",
		"A.B[3].C":             "91 01 41 00 91 01 42 00 28 03 91 01 43 00",
		"A[300]":               "91 01 41 00 29 00 2C01",
		"A[70000]":             "91 01 41 00 2A 00 70110100",
		"Program:Main.LIT101_": "91 0C 50726F6772616D3A4D61696E 91 07 4C49543130315F 00",
	} {
		require.Equal(t, unhex(t, text), path(t, tag))
		back, err := Tag(unhex(t, text))
		require.NoError(t, err)
		require.Equal(t, tag, back)
	}
	for _, bad := range []string{"", "a..b", "a[", "a[x]", "a[-1]", "a[1", strings.Repeat("a", 256), "a[5000000000]"} {
		_, err := AppendTag(nil, bad)
		require.ErrorIs(t, err, ErrMessage, bad)
	}
	for _, bad := range []string{"91", "91 00", "91 01 41", "91 01 41 42", "20", "21 00 05 00", "23 00", "40 01", "28 01"} {
		_, err := Tag(unhex(t, bad))
		require.ErrorIs(t, err, ErrMessage, bad)
	}
	object := AppendSegment(AppendObject(nil, 0x6B, 0x1234), Attribute, 1)
	require.Equal(t, unhex(t, "20 6B 25 00 3412 30 01"), object)
	parts, err := Segments(object)
	require.NoError(t, err)
	require.Equal(t, []Segment{{Part: Class, Number: 0x6B}, {Part: Instance, Number: 0x1234}, {Part: Attribute, Number: 1}}, parts)
}

// A value comes back as the nearest that its type holds.
func TestValues(t *testing.T) {
	require.Equal(t, unhex(t, "CA00 0100 0000C03F"), AppendWrite(nil, Real, 1.5))
	require.Equal(t, unhex(t, "CA00 0000C07F"), AppendValues(nil, Real, math.NaN()))
	require.Equal(t, unhex(t, "C400 FFFFFF7F 00000080 00000000"), AppendValues(nil, Dint, math.Inf(1), -1e300, math.NaN()))
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]Type{Bool, Sint, Int, Dint, Real}).Draw(t, "type")
		v := rapid.Float64().Draw(t, "value")
		_, got, err := Written(AppendWrite(nil, kind, v, v))
		require.NoError(t, err)
		want := v
		switch kind {
		case Bool:
			want = 1
			if v == 0 {
				want = 0
			}
		case Real:
			want = float64(float32(v))
		default:
			most := math.Ldexp(1, 8*kind.Size()-1)
			want = math.Round(math.Max(-most, math.Min(most-1, v)))
		}
		require.Equal(t, []float64{want + 0, want + 0}, got)
	})
	_, _, err := Written(unhex(t, "C400 0200 0E000000"))
	require.ErrorIs(t, err, ErrMessage)
	_, _, err = Values(unhex(t, "C400 0E0000"))
	require.ErrorIs(t, err, ErrMessage)
}

// What is decoded is the same bytes again, and nothing panics.
func FuzzDecode(f *testing.F) {
	frame, _ := Frame{Command: SendRRData, Data: AppendUnconnected(nil, unhex(f, "4C 03 91 04 72617465 0100"))}.Append(nil)
	identity, _ := (&Identity{Name: "plc"}).Append(nil)
	for _, b := range [][]byte{frame, identity, AppendUnconnected(nil, frame), AppendConnected(nil, 1, 2, frame), unhex(f, "CC 00 00 00 C400 F6060000"),
		unhex(f, "0A 02 20 02 24 01 0200 0600 1200 4C 04 91 05 7061727473 00 0100 4C 07 91 0B 436F6E74726F6C576F7264 00 0100"),
		AppendWrite(nil, Real, 1, 2), unhex(f, "0A 0E 0900 10 03 20 01 24 01 30 07 41 00 01 00 01 00"), unhex(f, "21 00 3412 26 00 78563412 91 01 41 00")} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if f, rest, err := DecodeFrame(b); err == nil {
			again, err := f.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, append(again, rest...))
		}
		if r, err := DecodeRequest(b); err == nil {
			again, err := r.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
			_, _ = Tag(r.Path)
		}
		if r, err := DecodeResponse(b); err == nil {
			again, err := r.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		if p, err := DecodePassage(b); err == nil {
			again, err := p.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		if d, err := DecodeIdentity(b); err == nil {
			again, err := d.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		fuzzParts(t, b)
	})
}

func fuzzParts(t *testing.T, b []byte) {
	if m, err := Unconnected(b); err == nil {
		require.Equal(t, b, AppendUnconnected(nil, m))
	}
	if c, n, m, err := Connected(b); err == nil {
		require.Equal(t, b, AppendConnected(nil, c, n, m))
	}
	if parts, err := Split(b); err == nil {
		require.Equal(t, b, join(t, parts...))
	}
	if parts, err := Segments(b); err == nil {
		again := []byte{}
		for _, s := range parts {
			if s.Part == Symbol {
				again = append(append(again, byte(Symbol), byte(len(s.Name))), s.Name...)
				again = append(again, make([]byte, len(s.Name)%2)...)
			} else {
				again = AppendSegment(again, s.Part, s.Number)
			}
		}
		require.True(t, bytes.Equal(b, again))
	}
	if kind, values, err := Written(b); err == nil && kind != Bool && kind != Real {
		require.Equal(t, b, AppendWrite(nil, kind, values...))
	}
	if kind, values, err := Values(b); err == nil && kind != Bool && kind != Real {
		require.Equal(t, b, AppendValues(nil, kind, values...))
	}
}
