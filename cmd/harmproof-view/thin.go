//go:build !js

package main

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/scene"
)

// A thinning is what of a trace is in a page.
type thinning struct {
	data []byte
	// every is how far apart the times are at which values were looked at, note says it;
	// 0 and empty of a whole trace.
	every vtime.Duration
	note  string
}

// mostInstants and leastInstants are how often values are looked at in a thinned trace.
const mostInstants, leastInstants = 1 << 17, 64

// thin returns a trace of at most so many bytes: the file itself, or one of the same story
// and verdicts with the values at fewer times, and without messages. At those times and at
// every event of the story physical values are what they were. What is told a little late,
// as all that travels is, counts as told in time, so that what differs is a lie.
func thin(t *trace.Trace, file io.ReaderAt, size int64, most int) (*thinning, error) {
	if size <= int64(most) {
		data := make([]byte, size)
		_, err := file.ReadAt(data, 0)
		if err != nil && err != io.EOF {
			return nil, err
		}
		return &thinning{data: data}, nil
	}
	for n := mostInstants; n >= leastInstants; n /= 2 {
		s := newSampler(t, max(1, (t.Last()-t.Header.From)/vtime.Time(n)))
		data, err := s.write(most)
		if err != nil {
			return nil, err
		}
		if data != nil {
			return &thinning{data, vtime.Duration(s.every), s.note()}, nil
		}
	}
	return nil, fmt.Errorf("the trace has too many signals for a page of %d MB; show it with `harmproof replay --serve`", mostPage/1_000_000)
}

// A sampler writes a trace with its values at chosen times.
type sampler struct {
	trace *trace.Trace
	every vtime.Time
	out   limited
	w     *trace.Writer
	read  *scene.Reader
	told  [][2]int // cells: of a value, and of what somebody is told of it
	last  []float64
	at    vtime.Time
}

func newSampler(t *trace.Trace, every vtime.Time) *sampler {
	return &sampler{trace: t, read: scene.Of(t), told: heard(t), every: every}
}

func (s *sampler) note() string {
	return fmt.Sprintf("thinned for this page: values every %v and at each event, no messages", s.every.Short())
}

// A limited is a buffer of at most so many bytes.
type limited struct {
	bytes.Buffer
	most int
}

// Write implements io.Writer.
func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > l.most {
		return 0, io.ErrShortWrite
	}
	return l.Buffer.Write(b)
}

// write returns the thinned trace, nil where it is too large.
func (s *sampler) write(most int) ([]byte, error) {
	h := s.trace.Header
	h.About = fmt.Sprintf("(%s) %s", s.note(), h.About)
	s.out.most = most
	events, err := s.events()
	if err != nil {
		return nil, err
	}
	if s.w, err = trace.NewWriter(&s.out, &h, nil); err != nil {
		return nil, nil
	}
	if s.last, err = s.values(h.From); err != nil {
		return nil, err
	}
	s.w.Begin(s.last)
	s.at = h.From
	for _, at := range s.instants(events) {
		for len(events) > 0 && events[0].At < at {
			events = events[1:]
		}
		if err := s.instant(at); err != nil {
			return nil, err
		}
		for len(events) > 0 && events[0].At == at {
			s.w.Event(&events[0])
			events = events[1:]
		}
		if s.w.Err() != nil {
			return nil, nil
		}
	}
	return s.end()
}

func (s *sampler) end() ([]byte, error) {
	end := trace.End{At: s.trace.Last(), Stopped: "the trace was cut short"}
	if s.trace.End != nil {
		end = *s.trace.End
	}
	if err := s.w.Close(s.trace.Result, end); err != nil {
		return nil, nil // what is written to is full
	}
	return s.out.Bytes(), nil
}

// mostEvents is how many events of a story are kept.
const mostEvents = 20_000

// events returns the story.
func (s *sampler) events() (list []trace.Event, err error) {
	for e, err := range s.trace.Events(s.trace.Header.From, s.trace.Last()) {
		if err != nil || len(list) == mostEvents {
			return list, err
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b trace.Event) int { return int(max(-1, min(1, a.At-b.At))) })
	return list, nil
}

// instants are the times that are kept.
func (s *sampler) instants(events []trace.Event) (list []vtime.Time) {
	from, to := s.trace.Header.From, s.trace.Last()
	for at := from + s.every; at < to; at += s.every {
		list = append(list, at)
	}
	for i := range events {
		list = append(list, events[i].At)
	}
	list = append(list, to)
	slices.Sort(list)
	return slices.Compact(list)
}

// instant writes what the values are at a time.
func (s *sampler) instant(at vtime.Time) error {
	now, err := s.values(at)
	if err != nil {
		return err
	}
	for cell, x := range now {
		if math.Float64bits(x) == math.Float64bits(s.last[cell]) {
			continue
		}
		if !s.trace.KindOf(cell).Continuous {
			s.w.Change(at, int32(cell), x)
		} else if at > s.at {
			y := s.last[cell]
			s.w.Course(int32(cell), &trace.Course{From: s.at, To: at, Curve: trace.Curve{From: s.at, To: at, Y0: y, C0: x - y, Y1: x}})
		}
	}
	s.last, s.at = now, at
	if s.w.Full(at) {
		s.w.Page(at)
	}
	return nil
}

// relays is how many devices may hand a value on.
const relays = 4

// values returns what the values are at a time.
func (s *sampler) values(at vtime.Time) ([]float64, error) {
	now, err := s.read.At(at, 0)
	if err != nil {
		return nil, err
	}
	lies := map[int]bool{}
	for _, l := range now.False {
		lies[l.Told] = true
	}
	values := slices.Clone(now.Values)
	for range relays {
		for _, pair := range s.told {
			if !lies[pair[1]] {
				values[pair[1]] = values[pair[0]]
			}
		}
	}
	return values, nil
}

// heard lists who is told what, of devices that have one member.
func heard(t *trace.Trace) (list [][2]int) {
	h := &t.Header
	there := func(cell int) bool { return cell >= 0 && cell < t.Cells() }
	for i := range h.Flows {
		f := &h.Flows[i]
		source := f.From
		if f.Asked {
			source = f.To
		}
		if f.Step >= 0 || source < 0 || h.Devices[source].Count > 1 {
			continue
		}
		for _, item := range f.Items {
			if item.Source != nil && there(*item.Source) && there(item.Cell) {
				list = append(list, [2]int{*item.Source, item.Cell})
			}
		}
	}
	return list
}
