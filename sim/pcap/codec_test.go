package pcap

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network/enip"
	"github.com/harmproof/harmproof/sim/network/modbus"
	"github.com/harmproof/harmproof/sim/network/mqtt"
)

// A line is what one side of a connection says.
type line struct {
	reply bool
	bytes []byte
}

// must returns bytes that could be made.
func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

// converse writes lines as they are and returns the capture.
func converse(t *testing.T, p Protocol, lines []line) []byte {
	var out bytes.Buffer
	s := newStory(t, &out)
	id := s.flow(Flow{From: hmi, To: plc, Protocol: p, Verb: Login})
	s.push(id, Arrival{}, Message{})
	l := &s.w.links[0]
	for _, line := range lines {
		side := atClient
		if line.reply {
			side = atServer
		}
		require.NoError(t, s.w.bytes(l, side, line.bytes))
		l.heard[1-side] = l.next[side]
	}
	require.NoError(t, s.w.Close())
	require.Empty(t, dissect(t, out.Bytes(), "-Y", bad))
	return out.Bytes()
}

// Every function of Modbus, what is answered to it, and every exception.
func TestModbusCodec(t *testing.T) {
	server := modbus.Server{Coils: make([]bool, 50), DiscreteInputs: make([]bool, 50), HoldingRegisters: make([]uint16, 50),
		InputRegisters: make([]uint16, 50), Names: []string{"harmproof", "plc", "1"}}
	why := modbus.Exception(0)
	server.Refuse = func(*modbus.Request) modbus.Exception { return why }
	var lines []line
	ask := func(r modbus.Request) {
		pdu := must(r.Append(nil))
		lines = append(lines, line{false, must(modbus.Frame{Transaction: uint16(len(lines)), PDU: pdu}.Append(nil))})
		lines = append(lines, line{true, must(modbus.Frame{Transaction: uint16(len(lines) - 1), PDU: server.Answer(nil, pdu)}.Append(nil))})
	}
	for f := modbus.ReadCoils; f <= modbus.ReadInputRegisters; f++ {
		ask(modbus.Request{Function: f, Quantity: 20})
	}
	ask(modbus.Request{Function: modbus.WriteCoil, Address: 3, Data: modbus.AppendCoil(nil, true)})
	ask(modbus.Request{Function: modbus.WriteRegister, Address: 3, Data: []byte{1, 2}})
	ask(modbus.Request{Function: modbus.Diagnostics, Data: []byte{1, 2}})
	ask(modbus.Request{Function: modbus.WriteCoils, Quantity: 9, Data: []byte{1, 1}})
	ask(modbus.Request{Function: modbus.WriteRegisters, Quantity: 2, Data: []byte{1, 1, 2, 2}})
	ask(modbus.Request{Function: modbus.ReadWriteRegisters, Quantity: 5, Written: 1, Data: []byte{1, 1}})
	for category := byte(1); category <= 4; category++ {
		ask(modbus.Request{Function: modbus.EncapsulatedIdentify, Category: category})
	}
	for _, why = range []modbus.Exception{1, 2, 3, 4, 5, 6, 8, 10, 11} {
		ask(modbus.Request{Function: modbus.ReadCoils, Quantity: 1})
	}
	capture := converse(t, Modbus, lines)
	require.Equal(t, "1,1,2,2,3,3,4,4,5,5,6,6,8,8,15,15,16,16,23,23,43,43,43,43,43,43,43,43,"+strings.Repeat("1,1,", 9),
		strings.Join(dissect(t, capture, "-Y", "modbus", "-T", "fields", "-e", "modbus.func_code"), ",")+",")
	require.Equal(t, []string{"1", "2", "3", "4", "5", "6", "8", "10", "11"},
		dissect(t, capture, "-Y", "modbus.exception_code", "-T", "fields", "-e", "modbus.exception_code"))
}

