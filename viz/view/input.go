package view

import (
	"time"

	"github.com/harmproof/harmproof/viz/draw"
)

// An Input is what happened since the one before.
type Input struct {
	Width, Height float32 // of the screen, in pixels
	// Scale is how many pixels a point has: 2 on a screen of twice the density.
	Scale   float32
	Elapsed time.Duration
	Pointer draw.Point
	// Inside says whether the pointer is over the screen.
	Inside bool
	// Down says whether the main button is held, Pressed and Released whether that
	// has just begun or ended. Double says that this is the second press of two.
	Down, Pressed, Released, Double bool
	Wheel                           draw.Point // lines: up and to the left is positive
	Keys                            []Key      // pressed, or repeated while held
	Shift, Control                  bool       // held; Control is Command on a Mac
	Text                            string     // that was typed
}

// A Key is a key that does not write, or that does something where nothing is written: its
// name, as KeyboardEvent.key has it in lower case: "a", "?", " ", "arrowleft", "enter",
// "escape", "backspace", "delete", "home", "end", "pageup", "pagedown", "tab", "f1".
type Key string
