//go:build !js

package main

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// mostPage is how large a page that stands alone may be.
const mostPage = 8_000_000

var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string
)

// What lies beside this program for browsers: the same program, compressed, and what has
// browsers run it.
const (
	wasmName = "harmproof-view.wasm.gz"
	glueName = "wasm_exec.js"
)

// beside reads a file from the folder of this program.
func beside(name string) ([]byte, error) {
	own, err := os.Executable()
	if err == nil {
		own, err = filepath.EvalSymlinks(own)
	}
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(filepath.Join(filepath.Dir(own), name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no %s beside the viewer; `harmproof replay` builds it", name)
	}
	return data, err
}

// A start is what a page hands to the viewer in it.
type start struct {
	Traces []startTrace `json:"traces"`
	Wasm   string       `json:"wasm,omitempty"` // where the viewer is, if not in the page
	Light  bool         `json:"light,omitempty"`
	Link   string       `json:"link,omitempty"` // where it opens, if the address does not say
}

// A startTrace is a trace: in the page, or in so many bytes at an address.
type startTrace struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
	Size int64  `json:"size,omitempty"`
}

// A page is a replay for a browser.
type page struct {
	title, notes string
	report       string // HTML
	start        start
	glue         []byte
	packed       [][2]string // names and bytes in base64, of what is in the page
	connect      string      // where it may load from
}

func (p *page) pack(name string, data []byte) {
	p.packed = append(p.packed, [2]string{name, base64.StdEncoding.EncodeToString(data)})
}

// write makes the page.
func (p *page) write() ([]byte, error) {
	config, err := json.Marshal(&p.start)
	if err != nil {
		return nil, err
	}
	if strings.Contains(strings.ToLower(string(p.glue)), "</script") {
		return nil, errors.New("wasm_exec.js would end the script that it is in")
	}
	var packed bytes.Buffer
	for _, x := range p.packed {
		fmt.Fprintf(&packed, "<script type=\"text/plain\" id=\"%s\">%s</script>\n", x[0], x[1])
	}
	theme := "dark"
	if p.start.Light {
		theme = "light"
	}
	return []byte(strings.NewReplacer(
		"{{title}}", html.EscapeString(p.title), "{{notes}}", html.EscapeString(p.notes), "{{report}}", p.report,
		"{{css}}", pageCSS, "{{js}}", pageJS, "{{glue}}", string(p.glue), "{{config}}", string(config),
		"{{packed}}", packed.String(), "{{connect}}", p.connect, "{{theme}}", theme,
	).Replace(pageHTML)), nil
}

// newPage begins the page of traces.
func newPage(o *options, traces []*opened) (*page, error) {
	glue, err := beside(glueName)
	if err != nil {
		return nil, err
	}
	p := &page{glue: glue, connect: "'none'", start: start{Light: o.light, Link: o.link()}}
	var titles []string
	for _, t := range traces {
		text, err := asText(t.name, t.Trace)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		p.report += text
		titles = append(titles, t.Header.Scenario)
	}
	p.title = strings.Join(titles, " and ")
	return p, nil
}

// writePage writes a page that needs nothing but a browser.
func writePage(o *options, traces []*opened) error {
	wasm, err := beside(wasmName)
	if err != nil {
		return err
	}
	p, err := newPage(o, traces)
	if err != nil {
		return err
	}
	p.pack("viewer", wasm)
	empty, err := p.write()
	if err != nil {
		return err
	}
	const frames = 1 << 10 // bytes of names and of what stands around data
	room := (mostPage - len(empty) - frames) / 4 * 3 / len(traces)
	for i, t := range traces {
		x, err := thin(t.Trace, t.file, t.size, room)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if x.note != "" {
			p.notes = "The trace is " + x.note + ". The whole one is " + t.name + "."
			fmt.Fprintf(os.Stderr, "%s is %s. `harmproof replay --serve` shows all of it.\n", t.name, x.note)
		}
		p.pack(fmt.Sprintf("trace%d", i), x.data)
		p.start.Traces = append(p.start.Traces, startTrace{Name: t.name})
	}
	text, err := p.write()
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.html, text, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s  %.1f MB: opens in a browser, from disk, without a network\n", o.html, float64(len(text))/1e6)
	return nil
}
