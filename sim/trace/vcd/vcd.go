package vcd

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Write writes the values of cells, at equal steps where every is not 0, in the units in
// which people write them.
func Write(out io.Writer, x *trace.Trace, cells []int, every vtime.Duration) error {
	d := dump{out: bufio.NewWriterSize(out, 1<<16), trace: x, at: -1, codes: map[int]string{}}
	d.head(cells)
	next, stop := iter.Pull2(x.Events(0, vtime.Never))
	defer stop()
	d.next = next
	d.pull()
	err := x.Values(cells, every, d.value)
	if err == nil {
		err = d.events(vtime.Never)
	}
	if err == nil {
		d.time(x.Last())
	}
	if failed := d.out.Flush(); err == nil {
		err = failed
	}
	return err
}

// A dump is a file that is being written.
type dump struct {
	out   *bufio.Writer
	trace *trace.Trace
	at    vtime.Time
	codes map[int]string // by cell
	count int            // of codes
	steps []string       // the codes of steps and invariants
	rules []string
	next  func() (trace.Event, error, bool)
	event trace.Event // the next one
	more  bool        // there is one
	err   error
	line  []byte
}

// code makes a code: a number with digits from ! to ~.
func (d *dump) code() string {
	var b []byte
	for n := d.count; ; n = n/94 - 1 {
		b = append(b, byte('!'+n%94))
		if n < 94 {
			break
		}
	}
	d.count++
	return string(b)
}

// head writes what there is.
func (d *dump) head(cells []int) {
	h := &d.trace.Header
	fmt.Fprintf(d.out, "$version harmproof %s $end\n", plain(h.Tool))
	fmt.Fprintf(d.out, "$comment scenario %s, seed %d, hash %s $end\n", plain(h.Scenario), h.Seed, plain(h.Hash))
	fmt.Fprint(d.out, "$timescale 1 ns $end\n")
	scope := ""
	for _, cell := range cells {
		of, name := d.names(cell)
		if of != scope {
			d.scope(scope, of)
			scope = of
		}
		d.variable(cell, name)
	}
	d.scope(scope, "")
	var steps, rules []string
	for i := range h.Steps {
		steps = append(steps, h.Steps[i].Name)
	}
	for i := range h.Invariants {
		rules = append(rules, h.Invariants[i].Name)
	}
	d.steps, d.rules = d.flags("timeline", steps), d.flags("violated", rules)
	fmt.Fprint(d.out, "$enddefinitions $end\n")
}

// flags declares a scope of what is true or not.
func (d *dump) flags(scope string, names []string) (codes []string) {
	if len(names) == 0 {
		return nil
	}
	d.scope("", scope)
	for _, name := range names {
		code := d.code()
		codes = append(codes, code)
		fmt.Fprintf(d.out, "$var wire 1 %s %s $end\n", code, identifier(name))
	}
	d.scope(scope, "")
	return codes
}

// scope ends one scope and begins another one.
func (d *dump) scope(from, to string) {
	if from != "" {
		fmt.Fprint(d.out, "$upscope $end\n")
	}
	if to != "" {
		fmt.Fprintf(d.out, "$scope module %s $end\n", to)
	}
}

// names splits the path of a cell into its scope and its name.
func (d *dump) names(cell int) (scope, name string) {
	scope, name, ok := strings.Cut(d.trace.Path(cell), ".")
	if !ok {
		scope, name = "world", scope
	}
	return identifier(scope), identifier(name)
}

// variable declares a cell.
func (d *dump) variable(cell int, name string) {
	k, code := d.trace.KindOf(cell), d.code()
	d.codes[cell] = code
	switch k.Type {
	case "bool":
		fmt.Fprintf(d.out, "$var wire 1 %s %s $end\n", code, name)
	case "int", "enum", "hash":
		fmt.Fprintf(d.out, "$var integer 64 %s %s $end\n", code, name)
	default:
		fmt.Fprintf(d.out, "$var real 64 %s %s $end\n", code, name)
	}
	if k.Type == "number" && k.Unit.Symbol != "" {
		fmt.Fprintf(d.out, "$comment %s is in %s $end\n", name, plain(k.Unit.Symbol))
	}
	for i, label := range k.Labels {
		fmt.Fprintf(d.out, "$comment %s %d is %s $end\n", name, i, plain(label))
	}
}

// plain is a text that ends no section.
func plain(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "$", "_")
}

// identifier is a name as the standard allows it, with the number of a member behind it.
func identifier(name string) string {
	name, member, of := strings.Cut(name, "[")
	b := []byte(name)
	for i, c := range b {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && !(i > 0 && c >= '0' && c <= '9') {
			b[i] = '_'
		}
	}
	if len(b) == 0 {
		b = []byte("_")
	}
	if of {
		return string(b) + "[" + strings.TrimRight(identifier("_" + member)[1:], "_") + "]"
	}
	return string(b)
}

// time begins an instant.
func (d *dump) time(at vtime.Time) {
	if at > d.at {
		d.at = at
		fmt.Fprintf(d.out, "#%d\n", int64(at))
	}
}

// value tells a value, after the events before it.
func (d *dump) value(at vtime.Time, cell int, x float64) error {
	if err := d.events(at); err != nil {
		return err
	}
	if d.at < 0 {
		d.begin(at)
	}
	d.time(at)
	k, b := d.trace.KindOf(cell), d.line[:0]
	switch {
	case k.Type == "bool":
		b = append(b, bit(x))
	case k.Type == "number":
		x = unit.Unit{Scale: k.Unit.Scale, Offset: k.Unit.Offset}.FromSI(x)
		b = append(strconv.AppendFloat(append(b, 'r'), x, 'g', -1, 64), ' ')
	case math.IsNaN(x) || math.Abs(x) >= 1<<63:
		b = append(b, "bx "...)
	default:
		b = append(strconv.AppendUint(append(b, 'b'), uint64(int64(x)), 2), ' ')
	}
	d.line = append(append(b, d.codes[cell]...), '\n')
	_, err := d.out.Write(d.line)
	return err
}

func bit(x float64) byte {
	switch {
	case math.IsNaN(x):
		return 'x'
	case x == 0:
		return '0'
	}
	return '1'
}

// begin says that no step has been taken yet and nothing is violated.
func (d *dump) begin(at vtime.Time) {
	d.time(at)
	for _, codes := range [][]string{d.steps, d.rules} {
		for _, code := range codes {
			fmt.Fprintf(d.out, "0%s\n", code)
		}
	}
}

// pull reads the next event.
func (d *dump) pull() {
	for {
		var err error
		d.event, err, d.more = d.next()
		if err != nil {
			d.err, d.more = err, false
		}
		if !d.more || d.event.Kind <= trace.ViolationEnded && d.event.Kind != trace.Began {
			return
		}
	}
}

// events tells those before a time.
func (d *dump) events(before vtime.Time) error {
	for d.more && d.event.At < before {
		if d.at < 0 {
			d.begin(d.event.At)
		}
		d.time(d.event.At)
		switch e := &d.event; e.Kind {
		case trace.StepApplied:
			fmt.Fprintf(d.out, "1%s\n", d.steps[e.Index])
		case trace.StepReverted:
			fmt.Fprintf(d.out, "0%s\n", d.steps[e.Index])
		case trace.ViolationBegan:
			fmt.Fprintf(d.out, "1%s\n", d.rules[e.Index])
		case trace.ViolationEnded:
			fmt.Fprintf(d.out, "0%s\n", d.rules[e.Index])
		}
		d.pull()
	}
	return d.err
}
