package window

import (
	"errors"
	"fmt"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/view"
)

// A Stage is what is to be seen in a window.
type Stage interface {
	// Update takes what happened since it was last called. An error ends the window.
	Update(view.Input) error
	// Draw draws the picture of now into an empty list.
	Draw(*draw.List)
}

// ErrClosed is what a stage returns from Update to close its window.
var ErrClosed = errors.New("the window is closed")

// Options are those of a window.
type Options struct {
	Title         string
	Width, Height int // at first, in points; 0: 1280 by 800
	// State is what a browser's tests can see, as harmproof.state(); nil: nothing. It is
	// made into JSON.
	State func() any
}

// Run shows a stage until its window is closed. It must be called from the main goroutine.
func Run(s Stage, o Options) error {
	if o.Width <= 0 || o.Height <= 0 {
		o.Width, o.Height = 1280, 800
	}
	ebiten.SetWindowTitle(o.Title)
	ebiten.SetWindowSize(o.Width, o.Height)
	ebiten.SetWindowResizingMode(ebiten.WindowResizingModeEnabled)
	ebiten.SetVsyncEnabled(true)
	ebiten.SetTPS(ebiten.SyncWithFPS) // what is to be seen goes by the time that passed
	ebiten.SetRunnableOnUnfocused(true)
	expose(o.State)
	err := ebiten.RunGame(&game{stage: s, scale: 1})
	if err != nil && !errors.Is(err, ErrClosed) {
		return fmt.Errorf("show a window: %w", err)
	}
	return nil
}

// A game is a stage as Ebitengine plays it.
type game struct {
	stage         Stage
	list          draw.List
	painter       painter
	gatherer      gatherer
	width, height int
	scale         float64
	last          time.Time
}

// LayoutF implements ebiten.LayoutFer: the screen has as many pixels as the window.
func (g *game) LayoutF(width, height float64) (float64, float64) {
	if m := ebiten.Monitor(); m != nil {
		g.scale = m.DeviceScaleFactor()
	}
	g.width, g.height = max(1, int(width*g.scale+0.5)), max(1, int(height*g.scale+0.5))
	return float64(g.width), float64(g.height)
}

// Layout implements ebiten.Game.
func (g *game) Layout(width, height int) (int, int) {
	w, h := g.LayoutF(float64(width), float64(height))
	return int(w), int(h)
}

// longest is the longest step of time: a window that was hidden goes on where it was.
const longest = 500 * time.Millisecond

// Update implements ebiten.Game.
func (g *game) Update() error {
	now := time.Now()
	elapsed := min(now.Sub(g.last), longest)
	if g.last.IsZero() {
		elapsed = 0
	}
	g.last = now
	in := g.gatherer.gather(elapsed)
	in.Width, in.Height, in.Scale = float32(g.width), float32(g.height), float32(g.scale)
	in.Inside = in.Pointer.X >= 0 && in.Pointer.Y >= 0 && in.Pointer.X < in.Width && in.Pointer.Y < in.Height
	return g.stage.Update(in)
}

// Draw implements ebiten.Game.
func (g *game) Draw(screen *ebiten.Image) {
	g.list.Reset()
	g.stage.Draw(&g.list)
	g.painter.paint(screen, &g.list)
}
