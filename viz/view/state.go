package view

import "slices"

// A State is what a replay shows, for who asks from outside: a test, or a page around it.
type State struct {
	Ready      bool      `json:"ready"`
	Time       float64   `json:"time"` // s
	From       float64   `json:"from"`
	To         float64   `json:"to"`
	Playing    bool      `json:"playing"`
	Speed      float64   `json:"speed"`
	Selected   string    `json:"selected"`
	Row        string    `json:"row"` // the signal whose row is chosen, of the device that is
	Panel      string    `json:"panel"`
	Plots      []string  `json:"plots"`
	Window     []float64 `json:"window"` // s
	Theme      string    `json:"theme"`
	Help       bool      `json:"help"`
	Told       bool      `json:"told"`
	Shows      string    `json:"shows"` // plant, ground, or both
	Lines      int       `json:"lines"` // of the story
	Search     string    `json:"search"`
	Found      int       `json:"found"`
	Violations []float64 `json:"violations"` // s
	Injuries   []float64 `json:"injuries"`   // s
	Notes      int       `json:"notes"`
	Caption    string    `json:"caption"`
	// Timeline is where the strip with the time axis lies: x, y, width, height in pixels.
	Timeline []float32 `json:"timeline"`
}

// State returns what is shown now.
func (v *View) State() State {
	s := v.main()
	seconds := func(ns int64) float64 { return float64(ns) / 1e9 }
	x := State{
		Ready: s.read.Story.Done(), Time: v.player.Now.Seconds(), From: v.player.From.Seconds(), To: v.player.To.Seconds(),
		Playing: v.player.Playing, Speed: v.player.Speed, Panel: tabNames[v.panel.tab], Theme: v.theme.Name, Help: v.help, Told: v.told, Shows: v.shows(),
		Window: []float64{seconds(int64(v.window.from)), seconds(int64(v.window.to))}, Lines: len(s.read.Story.Lines),
		Search: v.panel.find, Found: len(v.search()), Notes: len(v.notes.list),
		Timeline: []float32{v.strip.X, v.strip.Y, v.strip.W, v.strip.H},
	}
	if v.chosen >= 0 && v.chosen < len(s.header().Devices) {
		x.Selected = s.header().Devices[v.chosen].ID
		if cells := s.cells[v.chosen]; v.panel.signal < len(cells) {
			x.Row = s.trace().Path(cells[v.panel.signal])
		}
	}
	for _, cell := range v.plots {
		x.Plots = append(x.Plots, s.trace().Path(cell))
	}
	for _, at := range v.player.Violations {
		x.Violations = append(x.Violations, at.Seconds())
	}
	for _, at := range v.player.Injuries {
		x.Injuries = append(x.Injuries, at.Seconds())
	}
	if i := s.headline(v.player.Now); i >= 0 {
		x.Caption = s.read.Story.Lines[i].Text
	}
	x.Plots = slices.Clip(x.Plots)
	return x
}
