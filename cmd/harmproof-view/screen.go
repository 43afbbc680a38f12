//go:build !js

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strings"

	"github.com/harmproof/harmproof/viz/view"
	"github.com/harmproof/harmproof/viz/window"
)

// openWindow shows traces in a window.
func openWindow(o *options, traces []*opened) error {
	if !hasDisplay(runtime.GOOS, os.Getenv) {
		return errNoDisplay
	}
	v, err := o.viewNoted(traces)
	if err != nil {
		return err
	}
	title := strings.Join(o.names, " and ") + " - harmproof replay"
	return window.Run(v, window.Options{Title: title})
}

// viewNoted makes a view with the notes of the reviewer, which lie beside the trace.
func (o *options) viewNoted(traces []*opened) (*view.View, error) {
	opens := o.opens(false)
	if o.notes != "" {
		text, err := os.ReadFile(o.notes)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			opens.Notes, err = readNotes(text)
		}
		if err != nil {
			return nil, fmt.Errorf("the notes in %s cannot be read: %w; mend or move the file", o.notes, err)
		}
		opens.Save = func(list []view.Note) error {
			text, err := writeNotes(list)
			if err == nil {
				err = os.WriteFile(o.notes, text, 0o644)
			}
			return err
		}
	}
	return newView(unnamed(traces), opens, o.chosen)
}
