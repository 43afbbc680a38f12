package trace

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/trace/robotics"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The channels of a trace.
const (
	onHeader = iota + 1
	onKeyframe
	onChanges
	onCourses
	onMessages
	onEvents
	onOverview
	onResult
	onEnd
	onLog
	onScene
)

// channels describe themselves.
func channels() []container.Channel {
	return []container.Channel{
		{Topic: "/header", Encoding: "json", Schema: "harmproof.Header", Text: textHeader, Language: "text"},
		{Topic: "/keyframe", Schema: "harmproof.Keyframe", Text: textKeyframe, Language: "text"},
		{Topic: "/changes", Schema: "harmproof.Changes", Text: textChanges, Language: "text"},
		{Topic: "/courses", Schema: "harmproof.Courses", Text: textCourses, Language: "text"},
		{Topic: "/messages", Schema: "harmproof.Messages", Text: textMessages, Language: "text"},
		{Topic: "/events", Schema: "harmproof.Events", Text: textEvents, Language: "text"},
		{Topic: "/overview", Schema: "harmproof.Overview", Text: textOverview, Language: "text"},
		{Topic: "/result", Encoding: "json", Schema: "harmproof.Result", Text: textResult, Language: "text"},
		{Topic: "/end", Encoding: "json", Schema: "harmproof.End", Text: textEnd, Language: "text"},
		{Topic: "/log", Encoding: "json", Schema: "foxglove.Log", Text: robotics.LogSchema, Language: "jsonschema"},
		{Topic: "/scene", Encoding: "json", Schema: "foxglove.SceneUpdate", Text: robotics.SceneSchema, Language: "jsonschema"},
	}
}

// profile is what the files call themselves.
const profile = "harmproof"

// pageSize is how many bytes a page has before compression, or a little more. The first page
// has a part of it, each one twice that of the page before: so a short trace that is
// damaged is not lost at once.
const (
	pageSize  = 256 << 10
	firstPage = pageSize / 16
)

// A File is a text that a run was made of.
type File struct {
	Name string
	Data []byte
}

// A Writer writes a trace while a run goes on. Its times must not go back. Nothing that
// it is told fails: Err says whether something could not be written, Close says it again.
type Writer struct {
	out      *container.Writer
	header   *Header
	now      []float64 // values by cell
	changes  changes
	courses  courses
	messages messages
	events   events
	overview overview
	stage    stage
	counts   Counts
	page     vtime.Time // when the open one began
	reached  vtime.Time
	size     int    // of the open page
	most     int    // of a page
	before   uint64 // records before it
	begun    bool
	scratch  []byte
	err      error
}

// NewWriter begins a trace with what it is of, and the texts of the scenario. Until Close
// returns the Writer has out for itself: it writes while the run goes on.
func NewWriter(out io.Writer, h *Header, files []File) (*Writer, error) {
	h.Format = Format
	cells := h.Cells()
	file, err := container.NewWriter(out, container.Options{
		Profile: profile, Library: "harmproof " + h.Tool, Channels: channels(), Room: pageSize + pageSize/4,
		Metadata: map[string]string{
			"format": strconv.Itoa(Format), "tool": h.Tool, "scenario": h.Scenario, "file": h.File, "hash": h.Hash,
			"seed": strconv.FormatUint(h.Seed, 10),
		},
	})
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := file.Attach(f.Name, "application/yaml", f.Data); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	w := &Writer{
		out: file, header: h, now: make([]float64, cells), changes: newChanges(cells), courses: newCourses(cells),
		messages: newMessages(h), events: newEvents(), overview: newOverview(h, cells), stage: newStage(h),
		size: max(firstPage, 2*8*cells), most: max(pageSize, 2*8*cells), page: h.From, reached: h.From, scratch: make([]byte, 0, 1<<16),
	}
	file.Add(onHeader, uint64(h.From), text)
	return w, file.Flush()
}

// Err returns why nothing more can be written.
func (w *Writer) Err() error { return w.err }

