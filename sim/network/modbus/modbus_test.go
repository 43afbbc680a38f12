package modbus

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func unhex(t testing.TB, text string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	require.NoError(t, err)
	return b
}

// The examples of the specification, section 6.
func TestExamplesOfTheSpecification(t *testing.T) {
	for _, test := range []struct {
		request, response string
		asked             Request
		answered          Response
	}{
		{"01 0013 0013", "01 03 CD6B05",
			Request{Function: ReadCoils, Address: 0x13, Quantity: 19}, Response{Function: ReadCoils, Data: []byte{0xCD, 0x6B, 0x05}}},
		{"02 00C4 0016", "02 03 ACDB35",
			Request{Function: ReadDiscreteInputs, Address: 196, Quantity: 22}, Response{Function: ReadDiscreteInputs, Data: []byte{0xAC, 0xDB, 0x35}}},
		{"03 006B 0003", "03 06 022B 0000 0064",
			Request{Function: ReadHoldingRegisters, Address: 107, Quantity: 3}, Response{Function: ReadHoldingRegisters, Data: []byte{2, 0x2B, 0, 0, 0, 100}}},
		{"04 0008 0001", "04 02 000A",
			Request{Function: ReadInputRegisters, Address: 8, Quantity: 1}, Response{Function: ReadInputRegisters, Data: []byte{0, 10}}},
		{"05 00AC FF00", "05 00AC FF00",
			Request{Function: WriteCoil, Address: 172, Quantity: 1, Data: []byte{0xFF, 0}}, Response{Function: WriteCoil, Address: 172, Quantity: 1, Data: []byte{0xFF, 0}}},
		{"06 0001 0003", "06 0001 0003",
			Request{Function: WriteRegister, Address: 1, Quantity: 1, Data: []byte{0, 3}}, Response{Function: WriteRegister, Address: 1, Quantity: 1, Data: []byte{0, 3}}},
		{"08 0000 A537", "08 0000 A537",
			Request{Function: Diagnostics, Data: []byte{0xA5, 0x37}}, Response{Function: Diagnostics, Data: []byte{0xA5, 0x37}}},
		{"0F 0013 000A 02 CD01", "0F 0013 000A",
			Request{Function: WriteCoils, Address: 19, Quantity: 10, Data: []byte{0xCD, 1}}, Response{Function: WriteCoils, Address: 19, Quantity: 10}},
		{"10 0001 0002 04 000A 0102", "10 0001 0002",
			Request{Function: WriteRegisters, Address: 1, Quantity: 2, Data: []byte{0, 10, 1, 2}}, Response{Function: WriteRegisters, Address: 1, Quantity: 2}},
		{"17 0003 0006 000E 0003 06 00FF 00FF 00FF", "17 0C 00FE 0ACD 0001 0003 000D 00FF",
			Request{Function: ReadWriteRegisters, Address: 3, Quantity: 6, To: 14, Written: 3, Data: []byte{0, 255, 0, 255, 0, 255}},
			Response{Function: ReadWriteRegisters, Data: []byte{0, 0xFE, 0x0A, 0xCD, 0, 1, 0, 3, 0, 13, 0, 255}}},
		{"2B 0E 01 00", "2B 0E 01 01 00 00 03 00 16 436F6D70616E79206964656E74696669636174696F6E 01 0D 50726F6475637420636F6465 58 02 05 56322E3131",
			Request{Function: EncapsulatedIdentify, Category: 1},
			Response{Function: EncapsulatedIdentify, Identity: Identity{Category: 1, Conformity: 1, Objects: []Object{{0, "Company identification"}, {1, "Product codeX"}, {2, "V2.11"}}}}},
		{"01 0400 0001", "81 02",
			Request{Function: ReadCoils, Address: 1024, Quantity: 1}, Response{Function: ReadCoils, Exception: IllegalAddress}},
	} {
		asked, err := DecodeRequest(unhex(t, test.request))
		require.NoError(t, err, test.request)
		require.Equal(t, test.asked, asked)
		bytes, err := asked.Append(nil)
		require.NoError(t, err)
		require.Equal(t, unhex(t, test.request), bytes)
		answered, err := DecodeResponse(unhex(t, test.response))
		require.NoError(t, err, test.response)
		require.Equal(t, test.answered, answered)
		bytes, err = answered.Append(nil)
		require.NoError(t, err)
		require.Equal(t, unhex(t, test.response), bytes)
	}
}

