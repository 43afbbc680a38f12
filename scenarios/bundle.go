package scenarios

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A Text is a file that a scenario is made of.
type Text struct {
	Name string
	Data []byte
}

// Texts returns all that a scenario is made of: its file, and those that it uses.
func (s *Scenario) Texts() []Text { return append([]Text{{s.File, s.Text}}, s.used...) }

// Bundle checks and compiles a scenario of its Texts, wherever they came from.
func Bundle(texts []Text) (*Scenario, error) {
	if len(texts) == 0 {
		return nil, errors.New("there is no scenario in it")
	}
	read := func(from *source.File, name string) ([]byte, error) {
		for _, t := range texts[1:] {
			if t.Name == beside(from.Name, name) {
				return t.Data, nil
			}
		}
		return nil, fmt.Errorf("there is no file %q beside it", name)
	}
	return parse(texts[0].Name, texts[0].Data, read)
}

// beside is the name of a file that another one names.
func beside(from, name string) string {
	if file, ok := strings.CutPrefix(from, "library:"); ok {
		return "library:" + path.Join(path.Dir(file), name)
	}
	return path.Join(path.Dir(from), name)
}

// noting returns a reader that notes what was read.
func (s *Scenario) noting(read reader) reader {
	return func(from *source.File, name string) ([]byte, error) {
		data, err := read(from, name)
		as := beside(from.Name, name)
		if err == nil && !slices.ContainsFunc(s.used, func(t Text) bool { return t.Name == as }) {
			s.used = append(s.used, Text{as, data})
		}
		return data, err
	}
}
