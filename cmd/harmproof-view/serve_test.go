//go:build !js

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The server sends parts of traces, and nothing to who calls it by another name.
func TestServer(t *testing.T) {
	x := recorded(t, "tower/spoofed-gauge")
	data, err := os.ReadFile(x.file.Name())
	require.NoError(t, err)
	s := &server{page: []byte("<!DOCTYPE html>"), wasm: []byte("wasm"), traces: []*opened{x}}
	get := func(method, host, path, part string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		r.Host = host
		if part != "" {
			r.Header.Set("Range", part)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	part := get("GET", "127.0.0.1:8000", "/trace/0", "bytes=100-199")
	assert.Equal(t, http.StatusPartialContent, part.Code)
	assert.Equal(t, data[100:200], part.Body.Bytes())
	assert.Equal(t, "same-origin", part.Header().Get("Cross-Origin-Resource-Policy"))
	assert.Equal(t, data, get("GET", "localhost:8000", "/trace/0", "").Body.Bytes())
	assert.Equal(t, http.StatusOK, get("GET", "localhost", "/", "").Code)
	for _, host := range []string{"evil.example:8000", "evil.example", "", "127.0.0.1.evil.example:80"} {
		assert.Equal(t, http.StatusForbidden, get("GET", host, "/", "").Code, host)
	}
	for _, path := range []string{"/trace/1", "/trace/", "/trace/0/../../etc/passwd", "/run.mcap"} {
		assert.Equal(t, http.StatusNotFound, get("GET", "localhost:1", path, "").Code, path)
	}
	assert.Equal(t, http.StatusMethodNotAllowed, get("POST", "localhost:1", "/", "").Code)
	assert.Equal(t, http.StatusRequestedRangeNotSatisfiable, get("GET", "localhost:1", "/trace/0", "bytes=999999999-").Code)
}
