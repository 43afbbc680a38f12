package trace

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Buckets of an overview: as many as are seen side by side, fewer where there are many
// signals.
const (
	mostBuckets  = 256
	leastBuckets = 8
	roomBuckets  = 1 << 20 // of all cells
)

// A Lane is a sort of things that happen, as an overview counts them.
type Lane int

// The lanes.
const (
	Messages   Lane = iota // sent or asked
	Failures               // messages that did not arrive, or were refused
	Injections             // steps that begin, end, are stopped or gain something, and malware that comes or goes
	Violations             // of invariants, that begin or end
	Checks                 // decisions
	Lanes                  // how many there are
)

// An Overview is a run at a glance, in equal spans of time.
type Overview struct {
	From, Span vtime.Time // of the first one, and how long each is
	Buckets    int
	cells      []*glance
	starts     []float64
	Lanes      [Lanes][]uint64 // counts by bucket
}

// A glance is the buckets of a cell in which something changed.
type glance struct {
	bucket []int32
	lo, hi []float32
	last   []float32 // the value at the end of the bucket
}

// overview is an Overview that is being made.
type overview struct {
	Overview
}

func newOverview(h *Header, cells int) overview {
	o := overview{Overview: Overview{From: h.From, Buckets: mostBuckets, cells: make([]*glance, cells), starts: make([]float64, cells)}}
	for o.Buckets > leastBuckets && o.Buckets*cells > roomBuckets {
		o.Buckets /= 2
	}
	o.Span = max(1, (h.Run-h.From)/vtime.Time(o.Buckets)+1)
	for i := range o.Lanes {
		o.Lanes[i] = make([]uint64, o.Buckets)
	}
	return o
}

func (o *overview) starts(cell int32, x float64) { o.Overview.starts[cell] = x }

// at returns the bucket of a time.
func (o *Overview) at(t vtime.Time) int32 {
	return int32(min(max(0, (t-o.From)/o.Span), vtime.Time(o.Buckets-1)))
}

func (o *Overview) end(bucket int32) vtime.Time { return o.From + vtime.Time(bucket+1)*o.Span }

// see notes that a cell was between two values in a bucket, and has one at the end.
func (o *overview) see(cell, bucket int32, lo, hi, last float64) {
	g := o.cells[cell]
	if g == nil {
		g = &glance{}
		o.cells[cell] = g
	}
	low, high := below(lo), above(hi)
	n := len(g.bucket)
	if n == 0 || g.bucket[n-1] != bucket {
		before := float32(o.Overview.starts[cell])
		if n > 0 {
			before = g.last[n-1]
		}
		g.bucket, g.last = append(g.bucket, bucket), append(g.last, 0)
		g.lo, g.hi = append(g.lo, min(before, low)), append(g.hi, max(before, high))
		n++
	}
	g.lo[n-1], g.hi[n-1], g.last[n-1] = min(g.lo[n-1], low), max(g.hi[n-1], high), float32(last)
}

// below and above round outwards.
func below(x float64) float32 {
	y := float32(x)
	if float64(y) > x {
		y = math.Nextafter32(y, float32(math.Inf(-1)))
	}
	return y
}

func above(x float64) float32 {
	y := float32(x)
	if float64(y) < x {
		y = math.Nextafter32(y, float32(math.Inf(1)))
	}
	return y
}

// column sees the changes of a cell.
func (o *overview) column(cell int32, instants []vtime.Time, when []int32, x []float64) {
	bucket := o.at(instants[when[0]])
	end, lo, hi := o.end(bucket), x[0], x[0]
	for i, v := range x {
		if instants[when[i]] >= end && int(bucket) < o.Buckets-1 {
			o.see(cell, bucket, lo, hi, x[i-1])
			bucket = o.at(instants[when[i]])
			end, lo, hi = o.end(bucket), v, v
		}
		lo, hi = min(lo, v), max(hi, v)
	}
	o.see(cell, bucket, lo, hi, x[len(x)-1])
}

// course sees a course of a cell.
func (o *overview) course(cell int32, x *Course) {
	for b, last := o.at(x.From), o.at(x.To); b <= last; b++ {
		from, to := max(x.From, o.end(b-1)), min(x.To, o.end(b))
		if b == last {
			to = x.To
		}
		lo, hi := x.bounds(from, to)
		o.see(cell, b, lo, hi, x.At(to))
	}
}

// messages counts the messages of rows.
func (o *overview) messages(rows []row) {
	for i := range rows {
		r := &rows[i]
		lane := Messages
		if r.deserted || r.more != nil && r.more.Fate != Arrived {
			lane = Failures
		}
		for k, count := 0, int(r.count); k < count; {
			at := r.sent + vtime.Time(r.period)*vtime.Time(k)
			b := o.at(at)
			n := count - k
			if r.period > 0 && int(b) < o.Buckets-1 {
				n = min(n, int((o.end(b)-1-at)/vtime.Time(r.period))+1)
			}
			o.Lanes[lane][b] += uint64(n)
			if lane == Messages && r.takes == vtime.Duration(vtime.Never) {
				o.Lanes[Failures][b] += uint64(n)
			}
			k += n
		}
	}
}

