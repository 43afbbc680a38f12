package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// template is the scenario that `harmproof new` writes, with NAME for its name.
//
//go:embed new.yaml
var template string

// scenarioName is what a scenario may be called.
var scenarioName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (a *app) newVerb() *verb {
	return &verb{
		Use: "new NAME", Short: "write a small scenario that runs, as NAME.yaml",
		Example: "  harmproof new my-plant\n  harmproof run my-plant.yaml",
		Args:    exactly("a scenario", "my-plant"),
		Run: func(_ context.Context, args []string) error {
			file := strings.TrimSuffix(args[0], ".yaml") + ".yaml"
			name := strings.TrimSuffix(filepath.Base(file), ".yaml")
			if !scenarioName.MatchString(name) {
				return fmt.Errorf("a scenario cannot be named %s; take small letters, digits and -: `harmproof new %s`",
					source.Quote(name), kebab(name))
			}
			if err := write(file, strings.ReplaceAll(template, "NAME", name)); err != nil {
				return err
			}
			_, err := fmt.Fprintf(a.out, "%s is written. Next: `harmproof run %s`\n", file, file)
			return err
		},
	}
}

// kebab makes a name of anything.
func kebab(text string) string {
	text = strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(text), "-"), "-")
	if text == "" {
		return "my-plant"
	}
	return text
}

// write writes a file that does not exist yet.
func write(file, text string) (err error) {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s exists already and is not overwritten; choose another name", file)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s; make it first", filepath.Dir(file))
	case err != nil:
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = f.WriteString(text)
	return err
}
