package unit

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// A Quantity is a number with its unit, as somebody wrote it.
type Quantity struct {
	Value float64 // SI
	Unit  Unit    // as written; its Symbol is "" where only a number stood
}

// maxQuantity bounds the bytes of a quantity.
const maxQuantity = 128

// ParseQuantity reads a number and a unit: "4 m", "50 L/s", "5ms", "0.1%",
// "20 degC", "0.1 1/s". A bare number has the unit One, whose Symbol is empty.
// Value is the float64 nearest to what the text says; it is finite, and 0 only
// where the text says 0. A temperature in degC or degF is at least absolute zero.
func ParseQuantity(text string) (Quantity, error) {
	text = strings.TrimSpace(text)
	if len(text) > maxQuantity {
		return Quantity{}, fmt.Errorf("%q is longer than %d bytes: write a quantity such as 50 L/s", text[:20]+"...", maxQuantity)
	}
	number, rest, err := cutNumber(text)
	if err != nil {
		return Quantity{}, err
	}
	symbol := strings.TrimSpace(rest)
	e, err := quantityUnit(text, number, symbol)
	if err != nil {
		return Quantity{}, err
	}
	exactly, err := rational(number)
	if err != nil {
		return Quantity{}, fmt.Errorf("%q %w", text, err)
	}
	si := e.toSI(exactly)
	if e.zero != nil && si.Sign() < 0 {
		return Quantity{}, fmt.Errorf("%q %w", text, ErrTooCold)
	}
	value, _ := si.Float64()
	if math.IsInf(value, 0) || value == 0 && si.Sign() != 0 {
		return Quantity{}, fmt.Errorf("%q %w", text, errRange)
	}
	return Quantity{Value: value, Unit: e.unit(symbol)}, nil
}

// quantityUnit reads the unit of a quantity.
func quantityUnit(text, number, symbol string) (exact, error) {
	switch {
	case strings.HasPrefix(symbol, "/"):
		return exact{}, fmt.Errorf("%q has nothing above the line: write %s 1%s", text, number, printable(symbol))
	case symbol == "1":
		return exact{}, fmt.Errorf("%q has two numbers: write one, and a unit", text)
	}
	return known().parse(symbol)
}

// ErrTooCold says that a temperature is none. In kelvin it may be a difference, of which
// only who asks for it knows.
var ErrTooCold = errors.New("is below absolute zero, 0 K = -273.15 degC: nothing is that cold, write a greater one")

var errRange = errors.New("is beyond the numbers a computer holds (1e-308 to 1e308): write it in a unit of its size")

// rational reads the number exactly. ParseFloat looks at it first, as a ratio
// made of 1e999999999 would take all memory.
func rational(number string) (*big.Rat, error) {
	x, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return nil, errRange
	}
	if x == 0 {
		if strings.ContainsAny(mantissa(number), "123456789") {
			return nil, errRange
		}
		return new(big.Rat), nil
	}
	exactly, ok := new(big.Rat).SetString(number)
	if !ok {
		return nil, errRange
	}
	return exactly, nil
}

// mantissa is the number without its exponent.
func mantissa(number string) string {
	if i := strings.IndexAny(number, "eE"); i >= 0 {
		return number[:i]
	}
	return number
}
