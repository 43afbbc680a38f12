package record_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// everything reads all that there is of a trace.
func everything(x *trace.Trace) error {
	var failed []error
	note := func(err error) {
		if err != nil {
			failed = append(failed, err)
		}
	}
	for k := vtime.Time(0); k <= 4; k++ {
		_, err := x.At(x.Last() / 4 * k)
		note(err)
	}
	for _, err := range x.Events(0, vtime.Never) {
		note(err)
	}
	for _, err := range x.Messages(0, vtime.Never) {
		note(err)
	}
	for _, err := range x.Changes(0, 0, vtime.Never) {
		note(err)
	}
	for i := range x.Files {
		_, err := x.Text(i)
		note(err)
	}
	return errors.Join(failed...)
}

// A trace that was cut anywhere opens up to there, says so, and can be recovered; what
// is recovered is what the whole trace has.
func TestCut(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "swat/attack-01-sustained"))
	whole := opened(t, file)
	cuts := []int{0, 1, 7, 8, 9, 60, len(file) - 1, len(file) - 8, len(file) - 9, len(file) - 40}
	for at := 0; at < len(file); at++ { // where chunks begin and end, and in them
		if bytes.HasPrefix(file[at:], []byte{6}) && len(file)-at > 40 && file[at+8] == 0 && bytes.Contains(file[at:at+60], []byte("zstd")) {
			cuts = append(cuts, at, at+9, at+30)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		cuts = append(cuts, random.IntN(len(file)))
	}
	require.Greater(t, len(cuts), 60)
	pages, each := 0, 1
	if testing.Short() {
		each = 6
	}
	for i, cut := range cuts {
		if i%each != 0 {
			continue
		}
		x, err := trace.Open(bytes.NewReader(file[:cut]), int64(cut))
		if err != nil {
			require.ErrorAs(t, err, new(*trace.FormatError), "%d", cut)
			continue
		}
		require.Error(t, x.Warning, "%d", cut)
		var out bytes.Buffer
		r, err := x.Recover(&out)
		require.NoError(t, err)
		require.Zero(t, r.Lost)
		pages = max(pages, r.Pages)
		again := opened(t, out.Bytes())
		require.NoError(t, again.Warning)
		require.False(t, again.End.Complete && x.End == nil)
		if r.Pages == 0 {
			continue
		}
		require.NoError(t, everything(again))
		want, err := whole.At(x.Last() / 2)
		require.NoError(t, err)
		got, err := again.At(x.Last() / 2)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.Greater(t, pages, 3)
}

// Bytes that changed are noticed: a trace says what is wrong, or reads as before.
func TestFlipped(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "swat/attack-26"))
	whole := opened(t, file)
	want, err := whole.At(whole.Last() / 3)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(3, 4))
	noticed, flips := 0, 150
	if testing.Short() {
		flips = 30
	}
	for range flips {
		other := bytes.Clone(file)
		other[random.IntN(len(file))] ^= 1 << random.IntN(8)
		x, err := trace.Open(bytes.NewReader(other), int64(len(other)))
		if err != nil {
			noticed++
			continue
		}
		if err := everything(x); err != nil || x.Warning != nil {
			noticed++
		}
		got, err := x.At(whole.Last() / 3)
		if err == nil && x.Last() >= whole.Last()/3 {
			require.Equal(t, want, got)
		}
		_, err = x.Recover(&bytes.Buffer{})
		require.NoError(t, err)
	}
	require.Greater(t, 3*noticed, 2*flips)
}

// A version of the format that is not known is refused, with the next step.
func TestOtherFormat(t *testing.T) {
	file, _ := recorded(t.Context(), t, load(t, "tower/spoofed-gauge"))
	other := bytes.Replace(file, []byte("\x06\x00\x00\x00format\x01\x00\x00\x002"), []byte("\x06\x00\x00\x00format\x01\x00\x00\x009"), 1)
	require.NotEqual(t, file, other)
	_, err := trace.Open(bytes.NewReader(other), int64(len(other)))
	require.EqualError(t, err, `it has the format "9", but this version reads 1 to 2; read it with harmproof "of a test", which wrote it, or record the run anew`)
	_, err = trace.Open(bytes.NewReader([]byte("scenario: x")), 11)
	require.ErrorContains(t, err, "it is not a trace")
}
