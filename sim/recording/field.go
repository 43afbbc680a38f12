package recording

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Type is what the values of a field are.
type Type uint8

// The types of fields.
const (
	Open   Type = iota // numbers or truths, as the first value says
	Number             // with a point, or a comma where the file is separated by semicolons
	Truth              // true, on, yes, or false, off, no
	Switch             // that, or 1 and 0
	Label              // one of Labels, by its number
	Moment             // the time of the row, in Tick
)

// A Field is a column that is read.
type Field struct {
	Column int
	Type   Type
	Labels []string       // of a Label
	Unit   unit.Unit      // of a Number: it is turned into SI; the zero Unit leaves it as it is
	Tick   vtime.Duration // of a Moment
	// Steps says that it keeps each value up to the next one, also where others go
	// along lines.
	Steps bool
}

// straight reports whether the field goes along lines from value to value.
func (f *Field) straight(linear bool) bool {
	return f.Type == Moment || linear && f.Type == Number && !f.Steps
}

// missing reports whether a value says that there is none.
func missing(text string) bool {
	return text == "" || len(text) <= 4 && slices.ContainsFunc([]string{"nan", "na", "null", "n/a"}, func(w string) bool { return strings.EqualFold(w, text) })
}

// truths are the words for true and false.
var truths = [2][]string{{"false", "off", "no"}, {"true", "on", "yes"}}

// truthOf reads a word for true or false as 1 or 0.
func truthOf(text string) (x float64, ok bool) {
	if len(text) > len("false") {
		return 0, false
	}
	for k, words := range truths {
		for _, w := range words {
			if strings.EqualFold(w, text) {
				return float64(k), true
			}
		}
	}
	return 0, false
}

// read reads a value, NaN where there is none. A field of type Open has its type
// afterwards.
func (f *Field) read(text string, comma bool) (x float64, cause, next string) {
	if missing(text) {
		return math.NaN(), "", ""
	}
	if f.Type == Label {
		return f.label(text)
	}
	truth, isTruth := truthOf(text)
	if f.Type == Open {
		if f.Type = Number; isTruth {
			f.Type = Truth
		}
		if _, ok := numberOf(text, comma); !ok && !isTruth {
			f.Type = Open // a later one decides
		}
	}
	number, isNumber := numberOf(text, comma)
	switch {
	case isTruth && (f.Type == Truth || f.Type == Switch):
		return truth, "", ""
	case f.Type == Switch && isNumber && (number == 0 || number == 1):
		return number, "", ""
	case f.Type == Switch:
		return 0, fmt.Sprintf("%s is neither true nor false", source.Quote(text)), "write true, on, yes, 1 or false, off, no, 0"
	case f.Type == Truth && isNumber:
		return 0, fmt.Sprintf("%s is a number, but the values before are true or false", source.Quote(text)), "write all of them alike"
	case f.Type == Number && isNumber:
		if f.Unit.Scale != 0 {
			number = f.Unit.ToSI(number)
		}
		return number, "", ""
	case f.Type == Number && isTruth:
		return 0, fmt.Sprintf("%s is true or false, but the values before are numbers", source.Quote(text)), "write all of them alike"
	case strings.Count(text, ",") == 1 && !comma && isDecimal(strings.Replace(text, ",", ".", 1)):
		return 0, fmt.Sprintf("%s is no number", source.Quote(text)), "write a decimal point; commas are for files that are separated by ;"
	}
	return 0, fmt.Sprintf("%s is no number", source.Quote(text)), "a value that is missing is empty, NaN, NA or null"
}

func (f *Field) label(text string) (x float64, cause, next string) {
	if k := slices.Index(f.Labels, text); k >= 0 {
		return float64(k), "", ""
	}
	return 0, fmt.Sprintf("there is no %s%s", source.Quote(text), source.DidYouMean(text, f.Labels)), "it is one of " + strings.Join(f.Labels, ", ")
}

// pointed writes a number that may have a decimal comma with a point.
func pointed(text string, comma bool) string {
	if !comma || !strings.Contains(text, ",") {
		return text
	}
	if number := strings.Replace(text, ",", ".", 1); isDecimal(number) {
		return number
	}
	return text
}

// numberOf reads a decimal number, or inf.
func numberOf(text string, comma bool) (x float64, ok bool) {
	text = pointed(text, comma)
	switch strings.ToLower(strings.TrimLeft(text, "+-")) {
	case "inf", "infinity":
		if x = math.Inf(1); text[0] == '-' {
			x = math.Inf(-1)
		}
		return x, true
	}
	if !isDecimal(text) {
		return 0, false
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}