// event counts an event.
func (o *overview) event(x *Event) {
	switch x.Kind {
	case StepApplied, StepStopped, StepReverted, StepGained, Infected, Cleared:
		o.Lanes[Injections][o.at(x.At)]++
	case ViolationBegan, ViolationEnded, Harmed:
		o.Lanes[Violations][o.at(x.At)]++
	case Decided:
		o.Lanes[Checks][o.at(x.At)]++
	}
}

// encode appends the overview.
func (o *overview) encode(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(o.From))
	b = binary.AppendUvarint(b, uint64(o.Span))
	b = binary.AppendUvarint(b, uint64(o.Buckets))
	for _, lane := range o.Lanes {
		for _, n := range lane {
			b = binary.AppendUvarint(b, n)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(o.cells)))
	for cell, g := range o.cells {
		b = appendFloat32(b, float32(o.Overview.starts[cell]))
		if g == nil {
			b = append(b, 0)
			continue
		}
		b = binary.AppendUvarint(b, uint64(len(g.bucket)))
		last := int32(-1)
		for i, bucket := range g.bucket {
			rests := uint64(1)
			if i+1 < len(g.bucket) && g.bucket[i+1] == bucket+1 {
				rests = 0
			}
			b = binary.AppendUvarint(b, uint64(bucket-last-1)<<1|rests)
			b = appendFloat32(appendFloat32(b, g.lo[i]), g.hi[i])
			if rests == 1 {
				b = appendFloat32(b, g.last[i])
			}
			last = bucket
		}
	}
	return b
}

// shrink makes an overview coarser until it is small beside what it is of.
func (o *overview) shrink(changes uint64) {
	for o.Buckets > leastBuckets {
		entries := 0
		for _, g := range o.cells {
			if g != nil {
				entries += len(g.bucket)
			}
		}
		if uint64(entries) <= changes/4 {
			return
		}
		o.halve()
	}
}

// halve makes one bucket of two.
func (o *overview) halve() {
	o.Buckets, o.Span = o.Buckets/2, 2*o.Span
	for i, lane := range o.Lanes {
		for b := range o.Buckets {
			lane[b] = lane[2*b] + lane[2*b+1]
		}
		o.Lanes[i] = lane[:o.Buckets]
	}
	for _, g := range o.cells {
		if g != nil {
			g.halve()
		}
	}
}

func (g *glance) halve() {
	n := 0
	for i, bucket := range g.bucket {
		if n > 0 && g.bucket[n-1] == bucket/2 {
			g.lo[n-1], g.hi[n-1], g.last[n-1] = min(g.lo[n-1], g.lo[i]), max(g.hi[n-1], g.hi[i]), g.last[i]
			continue
		}
		g.bucket[n], g.lo[n], g.hi[n], g.last[n] = bucket/2, g.lo[i], g.hi[i], g.last[i]
		n++
	}
	g.bucket, g.lo, g.hi, g.last = g.bucket[:n], g.lo[:n], g.hi[:n], g.last[:n]
}

func appendFloat32(b []byte, x float32) []byte {
	return binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
}

func (in *input) float32() float32 {
	if b := in.take(4); b != nil {
		return math.Float32frombits(binary.LittleEndian.Uint32(b))
	}
	return 0
}

// overview reads an overview.
func (in *input) overview(cells int) *Overview {
	o := &Overview{From: in.since(0), Span: in.since(0)}
	o.Buckets = in.below(mostBuckets + 1)
	if o.Span == 0 || o.Buckets == 0 || o.Span > vtime.Never/(mostBuckets+1) || o.From > vtime.Never/2 {
		in.fail(errors.New("an overview has no spans"))
		return nil
	}
	for i := range o.Lanes {
		o.Lanes[i] = make([]uint64, o.Buckets)
		for k := range o.Lanes[i] {
			o.Lanes[i][k] = in.uint()
		}
	}
	if n := in.count(5); n != cells {
		in.fail(errors.New("an overview is of other signals"))
		return nil
	}
	o.cells, o.starts = make([]*glance, cells), make([]float64, cells)
	for cell := range o.cells {
		o.starts[cell] = float64(in.float32())
		if n := in.below(o.Buckets + 1); n > 0 {
			o.cells[cell] = in.glance(n, o.Buckets)
		}
	}
	if in.err != nil {
		return nil
	}
	return o
}

func (in *input) glance(n, buckets int) *glance {
	g, bucket := &glance{}, -1
	for range n {
		skipped := in.below(2 * max(0, buckets-bucket-1))
		if in.err != nil {
			return nil
		}
		bucket += 1 + skipped>>1
		lo, hi := in.float32(), in.float32()
		last := hi
		if skipped&1 != 0 {
			last = in.float32()
		}
		g.bucket = append(g.bucket, int32(bucket))
		g.lo, g.hi, g.last = append(g.lo, lo), append(g.hi, hi), append(g.last, last)
	}
	return g
}

// Of returns the least and the greatest value of a cell in each bucket, rounded
// outwards.
func (o *Overview) Of(cell int) (lo, hi []float32) {
	lo, hi = make([]float32, o.Buckets), make([]float32, o.Buckets)
	value, next, g := float32(o.starts[cell]), 0, o.cells[cell]
	for b := range lo {
		lo[b], hi[b] = value, value
		if g != nil && next < len(g.bucket) && int(g.bucket[next]) == b {
			lo[b], hi[b], value = g.lo[next], g.hi[next], g.last[next]
			next++
		}
	}
	return lo, hi
}
