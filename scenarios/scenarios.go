// Package scenarios loads scenario files: from YAML text to a plan that can be
// run, or every mistake at once.
package scenarios

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/twins"
)

//go:embed all:library
var embedded embed.FS

// library is the folder of scenarios that come with the tool.
func library() fs.FS {
	sub, err := fs.Sub(embedded, "library")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// A Scenario is a loaded scenario.
type Scenario struct {
	Plan *sim.Plan
	// File is where it came from, as given, or "library:NAME".
	File string
	// Text is the scenario file itself.
	Text []byte
	// Seeds is how many seeds the scenario asks for, at least 1.
	Seeds int
	// Warnings are mistakes that do not keep it from running.
	Warnings source.Problems
	// Compiled counts its expressions.
	Compiled compile.Tally

	read     reader
	barriers []syntax.Barrier
	used     []Text // files that were read besides
}

// An Entry is a scenario of the library.
type Entry struct {
	Name  string // such as "swat/attack-01"
	About string // one line
}

// An UnknownError says that there is no scenario of a name.
type UnknownError struct {
	Name string
	Near string // the nearest name, or ""
}

// Error implements error.
func (e *UnknownError) Error() string {
	hint := ""
	if e.Near != "" {
		hint = fmt.Sprintf("; did you mean %q?", e.Near)
	}
	return fmt.Sprintf("there is no file and no scenario of the library named %q%s (harmproof list shows them)", e.Name, hint)
}

// A SystemError says that a file is a system, not a scenario.
type SystemError struct{ File string }

// Error implements error.
func (e *SystemError) Error() string {
	return e.File + " is a system, not a scenario: it has no run: (use it from a scenario with `use: " + path.Base(e.File) + "`)"
}

// Load reads, checks and compiles a scenario: a file, or a name of the library.
// The error is a source.Problems where the file has mistakes.
func Load(name string) (*Scenario, error) {
	if text, err := readFile(os.DirFS("."), name, true); err == nil {
		return parse(name, text, diskReader)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	file := strings.TrimSuffix(strings.TrimPrefix(name, "library:"), ".yaml")
	text, err := readFile(library(), file+".yaml", false)
	if err != nil {
		near, _ := source.Nearest(file, libraryNames())
		return nil, &UnknownError{name, near}
	}
	return parse("library:"+file, text, libraryReader)
}

// Parse checks and compiles a scenario from its text. Files that it uses are read
// relative to the name.
func Parse(name string, text []byte) (*Scenario, error) { return parse(name, text, diskReader) }

// A reader returns a file that another one names by a relative path.
type reader func(from *source.File, name string) ([]byte, error)

// into returns the reader, which adds what it reads to a hash.
func (r reader) into(sum hash.Hash) reader {
	return func(from *source.File, name string) ([]byte, error) {
		text, err := r(from, name)
		sum.Write(text)
		return text, err
	}
}

func parse(name string, text []byte, read reader) (*Scenario, error) {
	s := &Scenario{File: name, Text: text}
	s.read = s.noting(read)
	var err error
	if s.Plan, err = s.again(compile.Options{Compiled: &s.Compiled}); err != nil {
		return nil, err
	}
	return s, nil
}

// again reads, checks and compiles the scenario's text, with more options, and what edits
// make of it.
func (s *Scenario) again(o compile.Options, edits ...func(*syntax.File)) (*sim.Plan, error) {
	var problems source.Problems
	sum := sha256.New()
	sum.Write(s.Text)
	o.Read = s.read.into(sum)
	f := merged(source.New(s.File, s.Text), o.Read, &problems, nil)
	if f == nil {
		return nil, problems
	}
	if f.IsSystem() && problems.Err() == nil {
		return nil, &SystemError{s.File}
	}
	changed(f, o.Raise, &problems)
	for _, edit := range edits {
		edit(f)
	}
	var err error
	if o.Catalog, err = twins.Catalog(); err != nil {
		return nil, err
	}
	if o.Compiled == nil {
		o.Compiled = new(compile.Tally)
	}
	o.Broken = problems.Err() != nil
	plan, more := compile.Compile(f, o)
	problems.Add(more...)
	if err := problems.Err(); err != nil {
		return nil, problems
	}
	plan.Hash = hex.EncodeToString(sum.Sum(nil))
	if len(o.Raise) == 0 && !o.Adapted {
		s.Seeds, s.Warnings, s.barriers = max(1, int(f.Seeds.Value)), problems, f.Barriers
	}
	return plan, nil
}

// readFile reads a file of at most the size that the language allows. On disk
// any path may be named.
func readFile(dir fs.FS, name string, disk bool) ([]byte, error) {
	var f fs.File
	var err error
	if disk {
		f, err = os.Open(name)
	} else {
		f, err = dir.Open(name)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fs.ErrNotExist
	}
	return io.ReadAll(io.LimitReader(f, syntax.MaxBytes+1))
}

// errEscapes says that a path leaves its folder.
var errEscapes = errors.New("that path leaves the folder of the file that names it; name a file in the same folder or below")

// diskReader reads files beside the one that names them, or below.
func diskReader(from *source.File, name string) ([]byte, error) {
	if !filepath.IsLocal(name) {
		return nil, errEscapes
	}
	root, err := os.OpenRoot(filepath.Dir(from.Name))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	text, err := readFile(root.FS(), filepath.ToSlash(filepath.Clean(name)), false)
	return text, missing(err, name)
}

func libraryReader(from *source.File, name string) ([]byte, error) {
	file := strings.TrimPrefix(from.Name, "library:")
	if !filepath.IsLocal(name) {
		return nil, errEscapes
	}
	text, err := readFile(library(), path.Join(path.Dir(file), name), false)
	return text, missing(err, name)
}

func missing(err error, name string) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %q beside it", name)
	}
	return err
}

