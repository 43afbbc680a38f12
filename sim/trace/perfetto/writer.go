package perfetto

import (
	"bufio"
	"encoding/json"
	"io"
	"math"
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A writer writes trace events. Its mistakes come out at the end.
type writer struct {
	out   *bufio.Writer
	line  []byte
	first bool
}

func newWriter(out io.Writer) *writer {
	return &writer{out: bufio.NewWriterSize(out, 1<<16), first: true}
}

// event begins an event: its phase, whose it is, and when.
func (w *writer) event(phase string, pid, tid int, at vtime.Time) {
	if !w.first {
		w.line = append(w.line, ',', '\n')
	}
	w.first = false
	w.line = append(append(append(w.line, `{"ph":"`...), phase...), `","pid":`...)
	w.line = strconv.AppendInt(w.line, int64(pid), 10)
	w.line = strconv.AppendInt(append(w.line, `,"tid":`...), int64(tid), 10)
	w.line = appendMicros(append(w.line, `,"ts":`...), at)
}

// text adds a field with a text.
func (w *writer) text(key, value string) {
	w.key(key)
	quoted, _ := json.Marshal(value) // of a text never fails
	w.line = append(w.line, quoted...)
}

// number adds a field with a number.
func (w *writer) number(key string, n int) {
	w.key(key)
	w.line = strconv.AppendInt(w.line, int64(n), 10)
}

func (w *writer) key(key string) {
	if last := w.line[len(w.line)-1]; last != '{' {
		w.line = append(w.line, ',')
	}
	w.line = append(append(append(w.line, '"'), key...), '"', ':')
}

// lasts adds how long a slice is.
func (w *writer) lasts(d vtime.Time) {
	w.key("dur")
	w.line = appendMicros(w.line, d)
}

// value adds a field with a number; what JSON does not know is left out.
func (w *writer) value(key string, x float64) {
	if x-x == 0 {
		w.key(key)
		w.line = strconv.AppendFloat(w.line, x, 'g', -1, 64)
	}
}

// args begins and ends the arguments of an event.
func (w *writer) args() {
	w.key("args")
	w.line = append(w.line, '{')
}

func (w *writer) endArgs() { w.line = append(w.line, '}') }

// end ends an event.
func (w *writer) end() error {
	w.line = append(w.line, '}')
	_, err := w.out.Write(w.line)
	w.line = w.line[:0]
	return err
}

// names tells what a process, or with a thread other than 0 a thread, is called.
func (w *writer) names(pid, tid int, name string) error {
	w.event("M", pid, tid, 0)
	kind := "process_name"
	if tid != 0 {
		kind = "thread_name"
	}
	w.text("name", kind)
	w.args()
	w.text("name", name)
	w.endArgs()
	return w.end()
}

// appendMicros appends a time in microseconds, exactly.
func appendMicros(b []byte, t vtime.Time) []byte {
	b = strconv.AppendInt(b, int64(t)/1000, 10)
	if rest := int64(t) % 1000; rest != 0 {
		b = append(b, '.', byte('0'+rest/100), byte('0'+rest/10%10), byte('0'+rest%10))
	}
	return b
}

// label is the label with a number, or the number.
func label(labels []string, x float64) string {
	if x >= 0 && x < float64(len(labels)) {
		return labels[int(x)]
	}
	if math.IsNaN(x) {
		return "none"
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
