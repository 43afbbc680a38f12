//go:build !js

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// serve shows traces in browsers of this machine until Ctrl-C.
func serve(o *options, traces []*opened) error {
	h, err := newServer(o, traces)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", o.port))
	if err != nil {
		return fmt.Errorf("%w; choose another --port, or none", err)
	}
	fmt.Printf("http://%s/  open it in a browser on this machine; Ctrl-C ends it\n", l.Addr())
	s := http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// A server has a page, the viewer, and the bytes of traces. It has nothing else of this
// machine, and speaks only to who calls it by its own name: a page from elsewhere whose
// name leads here is not answered.
type server struct {
	page, wasm []byte
	traces     []*opened
}

func newServer(o *options, traces []*opened) (*server, error) {
	wasm, err := beside(wasmName)
	if err != nil {
		return nil, err
	}
	p, err := newPage(o, traces)
	if err != nil {
		return nil, err
	}
	p.connect, p.start.Wasm = "'self'", "viewer"
	for i, t := range traces {
		p.start.Traces = append(p.start.Traces, startTrace{Name: t.name, URL: fmt.Sprintf("trace/%d", i), Size: t.size})
	}
	s := &server{wasm: wasm, traces: traces}
	s.page, err = p.write()
	return s, err
}

// ServeHTTP implements http.Handler.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	if host != "127.0.0.1" && host != "localhost" {
		http.Error(w, "this is not the name of this server", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "there is nothing to change here", http.StatusMethodNotAllowed)
		return
	}
	head := w.Header()
	head.Set("Cache-Control", "no-store")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Cross-Origin-Resource-Policy", "same-origin")
	head.Set("X-Frame-Options", "DENY")
	switch r.URL.Path {
	case "/":
		s.send(w, r, "text/html; charset=utf-8", s.page)
	case "/viewer":
		s.send(w, r, "application/octet-stream", s.wasm)
	default:
		s.trace(w, r)
	}
}

func (s *server) send(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// trace sends a part of a trace.
func (s *server) trace(w http.ResponseWriter, r *http.Request) {
	for i, t := range s.traces {
		if r.URL.Path == fmt.Sprintf("/trace/%d", i) {
			w.Header().Set("Content-Type", "application/octet-stream")
			http.ServeContent(w, r, "", time.Time{}, io.NewSectionReader(t.file, 0, t.size))
			return
		}
	}
	http.NotFound(w, r)
}
