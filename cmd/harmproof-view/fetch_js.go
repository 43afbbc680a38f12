package main

import (
	"errors"
	"fmt"
	"io"
	"syscall/js"
)

// Blocks of a trace that is read from a server: how large they are, and how many are kept.
const (
	blockSize  = 512 << 10
	mostBlocks = 64
)

// A remote reads a file from a server, in blocks, of which it keeps those used last.
type remote struct {
	url    string
	size   int64
	blocks map[int64][]byte
	used   []int64 // by when they were used last
}

// ReadAt implements io.ReaderAt.
func (r *remote) ReadAt(b []byte, offset int64) (n int, err error) {
	for n < len(b) {
		at := offset + int64(n)
		if at >= r.size {
			return n, io.EOF
		}
		block, err := r.block(at / blockSize)
		if err != nil {
			return n, err
		}
		n += copy(b[n:], block[at%blockSize:])
	}
	return n, nil
}

// block returns a block.
func (r *remote) block(k int64) ([]byte, error) {
	b, kept := r.blocks[k]
	if !kept {
		from := k * blockSize
		to := min(r.size, from+blockSize)
		var err error
		if b, err = fetch(r.url, from, to); err != nil {
			return nil, err
		}
		if len(r.used) == mostBlocks {
			delete(r.blocks, r.used[0])
			r.used = r.used[1:]
		}
		r.blocks[k] = b
	} else {
		for i, u := range r.used {
			if u == k {
				r.used = append(r.used[:i], r.used[i+1:]...)
				break
			}
		}
	}
	r.used = append(r.used, k)
	return b, nil
}

// fetch reads a part of a file. The goroutine waits, the browser does not.
func fetch(url string, from, to int64) ([]byte, error) {
	header := map[string]any{"Range": fmt.Sprintf("bytes=%d-%d", from, to-1)}
	answer, err := await(js.Global().Call("fetch", url, map[string]any{"headers": header}))
	if err != nil {
		return nil, fmt.Errorf("the server does not answer (%w); start `harmproof replay --serve` again", err)
	}
	const partial = 206
	if status := answer.Get("status").Int(); status != partial {
		return nil, fmt.Errorf("the server answers %d where a part of the trace is to be", status)
	}
	buffer, err := await(answer.Call("arrayBuffer"))
	if err != nil {
		return nil, err
	}
	b := make([]byte, to-from)
	if n := js.CopyBytesToGo(b, js.Global().Get("Uint8Array").New(buffer)); n < len(b) {
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// await waits for a promise.
func await(promise js.Value) (js.Value, error) {
	type end struct {
		value js.Value
		err   error
	}
	ended := make(chan end, 1)
	first := func(args []js.Value) js.Value {
		if len(args) > 0 {
			return args[0]
		}
		return js.Undefined()
	}
	good := js.FuncOf(func(_ js.Value, args []js.Value) any { ended <- end{first(args), nil}; return nil })
	bad := js.FuncOf(func(_ js.Value, args []js.Value) any {
		ended <- end{err: errors.New(js.Global().Get("String").Invoke(first(args)).String())}
		return nil
	})
	defer good.Release()
	defer bad.Release()
	promise.Call("then", good, bad)
	e := <-ended
	return e.value, e.err
}
