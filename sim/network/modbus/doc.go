// Package modbus is the bytes of Modbus/TCP: frames, requests, responses, and what
// a server answers.
//
// A frame is the header of Modbus/TCP (a transaction that pairs a response with its
// request, the protocol 0, a length, a unit) and at most 253 bytes: the function and
// what goes with it. There is no authentication, no integrity and no encryption:
// whoever reaches port 502 may read and write. That is the protocol, not this package.
//
// Decoders take what the specification permits and nothing else; what is wrong with a
// request is the exception that a server answers. They keep parts of the bytes they
// are given and copy none. Encoders append to a slice.
//
// Limits: 2000 coils or 125 registers are read at once, 1968 or 123 written; function
// 23 writes 121. A number takes two registers, an IEEE 754 single with its high word
// first.
//
// Sources: MODBUS Application Protocol Specification V1.1b3; MODBUS Messaging on
// TCP/IP Implementation Guide V1.0b.
package modbus