// What is beyond the limits is answered by the exception that the state diagrams of
// the specification give.
func TestLimits(t *testing.T) {
	s := Server{
		Coils: make([]bool, 4000), DiscreteInputs: make([]bool, 4000),
		HoldingRegisters: make([]uint16, 300), InputRegisters: make([]uint16, 300),
		Names: []string{"harmproof", "pump", "1.0"},
	}
	long := func(head string, n int) string { return head + strings.Repeat("00", n) }
	for request, want := range map[string]string{
		"01 0000 07D0":                         long("01 FA", 250),
		"01 0000 07D1":                         "81 03",
		"01 0000 0000":                         "81 03",
		"01 0FA0 0001":                         "81 02",
		"01 FFFF 0002":                         "81 02",
		"02 0000 07D1":                         "82 03",
		"03 0000 007D":                         long("03 FA", 250),
		"03 0000 007E":                         "83 03",
		"04 0000 007E":                         "84 03",
		"04 00F0 007D":                         "84 02",
		"05 0000 0001":                         "85 03",
		"05 0FA0 FF00":                         "85 02",
		"06 0200 0001":                         "86 02",
		long("0F 0000 07B0 F6", 246):           "0F 0000 07B0",
		long("0F 0000 07B1 F7", 247):           "8F 03",
		"0F 0000 0009 01 00":                   "8F 03",
		long("10 0000 007B F6", 246):           "10 0000 007B",
		long("10 0000 007C F8", 247):           "90 03",
		"10 0000 0002 02 0000":                 "90 03",
		long("17 0000 007D 0000 0079 F2", 242): long("17 FA", 250),
		"17 0000 007E 0000 0001 02 0000":       "97 03",
		"17 0000 0001 012C 0001 02 0000":       "97 02",
		"08 0000":                              "88 03",
		"08 0001 0000":                         "88 01",
		"2B 0D 01 00":                          "AB 01",
		"2B 0E 05 00":                          "AB 03",
		"2B 0E 04 09":                          "AB 02",
		"2B 0E 04 01":                          "2B 0E 04 81 00 00 01 01 04 70756D70",
		"07":                                   "87 01",
		"64 0102":                              "E4 01",
		"83 0102":                              "",
		"":                                     "",
		"03 0000":                              "83 03",
		"03 0000 0001 00":                      "83 03",
		long("10 0000 0001", 300):              "",
	} {
		require.Equal(t, unhex(t, want), append([]byte{}, s.Answer(nil, unhex(t, request))...), request)
	}
}

// Function 23 writes before it reads; who refuses leaves all as it was.
func TestServerWrites(t *testing.T) {
	s := Server{Coils: make([]bool, 8), HoldingRegisters: make([]uint16, 8)}
	require.Equal(t, unhex(t, "17 04 0007 0009"), s.Answer(nil, unhex(t, "17 0001 0002 0001 0002 04 0007 0009")))
	require.Equal(t, unhex(t, "0F 0001 0003"), s.Answer(nil, unhex(t, "0F 0001 0003 01 05")))
	require.Equal(t, []bool{false, true, false, true, false, false, false, false}, s.Coils)
	s.Refuse = func(r *Request) Exception {
		if r.Function.Writes() {
			return DeviceBusy
		}
		return 0
	}
	require.Equal(t, unhex(t, "86 06"), s.Answer(nil, unhex(t, "06 0001 0001")))
	require.Equal(t, unhex(t, "03 02 0007"), s.Answer(nil, unhex(t, "03 0001 0001")))
}

