//go:build !js

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/trace/container"
	"github.com/harmproof/harmproof/sim/vtime"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "harmproof: %v\n", err)
		os.Exit(2)
	}
}

// An opened is a trace and its file.
type opened struct {
	*trace.Trace
	name string
	file *os.File
	size int64
}

func run(args []string) error {
	o, err := parseOptions(args)
	if err != nil {
		return err
	}
	if o.version {
		fmt.Println(version())
		return nil
	}
	var traces []*opened
	for i, file := range o.files {
		t, err := open(file, o.names[i])
		if err != nil {
			return fmt.Errorf("%q: %w", o.names[i], err)
		}
		defer t.file.Close()
		if t.Warning != nil {
			fmt.Fprintf(os.Stderr, "warning: %s: %v\n", t.name, t.Warning)
		}
		traces = append(traces, t)
	}
	if err := o.choosable(traces); err != nil {
		return err
	}
	o.clamp(traces, os.Stderr)
	err = o.show(traces)
	if damage := (*container.Damage)(nil); errors.As(err, &damage) {
		return fmt.Errorf("%w; `harmproof trace recover %s --out FILE` makes a trace of what can be read", err, traces[0].name)
	}
	return err
}

// clamp keeps the times that were asked for within the runs, and says where that changes one.
func (o *options) clamp(traces []*opened, say io.Writer) {
	first, last := vtime.Never, vtime.Time(0)
	for _, t := range traces {
		first, last = min(first, t.Header.From), max(last, t.Last())
	}
	for _, flag := range []struct {
		name string
		at   *vtime.Time
	}{{"at", o.at}, {"from", o.from}, {"to", o.to}} {
		switch {
		case flag.at == nil:
		case *flag.at > last:
			fmt.Fprintf(say, "note: --%s is %s, and the run ends at %s: that is taken\n", flag.name, flag.at.Short(), last.Short())
			*flag.at = last
		case *flag.at < first:
			fmt.Fprintf(say, "note: --%s is %s, and the recording begins at %s: that is taken\n", flag.name, flag.at.Short(), first.Short())
			*flag.at = first
		}
	}
}

// choosable refuses what is to be chosen and is in no trace.
func (o *options) choosable(traces []*opened) error {
	for _, path := range o.chosen {
		var missing error
		if !slices.ContainsFunc(traces, func(t *opened) bool {
			if slices.ContainsFunc(t.Header.Devices, func(d trace.Device) bool { return d.ID == path }) {
				return true
			}
			_, missing = t.Cell(path)
			return missing == nil
		}) {
			return fmt.Errorf("--select: %q is no device, and %w", path, missing)
		}
	}
	return nil
}

// show does what the command line asks for.
func (o *options) show(traces []*opened) error {
	switch {
	case o.html != "":
		return writePage(o, traces)
	case o.serve:
		return serve(o, traces)
	case o.png != "":
		return writePNG(o, traces)
	case o.gif != "":
		return writeGIF(o, traces)
	case o.mp4 != "":
		return writeMP4(o, traces)
	case o.svg != "":
		return writeSVG(o, traces)
	}
	return openWindow(o, traces)
}

// open opens a trace.
func open(name, called string) (*opened, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("that is a folder; name a file in it")
	}
	var t *trace.Trace
	if err == nil {
		t, err = trace.Open(file, info.Size())
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return &opened{t, called, file, info.Size()}, nil
}

// hasDisplay reports whether there may be a screen.
func hasDisplay(goos string, env func(string) string) bool {
	return goos != "linux" && !strings.HasSuffix(goos, "bsd") || env("DISPLAY") != "" || env("WAYLAND_DISPLAY") != ""
}

var errNoDisplay = errors.New("there is no display here; write a page (--html run.html) or a picture (--png run.png) instead")
