package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

const module = "github.com/harmproof/harmproof"

// sources returns the folder of the module that this tool was built from: where its files
// still are, or else where the Go toolchain has the same version.
func sources(ctx context.Context) (string, error) {
	if _, file, _, ok := runtime.Caller(0); ok {
		if root := filepath.Dir(filepath.Dir(filepath.Dir(file))); isModule(root) {
			return root, nil
		}
	}
	if v := released(); v != "" {
		out, err := output(ctx, "", "go", "mod", "download", "-json", module+"@"+v)
		var at struct{ Dir string }
		if err == nil {
			err = json.Unmarshal(out, &at)
		}
		if err != nil {
			return "", fmt.Errorf("version %s of the viewer cannot be downloaded: %w", v, err)
		}
		return at.Dir, nil
	}
	out, err := output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}", module)
	if root := strings.TrimSpace(string(out)); err == nil && isModule(root) {
		return root, nil
	}
	return "", errors.New("the source that this harmproof was built from is not here any more; run it in a clone of the repository")
}

// isModule reports whether a folder is the root of this module.
func isModule(root string) bool {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	return err == nil && filepath.IsAbs(root) && slices.Contains(strings.Fields(string(text)), module)
}

// released is the version of the module that this tool was built from, if it has one that
// others can have as well.
func released() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, m := range append([]*debug.Module{&info.Main}, info.Deps...) {
		if m.Path == module && m.Replace == nil && strings.HasPrefix(m.Version, "v") && !strings.Contains(m.Version, "+") {
			return m.Version
		}
	}
	return ""
}

// output runs a program and returns what it prints, or as an error why it failed.
func output(ctx context.Context, folder, name string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = folder
	out, err := c.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) && len(failed.Stderr) > 0 {
		err = errors.New(strings.TrimSpace(string(failed.Stderr)))
	}
	return out, err
}

// parts are what the viewer is made of.
var parts = []string{"go.mod", "go.sum", "cmd/harmproof-view", "viz", "sim"}

// fingerprint tells the viewers of different sources apart.
func fingerprint(root string) (string, error) {
	sum := sha256.New()
	for _, part := range parts {
		err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(part)), func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			text, err := os.ReadFile(name)
			if err == nil {
				at, _ := filepath.Rel(root, name)
				fmt.Fprintf(sum, "%s %d\n", filepath.ToSlash(at), len(text))
				sum.Write(text)
			}
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:16], nil
}
