package enip

import "encoding/binary"

// A Service is what a message asks an object for.
type Service byte

// The services.
const (
	Reset         Service = 0x05
	Multiple      Service = 0x0A // several messages in one
	GetAttribute  Service = 0x0E
	SetAttribute  Service = 0x10
	ReadTag       Service = 0x4C
	WriteTag      Service = 0x4D
	Forward       Service = 0x52 // Unconnected Send: pass a message on over a route
	answered      Service = 0x80
	ClassIdentity uint32  = 1
	ClassRouter   uint32  = 2 // who takes Multiple
	ClassManager  uint32  = 6 // the connection manager, who takes Forward
)

// A Status is how a message ended.
type Status byte

// Some of the statuses.
const (
	Success          Status = 0x00
	NoResource       Status = 0x02
	BadPath          Status = 0x04
	UnknownPath      Status = 0x05
	NoService        Status = 0x08
	BadValue         Status = 0x09
	NotSettable      Status = 0x0E
	PrivilegeMissing Status = 0x0F
	StateConflict    Status = 0x10
	TooLittle        Status = 0x13
	NoAttribute      Status = 0x14
	TooMuch          Status = 0x15
	PartFailed       Status = 0x1E // of the messages in one
)

// A Request is a message that asks.
type Request struct {
	Service Service
	Path    []byte
	Data    []byte
}

// DecodeRequest reads a message that asks.
func DecodeRequest(b []byte) (Request, error) {
	if len(b) < 2 || Service(b[0]) >= answered || len(b) < 2+2*int(b[1]) {
		return Request{}, ErrMessage
	}
	end := 2 + 2*int(b[1])
	r := Request{Service(b[0]), b[2:end:end], b[end:]}
	_, err := Segments(r.Path)
	return r, err
}

// Append appends the message.
func (r *Request) Append(b []byte) ([]byte, error) {
	if r.Service >= answered || len(r.Path)%2 != 0 || len(r.Path) > mostPathLen {
		return b, ErrMessage
	}
	b = append(append(b, byte(r.Service), byte(len(r.Path)/2)), r.Path...)
	return append(b, r.Data...), nil
}

// A Response is a message that answers.
type Response struct {
	Service Service
	Status  Status
	More    []byte // about the status, in words
	Data    []byte
}

// DecodeResponse reads a message that answers.
func DecodeResponse(b []byte) (Response, error) {
	if len(b) < 4 || Service(b[0]) < answered || b[1] != 0 || len(b) < 4+2*int(b[3]) {
		return Response{}, ErrMessage
	}
	end := 4 + 2*int(b[3])
	return Response{Service(b[0]) &^ answered, Status(b[2]), b[4:end:end], b[end:]}, nil
}

// Append appends the message.
func (r *Response) Append(b []byte) ([]byte, error) {
	if r.Service >= answered || len(r.More)%2 != 0 || len(r.More) > mostPathLen {
		return b, ErrMessage
	}
	b = append(b, byte(r.Service|answered), 0, byte(r.Status), byte(len(r.More)/2))
	return append(append(b, r.More...), r.Data...), nil
}

// Join appends the data of Multiple, asked or answered.
func Join(b []byte, messages ...[]byte) ([]byte, error) {
	at := 2 + 2*len(messages)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(messages)))
	for _, m := range messages {
		if at > 0xFFFF {
			return b, ErrMessage
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(at))
		at += len(m)
	}
	for _, m := range messages {
		b = append(b, m...)
	}
	return b, nil
}

// Split returns the messages in the data of Multiple: one after the other, without
// gaps.
func Split(data []byte) ([][]byte, error) {
	if len(data) < 2 {
		return nil, ErrMessage
	}
	n := int(binary.LittleEndian.Uint16(data))
	if n < 1 || len(data) < 2+2*n {
		return nil, ErrMessage
	}
	messages := make([][]byte, n)
	end := len(data)
	for i := n - 1; i >= 0; i-- {
		from := int(binary.LittleEndian.Uint16(data[2+2*i:]))
		if from < 2+2*n || from > end || i == 0 && from != 2+2*n {
			return nil, ErrMessage
		}
		messages[i] = data[from:end:end]
		end = from
	}
	return messages, nil
}

// A Passage is the data of Forward.
type Passage struct {
	Priority, Ticks byte // how long it may take: 2 to the low half of Priority, times Ticks, in ms
	Message         []byte
	Route           []byte // a path: ports and links
}

// Append appends the passage.
func (p *Passage) Append(b []byte) ([]byte, error) {
	if len(p.Message) > 0xFFFF || len(p.Route)%2 != 0 || len(p.Route) > mostPathLen {
		return b, ErrMessage
	}
	b = binary.LittleEndian.AppendUint16(append(b, p.Priority, p.Ticks), uint16(len(p.Message)))
	b = append(b, p.Message...)
	if len(p.Message)%2 != 0 {
		b = append(b, 0)
	}
	return append(append(b, byte(len(p.Route)/2), 0), p.Route...), nil
}

// DecodePassage reads the data of Forward.
func DecodePassage(data []byte) (p Passage, err error) {
	if len(data) < 4 {
		return p, ErrMessage
	}
	n := int(binary.LittleEndian.Uint16(data[2:]))
	end := 4 + n + n%2
	if len(data) < end+2 || n%2 != 0 && data[end-1] != 0 || data[end+1] != 0 || len(data) != end+2+2*int(data[end]) {
		return p, ErrMessage
	}
	return Passage{data[0], data[1], data[4 : 4+n : 4+n], data[end+2:]}, nil
}
