package pcap

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The names of the network's verbs and protocols are those of the same numbers here.
func TestSameNumbers(t *testing.T) {
	for i, name := range network.VerbNames() {
		require.Equal(t, name, Verb(i).String())
	}
	require.Len(t, network.VerbNames(), len(verbs))
	require.Equal(t, []Protocol{Plain, Modbus, MQTT, OPCUA, ENIP}, []Protocol{
		Protocol(network.Plain), Protocol(network.Modbus), Protocol(network.MQTT), Protocol(network.OPCUA), Protocol(network.EtherNetIP),
	})
}

// tapped is a capture of one flow of a controller to a pump with three members.
func tapped(t *testing.T, out io.Writer) *Capture {
	w, err := New(out, Config{Zones: zones})
	require.NoError(t, err)
	c := &Capture{w: w, held: held{open: map[key]*event{}}}
	r, err := w.route(&sim.Flow{
		From: sim.Party{Device: "plc", Base: 9, Count: 1, One: 0}, To: sim.Party{Device: "pump", Base: 20, Count: 3, One: -1}, Members: 3,
		Protocol: network.Modbus, Verb: network.Write, Step: -1,
		Items: []sim.Item{{Signal: "run", Type: signal.Bool, Place: 2}, {Signal: "speed", Place: 1}},
	})
	require.NoError(t, err)
	c.flows = []route{r}
	return c
}

// Members have addresses of their own; a signal's follows from its place.
func TestMembersAndAddresses(t *testing.T) {
	var out bytes.Buffer
	c := tapped(t, &out)
	for m := range 3 {
		p := network.Packet{Member: m, Serial: uint64(m), At: vtime.Time(2 * m), Values: []float64{1, 1.5}, Changed: -1, Held: -1}
		c.Sent(&p, "plc decides (scan)")
		p.At++
		c.Gone(&p, sim.Ending{Fate: network.Refused, Why: "pump refused it (check hours)", Refusal: network.Busy}, "")
	}
	require.NoError(t, c.Close())
	require.Equal(t, []string{
		"10.0.0.10|10.0.0.21|15|2|write 0, plc > pump[0]: plc decides (scan); pump refused it (check hours)",
		"10.0.0.10|10.0.0.21|16|2|",
		"10.0.0.21|10.0.0.10|15||pump refused it (check hours)",
	}, dissect(t, out.Bytes(), "-Y", "modbus && ip.addr == 10.0.0.21", "-T", "fields", "-E", "separator=|",
		"-e", "ip.src", "-e", "ip.dst", "-e", "modbus.func_code", "-e", "modbus.reference_num", "-e", "frame.comment")[:3])
	require.Len(t, dissect(t, out.Bytes(), "-Y", "modbus.exception_code == 6"), 6)
}

// What ends much later is written where it was sent, with how it ended; but what is held
// for that has bounds, and is in the order of time in any case.
func TestHeld(t *testing.T) {
	var out bytes.Buffer
	c := tapped(t, &out)
	never := network.Packet{Member: 2, At: 1, Values: []float64{1, 1}}
	c.Sent(&never, "first")
	const n = mostHeld
	for i := range n {
		p := network.Packet{Serial: uint64(i), At: vtime.Time(2 * i), Values: []float64{1, 1}}
		if i == 0 {
			p.At = 1
		}
		c.Sent(&p, "")
		p.At++
		c.Gone(&p, sim.Ending{}, "")
		require.LessOrEqual(t, len(c.held.queue)-c.held.begin, mostHeld+2)
	}
	require.LessOrEqual(t, len(c.held.free), mostHeld+2)
	late := never
	late.At = 4 * n
	c.Gone(&late, sim.Ending{Fate: network.Lost, Why: "lost on conduit uplink"}, "")
	last := never
	last.Serial, last.At = 1, 4*n
	c.Sent(&last, "second")
	c.Gone(&last, sim.Ending{Fate: network.Dropped, Why: "dropped on conduit uplink"}, "")
	require.NoError(t, c.Close())
	require.Empty(t, c.held.open)
	comments := strings.Join(dissect(t, out.Bytes(), "-Y", "ip.addr == 10.0.0.23 && frame.comment", "-T", "fields", "-e", "frame.comment"), "\n")
	require.Contains(t, comments, "write 0, plc > pump[2]: first\n", "it was written before it was known")
	require.Contains(t, comments, "write 1, plc > pump[2]: second,dropped on conduit uplink")
}

// A capture that cannot be written says so, and goes no further.
func TestFullDisk(t *testing.T) {
	c := tapped(t, fullDisk{})
	for i := range 1000 {
		p := network.Packet{Serial: uint64(i), At: vtime.Time(i), Values: []float64{1, 1}}
		c.Sent(&p, "")
		c.Gone(&p, sim.Ending{}, "")
	}
	require.ErrorIs(t, c.Err(), io.ErrShortWrite)
	require.ErrorIs(t, c.Close(), io.ErrShortWrite)
}

// fullDisk is a writer with no room.
type fullDisk struct{}

// Write implements io.Writer.
func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