// A long identity comes in several responses, none longer than a frame may be.
func TestIdentityInParts(t *testing.T) {
	s := Server{}
	for _, c := range "abcdefg" {
		s.Names = append(s.Names, strings.Repeat(string(c), 100))
	}
	var got []string
	for next := byte(0); ; {
		answer := s.Answer(nil, []byte{43, 14, 2, next})
		r, err := DecodeResponse(answer)
		require.NoError(t, err)
		for _, o := range r.Identity.Objects {
			got = append(got, o.Value)
		}
		if !r.Identity.More {
			break
		}
		require.Greater(t, r.Identity.Next, next)
		next = r.Identity.Next
	}
	require.Equal(t, s.Names, got)
}

func TestFrames(t *testing.T) {
	stream := unhex(t, "1501 0000 0006 FF 01 0013 0013  1502 0000 0003 FF 81 02  15")
	one, rest, err := DecodeFrame(stream)
	require.NoError(t, err)
	require.Equal(t, Frame{0x1501, 0xFF, unhex(t, "01 0013 0013")}, one)
	two, rest, err := DecodeFrame(rest)
	require.NoError(t, err)
	require.Equal(t, Frame{0x1502, 0xFF, unhex(t, "81 02")}, two)
	_, rest, err = DecodeFrame(rest)
	require.ErrorIs(t, err, ErrShort)
	require.Len(t, rest, 1)
	for _, bad := range []string{"1501 0001 0006 FF 01 0013 0013", "1501 0000 0001 FF", "1501 0000 00FF FF"} {
		_, _, err = DecodeFrame(unhex(t, bad))
		require.ErrorIs(t, err, ErrFrame)
	}
	_, err = Frame{PDU: make([]byte, 254)}.Append(nil)
	require.ErrorIs(t, err, ErrPDU)
}

func TestValues(t *testing.T) {
	require.Equal(t, unhex(t, "40 49 0F DB"), AppendFloat(nil, 3.14159274))
	require.Equal(t, float32(3.14159274), Float(unhex(t, "0000 4049 0FDB"), 1))
	require.Equal(t, unhex(t, "FFFF FFFE"), AppendInt(nil, -2))
	rapid.Check(t, func(t *rapid.T) {
		coils := rapid.SliceOf(rapid.Bool()).Draw(t, "coils")
		data := AppendCoils(nil, coils...)
		require.Len(t, data, (len(coils)+7)/8)
		for i, set := range coils {
			require.Equal(t, set, Coil(data, i))
		}
	})
}

// What is decoded is the same bytes again; nothing panics; a server answers all with
// what a client understands.
func FuzzPDU(f *testing.F) {
	for _, seed := range []string{"01 0013 0013", "0F 0013 000A 02 CD01", "17 0003 0006 000E 0003 06 00FF 00FF 00FF", "2B 0E 01 00", "08 0000 A537",
		"81 02", "2B 0E 01 01 00 00 01 00 02 4142", "10 0001 0002", "03 02 0001"} {
		f.Add(unhex(f, seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := DecodeRequest(b); err == nil {
			again, err := r.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		if r, err := DecodeResponse(b); err == nil {
			again, err := r.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, again)
		}
		s := Server{Coils: make([]bool, 20), DiscreteInputs: make([]bool, 20), HoldingRegisters: make([]uint16, 20), InputRegisters: make([]uint16, 20), Names: []string{"a", "b"}}
		if answer := s.Answer(nil, b); len(answer) > 0 {
			_, err := DecodeResponse(answer)
			require.NoError(t, err)
		}
		if f, rest, err := DecodeFrame(b); err == nil {
			again, err := f.Append(nil)
			require.NoError(t, err)
			require.Equal(t, b, append(again, rest...))
		}
	})
}

func BenchmarkDecodeRequest(b *testing.B) {
	pdu := unhex(b, "10 0001 0002 04 000A 0102")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeRequest(pdu); err != nil {
			b.Fatal(err)
		}
	}
}
