package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/harmproof/harmproof/scenarios/source"
)

// maxRepairs is how many mistakes of YAML itself are looked for in one file.
const maxRepairs = 20

// compose returns the nodes of the file, with holes where YAML could not be
// read, or nil if it cannot be read around its mistakes.
func (d *draft) compose() *yaml.Node {
	text := d.file.Text
	for last, n := 0, 0; ; n++ {
		root, second, err := decode(text)
		if err == nil {
			return d.only(root, second)
		}
		why := d.explain(failureOf(err))
		if last > 0 && why.Line <= last {
			return nil // what follows from a mistake that is reported already
		}
		if !why.silent {
			d.problems.Add(why.Problem)
		}
		if !why.local || n >= maxRepairs || n*len(text) > 4*MaxBytes {
			return nil
		}
		text, last = d.dig(why.Line), why.Line
	}
}

// only reports a file without a document or with more than one.
func (d *draft) only(root, second *yaml.Node) *yaml.Node {
	if second != nil {
		d.problems.Errorf(d.file.Span(second.Line, second.Column, 3), "put the second one into a file of its own",
			"a second document begins here; one file tells one story")
	}
	if root != nil && isNothing(root) && d.holes != nil {
		return nil
	}
	if root == nil || isNothing(root) {
		what := "the file is empty"
		if len(bytes.TrimSpace(d.file.Text)) > 0 {
			what = "the file holds no scenario, only comments"
		}
		d.problems.Errorf(d.file.Whole(), "`harmproof new NAME` writes a small scenario to begin with", "%s", what)
		return nil
	}
	return root
}

// decode has the YAML library build the nodes of the first two documents.
func decode(text []byte) (root, second *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the YAML library: %v", r)
		}
	}()
	loader, err := yaml.NewLoader(bytes.NewReader(text), yaml.WithPlugin(limits{}))
	if err != nil {
		return nil, nil, err
	}
	if root, err = load(loader); err != nil || root == nil {
		return nil, nil, err
	}
	second, err = load(loader)
	if root.Kind == yaml.DocumentNode && len(root.Content) > 0 {
		root = root.Content[0]
	}
	return root, second, err
}

// load returns the next document, nil at the end.
func load(loader *yaml.Loader) (*yaml.Node, error) {
	var n yaml.Node
	switch err := loader.Load(&n); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &n, nil
}

// limits bounds what the YAML library builds.
type limits struct{}

var errTooDeep = errors.New("too deep")

// CheckDepth implements [yaml.LoaderLimitsPlugin].
func (limits) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > maxDepth {
		return errTooDeep
	}
	return nil
}

// CheckAlias implements [yaml.LoaderLimitsPlugin]. Nothing is expanded: aliases
// are refused as nodes.
func (limits) CheckAlias(_, _ int) error { return nil }

// A failure is what the YAML library says.
type failure struct {
	message string
	during  string
	at      source.Pos
	context source.Pos // where what it was reading began, if known
}

func failureOf(err error) failure {
	var e *yaml.LoadError
	if !errors.As(err, &e) {
		return failure{message: err.Error()}
	}
	return failure{
		message: e.Message,
		during:  e.ContextMsg,
		at:      source.Pos{Line: e.Mark.Line, Column: e.Mark.Column},
		context: source.Pos{Line: e.ContextMark.Line, Column: e.ContextMark.Column},
	}
}
