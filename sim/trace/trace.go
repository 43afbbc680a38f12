package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Trace is a recorded run that is being read. It is not for several goroutines at a
// time.
type Trace struct {
	Header Header
	// Files are the names of the texts that the run was made of; Text returns them.
	Files []string
	// Result, End and Overview are nil where the trace was cut short.
	Result   *Result
	End      *End
	Overview *Overview
	// Warning says what is missing, or damaged; nil of a whole trace.
	Warning error

	file   *container.Reader
	cells  int
	lanes  int
	smooth []bool // by cell: whether it is continuous
	pages  []int  // chunks
	first  []int  // by flow: its first lane
	ends   []int  // by signal: the cell after its last
	paths  map[string]int
}

// A CutError says that a trace ends before its run did.
type CutError struct {
	At    vtime.Time // up to when there is something
	Cause error      // nil where the file is whole, but the run was not
}

// Error implements error.
func (e *CutError) Error() string {
	text := fmt.Sprintf("the trace ends at %v, before the run was over", e.At.Short())
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *CutError) Unwrap() error { return e.Cause }

// A FormatError says that a file is no trace that this version reads.
type FormatError struct{ What, Next string }

// Error implements error.
func (e *FormatError) Error() string { return e.What + "; " + e.Next }

// mostCells bounds how many cells a trace may have, so that a small file cannot ask for
// a large memory.
const mostCells = 1 << 24

// Open reads what a trace is of, and what it says at its end. A file that was cut short
// or damaged opens, with a Warning; one that is of another format does not.
func Open(in io.ReaderAt, size int64) (*Trace, error) {
	file, err := container.Open(in, size)
	switch {
	case errors.Is(err, container.ErrNotMCAP):
		return nil, &FormatError{"it is not a trace: " + err.Error(), "name a file that `harmproof run --trace` wrote"}
	case err != nil:
		return nil, &FormatError{"it is damaged so near to its beginning that nothing can be made out (" + err.Error() + ")", "record the run anew"}
	}
	t := &Trace{file: file}
	if err := t.format(); err != nil {
		return nil, err
	}
	if err := t.begin(); err != nil {
		return nil, &FormatError{"its header cannot be read: " + err.Error(), "record the run anew"}
	}
	for _, a := range file.Attachments() {
		t.Files = append(t.Files, a.Name)
	}
	t.finish()
	return t, nil
}

// format refuses what is of another format.
func (t *Trace) format() error {
	if t.file.Profile != profile || t.file.Metadata == nil {
		return &FormatError{fmt.Sprintf("it is an MCAP file, but of another sort (its profile is %.40q)", t.file.Profile),
			"name a file that `harmproof run --trace` wrote"}
	}
	v := t.file.Metadata["format"]
	if n, err := strconv.Atoi(v); err != nil || n < FirstFormat || n > Format {
		return &FormatError{fmt.Sprintf("it has the format %.20q, but this version reads %d to %d", v, FirstFormat, Format),
			fmt.Sprintf("read it with harmproof %.40q, which wrote it, or record the run anew", t.file.Metadata["tool"])}
	}
	return nil
}

// begin reads the header.
func (t *Trace) begin() error {
	if len(t.file.Chunks) == 0 {
		return errors.New("there is none")
	}
	found := false
	err := t.file.Each(0, func(m container.Message) error {
		if m.Channel != onHeader || found {
			return nil
		}
		found = true
		return json.Unmarshal(m.Data, &t.Header)
	})
	switch {
	case err != nil:
		return err
	case !found:
		return errors.New("there is none")
	}
	return t.sound()
}

// sound checks that the header's numbers are of what it has.
func (t *Trace) sound() error {
	h := &t.Header
	if h.From < 0 || h.Run < h.From || h.Run > vtime.Never/4 {
		return errors.New("the run ends before it begins, or never")
	}
	for _, s := range h.Signals {
		if s.Device() < -1 || s.Device() >= len(h.Devices) || s.Kind() < 0 || s.Kind() >= len(h.Kinds) || s.Count() < 1 || s.Count() > mostCells-t.cells {
			return fmt.Errorf("there is no signal %v", s)
		}
		t.cells += s.Count()
		t.ends = append(t.ends, t.cells)
	}
	for i := range h.Flows {
		f := &h.Flows[i]
		if f.Members < 1 || f.Members > mostCells-t.lanes/2 {
			return fmt.Errorf("flow %d has %d members", i, f.Members)
		}
		t.first = append(t.first, t.lanes)
		t.lanes += 2 * f.Members
		for _, d := range []int{f.From, f.To, f.Claims} {
			if d < -1 || d >= len(h.Devices) {
				return fmt.Errorf("flow %d is of no device", i)
			}
		}
	}
	if err := t.hosts(); err != nil {
		return err
	}
	if err := t.dangers(); err != nil {
		return err
	}
	if err := h.walls(); err != nil {
		return err
	}
	if err := t.places(); err != nil {
		return err
	}
	t.smooth = make([]bool, 0, t.cells)
	for _, s := range h.Signals {
		for range s.Count() {
			t.smooth = append(t.smooth, h.Kinds[s.Kind()].Continuous)
		}
	}
	return nil
}

