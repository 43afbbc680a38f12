package look

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/viz/draw"
)

type swatch struct {
	name  string
	color draw.Color
}

// meanings are the colors that stand for different things in the same place; the others
// are said by shapes as well, and may be alike.
func meanings(t *Theme) [][]swatch {
	values := []swatch{{"true", t.True}, {"told", t.Told}, {"attack", t.Attack}, {"violated", t.Violated}}
	verdicts := []swatch{{"met", t.Met}, {"warning", t.Warning}, {"violated", t.Violated}, {"attack", t.Attack}}
	icons := []swatch{{"metal", t.Metal}, {"told", t.Told}, {"attack", t.Attack}}
	parts := []swatch{{"liquid", t.Liquid}, {"inside", t.Inside}, {"warm", t.Warm}, {"hot", t.Hot}}
	var series []swatch
	for i, c := range t.Series {
		series = append(series, swatch{string(rune('1' + i)), c})
	}
	var severities []swatch
	for i, c := range t.Severity {
		severities = append(severities, swatch{"severity " + string(rune('0'+i)), c})
	}
	return [][]swatch{values, verdicts, icons, parts, series, severities}
}

// enough is how far colors are apart at least that mean different things, by CIEDE2000, for
// whoever sees no red, no green or no blue; 1 can just be seen side by side.
const enough = 11

// Nobody takes one meaning for another.
func TestMeaningsAreApart(t *testing.T) {
	for _, theme := range []*Theme{&Dark, &Light} {
		for _, s := range sights {
			least, which := 1000.0, ""
			for _, group := range meanings(theme) {
				for i, a := range group {
					for _, b := range group[:i] {
						d := apart(lab(a.color, s), lab(b.color, s))
						if d < least {
							least, which = d, a.name+" and "+b.name
						}
						assert.GreaterOrEqual(t, d, float64(enough), "%s, %s: %s and %s", theme.Name, s.name, a.name, b.name)
					}
				}
			}
			t.Logf("%-5s %-12s least %.1f, of %s", theme.Name, s.name, least, which)
		}
	}
}

// legible is the least contrast of what is read (WCAG 2.1, 1.4.3), visible of what is only
// seen (1.4.11).
const legible, visible = 4.5, 3

// Text stands out from all that it is written on, and so do the colors that it is written in.
func TestTextIsLegible(t *testing.T) {
	for _, theme := range []*Theme{&Dark, &Light} {
		grounds := []swatch{{"back", theme.Back}, {"panel", theme.Panel}, {"raised", theme.Raised}, {"area", theme.Area}}
		for _, text := range []swatch{
			{"text", theme.Text}, {"soft", theme.Soft}, {"faint", theme.Faint}, {"accent", theme.Accent}, {"true", theme.True}, {"told", theme.Told},
			{"attack", theme.Attack}, {"fault", theme.Fault}, {"act", theme.Act}, {"violated", theme.Violated}, {"met", theme.Met},
			{"warning", theme.Warning}, {"check", theme.Check}, {"cursor", theme.Cursor},
			{"slight", theme.Severity[1]}, {"serious", theme.Severity[2]}, {"irreversible", theme.Severity[3]}, {"death", theme.Severity[4]},
		} {
			for _, ground := range grounds {
				assert.GreaterOrEqual(t, contrast(text.color, ground.color), legible, "%s: %s on %s", theme.Name, text.name, ground.name)
			}
		}
	}
}

// Icons, messages and curves can be seen.
func TestShapesAreVisible(t *testing.T) {
	for _, theme := range []*Theme{&Dark, &Light} {
		seen := []swatch{{"metal", theme.Metal}, {"attack", theme.Attack}, {"told", theme.Told}, {"message", theme.Message}}
		for i, c := range theme.Series {
			seen = append(seen, swatch{string(rune('1' + i)), c})
		}
		for _, s := range seen {
			for _, ground := range []draw.Color{theme.Back, theme.Panel, theme.Area, theme.Inside} {
				assert.GreaterOrEqual(t, contrast(s.color, ground), float64(visible), "%s: %s on %06x", theme.Name, s.name, ground>>8)
			}
		}
	}
}
