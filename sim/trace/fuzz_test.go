package trace

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/vtime"
)

// small returns a trace with something of everything.
func small(t testing.TB) []byte {
	h := &Header{
		Tool: "of a test", Scenario: "small", Run: 1000, Devices: []Device{{ID: "a", Count: 2}, {ID: "b", Count: 1}},
		Kinds:   []Kind{{Name: "x", Type: "number"}, {Name: "y", Type: "number", Continuous: true}},
		Signals: []Signal{{0, 0, 2}, {1, 1, 1}}, Flows: []Flow{{From: 0, To: 1, Claims: -1, Members: 2, Step: -1}}, Steps: []Step{{Name: "s"}},
		Malware: []Malware{{Name: "worm", Ways: []string{"mail"}, Hosts: []Host{{Name: "a", Count: 2, Cell: 0, On: 0}}}},
	}
	var out bytes.Buffer
	w, err := NewWriter(&out, h, []File{{"small.yaml", []byte("scenario: small")}})
	require.NoError(t, err)
	w.Begin([]float64{0, 1, 2})
	for k := range vtime.Time(300) {
		w.Change(k, int32(k%2), float64(k%7)/8)
		w.Passed(w.Lane(0, int(k%2), k%3 == 0), k, 5)
		if k%50 == 49 {
			w.Course(2, &Course{k - 49, k, Curve{k - 49, k + 1, 2, 1, 0.5, float64(k), 0, 3}})
			w.Message(&Message{Member: 1, Sent: k - 3, Ended: k, Fate: Refused, Changed: 0, Held: -1, Values: []float64{1}})
			w.Event(&Event{At: k, Kind: Decided, Index: -1, Decision: &Decision{Device: "a", Flow: 0, Offered: math.NaN()}})
			w.Event(&Event{At: k, Kind: StepApplied, Values: []float64{1, 2}})
			w.Event(&Event{At: k, Kind: Infected, Infection: &Infection{Member: 1, From: -1, FromMember: -1}})
			w.Page(k)
		}
	}
	require.NoError(t, w.Close(&Result{AsExpected: true}, End{At: 300, Complete: true}))
	return out.Bytes()
}

// A file, whatever is in it, is read or refused, never more.
func FuzzOpen(f *testing.F) {
	file := small(f)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add(file[:len(file)-20])
	f.Fuzz(func(t *testing.T, b []byte) { readAll(t, b) })
}

// readAll reads all that there is of a file, and recovers it.
func readAll(t *testing.T, b []byte) {
	x, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return
	}
	const few = 1000 // of what a row stands for
	_, _ = x.At(100)
	n := 0
	for range x.Messages(0, vtime.Never) {
		if n++; n > few {
			break
		}
	}
	for e := range x.Events(0, vtime.Never) {
		if e.Infection != nil {
			_ = x.Infected(&e)
		}
		if n++; n > few {
			break
		}
	}
	if x.Cells() > 0 {
		for range x.Changes(0, 0, vtime.Never) {
			if n++; n > few {
				break
			}
		}
		_, _ = x.Cell(x.Path(0))
		_ = x.Rows([]int{0}, 0, func(vtime.Time, []float64) error { return nil })
		_ = x.Values([]int{0}, 0, func(vtime.Time, int, float64) error { return nil })
	}
	var out bytes.Buffer
	if _, err := x.Recover(&out); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil {
		t.Fatalf("what was recovered cannot be read: %v", err)
	}
}

// messagesIn are the messages of a trace, chunk by chunk: a byte for the channel, 0 where
// a chunk ends, two for how long each is.
func messagesIn(t testing.TB, file []byte) (b []byte) {
	r, err := container.Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	for i := range r.Chunks {
		require.NoError(t, r.Each(i, func(m container.Message) error {
			b = append(append(b, byte(m.Channel), byte(len(m.Data)), byte(len(m.Data)>>8)), m.Data...)
			return nil
		}))
		b = append(b, 0)
	}
	return b
}

// A file whose checksums are right, but that nobody meant well, is read or refused: with
// any messages, and channels that a trace has not.
func FuzzMessages(f *testing.F) {
	f.Add(messagesIn(f, small(f)))
	f.Fuzz(func(t *testing.T, b []byte) {
		var out bytes.Buffer
		list := append(channels(), container.Channel{Topic: "/other"}, container.Channel{Topic: "/more"})
		w, err := container.NewWriter(&out, container.Options{Profile: profile, Metadata: map[string]string{"format": strconv.Itoa(Format)}, Channels: list})
		require.NoError(t, err)
		for at := uint64(0); len(b) >= 3; at++ {
			if b[0] == 0 {
				require.NoError(t, w.Flush())
				b = b[1:]
				continue
			}
			channel, n := 1+(int(b[0])-1)%len(list), int(b[1])|int(b[2])<<8
			n = min(n, len(b)-3)
			w.Add(uint16(channel), at, b[3:3+n])
			b = b[3+n:]
		}
		require.NoError(t, w.Close())
		readAll(t, out.Bytes())
	})
}

