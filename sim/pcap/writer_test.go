package pcap

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network/enip"
	"github.com/harmproof/harmproof/sim/network/modbus"
	"github.com/harmproof/harmproof/sim/network/mqtt"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The same calls give the same bytes, on every machine.
func TestSameBytes(t *testing.T) {
	got := map[string]string{}
	for _, p := range protocols {
		for _, encrypted := range []bool{false, true} {
			capture := full(t, p, encrypted)
			require.True(t, bytes.Equal(capture, full(t, p, encrypted)))
			got[fmt.Sprint(p, encrypted)] = fmt.Sprintf("%x", sha256.Sum256(capture))[:16]
		}
	}
	require.Equal(t, map[string]string{
		"0 false": "1156d2d78bd61d85", "0 true": "1657da0d3ba07f40",
		"1 false": "5c9f39c583878375", "1 true": "bbcdaab008262119",
		"2 false": "f9a0334f11f1e52d", "2 true": "88f4c66bcd3ebb49",
		"3 false": "6d19e3a1258b3c4d", "3 true": "8881569db15a8919",
		"4 false": "b13b0e282527fb4f", "4 true": "456ef87e580aca2d",
	}, got)
}

// streams returns what the sides of each connection said, by a reader of its own.
func streams(t *testing.T, capture []byte) (said [][]byte) {
	r, err := pcapgo.NewNgReader(bytes.NewReader(capture), pcapgo.DefaultNgReaderOptions)
	require.NoError(t, err)
	place := map[string]int{}
	for {
		data, _, err := r.ReadPacketData()
		if errors.Is(err, io.EOF) {
			return said
		}
		require.NoError(t, err)
		p := gopacket.NewPacket(data, layers.LayerTypeEthernet, gopacket.NoCopy)
		require.Nil(t, p.ErrorLayer())
		tcp, ok := p.TransportLayer().(*layers.TCP)
		require.True(t, ok)
		key := p.NetworkLayer().NetworkFlow().String() + tcp.TransportFlow().String()
		if tcp.SYN {
			place[key] = len(said)
			said = append(said, nil)
		}
		said[place[key]] = append(said[place[key]], tcp.Payload...)
	}
}

// Each side's bytes are whole frames of the protocol, by the decoders that know nothing
// of this writer.
func TestBodiesDecode(t *testing.T) {
	frames := map[Protocol]int{}
	for _, b := range streams(t, full(t, Modbus, false)) {
		for len(b) > 0 {
			f, rest, err := modbus.DecodeFrame(b)
			require.NoError(t, err)
			_, asked := modbus.DecodeRequest(f.PDU)
			_, answered := modbus.DecodeResponse(f.PDU)
			require.True(t, asked == nil || answered == nil, "%x", f.PDU)
			b = rest
			frames[Modbus]++
		}
	}
	for _, b := range streams(t, full(t, MQTT, false)) {
		for len(b) > 0 {
			var err error
			_, b, err = mqtt.Decode(b)
			require.NoError(t, err)
			frames[MQTT]++
		}
	}
	for _, b := range streams(t, full(t, ENIP, false)) {
		for len(b) > 0 {
			f, rest, err := enip.DecodeFrame(b)
			require.NoError(t, err)
			if f.Command == enip.SendRRData {
				message, err := enip.Unconnected(f.Data)
				require.NoError(t, err)
				_, asked := enip.DecodeRequest(message)
				_, answered := enip.DecodeResponse(message)
				require.True(t, asked == nil || answered == nil, "%x", message)
			}
			b = rest
			frames[ENIP]++
		}
	}
	for p, n := range frames {
		require.Greater(t, n, 500, "%v", p)
	}
	require.Len(t, frames, 3)
}

