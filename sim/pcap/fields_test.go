package pcap

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network"
)

// read returns what tshark shows of a few messages: a poll, a write, one that is
// refused, and one that is lost.
func read(t *testing.T, p Protocol, filter string, fields ...string) []string {
	var out bytes.Buffer
	s := newStory(t, &out)
	to, items := plc, append([]Item{}, all...)
	if p == MQTT {
		to = broker
		for i := range items {
			items[i].Name = strings.ReplaceAll(items[i].Name, ".", "/")
		}
	}
	poll := s.flow(Flow{From: hmi, To: to, Protocol: p, Verb: Read, Items: items})
	write := s.flow(Flow{From: laptop, Claims: hmi, To: to, Protocol: p, Verb: Write, Items: items[:1], QoS: 1})
	s.poll(poll, "the scan", 801.5, -2, 1, 3)
	s.push(write, Arrival{}, Message{Values: []float64{-0.15625}, Comment: "attack A1"})
	s.push(write, Arrival{Refusal: network.Forbidden, Comment: "check authorise: refused"}, Message{Values: []float64{1}, Comment: "attack A1"})
	s.push(write, Arrival{}, Message{Values: []float64{2}, Comment: "attack A1", Lost: "lost on conduit uplink"})
	s.push(write, Arrival{}, Message{Values: []float64{3}, Comment: "attack A1", Lost: "blocked by conduit uplink, rule 2"})
	require.NoError(t, s.w.Close())
	args := []string{"-Y", filter, "-T", "fields", "-E", "separator=|"}
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	return dissect(t, out.Bytes(), args...)
}

// What was put in is what tshark shows. (801.5 is 0x44486000, registers 17480 and 24576;
// -0.15625 is 0xBE200000.)
func TestModbusFields(t *testing.T) {
	require.Equal(t, []string{
		"10.1.0.10|0|4|0|4||the scan",
		"10.1.0.10|1|2|5|||",
		"10.1.0.10|2|4|9|2||",
		"10.1.0.4|0|4|||17480,24576,49152,0|answer to the scan",
		"10.1.0.4|1|2||||",
		"10.1.0.4|2|4|||0,3|",
		"10.1.0.10|0|16|0|2|48672,0|attack A1,sent by laptop, which claims to be hmi",
		"10.1.0.4|0|16|0|2||",
		"10.1.0.10|1|16|0|2|16256,0|attack A1,sent by laptop, which claims to be hmi",
		"10.1.0.4|1|16||||check authorise: refused",
		"10.1.0.10|2|16|0|2|16384,0|attack A1,lost on conduit uplink,sent by laptop, which claims to be hmi",
	}, read(t, Modbus, "modbus", "ip.src", "mbtcp.trans_id", "modbus.func_code", "modbus.reference_num", "modbus.word_cnt",
		"modbus.regval_uint16", "frame.comment"))
	require.Equal(t, []string{"16|1|check authorise: refused"},
		read(t, Modbus, "modbus.exception_code", "modbus.func_code", "modbus.exception_code", "frame.comment"))
	require.Equal(t, []string{"1"}, read(t, Modbus, "modbus.bitval", "modbus.bitval"))
}

func TestMQTTFields(t *testing.T) {
	text := func(s string) string { return hex.EncodeToString([]byte(s)) }
	require.Equal(t, []string{
		"10.1.0.10|1|hmi||||",
		"10.1.1.45|2|||||",
		"10.1.0.10|3|||LIT101/PV/get|<MISSING>|the scan",
		"10.1.0.10|3|||FIT101/PV/get|<MISSING>|",
		"10.1.0.10|3|||P101/Run/get|<MISSING>|",
		"10.1.0.10|3|||MV101/Cmd/get|<MISSING>|",
		"10.1.1.45|3|||LIT101/PV|" + text("801.5") + "|answer to the scan",
		"10.1.1.45|3|||FIT101/PV|" + text("-2") + "|",
		"10.1.1.45|3|||P101/Run|" + text("true") + "|",
		"10.1.1.45|3|||MV101/Cmd|" + text("3") + "|",
		"10.1.0.10|1|hmi||||",
		"10.1.1.45|2|||||",
		"10.1.0.10|3||1|LIT101/PV|" + text("-0.15625") + "|attack A1,sent by laptop, which claims to be hmi",
		"10.1.1.45|4||1|||",
		"10.1.0.10|3||2|LIT101/PV|" + text("1") + "|attack A1,sent by laptop, which claims to be hmi",
		"10.1.1.45|4||2|||check authorise: refused",
		"10.1.0.10|3||3|LIT101/PV|" + text("2") + "|attack A1,lost on conduit uplink,sent by laptop, which claims to be hmi",
	}, read(t, MQTT, "mqtt", "ip.src", "mqtt.msgtype", "mqtt.clientid", "mqtt.msgid", "mqtt.topic", "mqtt.msg", "frame.comment"))
}

