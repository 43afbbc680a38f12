package parquet

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
)

// MaxColumns is how many signals a table can have.
const MaxColumns = 10_000

// A group of rows has at most so many of them, and so many values: that much is kept.
const (
	mostRows   = 1 << 16
	mostValues = 1 << 22
)

const magic = "PAR1"

// Write writes the values of cells, where one of them changes or at equal steps, in the
// units in which people write them. What is no number is null.
func Write(out io.Writer, x *trace.Trace, cells []int, every vtime.Duration) error {
	if len(cells) > MaxColumns {
		return fmt.Errorf("%d signals are more columns than the %d that a table can have; name some of them", len(cells), MaxColumns)
	}
	packer, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := table{out: out, columns: columns(x, cells), packer: packer}
	t.write([]byte(magic))
	most := min(mostRows, max(1, mostValues/(len(cells)+1)))
	err = x.Rows(cells, every, func(at vtime.Time, values []float64) error {
		t.times = append(t.times, int64(at))
		for i, v := range values {
			t.columns[i+1].values = append(t.columns[i+1].values, v)
		}
		if len(t.times) >= most {
			t.group()
		}
		return t.err
	})
	if err == nil {
		t.group()
		t.foot(x)
		err = t.err
	}
	return err
}

// A table is a file that is being written.
type table struct {
	out     io.Writer
	columns []column // with that of the times, whose values are apart
	times   []int64
	rows    int64
	offset  int64
	groups  []group
	packer  *gzip.Writer
	packed  bytes.Buffer
	plain   []byte
	err     error
}

// A group is rows that have been written.
type group struct {
	rows  int64
	size  int64
	pages []page
}

// A page is a column of a group.
type page struct{ offset, size, packed int64 }

func (t *table) write(b []byte) {
	if t.err == nil {
		_, t.err = t.out.Write(b)
	}
	t.offset += int64(len(b))
}

// group writes the rows that there are.
func (t *table) group() {
	if len(t.times) == 0 {
		return
	}
	g := group{rows: int64(len(t.times))}
	for i := range t.columns {
		b := t.plain[:0]
		if i == 0 {
			for _, at := range t.times {
				b = binary.LittleEndian.AppendUint64(b, uint64(at))
			}
		} else {
			b = t.columns[i].page(b)
		}
		t.plain = b
		p := t.page(b, len(t.times))
		g.size += p.size
		g.pages = append(g.pages, p)
	}
	t.rows += g.rows
	t.groups = append(t.groups, g)
	t.times = t.times[:0]
}

// page writes a page.
func (t *table) page(b []byte, values int) page {
	t.packed.Reset()
	t.packer.Reset(&t.packed)
	_, _ = t.packer.Write(b) // into memory
	_ = t.packer.Close()
	h := thrift{}
	h.open()
	h.int(1, 0) // a data page
	h.int(2, len(b))
	h.int(3, t.packed.Len())
	h.record(5)
	h.int(1, values)
	h.int(2, plainEncoding)
	h.int(3, runs)
	h.int(4, runs)
	h.end()
	h.end()
	p := page{t.offset, int64(len(h.b) + len(b)), int64(len(h.b) + t.packed.Len())}
	t.write(h.b)
	t.write(t.packed.Bytes())
	return p
}

// Numbers of encodings and of compressions.
const (
	plainEncoding = 0
	runs          = 3
	gzipped       = 2
)

// foot writes what is in the file.
func (t *table) foot(x *trace.Trace) {
	f, h := thrift{}, &x.Header
	f.open()
	f.int(1, 1)
	f.list(2, typeRecord, len(t.columns)+1)
	f.open()
	f.text(4, "run")
	f.int(5, len(t.columns))
	f.end()
	for i := range t.columns {
		t.columns[i].describe(&f)
	}
	f.long(3, t.rows)
	f.list(4, typeRecord, len(t.groups))
	for i := range t.groups {
		t.describe(&f, &t.groups[i])
	}
	says := [][2]string{{"scenario", h.Scenario}, {"seed", fmt.Sprint(h.Seed)}, {"hash", h.Hash}}
	f.list(5, typeRecord, len(says))
	for _, s := range says {
		f.open()
		f.text(1, s[0])
		f.text(2, s[1])
		f.end()
	}
	f.text(6, "harmproof "+h.Tool)
	f.end()
	t.write(f.b)
	t.write(append(binary.LittleEndian.AppendUint32(nil, uint32(len(f.b))), magic...))
}

// describe tells where a group lies.
func (t *table) describe(f *thrift, g *group) {
	f.open()
	f.list(1, typeRecord, len(g.pages))
	for i, p := range g.pages {
		f.open()
		f.long(2, p.offset)
		f.record(3)
		f.int(1, int(t.columns[i].kind))
		f.list(2, typeInt, 2)
		f.number(plainEncoding)
		f.number(runs)
		f.list(3, typeText, 1)
		f.bytes(t.columns[i].name)
		f.int(4, gzipped)
		f.long(5, g.rows)
		f.long(6, p.size)
		f.long(7, p.packed)
		f.long(9, p.offset)
		f.end()
		f.end()
	}
	f.long(2, g.size)
	f.long(3, g.rows)
	f.end()
}
