package main

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// A viewer is the program that shows replays, in a folder with what a browser needs.
type viewer struct{ program string }

// What is in a viewer's folder: the program, the same for a browser, compressed, and what
// has browsers run it. The last two are there only where a browser was asked for.
const (
	viewerName = "harmproof-view"
	viewerWasm = viewerName + ".wasm.gz"
	viewerGlue = "wasm_exec.js"
)

// programIn names the program in a folder.
func programIn(folder string) string {
	name := viewerName
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(folder, name)
}

// complete reports whether a folder has all that is asked for.
func complete(folder string, browser bool) bool {
	needed := []string{programIn(folder)}
	if browser {
		needed = append(needed, filepath.Join(folder, viewerWasm), filepath.Join(folder, viewerGlue))
	}
	return !slices.ContainsFunc(needed, func(name string) bool {
		info, err := os.Stat(name)
		return err != nil || info.IsDir()
	})
}

// viewer finds the viewer beside this tool or among those that were built, or builds it.
// Versions that are in the making all have one name, so of those only a built one is sure
// to be the right one.
func (r *replayer) viewer(ctx context.Context, browser bool) (*viewer, error) {
	near, making := beside(ctx, browser)
	if near != nil && !making {
		return near, nil
	}
	v, err := r.built(ctx, browser)
	switch {
	case err == nil || ctx.Err() != nil:
		return v, err
	case near != nil:
		return near, nil
	case errors.Is(err, exec.ErrNotFound):
		err = errors.New("there is no Go toolchain; install Go (go.dev/dl)")
	}
	return nil, fmt.Errorf("the viewer is not beside harmproof and cannot be built: %w, or put %s of the same version beside harmproof. `harmproof run` and `harmproof why` need no viewer", err, viewerName)
}

// beside returns the viewer beside this tool if it is of the same version; making says
// that this is one in the making.
func beside(ctx context.Context, browser bool) (v *viewer, making bool) {
	own, err := os.Executable()
	if err == nil {
		own, err = filepath.EvalSymlinks(own)
	}
	info, ok := debug.ReadBuildInfo()
	if err != nil || !ok || !complete(filepath.Dir(own), browser) {
		return nil, false
	}
	v = &viewer{programIn(filepath.Dir(own))}
	out, err := output(ctx, "", v.program, "-version")
	if err != nil || strings.TrimSpace(string(out)) != info.Main.Version {
		return nil, false
	}
	return v, info.Main.Version == "(devel)"
}

// built returns the viewer of the tool's own source.
func (r *replayer) built(ctx context.Context, browser bool) (*viewer, error) {
	root, err := sources(ctx)
	if err != nil {
		return nil, err
	}
	key, err := fingerprint(root)
	if err != nil {
		return nil, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return nil, fmt.Errorf("there is no place for it: %w; set the environment variable XDG_CACHE_HOME", err)
	}
	cache = filepath.Join(cache, "harmproof")
	folder := filepath.Join(cache, "view-"+key)
	v := &viewer{programIn(folder)}
	if complete(folder, browser) {
		now := time.Now()
		_ = os.Chtimes(folder, now, now) // those used last are kept
		return v, nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	fmt.Fprintln(r.err, "Building the viewer, once: a minute or so on a new machine.")
	b := builder{ctx, root, folder}
	if !complete(folder, false) {
		if err := b.compile(v.program, nil, nil); err != nil {
			return nil, err
		}
	}
	if browser {
		if err := b.forBrowser(); err != nil {
			return nil, err
		}
	}
	prune(cache, folder)
	return v, nil
}

// A builder builds the viewer of a source into a folder.
type builder struct {
	ctx          context.Context
	root, folder string
}

// compile builds the program. It appears under its name when it is whole.
func (b *builder) compile(to string, environment, flags []string) error {
	part := fmt.Sprintf("%s.%d", to, os.Getpid())
	defer os.Remove(part)
	c := exec.CommandContext(b.ctx, "go", slices.Concat([]string{"build", "-buildvcs=false", "-ldflags=-s -w", "-o", part}, flags, []string{"./cmd/" + viewerName})...)
	c.Dir = b.root
	c.Env = slices.Concat(os.Environ(), []string{"GOWORK=off"}, environment)
	if out, err := c.CombinedOutput(); err != nil {
		if len(out) > 0 {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
		}
		return fmt.Errorf("go build: %w", err)
	}
	return os.Rename(part, to)
}

// forBrowser builds what a browser runs. It is for others to see, so it has no paths of
// this machine in it.
func (b *builder) forBrowser() error {
	plain := filepath.Join(b.folder, fmt.Sprintf("%d.wasm", os.Getpid()))
	defer os.Remove(plain)
	if err := b.compile(plain, []string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"}, []string{"-trimpath"}); err != nil {
		return err
	}
	goroot, err := output(b.ctx, b.root, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	glue := filepath.Join(strings.TrimSpace(string(goroot)), "lib", "wasm", viewerGlue)
	if err := pack(glue, filepath.Join(b.folder, viewerGlue), plainly); err != nil {
		return err
	}
	return pack(plain, filepath.Join(b.folder, viewerWasm), compressed)
}

// pack copies a file in some way. It appears under its name when it is whole.
func pack(from, to string, way func(io.Writer, io.Reader) error) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), "part-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	if err := errors.Join(way(out, in), out.Close()); err != nil {
		return err
	}
	return os.Rename(out.Name(), to)
}

func plainly(out io.Writer, in io.Reader) error {
	_, err := io.Copy(out, in)
	return err
}

func compressed(out io.Writer, in io.Reader) error {
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	return errors.Join(plainly(z, in), z.Close())
}

// mostViewers is how many are kept, of different sources.
const mostViewers = 3

// prune removes those that have not been used for longest.
func prune(cache, used string) {
	folders, _ := filepath.Glob(filepath.Join(cache, "view-*"))
	since := func(name string) time.Time {
		info, err := os.Stat(name)
		if err != nil || name == used {
			return time.Now()
		}
		return info.ModTime()
	}
	slices.SortFunc(folders, func(a, b string) int { return since(b).Compare(since(a)) })
	for _, name := range folders[min(len(folders), mostViewers):] {
		_ = os.RemoveAll(name)
	}
}

// show runs the viewer until it ends. What it has to say it says itself.
func (v *viewer) show(ctx context.Context, a *app, args []string) error {
	c := exec.CommandContext(ctx, v.program, args...)
	c.Stdout, c.Stderr = a.out, a.err
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.WaitDelay = 2 * time.Second
	err := c.Run()
	var ended *exec.ExitError
	switch {
	case err != nil && ctx.Err() != nil:
		return exit(interrupted)
	case errors.As(err, &ended) && ended.ExitCode() > 0:
		return exit(ended.ExitCode())
	case err != nil:
		return fmt.Errorf("the viewer failed: %w", err)
	}
	return nil
}
