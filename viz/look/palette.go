package look

import "github.com/harmproof/harmproof/viz/draw"

// A Theme is the colors of a replay, by what they mean.
type Theme struct {
	Name string
	// Back is behind everything, Panel is what lies on it, Raised what lies on that, Area a
	// zone of the network; Border parts them, Grid is fainter.
	Back, Panel, Raised, Area, Border, Grid draw.Color
	// Text in three strengths.
	Text, Soft, Faint draw.Color
	// Accent is what can be pressed or is chosen, Cursor the time, Shade lies over what waits.
	Accent, Cursor, Shade draw.Color
	// True is a value as it is, Told as somebody is told it, where that differs.
	True, Told draw.Color
	// Attack is an adversary's doing and what is in its hands, Fault that of no adversary,
	// Act that of people.
	Attack, Fault, Act draw.Color
	// Violated, Met and Warning are verdicts; Check is a rule that reacted.
	Violated, Met, Warning, Check draw.Color
	// Message is one on its way, Liquid what fills a vessel, Pipe what joins devices,
	// Metal and Inside draw icons, Warm is what is on, Hot what is hot.
	Message, Liquid, Pipe, Metal, Inside, Warm, Hot draw.Color
	// Series are the colors of curves, in their order.
	Series [6]draw.Color
	// Severity is how badly somebody is harmed, from not at all to death.
	Severity [5]draw.Color
}

// Dark is the theme for screens.
var Dark = Theme{
	Name: "dark",
	Back: 0x11151CFF, Panel: 0x181E27FF, Raised: 0x232B37FF, Area: 0x1C232DFF, Border: 0x36414FFF, Grid: 0x28313DFF,
	Text: 0xE8EDF2FF, Soft: 0xB1BCC8FF, Faint: 0x8793A0FF,
	Accent: 0x56B4E9FF, Cursor: 0xF0E442FF, Shade: 0x000000A0,
	True: 0x56B4E9FF, Told: 0xFFAF00FF,
	Attack: 0xD673A5FF, Fault: 0xFFAF00FF, Act: 0x56B4E9FF,
	Violated: 0xFF5A39FF, Met: 0x2BB58AFF, Warning: 0xFFAF00FF, Check: 0x2BB58AFF,
	Message: 0x9FD3F5FF, Liquid: 0x3B86C4FF, Pipe: 0x4B5868FF, Metal: 0xB8C5D4FF, Inside: 0x0D1117FF, Warm: 0xF0E442FF, Hot: 0xE06A4AFF,
	Series:   [6]draw.Color{0x3C92DEFF, 0xE49E06FF, 0x2DC395FF, 0xDF629FFF, 0xF1E543FF, 0xC9B6F3FF},
	Severity: [5]draw.Color{0xB8C5D4FF, 0xF9FEA5FF, 0xF8B001FF, 0xF36461FF, 0xBF6FF8FF},
}

// Light is the theme for paper.
var Light = Theme{
	Name: "light",
	Back: 0xF3F5F8FF, Panel: 0xFFFFFFFF, Raised: 0xE9EDF2FF, Area: 0xF8FAFCFF, Border: 0xC5CED8FF, Grid: 0xE2E7EDFF,
	Text: 0x17202AFF, Soft: 0x44505DFF, Faint: 0x5B6772FF,
	Accent: 0x0066A6FF, Cursor: 0x7A5900FF, Shade: 0x17202A66,
	True: 0x006FADFF, Told: 0x8F6100FF,
	Attack: 0xB0307AFF, Fault: 0x8F6100FF, Act: 0x006FADFF,
	Violated: 0x920E0FFF, Met: 0x0A7956FF, Warning: 0x8F6100FF, Check: 0x0A7956FF,
	Message: 0x2C88C8FF, Liquid: 0x7DBDE8FF, Pipe: 0xAEB9C5FF, Metal: 0x465059FF, Inside: 0xFFFFFFFF, Warm: 0xC9A800FF, Hot: 0xD96A6AFF,
	Series:   [6]draw.Color{0x226BC9FF, 0xBF761CFF, 0x009164FF, 0xAE3377FF, 0x706100FF, 0x3C2BC6FF},
	Severity: [5]draw.Color{0x465059FF, 0x7C6900FF, 0x6C4203FF, 0x660218FF, 0x390E75FF},
}
