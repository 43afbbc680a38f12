package network

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Function is what a message asks of its receiver, in the numbers of its protocol: a
// function code of Modbus, a service of CIP (EtherNet/IP). None is 0.
type Function uint8

// A code is a number of a protocol with its name in the specification.
type code struct {
	number Function
	name   string
}

// The functions of Modbus and the services of CIP that have a name here.
var (
	modbusFunctions = []code{
		{1, "read-coils"}, {2, "read-discrete-inputs"}, {3, "read-holding-registers"}, {4, "read-input-registers"},
		{5, "write-single-coil"}, {6, "write-single-register"}, {8, "diagnostics"}, {15, "write-multiple-coils"},
		{16, "write-multiple-registers"}, {23, "read-write-multiple-registers"}, {43, "read-device-identification"},
	}
	cipServices = []code{
		{0x05, "reset"}, {0x0E, "get-attribute-single"}, {0x10, "set-attribute-single"}, {0x4C, "read-tag"}, {0x4D, "write-tag"},
	}
)

// codes are the functions of a protocol; none of one whose messages have no function.
func (p Protocol) codes() []code {
	switch p {
	case Modbus:
		return modbusFunctions
	case EtherNetIP:
		return cipServices
	}
	return nil
}

// FunctionWord is what a protocol calls its functions; empty where it has none.
func (p Protocol) FunctionWord() string {
	switch p {
	case Modbus:
		return "function"
	case EtherNetIP:
		return "service"
	}
	return ""
}

// FunctionNames returns the names of the functions of a protocol, by number.
func (p Protocol) FunctionNames() (names []string) {
	for _, c := range p.codes() {
		names = append(names, c.name)
	}
	return names
}

// FunctionName names a function: write-single-coil.
func (p Protocol) FunctionName(f Function) string {
	for _, c := range p.codes() {
		if c.number == f {
			return c.name
		}
	}
	return p.FunctionWord() + " " + p.FunctionNumber(f)
}

// FunctionNumber writes the number of a function as its specification does: 16, 0x4D.
func (p Protocol) FunctionNumber(f Function) string {
	if p == EtherNetIP {
		return fmt.Sprintf("0x%02X", uint8(f))
	}
	return strconv.Itoa(int(f))
}

// FunctionText is a function for people: "function 16, write multiple registers".
func (p Protocol) FunctionText(f Function) string {
	text := p.FunctionWord() + " " + p.FunctionNumber(f)
	if name := p.FunctionName(f); name != text {
		text += ", " + strings.ReplaceAll(name, "-", " ")
	}
	return text
}

// ParseFunction returns the function of a name or a number, such as 16 or 0x4D; ok is
// false of what is neither, or no number from 1 to 127: higher ones are answers.
func (p Protocol) ParseFunction(text string) (f Function, ok bool) {
	for _, c := range p.codes() {
		if c.name == text {
			return c.number, true
		}
	}
	n, err := strconv.ParseUint(text, 0, 7)
	return Function(n), err == nil && n > 0 && p.FunctionWord() != ""
}

// Function returns what a message for a verb asks, about a value that is one bit or
// not, and the only one of its message or one of several. What is about no value counts
// as a number. A login and a subscription are none of Modbus or CIP: all there is of
// them is a connection.
//
// This is the one place that says so: captures, rules of conduits, the surface and
// decisions have it from here.
func (p Protocol) Function(v Verb, bit, alone bool) Function {
	switch p {
	case Modbus:
		return modbusFunction(v, bit, alone)
	case EtherNetIP:
		return cipService(v)
	}
	return 0
}

// modbusFunction: what a device reports is in input registers and discrete inputs, what
// it is told in holding registers and coils; a number takes two registers, so none is
// written alone.
func modbusFunction(v Verb, bit, alone bool) Function {
	switch {
	case v == Read && bit:
		return 2
	case v == Read:
		return 4
	case v == Upload && bit:
		return 1
	case v == Upload:
		return 3
	case v == Login || v == Subscribe:
		return 0
	case v == Scan:
		return 43
	case v == Wipe:
		return 8
	case bit && alone:
		return 5
	case bit:
		return 15
	}
	return 16
}

// cipService: a scan is List Identity, which is no message of CIP.
func cipService(v Verb) Function {
	switch v {
	case Read, Upload:
		return 0x4C
	case Login, Subscribe, Scan:
		return 0
	case Wipe:
		return 0x05
	}
	return 0x4D
}

// occurs reports whether one of some verbs is ever said by one of some functions.
func (p Protocol) occurs(verbs Verbs, functions []Function) bool {
	for v := range Verb(len(verbNames)) {
		for shape := range 4 {
			if f := p.Function(v, shape&1 != 0, shape&2 != 0); verbs.Admits(v) && f != 0 && slices.Contains(functions, f) {
				return true
			}
		}
	}
	return false
}

// misfit says by which functions some verbs are said.
func (p Protocol) misfit(verbs Verbs) string {
	var said []string
	for _, c := range p.codes() {
		if p.occurs(verbs, []Function{c.number}) {
			said = append(said, c.name)
		}
	}
	if len(said) == 0 {
		return "none of these verbs is a " + p.FunctionWord() + " of " + p.String()
	}
	return "what it is about is said by " + strings.Join(said, ", ")
}
