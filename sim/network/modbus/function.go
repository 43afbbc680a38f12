package modbus

import "strconv"

// A Function is what a request asks for.
type Function byte

// The functions.
const (
	ReadCoils              Function = 1
	ReadDiscreteInputs     Function = 2
	ReadHoldingRegisters   Function = 3
	ReadInputRegisters     Function = 4
	WriteCoil              Function = 5
	WriteRegister          Function = 6
	Diagnostics            Function = 8
	WriteCoils             Function = 15
	WriteRegisters         Function = 16
	ReadWriteRegisters     Function = 23
	EncapsulatedIdentify   Function = 43 // with the type 14: read device identification
	failed                 Function = 0x80
	identification         byte     = 14
	mostCoilsRead                   = 2000
	mostRegistersRead               = 125
	mostCoilsWritten                = 1968
	mostRegistersWritten            = 123
	mostRegistersExchanged          = 121
)

// Sub-functions of Diagnostics.
const (
	ReturnQuery   uint16 = 0  // answered by the same
	ClearCounters uint16 = 10 // and the diagnostic register
)

// Writes reports whether the function changes what a server holds.
func (f Function) Writes() bool {
	switch f {
	case WriteCoil, WriteRegister, WriteCoils, WriteRegisters, ReadWriteRegisters:
		return true
	}
	return false
}

// mostRead returns how many a function reads at most; 0 where it reads none.
func (f Function) mostRead() uint16 {
	switch f {
	case ReadCoils, ReadDiscreteInputs:
		return mostCoilsRead
	case ReadHoldingRegisters, ReadInputRegisters, ReadWriteRegisters:
		return mostRegistersRead
	}
	return 0
}

// An Exception is why a server does not do what it was asked.
type Exception byte

// The exceptions.
const (
	IllegalFunction     Exception = 1
	IllegalAddress      Exception = 2
	IllegalValue        Exception = 3
	DeviceFailure       Exception = 4
	Acknowledge         Exception = 5 // it takes long; ask again later
	DeviceBusy          Exception = 6
	ParityError         Exception = 8
	GatewayPath         Exception = 10
	GatewayTargetSilent Exception = 11
)

// known reports whether the specification has the exception.
func (e Exception) known() bool {
	switch e {
	case IllegalFunction, IllegalAddress, IllegalValue, DeviceFailure, Acknowledge, DeviceBusy, ParityError, GatewayPath, GatewayTargetSilent:
		return true
	}
	return false
}

// Error implements error.
func (e Exception) Error() string {
	switch e {
	case IllegalFunction:
		return "modbus: illegal function"
	case IllegalAddress:
		return "modbus: illegal data address"
	case IllegalValue:
		return "modbus: illegal data value"
	case DeviceFailure:
		return "modbus: server device failure"
	case Acknowledge:
		return "modbus: acknowledged, ask again later"
	case DeviceBusy:
		return "modbus: server device busy"
	case ParityError:
		return "modbus: memory parity error"
	case GatewayPath:
		return "modbus: gateway path unavailable"
	case GatewayTargetSilent:
		return "modbus: gateway target device failed to respond"
	}
	return "modbus: exception " + strconv.Itoa(int(e))
}
