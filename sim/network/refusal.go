package network

import "fmt"

// A Refusal is why a receiver does not do what it was asked, as far as a protocol can
// say so.
type Refusal uint8

// The refusals.
const (
	Accepted   Refusal = iota
	Forbidden          // to this sender
	BadValue           // out of range, or implausible
	Busy               // too much at once
	Unknown            // nobody may ask for this at all
	WrongState         // not now
	Pending            // not yet: somebody else is to ask for it as well
	Failed             // it does nothing any more: it has tripped
)

// An Answer is how a protocol says that something was refused.
type Answer struct {
	Word string // what the protocol calls it: exception, status
	Code uint32
	Name string // in the specification; empty of a code without
}

// String returns the answer for people: "exception 2, illegal data address".
func (a Answer) String() string {
	number := fmt.Sprint(a.Code)
	switch {
	case a.Code > 0xFF:
		number = fmt.Sprintf("0x%08X", a.Code)
	case a.Word != modbusWord:
		number = fmt.Sprintf("0x%02X", a.Code)
	}
	return a.Word + " " + number + ", " + a.Name
}

const modbusWord = "exception"

// Answer returns how a protocol answers what is refused; ok is false of a protocol that
// has no word for it, and of what was accepted. (MQTT 3.1.1 confirms what it refuses to
// publish like anything else, so that the sender never knows.)
func (p Protocol) Answer(r Refusal) (a Answer, ok bool) {
	if r == Accepted || r > Failed {
		return Answer{}, false
	}
	switch p {
	case Modbus:
		return modbusExceptions[r], true
	case EtherNetIP:
		return cipStatuses[r], true
	case OPCUA:
		return uaStatuses[r], true
	}
	return Answer{}, false
}

// By refusal. Modbus has no word for a state that does not let it: its first exception
// is for that, too (Application Protocol V1.1b3, section 7).
var modbusExceptions = [...]Answer{
	Forbidden:  {modbusWord, 1, "illegal function"},
	Unknown:    {modbusWord, 2, "illegal data address"},
	BadValue:   {modbusWord, 3, "illegal data value"},
	Failed:     {modbusWord, 4, "server device failure"},
	Pending:    {modbusWord, 5, "acknowledge"},
	Busy:       {modbusWord, 6, "server device busy"},
	WrongState: {modbusWord, 1, "illegal function"},
}

var cipStatuses = [...]Answer{
	Forbidden:  {"status", 0x0F, "privilege violation"},
	Unknown:    {"status", 0x05, "path destination unknown"},
	BadValue:   {"status", 0x09, "invalid attribute value"},
	Failed:     {"status", 0x10, "device state conflict"},
	Pending:    {"status", 0x10, "device state conflict"},
	Busy:       {"status", 0x02, "resource unavailable"},
	WrongState: {"status", 0x10, "device state conflict"},
}

var uaStatuses = [...]Answer{
	Forbidden:  {"status", 0x801F0000, "BadUserAccessDenied"},
	Unknown:    {"status", 0x80340000, "BadNodeIdUnknown"},
	BadValue:   {"status", 0x803C0000, "BadOutOfRange"},
	Failed:     {"status", 0x808B0000, "BadDeviceFailure"},
	Pending:    {"status", 0x002E0000, "GoodCompletesAsynchronously"},
	Busy:       {"status", 0x80100000, "BadTooManyOperations"},
	WrongState: {"status", 0x80AF0000, "BadInvalidState"},
}
