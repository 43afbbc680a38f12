//go:build !js

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// harmproof builds the tool, which builds the viewer as it does for everybody, into
// folders of the test's own.
func harmproof(t *testing.T) func(args ...string) *exec.Cmd {
	if testing.Short() {
		t.Skip("-short: no viewer is built")
	}
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	require.NoError(t, err)
	dir := t.TempDir()
	tool := filepath.Join(dir, "harmproof")
	out, err := exec.Command("go", "build", "-o", tool, "../harmproof").CombinedOutput()
	require.NoError(t, err, string(out))
	return func(args ...string) *exec.Cmd {
		c := exec.Command(tool, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"), "GOCACHE="+strings.TrimSpace(string(cache)))
		return c
	}
}

// Pages open from disk, or are served, ask nobody else for anything, and do as they are
// told.
func TestPagesInABrowser(t *testing.T) {
	b := openBrowser(t)
	run := harmproof(t)
	c := run("replay", "tower/spoofed-gauge", "--html", "run.html")
	out, err := c.CombinedOutput()
	require.NoError(t, err, string(out))
	file := filepath.Join(c.Dir, "run.html")
	info, err := os.Stat(file)
	require.NoError(t, err)
	t.Logf("the page has %.2f MB", float64(info.Size())/1e6)
	require.Less(t, info.Size(), int64(mostPage))
	page := "file://" + file

	t.Run("keys", func(t *testing.T) { b.with(t).keys(page) })
	t.Run("scrubbing", func(t *testing.T) { b.with(t).scrubs() })
	t.Run("links", func(t *testing.T) { b.with(t).links(page) })
	t.Run("text", func(t *testing.T) { b.with(t).reads() })
	t.Run("damage", func(t *testing.T) { b.with(t).damaged(file) })
	t.Run("thinned", func(t *testing.T) { b.with(t).thinned(run("replay", "grid/botnet-small", "--html", "large.html")) })
	t.Run("two", func(t *testing.T) {
		b.with(t).two(run("replay", "broker/retained-spoof", "broker/retained-spoof-checked", "--html", "two.html", "--theme", "light"))
	})
	t.Run("served", func(t *testing.T) { b.with(t).served(run("replay", "tower/spoofed-gauge", "--serve")) })
}

// keys presses keys without having clicked anywhere.
func (b *browser) keys(page string) {
	b.requests()
	b.visit(page)
	b.shoot("page")
	opened := b.state()
	require.NotEmpty(b, opened.Violations)
	assert.False(b, opened.Playing)
	assert.InDelta(b, opened.Violations[0]-5, opened.Time, 1e-6, "it opens 5 s before the first violation")
	b.press("n")
	b.until("it is at the first violation", func() bool { return b.state().Time == opened.Violations[0] })
	b.press(keyRight)
	b.until("it has gone on", func() bool { return b.state().Time > opened.Violations[0] })
	b.press("t")
	b.until("it is light", func() bool { return b.state().Theme == "light" })
	b.shoot("light")
	b.press("t")
	before := b.state()
	b.press(" ")
	b.until("it plays", func() bool { s := b.state(); return s.Playing && s.Time > before.Time })
	b.press(" ")
	b.until("it rests", func() bool { return !b.state().Playing })
	rests := b.state().Time
	assert.Equal(b, rests, b.state().Time)
	assert.Empty(b, b.complaints())
	for _, url := range b.requests() {
		assert.True(b, strings.HasPrefix(url, "file:") || strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "about:"), url)
	}
}

// scrubs clicks and drags where the time runs.
func (b *browser) scrubs() {
	s := b.state()
	require.Len(b, s.Timeline, 4)
	x, y, w := float64(s.Timeline[0]), int(s.Timeline[1])+10, float64(s.Timeline[2])
	at := func(part float64) (pixel int, time float64) {
		pixel = int(x + part*w)
		return pixel, s.Window[0] + (float64(pixel)-x)/w*(s.Window[1]-s.Window[0])
	}
	pixels := (s.Window[1] - s.Window[0]) / w
	near := func(time float64) func() bool {
		return func() bool { return math.Abs(b.state().Time-time) < 2*pixels }
	}
	quarter, time := at(0.25)
	b.drag(quarter, y, quarter, y)
	b.until("a click leads to its time", near(time))
	most, time := at(0.75)
	b.drag(quarter, y, most, y)
	b.until("it is where it was dragged to", near(time))
	b.shoot("dragged")
	b.until("the address leads there", func() bool {
		return b.text("location.hash.slice(0, 6)") == fmt.Sprintf("#t=%.3f", b.state().Time)[:6]
	})
	assert.Empty(b, b.complaints())
}

