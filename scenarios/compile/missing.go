package compile

import (
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// nothingNamed says that there is nothing of a name, which one was meant where that is near, and what there
// is to choose from where none is.
func nothingNamed(what, name string, names []string, none string) expression.Error {
	meant := source.DidYouMean(name, names)
	e := expression.Error{Message: "there is no " + what + " " + source.Quote(name) + meant}
	if meant == "" {
		e.Fix = choice("there are", names, none)
	}
	return e
}

// noDevice says that there is no device of a name.
func (b *builder) noDevice(name string) expression.Error {
	return nothingNamed("device", name, b.names(), "declare it below `devices:`")
}

// missing reports that there is nothing of a name.
func (b *builder) missing(t syntax.Text, e expression.Error) {
	b.Errorf(t.Span, e.Fix, "%s", e.Message)
}
