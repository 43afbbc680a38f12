package main

import (
	"fmt"
	"time"

	"github.com/harmproof/harmproof/sim/campaign/harden"
)

// A searchBar shows how far a search is: how many runs it made, what any set that is
// still to be found costs at least, how many there are. How long it goes on nobody knows.
type searchBar struct {
	*app
	began, drawn time.Time
}

// reached is told how far the search is.
func (b *searchBar) reached(p harden.Progress) {
	now := time.Now()
	if !b.terminal || now.Sub(b.began) < patience || now.Sub(b.drawn) < refresh {
		return
	}
	b.drawn = now
	left := fmt.Sprintf("the next costs at least %g", p.Least)
	if p.Settled {
		left = "seeing what harm is left"
	}
	fmt.Fprintf(b.err, "\rharden  %d runs of %d sets in %s; %s; %d hold\x1b[K", p.Runs, p.Sets, now.Sub(b.began).Round(time.Second), left, p.Found)
}

// stop takes the bar off the screen.
func (b *searchBar) stop() {
	if !b.drawn.IsZero() {
		fmt.Fprint(b.err, "\r\x1b[K")
	}
}
