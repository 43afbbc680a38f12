package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/parquet"
	"github.com/harmproof/harmproof/sim/trace/perfetto"
	"github.com/harmproof/harmproof/sim/trace/vcd"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// formats are the formats of exports, by how the names of their files end.
var formats = [][2]string{{".csv", "csv"}, {".parquet", "parquet"}, {".vcd", "vcd"}, {".json", "perfetto"}, {".perfetto", "perfetto"}}

// format is the one that is asked for.
func (t *tracer) format() (string, error) {
	if f := t.flags.format; f != "" {
		for _, x := range formats {
			if x[1] == f {
				return f, nil
			}
		}
		return "", fmt.Errorf("--format %s: there are csv, parquet, vcd and perfetto", source.Quote(f))
	}
	ending := strings.ToLower(filepath.Ext(t.flags.out))
	for _, x := range formats {
		if x[0] == ending {
			return x[1], nil
		}
	}
	return "", fmt.Errorf("--out %s: its ending says not what to write; end it with .csv, .parquet, .vcd or .json (Perfetto), or say --format", source.Quote(t.flags.out))
}

// export writes values over time, in some formats with all else that there is.
func (t *tracer) export(x *trace.Trace) error {
	format, err := t.format()
	if err != nil {
		return err
	}
	cells, err := t.choose(x)
	if err != nil {
		return err
	}
	var every vtime.Duration
	if t.flags.every != "" {
		if every, err = vtime.ParseDuration(t.flags.every); err != nil || every <= 0 {
			return fmt.Errorf("--every %s: write a time such as `--every 1s`", source.Quote(t.flags.every))
		}
	}
	file, err := os.Create(t.flags.out)
	if err != nil {
		return err
	}
	switch format {
	case "vcd":
		err = vcd.Write(file, x, cells, every)
	case "perfetto":
		var left int
		if left, err = perfetto.Write(file, x, cells, every); left > 0 {
			fmt.Fprintf(t.err, "warning: %d messages beyond the first %d are left out\n", left, perfetto.MaxMessages)
		}
	case "parquet":
		err = parquet.Write(file, x, cells, every)
	default:
		err = writeCSV(file, x, cells, every)
	}
	return errors.Join(err, file.Close())
}

// writeCSV writes a row for each time.
func writeCSV(file io.Writer, x *trace.Trace, cells []int, every vtime.Duration) error {
	out := csv.NewWriter(file)
	record := []string{"time"}
	for _, cell := range cells {
		name := x.Path(cell)
		if k := x.KindOf(cell); k.Type == "number" && k.Unit.Symbol != "" {
			name += " [" + k.Unit.Symbol + "]"
		}
		record = append(record, name)
	}
	err := out.Write(record)
	if err == nil {
		err = x.Rows(cells, every, func(at vtime.Time, values []float64) error {
			record[0] = exactSeconds(at)
			for i, v := range values {
				record[i+1] = inUnit(x.KindOf(cells[i]), v)
			}
			return out.Write(record)
		})
	}
	out.Flush()
	return errors.Join(err, out.Error())
}

// choose finds the signals, all where none is named.
func (t *tracer) choose(x *trace.Trace) (cells []int, err error) {
	if t.flags.signals == "" {
		for cell := range x.Cells() {
			cells = append(cells, cell)
		}
		return cells, nil
	}
	for path := range strings.SplitSeq(t.flags.signals, ",") {
		cell, err := x.Cell(strings.TrimSpace(path))
		if err != nil {
			return nil, err
		}
		if !slices.Contains(cells, cell) {
			cells = append(cells, cell)
		}
	}
	return cells, nil
}

// inUnit writes a value in the unit of its signal.
func inUnit(k *trace.Kind, x float64) string {
	switch {
	case math.IsNaN(x):
		return ""
	case k.Type == "number":
		x = unit.Unit{Scale: k.Unit.Scale, Offset: k.Unit.Offset}.FromSI(x)
	case k.Type == "enum" && x >= 0 && x < float64(len(k.Labels)):
		return k.Labels[int(x)]
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
