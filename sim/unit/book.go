package unit

import (
	"errors"
	"fmt"
	"math/big"
	"sync"
)

// A book looks symbols up.
type book map[string]entry

// An entry is a symbol without prefix.
type entry struct {
	exact
	prefixes prefixes
}

// known is the book of definitions, made once, at first use.
var known = sync.OnceValue(func() book { return compile(definitions) })

// compile makes a book. It panics on a definition that it cannot read: a
// mistake in this package, which any test finds.
func compile(list []definition) book {
	b := make(book, len(list))
	for _, d := range list {
		e, err := b.define(d)
		if err != nil {
			panic(fmt.Sprintf("unit: definition of %s: %v", d.symbol, err))
		}
		b[d.symbol] = entry{e, d.prefixes}
	}
	return b
}

// define reads one definition.
func (b book) define(d definition) (exact, error) {
	if _, twice := b[d.symbol]; twice {
		return exact{}, errors.New("defined twice")
	}
	factor, ok := new(big.Rat).SetString(d.factor)
	if !ok {
		return exact{}, fmt.Errorf("bad factor %q", d.factor)
	}
	e, err := b.parse(d.of)
	if err != nil {
		return exact{}, err
	}
	if d.dim != (Dimension{}) {
		e.dim = d.dim
	}
	e.scale = factor.Mul(factor, e.scale)
	if d.zero != "" {
		if e.zero, ok = new(big.Rat).SetString(d.zero); !ok {
			return exact{}, fmt.Errorf("bad zero %q", d.zero)
		}
	}
	return e, nil
}

// lookup finds a symbol, with a prefix or without. The whole symbol wins: min
// is the minute, not a thousandth of an inch.
func (b book) lookup(symbol string) (exact, bool) {
	if e, ok := b[symbol]; ok {
		return e.exact, true
	}
	for _, p := range prefixTable {
		base, ok := p.cut(symbol)
		if !ok {
			continue
		}
		if e, ok := b[base]; ok && p.fits(e.prefixes) {
			return exact{dim: e.dim, scale: new(big.Rat).Mul(p.factor(), e.scale)}, true
		}
	}
	return exact{}, false
}
