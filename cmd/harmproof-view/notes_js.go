package main

import (
	"fmt"
	"syscall/js"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/view"
)

// keepNotes has the browser keep the reviewer's notes, by what the trace is of, if it
// keeps anything for this page.
func keepNotes(o *view.Options, traces []*trace.Trace) {
	h := &traces[0].Header
	key := fmt.Sprintf("harmproof notes %s %s %d", h.Scenario, h.Hash, h.Seed)
	if text, err := stored("getItem", key); err == nil && text.Type() == js.TypeString {
		o.Notes, _ = readNotes([]byte(text.String())) // what is not readable is as good as none
	}
	o.Save = func(list []view.Note) error {
		text, err := writeNotes(list)
		if err == nil {
			_, err = stored("setItem", key, string(text))
		}
		return err
	}
}

// stored calls the browser's store, which may be forbidden or full.
func stored(method string, args ...any) (v js.Value, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the browser keeps no notes: %v", cause)
		}
	}()
	return js.Global().Get("localStorage").Call(method, args...), nil
}