// Every kind of packet of MQTT.
func TestMQTTCodec(t *testing.T) {
	var lines []line
	var want []string
	say := func(reply bool, kind string, p mqtt.Packet) {
		lines, want = append(lines, line{reply, must(p.Append(nil))}), append(want, kind)
	}
	say(false, "1", &mqtt.Connect{Client: "c", Clean: true, HasUser: true, User: "u", HasSecret: true, Secret: []byte("p"), Will: &mqtt.Will{Topic: "t", Body: []byte("b"), QoS: 1, Retain: true}})
	say(true, "2", mqtt.Connack{Code: 5})
	say(false, "3", &mqtt.Publish{Topic: "a/b", Body: []byte("1"), QoS: 2, Retain: true, Again: true, ID: 9})
	for _, kind := range []mqtt.Kind{mqtt.KindPuback, mqtt.KindPubrec, mqtt.KindPubrel, mqtt.KindPubcomp} {
		say(true, string(rune('0'+kind)), mqtt.Ack{Kind: kind, ID: 9})
	}
	say(false, "8", &mqtt.Subscribe{ID: 1, Filters: []mqtt.Filter{{Topics: "a/+", QoS: 1}, {Topics: "#", QoS: 2}}})
	say(true, "9", &mqtt.Suback{ID: 1, Codes: []byte{1, mqtt.Refused}})
	say(false, "10", &mqtt.Unsubscribe{ID: 2, Filters: []string{"a/+", "#"}})
	say(true, "11", mqtt.Ack{Kind: mqtt.KindUnsuback, ID: 2})
	say(false, "12", mqtt.Bare(mqtt.KindPingreq))
	say(true, "13", mqtt.Bare(mqtt.KindPingresp))
	say(false, "14", mqtt.Bare(mqtt.KindDisconnect))
	capture := converse(t, MQTT, lines)
	require.Equal(t, append([]string{"1", "2"}, want...), dissect(t, capture, "-Y", "mqtt", "-T", "fields", "-e", "mqtt.msgtype"))
}

// The commands of EtherNet/IP and the services of CIP that this writer has no use for.
func TestENIPCodec(t *testing.T) {
	tag := must(enip.AppendTag(nil, "Program:Main.Tank[3].Level"))
	attribute := enip.AppendSegment(enip.AppendObject(nil, enip.ClassIdentity, 1), enip.Attribute, 7)
	read, set := enip.Request{Service: enip.ReadTag, Path: tag, Data: enip.AppendRead(nil, 2)}, enip.Request{Service: enip.SetAttribute, Path: attribute, Data: []byte{1, 0}}
	get, is := enip.Request{Service: enip.GetAttribute, Path: attribute}, enip.Response{Service: enip.GetAttribute, Data: append([]byte{3}, "plc"...)}
	done, was := enip.Response{Service: enip.SetAttribute, Status: enip.NotSettable}, enip.Response{Service: enip.ReadTag, Data: enip.AppendValues(nil, enip.Real, 1, 2)}
	passage := enip.Passage{Priority: 10, Ticks: 14, Message: must(read.Append(nil)), Route: []byte{1, 0}}
	forward := enip.Request{Service: enip.Forward, Path: enip.AppendObject(nil, enip.ClassManager, 1), Data: must(passage.Append(nil))}
	var lines []line
	say := func(reply bool, f enip.Frame) {
		f.Session, f.Context = 0x10000, uint64(len(lines)/2)
		lines = append(lines, line{reply, must(f.Append(nil))})
	}
	message := func(reply bool, m []byte) {
		say(reply, enip.Frame{Command: enip.SendRRData, Data: enip.AppendUnconnected(nil, m)})
	}
	message(false, must(get.Append(nil)))
	message(true, must(is.Append(nil)))
	message(false, must(set.Append(nil)))
	message(true, must(done.Append(nil)))
	message(false, must(forward.Append(nil)))
	message(true, must(was.Append(nil)))
	say(false, enip.Frame{Command: enip.SendUnitData, Data: enip.AppendConnected(nil, 0x1234, 1, must(read.Append(nil)))})
	say(true, enip.Frame{Command: enip.SendUnitData, Data: enip.AppendConnected(nil, 0x4321, 1, must(was.Append(nil)))})
	say(false, enip.Frame{Command: enip.ListServices})
	say(false, enip.Frame{Command: enip.ListInterfaces})
	say(false, enip.Frame{Command: enip.Nop})
	say(false, enip.Frame{Command: enip.UnregisterSession})
	capture := converse(t, ENIP, lines)
	require.Equal(t, []string{
		"0x0065|||", "0x0065|||",
		"0x006f|0x0e||", "0x006f|0x0e||0x00",
		"0x006f|0x10||", "0x006f|0x10||0x0e",
		"0x006f|0x52,0x4c|Program:Main,Tank,Level|", "0x006f|0x4c|Program:Main,Tank,Level|0x00",
		"0x0070|0x4c|Program:Main,Tank,Level|", "0x0070|0x4c|Program:Main,Tank,Level|0x00",
		"0x0004|||", "0x0064|||", "0x0000|||", "0x0066|||",
	}, dissect(t, capture, "-Y", "enip", "-T", "fields", "-E", "separator=|", "-e", "enip.command", "-e", "cip.sc", "-e", "cip.symbol", "-e", "cip.genstat"))
}
