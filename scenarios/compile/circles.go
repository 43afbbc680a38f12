package compile

import (
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/inject"
)

// An awaited step is one that another waits for, and the key that says so.
type awaited struct {
	step  int
	at    syntax.Text
	after bool
}

// awaits lists the steps that a step waits for: the one that it comes after, those
// that it needs; each once.
func (s *step) awaits() (list []awaited) {
	if s.Start == inject.After {
		list = append(list, awaited{s.Previous, s.syntax.After, true})
	}
	for n, k := range s.Needs {
		if s.Start == inject.After && s.Previous == k {
			continue
		}
		list = append(list, awaited{k, s.syntax.Needs[min(n, len(s.syntax.Needs)-1)], false})
	}
	return list
}

// waits reports steps that wait for one another in a circle, by after and by needs:
// none of them ever begins.
func (b *builder) waits(steps []step) {
	const fresh, open, done = 0, 1, 2
	state := make([]int, len(steps))
	var path []int
	var visit func(i int)
	visit = func(i int) {
		state[i], path = open, append(path, i)
		for _, w := range steps[i].awaits() {
			switch state[w.step] {
			case fresh:
				visit(w.step)
			case open:
				b.circle(steps, path[slices.Index(path, w.step):], w)
			}
		}
		state[i], path = done, path[:len(path)-1]
	}
	for i := range steps {
		if state[i] == fresh {
			visit(i)
		}
	}
}

// circle reports one circle, at the key that closes it.
func (b *builder) circle(steps []step, path []int, last awaited) {
	var names []string
	for _, i := range append(slices.Clone(path), last.step) {
		names = append(names, steps[i].Name)
	}
	fix := "leave one of the needs out"
	if last.after {
		fix = "let one of them begin `at:` a time"
	}
	b.Errorf(last.at.Span, fix, "these steps wait for one another in a circle, so none ever begins: %s", strings.Join(names, " -> "))
}
