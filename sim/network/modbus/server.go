package modbus

// A Server is the logic of a server: its memory, and what it answers.
type Server struct {
	Coils, DiscreteInputs            []bool
	HoldingRegisters, InputRegisters []uint16
	// Names is what it says of itself: vendor, product, revision, and what else there
	// is up to the seventh. A server without names knows no function 43.
	Names []string
	// Refuse, where there is one, is asked before a request is done; it returns 0 or
	// why it is not. It is the place for what the protocol lacks.
	Refuse func(*Request) Exception
}

// Answer appends the response to a request. To what has no function there is none.
func (s *Server) Answer(b, request []byte) []byte {
	r, err := DecodeRequest(request)
	if err == ErrPDU {
		return b
	}
	answer := Response{Function: r.Function, Address: r.Address, Quantity: r.Quantity, Sub: r.Sub}
	if err == nil {
		err = s.do(&r, &answer)
	}
	if err == nil {
		var whole []byte
		if whole, err = answer.Append(b); err == nil {
			return whole
		}
	}
	why, ok := err.(Exception)
	if !ok {
		why = DeviceFailure
	}
	return append(b, byte(r.Function|failed), byte(why))
}

// do does what a request asks for, if the addresses are the server's.
func (s *Server) do(r *Request, answer *Response) error {
	if r.Function == ReadWriteRegisters && !fits(r.To, r.Written, len(s.HoldingRegisters)) {
		return IllegalAddress
	}
	if space := s.space(r.Function); space >= 0 && !fits(r.Address, r.Quantity, space) {
		return IllegalAddress
	}
	if s.Refuse != nil {
		if why := s.Refuse(r); why != 0 {
			return why
		}
	}
	switch r.Function {
	case ReadCoils:
		answer.Data = AppendCoils(nil, s.Coils[r.Address:][:r.Quantity]...)
	case ReadDiscreteInputs:
		answer.Data = AppendCoils(nil, s.DiscreteInputs[r.Address:][:r.Quantity]...)
	case ReadHoldingRegisters:
		answer.Data = registers(s.HoldingRegisters[r.Address:][:r.Quantity])
	case ReadInputRegisters:
		answer.Data = registers(s.InputRegisters[r.Address:][:r.Quantity])
	case WriteCoil:
		s.Coils[r.Address], answer.Data = r.Data[0] != 0, r.Data
	case WriteCoils:
		for i := range int(r.Quantity) {
			s.Coils[int(r.Address)+i] = Coil(r.Data, i)
		}
	case WriteRegister, WriteRegisters:
		s.write(r.Address, r.Data)
		answer.Data = r.Data
	case ReadWriteRegisters: // the write is first
		s.write(r.To, r.Data)
		answer.Data = registers(s.HoldingRegisters[r.Address:][:r.Quantity])
	case Diagnostics:
		if r.Sub != ReturnQuery && r.Sub != ClearCounters {
			return IllegalFunction
		}
		answer.Data = r.Data
	case EncapsulatedIdentify:
		if len(s.Names) == 0 {
			return IllegalFunction
		}
		var err error
		answer.Identity, err = tell(s.Names, *r)
		return err
	}
	return nil
}

// space returns how many coils or registers a function has to do with; -1 where with
// none.
func (s *Server) space(f Function) int {
	switch f {
	case ReadCoils, WriteCoil, WriteCoils:
		return len(s.Coils)
	case ReadDiscreteInputs:
		return len(s.DiscreteInputs)
	case ReadHoldingRegisters, WriteRegister, WriteRegisters, ReadWriteRegisters:
		return len(s.HoldingRegisters)
	case ReadInputRegisters:
		return len(s.InputRegisters)
	}
	return -1
}

func fits(address, quantity uint16, space int) bool { return int(address)+int(quantity) <= space }

func (s *Server) write(address uint16, data []byte) {
	for i := range len(data) / 2 {
		s.HoldingRegisters[int(address)+i] = Register(data, i)
	}
}

func registers(list []uint16) []byte {
	b := make([]byte, 0, 2*len(list))
	for _, r := range list {
		b = append(b, byte(r>>8), byte(r))
	}
	return b
}
