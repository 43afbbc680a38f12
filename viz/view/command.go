package view

// A command is what a key does, for the page of help as well.
type command struct {
	keys  []Key
	shift bool
	shown string // how the key is called; empty of one that the one before tells of
	about string
	do    func(v *View)
}

// commands are what keys do, in the order of the help.
var commands = [...]command{
	{[]Key{" "}, false, "Space", "play or pause", func(v *View) { v.player.Toggle() }},
	{[]Key{"n"}, false, "N, Shift N", "next violation, previous one", func(v *View) { skipViolation(v, 1) }},
	{[]Key{"n"}, true, "", "", func(v *View) { skipViolation(v, -1) }},
	{[]Key{"h"}, false, "H, Shift H", "next harm to somebody, previous one", func(v *View) { skipInjury(v, 1) }},
	{[]Key{"h"}, true, "", "", func(v *View) { skipInjury(v, -1) }},
	{[]Key{"."}, false, ".  ,", "next event, previous one", func(v *View) { skipEvent(v, 1) }},
	{[]Key{","}, false, "", "", func(v *View) { skipEvent(v, -1) }},
	{[]Key{"arrowright"}, false, "Right, Left", "step by a hundredth of what the timeline shows", func(v *View) { v.stepTime(1) }},
	{[]Key{"arrowleft"}, false, "", "", func(v *View) { v.stepTime(-1) }},
	{[]Key{"arrowright"}, true, "with Shift", "step by a thousandth", func(v *View) { v.stepTime(0.1) }},
	{[]Key{"arrowleft"}, true, "", "", func(v *View) { v.stepTime(-0.1) }},
	{[]Key{"home"}, false, "Home, End", "to the start, to the end", func(v *View) { v.Seek(v.player.From) }},
	{[]Key{"end"}, false, "", "", func(v *View) { v.Seek(v.player.To) }},
	{[]Key{"]"}, false, "]  [", "play faster, slower", func(v *View) { v.player.Faster(1) }},
	{[]Key{"["}, false, "", "", func(v *View) { v.player.Faster(-1) }},
	{[]Key{"+", "="}, false, "+  -", "zoom into the time, and out", func(v *View) { v.zoom(0.5, v.player.Now) }},
	{[]Key{"-"}, false, "", "", func(v *View) { v.zoom(2, v.player.Now) }},
	{[]Key{"pagedown"}, true, "Shift Page", "move the timeline on, or back", func(v *View) { v.slide(0.5) }},
	{[]Key{"pageup"}, true, "", "", func(v *View) { v.slide(-0.5) }},
	{[]Key{"a"}, false, "A, B", "set or clear a cursor here", func(v *View) { v.mark(0) }},
	{[]Key{"b"}, false, "", "", func(v *View) { v.mark(1) }},
	{[]Key{"z"}, false, "Z, Shift Z", "zoom into the picture, and out", func(v *View) { v.zoomPlant(1.5) }},
	{[]Key{"z"}, true, "", "", func(v *View) { v.zoomPlant(1 / 1.5) }},
	{[]Key{"j"}, false, "J K L I", "move the picture that is zoomed", func(v *View) { v.pan(-0.2, 0) }},
	{[]Key{"l"}, false, "", "", func(v *View) { v.pan(0.2, 0) }},
	{[]Key{"k"}, false, "", "", func(v *View) { v.pan(0, 0.2) }},
	{[]Key{"i"}, false, "", "", func(v *View) { v.pan(0, -0.2) }},
	{[]Key{"0"}, false, "0", "all of the time, all of the plant", (*View).fitAll},
	{[]Key{"g"}, false, "G", "the plant, the ground seen from above, or both", (*View).turnGround},
	{[]Key{"o"}, false, "O", "the plant as it is, or as it is told", func(v *View) { v.told = !v.told }},
	{[]Key{"tab"}, false, "Tab", "next list: story, why, device, notes", func(v *View) { v.turnTo(v.panel.tab + 1) }},
	{[]Key{"tab"}, true, "", "", func(v *View) { v.turnTo(v.panel.tab + tabs - 1) }},
	{[]Key{"arrowdown"}, false, "Down, Up", "next row of the list, previous one", func(v *View) { v.rowStep(1) }},
	{[]Key{"arrowup"}, false, "", "", func(v *View) { v.rowStep(-1) }},
	{[]Key{"pagedown"}, false, "Page", "scroll the list", func(v *View) { v.page(1) }},
	{[]Key{"pageup"}, false, "", "", func(v *View) { v.page(-1) }},
	{[]Key{"/"}, false, "/", "search the story; Enter: leave the search box", func(v *View) { v.panel.tab, v.panel.typing = storyTab, true }},
	{[]Key{"v"}, false, "V, Shift V", "explain the next violated invariant", func(v *View) { v.nextBroken(1) }},
	{[]Key{"v"}, true, "", "", func(v *View) { v.nextBroken(-1) }},
	{[]Key{"r"}, false, "R", "its next chain of causes", func(v *View) { v.panel.tab = whyTab; v.nextRoot(1) }},
	{[]Key{"d"}, false, "D, Shift D", "next device, previous one", func(v *View) { v.nextDevice(1) }},
	{[]Key{"d"}, true, "", "", func(v *View) { v.nextDevice(-1) }},
	{[]Key{"enter"}, false, "Enter", "plot the signal of the row, or end its plot", (*View).enter},
	{[]Key{"p"}, false, "P, X", "plot the device's next signal; end the last plot", (*View).plotNext},
	{[]Key{"x"}, false, "", "", (*View).plotLess},
	{[]Key{"m"}, false, "M", "write a note; Enter keeps it", (*View).write},
	{[]Key{"delete", "backspace"}, false, "Delete", "remove the note that is chosen", (*View).removeChosen},
	{[]Key{"f"}, false, "F", "of two traces: the first difference", (*View).toDifference},
	{[]Key{"t"}, false, "T", "dark or light", (*View).turn},
	{[]Key{"?", "f1"}, false, "?", "this page", func(v *View) { v.help = !v.help }},
	{[]Key{"escape"}, false, "Esc", "leave what is open", (*View).leave},
}