func libraryNames() (names []string) {
	for _, e := range Library() {
		names = append(names, e.Name)
	}
	return names
}

// Library lists the scenarios of the library, by name.
func Library() (list []Entry) {
	_ = fs.WalkDir(library(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(name, ".yaml") {
			text, _ := readFile(library(), name, false)
			if about, ok := headline(text); ok {
				list = append(list, Entry{strings.TrimSuffix(name, ".yaml"), about})
			}
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// headline returns the first line of about: of a scenario; ok is false for a
// system.
func headline(text []byte) (about string, ok bool) {
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if rest, found := strings.CutPrefix(line, "about:"); found {
			about = strings.Trim(strings.TrimSpace(rest), `"'|>`)
			if about == "" && lines.Scan() {
				about = strings.TrimSpace(lines.Text())
			}
		}
		ok = ok || strings.HasPrefix(line, "run:")
	}
	return about, ok
}

// Expand turns names of the library, files and globs of either (swat/*) into
// names that Load takes. A glob that matches nothing is an error.
func Expand(patterns []string) (names []string, err error) {
	for _, p := range patterns {
		if !strings.ContainsAny(p, "*?[") {
			names = append(names, p)
			continue
		}
		found, err := glob(p)
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	return names, nil
}

func glob(pattern string) (names []string, err error) {
	files, err := filepath.Glob(pattern)
	if err != nil {
		return nil, fmt.Errorf("%q is no pattern: %v", pattern, err)
	}
	for _, f := range files {
		if text, err := readFile(os.DirFS("."), f, true); err == nil && strings.HasSuffix(f, ".yaml") {
			if _, scenario := headline(text); scenario {
				names = append(names, f)
			}
		}
	}
	if len(names) > 0 {
		return names, nil
	}
	for _, e := range Library() {
		if ok, _ := path.Match(pattern, e.Name); ok || pattern == "*" {
			names = append(names, e.Name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%q matches no scenario (harmproof list shows them)", pattern)
	}
	return names, nil
}
