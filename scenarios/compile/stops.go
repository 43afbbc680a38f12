package compile

import (
	"slices"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
)

// stopWords are what stops steps besides conduits and checks, as expectations name it.
var stopWords = []string{
	"credential", "foothold", "knowledge", "latched", "login", "network", "patch", "path", "rate-limit", noService, "session", "signature",
}

// stoppers lists all that can stop a step: the words, the conduits, the checks.
func (b *builder) stoppers() (names []string) {
	names = slices.Clone(stopWords)
	for i := range b.file.System.Conduits {
		names = append(names, b.file.System.Conduits[i].Name.Value)
	}
	for _, d := range b.devs {
		for i := range d.spec.Checks {
			if name := checkName(d.spec.Checks, i); name != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// stopper checks the word by which a step is expected to be stopped.
func (b *builder) stopper(by syntax.Text) {
	names := b.stoppers()
	if !by.Usable() || slices.Contains(names, by.Value) {
		return
	}
	b.Errorf(by.Span, "name a conduit, a check, or one of "+list(stopWords), "nothing called %s could stop a step%s",
		source.Quote(by.Value), source.DidYouMean(by.Value, names))
}
