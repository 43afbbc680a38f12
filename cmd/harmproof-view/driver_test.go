//go:build !js

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/viz/view"
)

// A browser is a real one, without a screen, that a test leads by the hand: chromedriver
// speaks plain HTTP (WebDriver).
type browser struct {
	*testing.T
	session string
}

// What the browser is started with: it asks nobody anything, and draws in software.
var browserFlags = []string{
	"--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--use-angle=swiftshader",
	"--enable-unsafe-swiftshader", "--window-size=1280,800", "--hide-scrollbars",
}

// openBrowser starts a browser, or skips the test where there is none.
func openBrowser(t *testing.T) *browser {
	chromium, err := exec.LookPath("chromium")
	driver, missing := exec.LookPath("chromedriver")
	if err != nil || missing != nil {
		t.Skip("there is no browser to try pages in: apt-get install chromium chromium-driver")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	port := l.Addr().(*net.TCPAddr).Port
	require.NoError(t, l.Close())
	c := exec.Command(driver, fmt.Sprintf("--port=%d", port))
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	b := &browser{T: t, session: fmt.Sprintf("http://127.0.0.1:%d/session", port)}
	b.until("chromedriver answers", func() bool {
		r, err := http.Get(strings.TrimSuffix(b.session, "/session") + "/status")
		if err == nil {
			_ = r.Body.Close()
		}
		return err == nil
	})
	args := append([]string{"--user-data-dir=" + t.TempDir()}, browserFlags...)
	var made struct{ SessionID string }
	b.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:chromeOptions": map[string]any{"binary": chromium, "args": args},
		"goog:loggingPrefs":  map[string]any{"browser": "ALL", "performance": "ALL"},
	}}}, &made)
	b.session += "/" + made.SessionID
	t.Cleanup(func() { b.call("DELETE", "", nil, nil) })
	return b
}

// with is the browser in the hands of another test.
func (b *browser) with(t *testing.T) *browser { return &browser{t, b.session} }

// call asks chromedriver for something.
func (b *browser) call(method, path string, body, answer any) {
	b.Helper()
	var in io.Reader
	if method == "POST" {
		if body == nil {
			body = struct{}{}
		}
		text, err := json.Marshal(body)
		require.NoError(b, err)
		in = bytes.NewReader(text)
	}
	r, err := http.NewRequest(method, b.session+path, in)
	require.NoError(b, err)
	response, err := http.DefaultClient.Do(r)
	require.NoError(b, err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	require.NoError(b, err)
	require.Equal(b, http.StatusOK, response.StatusCode, "%s %s: %s", method, path, text)
	if answer != nil {
		require.NoError(b, json.Unmarshal(text, &struct{ Value any }{answer}))
	}
}

// until waits up to a minute: software that draws is slow on a busy machine.
func (b *browser) until(what string, so func() bool) {
	b.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			b.shoot("failed")
			require.FailNow(b, "it does not happen that "+what)
		}
	}
}

// eval evaluates an expression in the page.
func (b *browser) eval(expression string, answer any) {
	b.Helper()
	b.call("POST", "/execute/sync", map[string]any{"script": "return " + expression, "args": []any{}}, answer)
}

func (b *browser) text(expression string) (text string) {
	b.Helper()
	b.eval("String("+expression+")", &text)
	return text
}

// visit opens an address and waits until the replay is there.
func (b *browser) visit(url string) {
	b.Helper()
	b.call("POST", "/url", map[string]any{"url": "about:blank"}, nil)
	b.call("POST", "/url", map[string]any{"url": url}, nil)
	b.until("the replay is there", func() bool {
		return b.text(`document.documentElement.classList.contains("running") || document.getElementById("progress").className === "failed"`) == "true"
	})
}

// state is what the viewer says of itself.
func (b *browser) state() (s view.State) {
	b.Helper()
	b.eval("harmproof.state()", &s)
	return s
}

// Keys of WebDriver.
const (
	keyRight = "\uE014"
	keyLeft  = "\uE012"
	keyF6    = "\uE036"
)

// press presses a key and lets it go.
func (b *browser) press(key string) {
	b.Helper()
	b.actions(map[string]any{"type": "key", "id": "keys", "actions": []any{
		map[string]any{"type": "keyDown", "value": key}, pause(100),
		map[string]any{"type": "keyUp", "value": key}, pause(100),
	}})
}

// drag holds the button from one place to another; a click where both are the same.
func (b *browser) drag(x, y, toX, toY int) {
	b.Helper()
	move := func(x, y, ms int) any {
		return map[string]any{"type": "pointerMove", "x": x, "y": y, "duration": ms}
	}
	b.actions(map[string]any{"type": "pointer", "id": "mouse", "actions": []any{
		move(x, y, 50), pause(150), map[string]any{"type": "pointerDown", "button": 0}, pause(150),
		move(toX, toY, 300), pause(150), map[string]any{"type": "pointerUp", "button": 0}, pause(150),
	}})
}

func pause(ms int) any { return map[string]any{"type": "pause", "duration": ms} }

func (b *browser) actions(device map[string]any) {
	b.Helper()
	b.call("POST", "/actions", map[string]any{"actions": []any{device}}, nil)
}

// complaints are what the console has to say since it was asked last.
func (b *browser) complaints() (list []string) {
	b.Helper()
	var lines []struct{ Level, Message string }
	b.call("POST", "/se/log", map[string]any{"type": "browser"}, &lines)
	for _, l := range lines {
		if l.Level == "SEVERE" || l.Level == "WARNING" {
			list = append(list, l.Message)
		}
	}
	return list
}

// requests are the addresses that were asked for since then.
func (b *browser) requests() (list []string) {
	b.Helper()
	var lines []struct{ Message string }
	b.call("POST", "/se/log", map[string]any{"type": "performance"}, &lines)
	for _, l := range lines {
		var x struct {
			Message struct {
				Method string
				Params struct{ Request struct{ URL string } }
			}
		}
		require.NoError(b, json.Unmarshal([]byte(l.Message), &x))
		if url := x.Message.Params.Request.URL; x.Message.Method == "Network.requestWillBeSent" {
			list = append(list, url[:min(len(url), 200)])
		}
	}
	return list
}

// shoot writes what is to be seen to HARMPROOF_SHOTS, a folder, for who wants to look.
func (b *browser) shoot(name string) {
	b.Helper()
	folder := os.Getenv("HARMPROOF_SHOTS")
	if folder == "" {
		return
	}
	var picture string
	b.call("GET", "/screenshot", nil, &picture)
	data, err := base64.StdEncoding.DecodeString(picture)
	require.NoError(b, err)
	require.NoError(b, os.WriteFile(filepath.Join(folder, name+".png"), data, 0o644))
}
