package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"syscall/js"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
	"github.com/harmproof/harmproof/viz/window"
)

// main shows what the page has handed over: harmproofPage, as page.js makes it.
func main() {
	page := js.Global().Get("harmproofPage")
	if err := show(page); err != nil {
		js.Global().Get("console").Call("error", err.Error())
		page.Call("fail", err.Error())
	}
}

func show(page js.Value) error {
	start := page.Get("start")
	o := view.Options{Light: start.Get("light").Truthy()}
	var traces []*trace.Trace
	list := start.Get("traces")
	for i := range list.Length() {
		x := list.Index(i)
		in, size := file(x)
		t, err := trace.Open(in, size)
		if err != nil {
			return fmt.Errorf("%s: %w", x.Get("name").String(), err)
		}
		traces, o.Names = append(traces, t), append(o.Names, x.Get("name").String())
	}
	l := link{}
	if text := start.Get("link"); text.Truthy() {
		l = parseLink(text.String())
	}
	if hash := parseLink(address()); hash.at != nil || hash.chosen != nil {
		l = hash
	}
	o.At = l.at
	keepNotes(&o, traces)
	v, err := newView(traces, o, l.chosen)
	if err != nil {
		return err
	}
	s := &stage{View: v, page: page, next: make(chan link, 1)}
	s.listen()
	return window.Run(s, window.Options{State: func() any { return v.State() }})
}

// address is what stands after # in the page's address.
func address() string {
	return strings.TrimPrefix(js.Global().Get("location").Get("hash").String(), "#")
}

// file returns the bytes of a trace, in the page or on the server.
func file(x js.Value) (io.ReaderAt, int64) {
	if url := x.Get("url"); url.Truthy() {
		r := &remote{url: url.String(), size: int64(x.Get("size").Float()), blocks: map[int64][]byte{}}
		return r, r.size
	}
	data := x.Get("data")
	b := make([]byte, data.Length())
	js.CopyBytesToGo(b, data)
	x.Delete("data")
	return bytes.NewReader(b), int64(len(b))
}

// A stage is a view in a page.
type stage struct {
	*view.View
	page  js.Value
	next  chan link // where an address leads
	shown bool
}

// listen follows links within the page.
func (s *stage) listen() {
	js.Global().Call("addEventListener", "hashchange", js.FuncOf(func(js.Value, []js.Value) any {
		select {
		case s.next <- parseLink(address()):
		default: // the one before has not been seen yet
		}
		return nil
	}))
}

// Update goes where a link leads, and on.
func (s *stage) Update(in view.Input) error {
	select {
	case l := <-s.next:
		if l.at != nil {
			s.Seek(*l.at)
		}
		choose(s.View, l.chosen)
	default:
	}
	return s.View.Update(in)
}

// Draw tells the page that there is something to see.
func (s *stage) Draw(l *draw.List) {
	s.View.Draw(l)
	if !s.shown {
		s.shown = true
		s.page.Call("ready")
	}
}