func TestENIPFields(t *testing.T) {
	tags := "LIT101,PV,FIT101,PV,P101,Run,MV101,Cmd"
	require.Equal(t, []string{
		"10.1.0.10|0x0065|0x00000000|||||",
		"10.1.0.4|0x0065|0x00010000|||||",
		"10.1.0.10|0x006f|0x00010000|0x0a,0x4c,0x4c,0x4c,0x4c|" + tags + "|0100,0100,0100,0100||the scan",
		"10.1.0.4|0x006f|0x00010000|0x0a,0x4c,0x4c,0x4c,0x4c|" + tags +
			"|ca0000604844,ca00000000c0,c100ff,c40003000000|0x00,0x00,0x00,0x00,0x00|answer to the scan",
		"10.1.0.10|0x0065|0x00000000|||||",
		"10.1.0.4|0x0065|0x00010001|||||",
		"10.1.0.10|0x006f|0x00010001|0x4d|LIT101,PV|ca000100000020be||attack A1,sent by laptop, which claims to be hmi",
		"10.1.0.4|0x006f|0x00010001|0x4d|LIT101,PV||0x00|",
		"10.1.0.10|0x006f|0x00010001|0x4d|LIT101,PV|ca0001000000803f||attack A1,sent by laptop, which claims to be hmi",
		"10.1.0.4|0x006f|0x00010001|0x4d|LIT101,PV||0x0f|check authorise: refused",
		"10.1.0.10|0x006f|0x00010001|0x4d|LIT101,PV|ca00010000000040||attack A1,lost on conduit uplink,sent by laptop, which claims to be hmi",
	}, read(t, ENIP, "enip", "ip.src", "enip.command", "enip.session", "cip.sc", "cip.symbol", "cip.data", "cip.genstat", "frame.comment"))
}

// 631 and 634 are ReadRequest and ReadResponse, 673 and 676 WriteRequest and
// WriteResponse; 0x801F0000 is Bad_UserAccessDenied.
func TestOPCUAFields(t *testing.T) {
	forged := "sent by laptop, which claims to be hmi"
	require.Equal(t, []string{
		"10.1.0.10|631|100|LIT101.PV,FIT101.PV,P101.Run,MV101.Cmd|||||the scan",
		"10.1.0.4|634|100||801.5,-2|1|3||answer to the scan",
		"10.1.0.10|673|100|LIT101.PV|-0.15625||||attack A1," + forged,
		"10.1.0.4|676|100|||||0x00000000|",
		"10.1.0.10|673|101|LIT101.PV|1||||attack A1," + forged,
		"10.1.0.4|676|101|||||0x801f0000|check authorise: refused",
		"10.1.0.10|673|102|LIT101.PV|2||||attack A1,lost on conduit uplink," + forged,
	}, read(t, OPCUA, "opcua.servicenodeid.numeric in {631, 634, 673, 676}", "ip.src", "opcua.servicenodeid.numeric", "opcua.RequestHandle",
		"opcua.nodeid.string", "opcua.Double", "opcua.Boolean", "opcua.Int32", "opcua.Results", "frame.comment"))
}

func TestPlainFields(t *testing.T) {
	text := func(s string) string { return hex.EncodeToString([]byte(s + "\n")) }
	forged := "sent by laptop, which claims to be hmi"
	require.Equal(t, []string{
		"10.1.0.10|47100|" + text("read 0 LIT101.PV FIT101.PV P101.Run MV101.Cmd") + "|the scan",
		"10.1.0.4|49152|" + text("read is 0 LIT101.PV=801.5 FIT101.PV=-2 P101.Run=true MV101.Cmd=3") + "|answer to the scan",
		"10.1.0.10|47100|" + text("write 0 LIT101.PV=-0.15625") + "|attack A1," + forged,
		"10.1.0.10|47100|" + text("write 1 LIT101.PV=1") + "|attack A1," + forged,
		"10.1.0.10|47100|" + text("write 2 LIT101.PV=2") + "|attack A1,lost on conduit uplink," + forged,
		"10.1.0.10|47100|" + text("write 3 LIT101.PV=3") + "|attack A1,blocked by conduit uplink, rule 2," + forged,
	}, read(t, Plain, "data", "ip.src", "udp.dstport", "data.data", "frame.comment"))
}

// The forged message has the operator station's IP address and the laptop's MAC, and
// leaves its zone by the gateway. The last one finds no connection.
func TestLayout(t *testing.T) {
	inside, back := "control|02:01:00:00:00:09|02:01:00:00:00:03|10.1.0.10|10.1.0.4|49152|502|", "control|02:01:00:00:00:03|02:01:00:00:00:09|10.1.0.4|10.1.0.10|502|49152|"
	forged, reply := "office|02:02:00:00:00:46|02:02:ff:ff:ff:ff|10.1.0.10|10.1.0.4|49153|502|", "control|02:01:00:00:00:03|02:01:ff:ff:ff:ff|10.1.0.4|10.1.0.10|502|49153|"
	const syn, synAck, ack, push = "0x0002|", "0x0012|", "0x0010|", "0x0018|"
	require.Equal(t, []string{
		"1451298554.001000001|" + inside + syn + "0|0|0",
		"1451298554.001000001|" + back + synAck + "0|1|0",
		"1451298554.001000001|" + inside + ack + "1|1|0",
		"1451298554.001000001|" + inside + push + "1|1|12",
		"1451298554.001000001|" + inside + push + "13|1|12",
		"1451298554.001000001|" + inside + push + "25|1|12",
		"1451298554.002000002|" + back + push + "1|37|17",
		"1451298554.002000002|" + back + push + "18|37|10",
		"1451298554.002000002|" + back + push + "28|37|13",
		"1451298554.004000004|" + forged + syn + "0|0|0",
		"1451298554.004000004|" + reply + synAck + "0|1|0",
		"1451298554.004000004|" + forged + ack + "1|1|0",
		"1451298554.004000004|" + forged + push + "1|1|17",
		"1451298554.005000005|" + reply + push + "1|18|12",
		"1451298554.006000006|" + forged + push + "18|13|17",
		"1451298554.007000007|" + reply + push + "13|35|9",
		"1451298554.008000008|" + forged + push + "35|22|17",
		"1451298554.009000009|" + strings.Replace(forged, "49153", "49154", 1) + syn + "0|0|0",
	}, read(t, Modbus, "tcp", "frame.time_epoch", "frame.interface_name", "eth.src", "eth.dst", "ip.src", "ip.dst",
		"tcp.srcport", "tcp.dstport", "tcp.flags", "tcp.seq", "tcp.ack", "tcp.len"))
}