// hosts checks that the hosts of malware have their cells.
func (t *Trace) hosts() error {
	for i := range t.Header.Malware {
		for _, x := range t.Header.Malware[i].Hosts {
			if x.Device < -1 || x.Device >= len(t.Header.Devices) || x.Count < 1 || x.Cell < -1 || x.Cell >= t.cells || x.On < -1 || x.On >= 0 && x.Count > t.cells-x.On {
				return fmt.Errorf("there is no host %q", x.Name)
			}
		}
	}
	return nil
}

// finish lists the pages, and reads what stands at the end.
func (t *Trace) finish() {
	for i := 1; i < len(t.file.Chunks); i++ {
		if t.file.Chunks[i].Has&(1<<onKeyframe) != 0 {
			t.pages = append(t.pages, i)
		}
	}
	if last := len(t.file.Chunks) - 1; last > 0 && t.file.Chunks[last].Has&(1<<onEnd) != 0 {
		if err := t.conclusion(last); err != nil {
			t.Result, t.End, t.Overview = nil, nil, nil
			t.Warning = err
		}
		if n := len(t.pages); n > 0 && t.End != nil && t.pages[n-1] == last {
			t.pages = t.pages[:n-1]
		}
	}
	switch damage := t.file.Damage; {
	case t.End == nil && damage != nil:
		t.Warning = &CutError{t.Last(), damage}
	case t.End == nil:
		t.Warning = &CutError{t.Last(), t.Warning}
	case damage != nil:
		t.Warning = damage
	}
}

// conclusion reads the last chunk.
func (t *Trace) conclusion(chunk int) error {
	return t.file.Each(chunk, func(m container.Message) error {
		switch m.Channel {
		case onOverview:
			in := input{b: m.Data}
			t.Overview = in.overview(t.cells)
			return in.err
		case onResult:
			return json.Unmarshal(m.Data, &t.Result)
		case onEnd:
			return json.Unmarshal(m.Data, &t.End)
		}
		return nil
	})
}

// Last is up to when there is something.
func (t *Trace) Last() vtime.Time {
	if t.End != nil {
		return t.End.At
	}
	if n := len(t.pages); n > 0 {
		return vtime.Time(min(t.file.Chunks[t.pages[n-1]].To, uint64(vtime.Never)))
	}
	return t.Header.From
}

// Text returns one of the texts that the run was made of.
func (t *Trace) Text(i int) ([]byte, error) { return t.file.Attachment(i) }

// Cells is how many cells there are.
func (t *Trace) Cells() int { return t.cells }

// signal returns the signal of a cell, and which of its cells it is.
func (t *Trace) signal(cell int) (s Signal, member int) {
	i := sort.SearchInts(t.ends, cell+1)
	s = t.Header.Signals[i]
	return s, cell - (t.ends[i] - s.Count())
}

// Path returns the path of a cell: "tower.level", "drive[3].speed".
func (t *Trace) Path(cell int) string {
	s, member := t.signal(cell)
	name := t.Header.Kinds[s.Kind()].Name
	if s.Device() < 0 {
		if s.Count() > 1 {
			return fmt.Sprintf("%s[%d]", name, member)
		}
		return name
	}
	d := &t.Header.Devices[s.Device()]
	if d.Count > 1 || s.Count() > 1 {
		return fmt.Sprintf("%s[%d].%s", d.ID, member, name)
	}
	return d.ID + "." + name
}

// DeviceOf returns the number of a cell's device, or -1.
func (t *Trace) DeviceOf(cell int) int {
	s, _ := t.signal(cell)
	return s.Device()
}

// KindOf returns what is known of a cell's signal.
func (t *Trace) KindOf(cell int) *Kind {
	s, _ := t.signal(cell)
	return &t.Header.Kinds[s.Kind()]
}

// Cell returns the cell of a path. An unknown path is an error with those that are near.
func (t *Trace) Cell(path string) (int, error) {
	if t.paths == nil {
		t.paths = make(map[string]int, t.cells)
		for cell := range t.cells {
			t.paths[t.Path(cell)] = cell
		}
	}
	if cell, ok := t.paths[path]; ok {
		return cell, nil
	}
	device, _, _ := strings.Cut(path, ".")
	var near []string
	for cell := range t.cells {
		if p := t.Path(cell); strings.HasPrefix(p, device+".") {
			near = append(near, p)
		}
	}
	if len(near) == 0 {
		return 0, fmt.Errorf("there is no device of signal %q", path)
	}
	return 0, fmt.Errorf("there is no signal %q; there are %s", path, strings.Join(near, ", "))
}

// Magic is how trace files begin, as all of MCAP do.
const Magic = "\x89MCAP0\r\n"
