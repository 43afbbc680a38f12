package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A table is a CSV file of signals over time.
type table struct {
	file    *os.File
	buffer  *bufio.Writer
	csv     *csv.Writer
	every   vtime.Duration // 0: where a signal changes
	paths   []string
	signals []sim.SignalInfo
	record  []string
	err     error // what went wrong with the file
}

// newTable creates the file. A signal that does not exist is an error with the
// nearest one.
func newTable(p *sim.Plan, file, signals, every string) (t *table, err error) {
	t = &table{}
	if every != "" {
		if t.every, err = vtime.ParseDuration(every); err != nil {
			return nil, fmt.Errorf("--every %s: %w", source.Quote(every), err)
		}
		if t.every <= 0 {
			return nil, fmt.Errorf("--every %s: steps must be longer than nothing; write `--every 1s`", source.Quote(every))
		}
	}
	if err := t.choose(p, signals); err != nil {
		return nil, err
	}
	if t.file, err = os.Create(file); err != nil {
		return nil, err
	}
	t.buffer = bufio.NewWriterSize(t.file, 1<<16)
	t.csv = csv.NewWriter(t.buffer)
	t.record = []string{"time"}
	for i, s := range t.signals {
		name := t.paths[i]
		if s.Type == signal.Number && s.Unit.Symbol != "" {
			name += " [" + s.Unit.Symbol + "]"
		}
		t.record = append(t.record, name)
	}
	return t, t.csv.Write(t.record)
}

// choose finds the signals, all where none is named.
func (t *table) choose(p *sim.Plan, signals string) error {
	if signals == "" {
		for s := range p.Signals.All() {
			if !s.Internal {
				t.paths, t.signals = append(t.paths, s.Path()), append(t.signals, s)
			}
		}
		return nil
	}
	for path := range strings.SplitSeq(signals, ",") {
		path = strings.TrimSpace(path)
		slot, ok := p.Slot(path)
		if !ok {
			return noSignal(p, path)
		}
		t.paths, t.signals = append(t.paths, path), append(t.signals, p.Signals.At(slot))
	}
	return nil
}

// noSignal says which signal may be meant by one that does not exist.
func noSignal(p *sim.Plan, path string) error {
	var all, same []string
	device, _, _ := strings.Cut(path, ".")
	for s := range p.Signals.All() {
		if s.Internal {
			continue
		}
		all = append(all, s.Path())
		if s.Device == device {
			same = append(same, s.Path())
		}
	}
	switch near, ok := source.Nearest(path, all); {
	case ok:
		return fmt.Errorf("there is no signal %s; did you mean %q?", source.Quote(path), near)
	case len(same) > 0:
		return fmt.Errorf("there is no signal %s; %s has %s", source.Quote(path), device, strings.Join(same, ", "))
	}
	return fmt.Errorf("there is no signal %s; write device.signal as in the scenario, such as %s", source.Quote(path), all[0])
}

// row writes the values of one time.
func (t *table) row(at vtime.Time, values []float64) error {
	t.record[0] = exactSeconds(at)
	for i, x := range values {
		t.record[i+1] = t.text(&t.signals[i], x)
	}
	if err := t.csv.Write(t.record); err != nil {
		t.err = fmt.Errorf("writing %s: %w", t.file.Name(), err)
		return t.err
	}
	return nil
}

// text writes a value in the unit of its column.
func (t *table) text(s *sim.SignalInfo, x float64) string {
	switch {
	case math.IsNaN(x):
		return ""
	case s.Type == signal.Number:
		x = s.Unit.FromSI(x)
	case s.Type == signal.Enum && x >= 0 && int(x) < len(s.Labels):
		return s.Labels[int(x)]
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// Close completes the file.
func (t *table) Close() error {
	t.csv.Flush()
	for _, err := range []error{t.csv.Error(), t.buffer.Flush(), t.file.Close()} {
		if t.err == nil {
			t.err = err
		}
	}
	return t.err
}

// exactSeconds writes a time in seconds, to the nanosecond where there is one.
func exactSeconds(t vtime.Time) string {
	text := fmt.Sprintf("%d.%09d", int64(t)/int64(vtime.Second), int64(t)%int64(vtime.Second))
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}
