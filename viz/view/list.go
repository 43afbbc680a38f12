package view

// turnTo shows another list.
func (v *View) turnTo(tab int) { v.panel.tab, v.panel.typing = tab%tabs, false }

// rowStep goes to the next row of the list.
func (v *View) rowStep(by int) {
	v.panel.reveal = true
	switch v.panel.tab {
	case storyTab:
		v.lineStep(by)
	case whyTab:
		if n := len(v.chain()); n > 0 {
			chooseLink(v, max(0, min(n-1, v.panel.step+by)))
		}
	case inspectTab:
		if v.chosen < 0 {
			v.nextDevice(by)
			return
		}
		v.panel.signal = max(0, min(len(v.main().cells[v.chosen])-1, v.panel.signal+by))
	case notesTab:
		if n := len(v.notes.list); n > 0 {
			chooseNote(v, max(0, min(n-1, v.notes.chosen+by)))
		}
	}
}

// page scrolls the list by nearly what is seen of it.
func (v *View) page(by float32) {
	v.panel.scroll[v.panel.tab] += by * 0.85 * v.panel.room
	v.panel.pinned = v.panel.pinned || v.panel.tab == storyTab
}

// lineStep goes to the next line of the story that was found.
func (v *View) lineStep(by int) {
	list := v.search()
	v.panel.pinned = false
	now := v.main().read.Story.After(v.player.Now) - 1
	at := -1
	for i, n := range list {
		if n <= now {
			at = i
		}
	}
	if by < 0 {
		for at > 0 && v.main().read.Story.Lines[list[at-1]].At == v.main().read.Story.Lines[list[at]].At {
			at--
		}
	}
	if at += by; at >= 0 && at < len(list) {
		chooseLine(v, list[at])
	}
}

// nextDevice chooses another device, and shows what is known of it.
func (v *View) nextDevice(by int) {
	n := len(v.main().header().Devices)
	if n == 0 {
		v.tell("There is no device")
		return
	}
	if v.chosen < 0 && by < 0 {
		v.chosen = n
	}
	v.choose(((v.chosen+by)%n + n) % n)
}

// enter does what a click on the row that is chosen does.
func (v *View) enter() {
	if v.panel.tab != inspectTab || v.chosen < 0 {
		return
	}
	if cells := v.main().cells[v.chosen]; v.panel.signal < len(cells) {
		v.plot(cells[v.panel.signal])
	}
}

// plotLess ends the plot that was begun last.
func (v *View) plotLess() {
	if n := len(v.plots); n > 0 {
		v.plots = v.plots[:n-1]
	}
}

// removeChosen removes the note that is chosen.
func (v *View) removeChosen() {
	if v.panel.tab != notesTab || len(v.notes.list) == 0 {
		v.tell("Delete removes a note: choose one in the list of notes")
		return
	}
	v.remove(v.notes.chosen)
}

// toDifference goes to where two traces part.
func (v *View) toDifference() {
	if v.differ == nil || !v.differ.found {
		v.tell("There is no difference of two traces to go to")
		return
	}
	v.player.Playing = false
	v.Seek(v.differ.at)
}
