//go:build !js

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/view"
)

// Options are what the command line says.
type options struct {
	html, png, gif, mp4, svg string
	serve, version           bool
	port, fps                int
	at, from, to             *vtime.Time
	chosen                   []string
	width, height            int
	light, dark              bool
	names, files             []string
	notes                    string // the file of the reviewer's
}

// Sizes of pictures, in pixels.
const (
	leastSide, mostSide = 200, 8192
	mostFPS             = 120
)

// parseOptions reads the command line.
func parseOptions(args []string) (*options, error) {
	o := &options{width: 1280, height: 800}
	var names string
	f := flag.NewFlagSet("harmproof-view", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.html, "html", "", "")
	f.StringVar(&o.png, "png", "", "")
	f.StringVar(&o.gif, "gif", "", "")
	f.StringVar(&o.mp4, "mp4", "", "")
	f.StringVar(&o.svg, "svg", "", "")
	f.BoolVar(&o.serve, "serve", false, "")
	f.BoolVar(&o.version, "version", false, "")
	f.IntVar(&o.port, "port", 0, "")
	f.IntVar(&o.fps, "fps", 0, "")
	f.StringVar(&o.notes, "notes", "", "")
	f.StringVar(&names, "names", "", "")
	f.Func("at", "", timeInto(&o.at))
	f.Func("from", "", timeInto(&o.from))
	f.Func("to", "", timeInto(&o.to))
	f.Func("select", "", func(text string) error { o.chosen = chosen(text); return nil })
	f.Func("size", "", o.size)
	f.Func("theme", "", o.theme)
	if err := f.Parse(args); err != nil {
		return nil, fmt.Errorf("%w; see `harmproof help replay`", err)
	}
	o.files = f.Args()
	o.names = o.files
	if list := strings.Split(names, "\n"); names != "" && len(list) == len(o.files) {
		o.names = list
	}
	return o, o.check()
}

func (o *options) check() error {
	switch {
	case o.version:
		return nil
	case len(o.files) == 0 || len(o.files) > 2:
		return errors.New("name one trace, or two to compare: `harmproof replay run.mcap`")
	case o.fps < 0 || o.fps > mostFPS:
		return fmt.Errorf("--fps is how many pictures a second has: 1 to %d", mostFPS)
	case o.port < 0 || o.port > 65535:
		return errors.New("--port is a number up to 65535")
	case o.from != nil && o.to != nil && *o.from >= *o.to:
		return errors.New("--from is not before --to")
	}
	return nil
}

func timeInto(to **vtime.Time) func(string) error {
	return func(text string) (err error) {
		*to, err = parseTime(text)
		return err
	}
}

func (o *options) size(text string) error {
	w, h, _ := strings.Cut(text, "x")
	var bad, worse error
	o.width, bad = strconv.Atoi(w)
	if o.height, worse = strconv.Atoi(h); bad != nil || worse != nil {
		return errors.New("write a size as 1280x800")
	}
	if min(o.width, o.height) < leastSide || max(o.width, o.height) > mostSide {
		return fmt.Errorf("sides are %d to %d pixels long", leastSide, mostSide)
	}
	return nil
}

func (o *options) theme(text string) error {
	if text != "dark" && text != "light" {
		return errors.New("themes are dark and light")
	}
	o.light, o.dark = text == "light", text == "dark"
	return nil
}

// link is where a page opens.
func (o *options) link() string {
	v := url.Values{}
	if o.at != nil {
		v.Set("t", exactly(*o.at))
	}
	if len(o.chosen) > 0 {
		v.Set("select", strings.Join(o.chosen, ","))
	}
	return v.Encode()
}

// opens says how a view opens.
func (o *options) opens(eager bool) view.Options {
	return view.Options{Light: o.light, At: o.at, Names: o.names, Eager: eager}
}

// unnamed are traces without their files.
func unnamed(traces []*opened) (list []*trace.Trace) {
	for _, t := range traces {
		list = append(list, t.Trace)
	}
	return list
}
