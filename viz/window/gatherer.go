package window

import (
	"strings"
	"time"
	"unicode"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/inpututil"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// A gatherer gathers what the pointer and the keys did.
type gatherer struct {
	now     time.Duration // since the first call
	pressed presses
	held    repeats
	touch   ebiten.TouchID
	touched bool
	keys    []view.Key
	runes   []rune
	touches []ebiten.TouchID
}

// gather returns what happened in the time since the last call, but for the screen.
func (g *gatherer) gather(elapsed time.Duration) view.Input {
	g.now += elapsed
	in := view.Input{
		Elapsed: elapsed,
		Shift:   ebiten.IsKeyPressed(ebiten.KeyShift),
		Control: ebiten.IsKeyPressed(ebiten.KeyControl) || ebiten.IsKeyPressed(ebiten.KeyMeta),
	}
	g.pointer(&in)
	wheelX, wheelY := ebiten.Wheel()
	in.Wheel = draw.Point{X: float32(wheelX), Y: float32(wheelY)}
	g.typed(&in)
	return in
}

// pointer gathers what the mouse did, or the first finger.
func (g *gatherer) pointer(in *view.Input) {
	x, y := ebiten.CursorPositionF()
	in.Pressed = inpututil.IsMouseButtonJustPressed(ebiten.MouseButtonLeft)
	in.Released = inpututil.IsMouseButtonJustReleased(ebiten.MouseButtonLeft)
	in.Down = ebiten.IsMouseButtonPressed(ebiten.MouseButtonLeft) && !in.Released
	g.touches = ebiten.AppendTouchIDs(g.touches[:0])
	if !g.touched && len(g.touches) > 0 {
		g.touch, g.touched, in.Pressed = g.touches[0], true, true
	}
	if g.touched {
		in.Down = inpututil.TouchPressDuration(g.touch) > 0
		if in.Down {
			x, y = ebiten.TouchPositionF(g.touch)
		} else {
			x, y = inpututil.TouchPositionFInPreviousTick(g.touch)
			g.touched, in.Released = false, true
		}
	}
	in.Pointer = draw.Point{X: float32(x), Y: float32(y)}
	if in.Pressed {
		in.Double = g.pressed.double(g.now, in.Pointer)
	}
}

// typed gathers what the keys did. A key that writes is called what it writes, on whatever
// keyboard; those that do not, and all while Control is held, are called by themselves.
func (g *gatherer) typed(in *view.Input) {
	g.keys = g.keys[:0]
	g.runes = ebiten.AppendInputChars(g.runes[:0])
	if !in.Control {
		for _, r := range g.runes {
			if unicode.IsPrint(r) {
				g.keys = append(g.keys, view.Key(unicode.ToLower(r)))
			}
		}
		in.Text = string(g.runes)
	}
	for i := range silent {
		if g.held.due(i, ebiten.IsKeyPressed(silent[i].key), inpututil.IsKeyJustPressed(silent[i].key), g.now) {
			g.keys = append(g.keys, silent[i].name)
		}
	}
	if in.Control {
		g.controlled()
	}
	in.Keys = g.keys
}

// controlled gathers keys that would write.
func (g *gatherer) controlled() {
	for k := ebiten.KeyA; k <= ebiten.KeyZ; k++ {
		if inpututil.IsKeyJustPressed(k) {
			g.keys = append(g.keys, letterOf(k))
		}
	}
	for k := ebiten.KeyDigit0; k <= ebiten.KeyDigit9; k++ {
		if inpututil.IsKeyJustPressed(k) {
			g.keys = append(g.keys, view.Key('0'+rune(k-ebiten.KeyDigit0)))
		}
	}
}

// letterOf returns what is on a key, or where that is not known what is there on most.
func letterOf(k ebiten.Key) view.Key {
	if name := ebiten.KeyName(k); name != "" {
		return view.Key(strings.ToLower(name))
	}
	return view.Key('a' + rune(k-ebiten.KeyA))
}

// silent are the keys that write nothing.
var silent = [...]struct {
	key  ebiten.Key
	name view.Key
}{
	{ebiten.KeyArrowLeft, "arrowleft"}, {ebiten.KeyArrowRight, "arrowright"},
	{ebiten.KeyArrowUp, "arrowup"}, {ebiten.KeyArrowDown, "arrowdown"},
	{ebiten.KeyEnter, "enter"}, {ebiten.KeyNumpadEnter, "enter"},
	{ebiten.KeyEscape, "escape"}, {ebiten.KeyBackspace, "backspace"},
	{ebiten.KeyDelete, "delete"}, {ebiten.KeyInsert, "insert"}, {ebiten.KeyTab, "tab"},
	{ebiten.KeyHome, "home"}, {ebiten.KeyEnd, "end"},
	{ebiten.KeyPageUp, "pageup"}, {ebiten.KeyPageDown, "pagedown"},
	{ebiten.KeyF1, "f1"}, {ebiten.KeyF2, "f2"}, {ebiten.KeyF3, "f3"}, {ebiten.KeyF4, "f4"},
	{ebiten.KeyF5, "f5"}, {ebiten.KeyF6, "f6"}, {ebiten.KeyF7, "f7"}, {ebiten.KeyF8, "f8"},
	{ebiten.KeyF9, "f9"}, {ebiten.KeyF10, "f10"}, {ebiten.KeyF11, "f11"}, {ebiten.KeyF12, "f12"},
}
