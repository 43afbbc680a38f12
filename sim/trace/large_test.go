package trace

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

var large = flag.Int("large", 64, "how many MiB the trace of BenchmarkLarge has")

// noisy writes a trace of 200 devices with noise at full precision, which hardly can be
// made smaller, and returns when it ends.
func noisy(b *testing.B, name string, size int64) {
	file, err := os.Create(name)
	require.NoError(b, err)
	h := &Header{
		Tool: "of a benchmark", Scenario: "large", Run: 1000 * vtime.Time(vtime.Day),
		Kinds: []Kind{{Name: "x", Type: "number", Role: "report", Unit: Unit{Scale: 1}}, {Name: "y", Type: "number", Role: "continuous state", Continuous: true, Unit: Unit{Scale: 1}}},
	}
	const devices = 200
	for i := range devices {
		h.Devices = append(h.Devices, Device{ID: fmt.Sprintf("device_%d", i), Count: 1})
		h.Signals = append(h.Signals, Signal{i, 0, 1})
		h.Flows = append(h.Flows, Flow{From: i, To: (i + 1) % devices, Claims: -1, Members: 1, Step: -1})
	}
	for i := range 20 {
		h.Signals = append(h.Signals, Signal{i, 1, 1})
	}
	at, every := vtime.Time(0), 10*vtime.Time(vtime.Millisecond)
	h.Run = vtime.Time(size/(devices*9)) * every // near enough
	w, err := NewWriter(file, h, nil)
	require.NoError(b, err)
	w.Begin(make([]float64, h.Cells()))
	random := rand.New(rand.NewPCG(1, 2))
	for k := 0; ; k++ {
		if k%1000 == 0 {
			if info, err := file.Stat(); err != nil || info.Size() >= size {
				break
			}
		}
		at += every
		for i := range devices {
			w.Change(at, int32(i), random.NormFloat64())
			w.Passed(w.Lane(int32(i), 0, false), at, vtime.Duration(1+i%5))
		}
		if k%100 == 0 {
			for i := range 20 {
				from := max(0, at-100*every)
				w.Course(int32(devices+i), &Course{from, at, Curve{from, at, 1, random.Float64(), random.Float64(), 0, 0, 2}})
			}
			w.Event(&Event{At: at, Kind: Decided, Index: -1, Decision: &Decision{Device: "device_1", Check: "range", Flow: -1}})
			if w.Due(at) {
				w.Scene(at)
			}
			if w.Full(at) {
				w.Page(at)
			}
		}
	}
	require.NoError(b, w.Close(nil, End{At: at, Complete: true}))
	require.NoError(b, file.Close())
}

// peak is the most memory that this process has had, in MiB; 0 where that is not told.
func peak() (mib float64) {
	text, _ := os.ReadFile("/proc/self/status")
	if _, rest, ok := strings.Cut(string(text), "VmHWM:"); ok {
		_, _ = fmt.Sscan(rest, &mib)
	}
	return mib / 1024
}

// BenchmarkLarge opens a large trace, reads its overview, and looks at random times of it:
//
//	go test ./sim/trace -run NONE -bench Large -benchtime 1x -large 1024
func BenchmarkLarge(b *testing.B) {
	name := filepath.Join(b.TempDir(), "large.mcap")
	noisy(b, name, int64(*large)<<20)
	file, err := os.Open(name)
	require.NoError(b, err)
	defer file.Close()
	info, err := file.Stat()
	require.NoError(b, err)
	random := rand.New(rand.NewPCG(3, 4))
	var opening time.Duration
	var times []time.Duration
	for b.Loop() {
		began := time.Now()
		x, err := Open(file, info.Size())
		require.NoError(b, err)
		require.NoError(b, x.Warning)
		for cell := range x.Cells() {
			_, _ = x.Overview.Of(cell)
		}
		opening = time.Since(began)
		times = times[:0]
		for range 100 {
			at := vtime.Time(random.Int64N(int64(x.Last())))
			began := time.Now()
			_, err := x.At(at)
			require.NoError(b, err)
			times = append(times, time.Since(began))
		}
	}
	slices.Sort(times)
	b.ReportMetric(float64(info.Size())/(1<<20), "MiB")
	b.ReportMetric(float64(opening.Microseconds())/1e3, "ms-open")
	b.ReportMetric(float64(times[50].Microseconds())/1e3, "ms-at-median")
	b.ReportMetric(float64(times[99].Microseconds())/1e3, "ms-at-most")
	b.ReportMetric(peak(), "MiB-peak")
}
