package unit

import (
	"math/big"
	"slices"
	"strings"
)

// prefixes says which prefixes a unit takes.
type prefixes uint8

const (
	none   prefixes = iota
	metric          // all of the SI's
	small           // those in use on laboratory counts
	data            // IEC 80000-13: kilo and up, and the binary ones
)

// A prefix multiplies the unit it stands before.
type prefix struct {
	symbol string
	base   int64 // 10 or 2
	power  int
	on     []prefixes
	common bool // worth suggesting
}

// prefixTable holds the SI prefixes (SI brochure, 9th edition, table 7) and the
// binary prefixes (IEC 80000-13). da comes first, as d begins it.
var prefixTable = []prefix{
	{"da", 10, 1, []prefixes{metric}, false},
	{"k", 10, 3, []prefixes{metric, small, data}, true},
	{"M", 10, 6, []prefixes{metric, small, data}, true},
	{"m", 10, -3, []prefixes{metric, small}, true},
	{"u", 10, -6, []prefixes{metric, small}, true},
	{"c", 10, -2, []prefixes{metric}, true},
	{"G", 10, 9, []prefixes{metric, data}, true},
	{"n", 10, -9, []prefixes{metric}, true},
	{"d", 10, -1, []prefixes{metric}, true},
	{"h", 10, 2, []prefixes{metric}, true},
	{"T", 10, 12, []prefixes{metric, data}, false},
	{"P", 10, 15, []prefixes{metric, data}, false},
	{"E", 10, 18, []prefixes{metric}, false},
	{"Z", 10, 21, []prefixes{metric}, false},
	{"Y", 10, 24, []prefixes{metric}, false},
	{"R", 10, 27, []prefixes{metric}, false},
	{"Q", 10, 30, []prefixes{metric}, false},
	{"p", 10, -12, []prefixes{metric}, false},
	{"f", 10, -15, []prefixes{metric}, false},
	{"a", 10, -18, []prefixes{metric}, false},
	{"z", 10, -21, []prefixes{metric}, false},
	{"y", 10, -24, []prefixes{metric}, false},
	{"r", 10, -27, []prefixes{metric}, false},
	{"q", 10, -30, []prefixes{metric}, false},
	{"Ki", 2, 10, []prefixes{data}, false},
	{"Mi", 2, 20, []prefixes{data}, false},
	{"Gi", 2, 30, []prefixes{data}, false},
	{"Ti", 2, 40, []prefixes{data}, false},
}

// fits reports whether the prefix may stand before a unit of that class.
func (p prefix) fits(class prefixes) bool { return slices.Contains(p.on, class) }

// factor returns the prefix as a ratio.
func (p prefix) factor() *big.Rat {
	size := new(big.Int).Exp(big.NewInt(p.base), big.NewInt(int64(max(p.power, -p.power))), nil)
	if p.power < 0 {
		return new(big.Rat).SetFrac(big.NewInt(1), size)
	}
	return new(big.Rat).SetInt(size)
}

// cut returns what follows the prefix in symbol.
func (p prefix) cut(symbol string) (string, bool) {
	rest, ok := strings.CutPrefix(symbol, p.symbol)
	return rest, ok && rest != ""
}
