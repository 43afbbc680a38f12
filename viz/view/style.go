package view

import "github.com/harmproof/harmproof/viz/look"

// The type scale by what it is used for.
var (
	tiny    = look.Tiny
	caption = look.Caption
	body    = look.Body
	strong  = look.Strong
	label   = look.Label
	number  = look.Number
	title   = look.Title
	clock   = look.Clock
)

// themes are the light one, and the other of it.
var themes = map[bool]*look.Theme{true: &look.Light, false: &look.Dark}