// Blocks, whatever is in them, are read or refused.
func FuzzBlock(f *testing.F) {
	c := newChanges(9)
	for k := range vtime.Time(40) {
		c.add(k/2, int32(k%9), math.Sqrt(float64(k)))
	}
	f.Add(uint8(0), c.encode(nil, func(int32, []vtime.Time, []int32, []float64) {}))
	l := newCourses(9)
	l.add(3, &Course{1, 2, Curve{0, 4, 1, 2, 3, 4, 5, 6}})
	f.Add(uint8(1), l.encode(nil, func(int32, *Course) {}))
	h := &Header{Flows: []Flow{{Members: 4}}, Steps: make([]Step, 3)}
	m := newMessages(h)
	m.pass(3, 5, 6)
	m.pass(3, 7, 6)
	m.endAll()
	f.Add(uint8(2), m.encode(nil))
	e := newEvents()
	e.add(&Event{At: 7, Kind: Decided, Decision: &Decision{Check: "x"}})
	f.Add(uint8(3), e.encode(nil))
	o := newOverview(&Header{Run: 100}, 9)
	o.see(3, 2, 1, 2, 1)
	f.Add(uint8(4), o.encode(nil))
	f.Add(uint8(5), appendBits(binary.AppendUvarint(nil, 9), make([]float64, 9)))
	f.Fuzz(func(t *testing.T, sort uint8, b []byte) {
		in := input{b: b}
		switch sort % 6 {
		case 0:
			k := in.changes(9)
			for i := range k.columns {
				if in.err == nil {
					k.at(&k.columns[i], 10)
				}
			}
		case 1:
			in.courses(9, func(_ int32, x *Course) { x.At(x.To) })
		case 2:
			in.messages(h, 8)
		case 3:
			in.events(h, func(*Event) bool { return true })
		case 4:
			if o := in.overview(9); o != nil {
				o.Of(3)
			}
		case 5:
			in.keyframe(9)
		}
	})
}

// A column is read as it was written, in whichever way.
func FuzzColumn(f *testing.F) {
	for _, list := range [][]float64{{0, 1, 0, 1}, {3, -4, 1e9}, {0.1, 0.3, 12.7}, {0.001 * 3, 0.001 * 7}, {math.Pi, math.NaN(), math.Inf(-1)}, {math.Copysign(0, -1), 1}} {
		var b []byte
		for _, x := range list {
			b = appendFloat(b, x)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in := input{b: b}
		var list []float64
		for len(in.b) >= 8 && len(list) < 1000 {
			list = append(list, in.float())
		}
		if len(list) == 0 {
			return
		}
		written := input{b: new(columnist).column(nil, list)}
		got := make([]float64, len(list))
		written.column(got)
		if written.err != nil || len(written.b) > 0 {
			t.Fatalf("%v, and %d bytes are left", written.err, len(written.b))
		}
		for i := range list {
			if !same(got[i], list[i]) {
				t.Fatalf("number %d: %x instead of %x", i, got[i], list[i])
			}
		}
	})
}

// The small trace reads back as it was told.
func TestSmall(t *testing.T) {
	file := small(t)
	x, err := Open(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	require.NoError(t, x.Warning)
	values, err := x.At(120)
	require.NoError(t, err)
	course := Curve{100, 150, 2, 1, 0.5, 149, 0, 3}
	require.Equal(t, []float64{120 % 7 / 8.0, 119 % 7 / 8.0, course.At(120)}, values)
	messages, refused := 0, 0
	for m, err := range x.Messages(0, vtime.Never) {
		require.NoError(t, err)
		messages++
		if m.Fate == Refused {
			refused++
			require.Equal(t, []float64{1}, m.Values)
			require.Equal(t, 1, m.Member)
		}
	}
	require.Equal(t, 306, messages)
	require.Equal(t, 6, refused)
	lo, hi := x.Overview.Of(0)
	require.EqualValues(t, 0.5, lo[len(lo)-1])
	require.EqualValues(t, 0.75, hi[0])
	text, err := x.Text(0)
	require.NoError(t, err)
	require.Equal(t, "scenario: small", string(text))
}