// links opens a page at a time, and follows a link within it.
func (b *browser) links(page string) {
	b.visit(page + "#t=2m10s&select=tower.level")
	s := b.state()
	assert.Equal(b, 130.0, s.Time)
	assert.Equal(b, "tower", s.Selected)
	assert.Contains(b, s.Plots, "tower.level")
	assert.Equal(b, "tower.level", s.Row)
	b.eval(`location.hash = "#t=61.5&select=pump"`, nil)
	b.until("the link is followed", func() bool { return b.state().Time == 61.5 && b.state().Selected == "pump" })
	b.shoot("linked")
	assert.Empty(b, b.complaints())
}

// reads goes to the run as a text and back, by the keyboard.
func (b *browser) reads() {
	b.press(keyF6)
	assert.Equal(b, "report", b.text("document.activeElement.id"))
	assert.Contains(b, b.text(`document.getElementById("report").innerText`), "VIOLATED")
	b.shoot("text")
	b.press(keyF6)
	assert.Equal(b, "CANVAS", b.text("document.activeElement.tagName"))
	assert.Contains(b, b.text(`document.activeElement.getAttribute("aria-label")`), "F6")
}

// damaged opens a page whose trace was cut to pieces: it says so, and has the text.
func (b *browser) damaged(file string) {
	data, err := os.ReadFile(file)
	require.NoError(b, err)
	head, rest, found := strings.Cut(string(data), `id="trace0">`)
	require.True(b, found)
	_, rest, found = strings.Cut(rest, "</script>")
	require.True(b, found)
	broken := filepath.Join(b.TempDir(), "broken.html")
	require.NoError(b, os.WriteFile(broken, []byte(head+`id="trace0">bm8gdHJhY2U=</script>`+rest), 0o644))
	b.visit("file://" + broken)
	b.shoot("damaged")
	assert.Contains(b, b.text(`document.getElementById("progress").innerText`), "it is not a trace")
	assert.Contains(b, b.text(`document.getElementById("report").innerText`), "VIOLATED")
	b.complaints()
}

// thinned opens the page of a run that is too large for one.
func (b *browser) thinned(c *exec.Cmd) {
	out, err := c.CombinedOutput()
	require.NoError(b, err, string(out))
	assert.Contains(b, string(out), "is thinned for this page")
	file := filepath.Join(c.Dir, "large.html")
	info, err := os.Stat(file)
	require.NoError(b, err)
	assert.Less(b, info.Size(), int64(mostPage))
	b.visit("file://" + file)
	b.until("the story is read", func() bool { return b.state().Ready })
	b.shoot("thinned")
	assert.Contains(b, b.text(`document.getElementById("notes").textContent`), "The trace is thinned")
	assert.Empty(b, b.complaints())
}

// two opens the page of two runs, side by side.
func (b *browser) two(c *exec.Cmd) {
	out, err := c.CombinedOutput()
	require.NoError(b, err, string(out))
	b.visit("file://" + filepath.Join(c.Dir, "two.html"))
	b.shoot("two")
	assert.Equal(b, "light", b.state().Theme)
	assert.Equal(b, "2", b.text(`document.querySelectorAll("#report h2").length`))
	assert.Empty(b, b.complaints())
}

// served opens a page of which only what is looked at is read.
func (b *browser) served(c *exec.Cmd) {
	t := b.T
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	var complaints bytes.Buffer
	c.Stderr = &complaints
	require.NoError(t, c.Start())
	defer func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, complaints.String())
	address, _, _ := strings.Cut(line, " ")
	require.True(t, strings.HasPrefix(address, "http://127.0.0.1:"), line)

	b.requests()
	b.visit(address + "#t=2m10s")
	b.shoot("served")
	assert.Equal(t, 130.0, b.state().Time)
	assert.Empty(t, b.complaints())
	for _, url := range b.requests() {
		assert.True(t, strings.HasPrefix(url, address) || strings.HasPrefix(url, "data:") || strings.HasPrefix(url, "about:"), url)
	}
	r, err := http.NewRequest("GET", address, nil)
	require.NoError(t, err)
	r.Host = "rebound.example"
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	_ = answer.Body.Close()
	assert.Equal(t, http.StatusForbidden, answer.StatusCode)
}