func (w *Writer) fails(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Begin takes the values of all cells where the recording begins.
func (w *Writer) Begin(values []float64) {
	for cell, x := range values {
		w.now[cell] = plain(x)
		w.overview.starts(int32(cell), w.now[cell])
	}
	w.begun = true
	w.keyframe(w.page)
	w.Scene(w.page)
}

// plain is a number whose bits are the same on all machines.
func plain(x float64) float64 {
	if x != x {
		return math.NaN()
	}
	return x
}

// Change tells a new value of a discrete signal.
func (w *Writer) Change(at vtime.Time, cell int32, value float64) {
	if w.changes.full() {
		w.flushChanges()
	}
	value = plain(value)
	w.now[cell], w.reached = value, at
	w.changes.add(at, cell, value)
}

// Course tells what a continuous signal did over a span.
func (w *Writer) Course(cell int32, x *Course) {
	if w.courses.full() {
		w.flushCourses()
	}
	w.now[cell], w.reached = x.At(x.To), max(w.reached, x.To)
	w.courses.add(cell, x)
}

// Lane numbers what a flow sends to a member, or is asked by it, for Passed.
func (w *Writer) Lane(flow int32, member int, request bool) int32 {
	return w.messages.lane(flow, member, request)
}

// Passed tells of a message that is sent, and how long it takes; with a time of Never of
// one that is lost where it is sent.
func (w *Writer) Passed(lane int32, at vtime.Time, takes vtime.Duration) {
	w.reached = max(w.reached, at)
	w.messages.pass(lane, at, takes)
	if w.messages.full() {
		w.flushMessages()
	}
}

// Message tells of a message that there is more to say of, when it has ended.
func (w *Writer) Message(m *Message) {
	more, takes := *m, vtime.Duration(vtime.Never)
	if m.Ended != vtime.Never {
		takes = vtime.Duration(m.Ended - m.Sent)
		w.reached = max(w.reached, m.Ended)
	}
	r := row{lane: w.messages.lane(int32(m.Flow), m.Member, m.Request), sent: m.Sent, takes: takes, count: 1}
	switch {
	case m.Fate == Deserted && m.Sent == m.Ended:
		r.deserted = true
	default:
		r.more = &more
		more.Values = append([]float64(nil), m.Values...)
	}
	w.messages.rows = append(w.messages.rows, r)
	if w.messages.full() {
		w.flushMessages()
	}
}

// Event tells an event.
func (w *Writer) Event(x *Event) {
	w.reached = x.At
	w.overview.event(x)
	w.log(x)
	w.events.add(x)
	if w.events.full() {
		w.flushEvents()
	}
}

// Full reports whether the open page is to end here: once all courses have been told up
// to now, Page ends it. A page has some time in it, and enough that its blocks are not of a
// few records each.
func (w *Writer) Full(now vtime.Time) bool {
	const least = 3 * 64 // records
	size := w.out.Size() + 4*len(w.changes.values) + 32*len(w.courses.list) + 16*len(w.messages.rows)
	return now > w.page && size >= w.size && (w.told()-w.before >= least || size >= w.most)
}

// told is how many records there are so far, of messages their rows.
func (w *Writer) told() uint64 {
	open := len(w.changes.values) + len(w.courses.list) + len(w.messages.rows)
	return w.counts.Changes.Count + w.counts.Courses.Count + w.counts.Messages.Count + uint64(open)
}

// Page ends the open page and begins another one.
func (w *Writer) Page(at vtime.Time) {
	w.flush()
	if err := w.out.Flush(); err != nil {
		w.fails(err)
	}
	w.size = min(2*w.size, w.most)
	w.keyframe(at)
}

// keyframe writes the values of all cells, with which a page begins.
func (w *Writer) keyframe(at vtime.Time) {
	w.page, w.reached, w.before = at, at, w.told()
	b := binary.AppendUvarint(w.scratch[:0], uint64(len(w.now)))
	if len(w.now) > 0 {
		b = appendBits(b, w.now)
	}
	w.scratch = b
	w.out.Add(onKeyframe, uint64(at), b)
}

func (w *Writer) add(channel uint16, t *Tally, count int, b []byte) {
	w.scratch = b
	t.add(count, len(b))
	w.out.Add(channel, uint64(w.reached), b)
}

func (w *Writer) flush() {
	w.flushChanges()
	w.flushCourses()
	w.messages.endAll()
	w.flushMessages()
	w.flushEvents()
}

func (w *Writer) flushChanges() {
	if n := len(w.changes.values); n > 0 {
		w.add(onChanges, &w.counts.Changes, n, w.changes.encode(w.scratch[:0], w.overview.column))
	}
}

func (w *Writer) flushCourses() {
	if n := len(w.courses.list); n > 0 {
		w.add(onCourses, &w.counts.Courses, n, w.courses.encode(w.scratch[:0], w.overview.course))
	}
}

func (w *Writer) flushMessages() {
	if n := messagesOf(w.messages.rows); len(w.messages.rows) > 0 {
		w.overview.messages(w.messages.rows)
		w.add(onMessages, &w.counts.Messages, n, w.messages.encode(w.scratch[:0]))
	}
}

func (w *Writer) flushEvents() {
	if n := w.events.count; n > 0 {
		w.add(onEvents, &w.counts.Events, n, w.events.encode(w.scratch[:0]))
	}
}

// Close ends a trace: with a result where there is one, and with what is known of the
// end. It does not close what is written to.
func (w *Writer) Close(r *Result, end End) error {
	if !w.begun {
		w.fails(errors.New("the run did not begin"))
	}
	w.flush()
	w.fails(w.out.Flush())
	end.Counts, end.Records = w.counts, w.out.Digest()
	at := uint64(max(end.At, w.reached))
	w.overview.shrink(w.counts.Changes.Count + w.counts.Courses.Count)
	w.out.Add(onOverview, at, w.overview.encode(w.scratch[:0]))
	if r != nil {
		w.addJSON(onResult, at, r)
	}
	w.addJSON(onEnd, at, &end)
	w.fails(w.out.Close())
	if w.err != nil {
		return fmt.Errorf("the trace cannot be written: %w", w.err)
	}
	return nil
}

func (w *Writer) addJSON(channel uint16, at uint64, x any) {
	b, err := json.Marshal(x)
	if err != nil {
		w.fails(err)
		return
	}
	w.out.Add(channel, at, b)
}