// What does not go into one record is divided, and nothing of it is lost.
func TestManyItems(t *testing.T) {
	var out bytes.Buffer
	s := newStory(t, &out)
	var items []Item
	var values []float64
	for i := range 500 {
		items = append(items, Item{Name: fmt.Sprintf("Program.Tank[%d].Level", i), Kind: Number, Address: uint16(2 * i)})
		values = append(values, float64(i))
	}
	for i := range 2500 {
		items = append(items, Item{Name: fmt.Sprintf("%s%d", strings.Repeat("x", i%90), i), Kind: Bool, Address: uint16(i)})
		values = append(values, 1)
	}
	for _, p := range protocols {
		read := s.flow(Flow{From: hmi, To: plc, Protocol: p, Verb: Read, Items: items})
		write := s.flow(Flow{From: hmi, To: plc, Protocol: p, Verb: Write, Items: items})
		publish := s.flow(Flow{From: broker, To: hmi, Protocol: p, Verb: Publish, Items: items})
		for range 2 {
			s.poll(read, "", values...)
			s.push(write, Arrival{}, Message{Values: values})
			s.push(publish, Arrival{}, Message{Values: values})
		}
	}
	require.NoError(t, s.w.Close())
	require.Empty(t, dissect(t, out.Bytes(), "-Y", bad))
	// 500 numbers are 9 requests of at most 61, 2500 coils 2 of at most 1968.
	require.Len(t, dissect(t, out.Bytes(), "-Y", "modbus.func_code == 4"), 2*2*9)
	require.Len(t, dissect(t, out.Bytes(), "-Y", "modbus.func_code == 15"), 2*2*2*2)
}

// A flood is frames and nothing that stays.
func TestFlood(t *testing.T) {
	w, err := New(io.Discard, Config{})
	require.NoError(t, err)
	flow, err := w.Flow(Flow{From: Endpoint{Name: "a"}, To: Endpoint{Name: "b", Rank: 1}, Protocol: Modbus, Verb: Write, Items: all[:1]})
	require.NoError(t, err)
	for i := range 100_000 {
		m := Message{At: vtime.Time(i), Flow: flow, Number: uint64(i), Values: []float64{1}}
		if i > 50_000 {
			m.Lost = "queue of conduit uplink full"
		}
		require.NoError(t, w.Send(m))
	}
	require.LessOrEqual(t, cap(w.links[0].away), 4*mostAway)
	require.Len(t, w.links, 1)
}

func TestMistakes(t *testing.T) {
	w, err := New(io.Discard, Config{Zones: zones})
	require.NoError(t, err)
	for why, f := range map[string]Flow{
		"has rank 65534":        {From: Endpoint{Name: "a", Rank: 65534}, To: plc},
		"is in zone 3 of 3":     {From: pump, To: Endpoint{Name: "b", Zone: 3}},
		"is in zone -1 of 3":    {From: pump, To: plc, Claims: Endpoint{Name: "b", Zone: -1}},
		"cannot be the name":    {From: pump, To: broker, Protocol: MQTT, Items: []Item{{Name: "a/#"}}},
		`"" cannot be the name`: {From: pump, To: plc, Protocol: ENIP, Items: []Item{{}}},
		"no such verb":          {From: pump, To: plc, Verb: 99},
	} {
		_, err := w.Flow(f)
		require.ErrorContains(t, err, why)
	}
	_, err = New(io.Discard, Config{Zones: make([]string, 257)})
	require.ErrorContains(t, err, "257 zones")
	write, err := w.Flow(Flow{From: pump, To: plc, Protocol: Modbus, Verb: Write, Items: all})
	require.NoError(t, err)
	require.NoError(t, w.Send(Message{At: 5, Flow: write, Values: make([]float64, 4)}))
	require.ErrorIs(t, w.Send(Message{At: 4, Flow: write, Values: make([]float64, 4)}), errOrder)
	require.ErrorIs(t, w.Send(Message{At: 5, Flow: 1}), errFlow)
	require.ErrorIs(t, w.Send(Message{At: 5, Flow: -1}), errFlow)
	require.ErrorIs(t, w.Send(Message{At: 5, Flow: write, Values: make([]float64, 3)}), errValues)
	require.ErrorIs(t, w.Send(Message{At: 5, Flow: write, Response: true}), errResponse)
	require.NoError(t, w.Arrive(Arrival{At: 6, Flow: write, Number: 77})) // of which nothing is known
}

// What no protocol has a value for does no harm.
func TestStrangeValues(t *testing.T) {
	var out bytes.Buffer
	s := newStory(t, &out)
	for _, p := range protocols {
		flow := s.flow(Flow{From: pump, To: plc, Protocol: p, Verb: Write, Items: []Item{{"a", Number, 0}, {"b", Integer, 2}, {"c", Bool, 4}}})
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e-300, math.MaxInt64} {
			s.push(flow, Arrival{}, Message{Values: []float64{v, v, v}, Comment: strings.Repeat("ä", 50_000)})
		}
	}
	require.NoError(t, s.w.Close())
	require.Empty(t, dissect(t, out.Bytes(), "-Y", bad))
}
