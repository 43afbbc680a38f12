package pcap

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/vtime"
)

var (
	plc    = Endpoint{Name: "plc", Rank: 3, Zone: 1}
	pump   = Endpoint{Name: "pump", Rank: 7, Zone: 0}
	hmi    = Endpoint{Name: "hmi", Rank: 9, Zone: 1}
	broker = Endpoint{Name: "broker", Rank: 300, Zone: 1, Broker: true}
	laptop = Endpoint{Name: "laptop", Rank: 70, Zone: 2}
	zones  = []string{"field", "control", "office"}
)

var protocols = []Protocol{Plain, Modbus, MQTT, OPCUA, ENIP}

// A story is a capture in the making.
type story struct {
	t    testing.TB
	w    *Writer
	now  vtime.Time
	next map[int]uint64
}

func newStory(t testing.TB, out *bytes.Buffer) *story {
	w, err := New(out, Config{Zones: zones, Start: time.Date(2015, 12, 28, 10, 29, 14, 0, time.UTC), About: "a test"})
	require.NoError(t, err)
	return &story{t: t, w: w, next: map[int]uint64{}}
}

func (s *story) flow(f Flow) int {
	id, err := s.w.Flow(f)
	require.NoError(s.t, err)
	return id
}

func (s *story) tick() vtime.Time { s.now += 1_000_001; return s.now }

// push sends what is not asked for.
func (s *story) push(flow int, a Arrival, m Message) {
	m.Flow, m.Number, m.At = flow, s.next[flow], s.tick()
	s.next[flow]++
	require.NoError(s.t, s.w.Send(m))
	if m.Lost == "" {
		a.Flow, a.Number, a.At = flow, m.Number, s.tick()
		require.NoError(s.t, s.w.Arrive(a))
	}
}

// poll asks and answers.
func (s *story) poll(flow int, comment string, values ...float64) {
	n := s.next[flow]
	s.next[flow]++
	require.NoError(s.t, s.w.Send(Message{At: s.tick(), Flow: flow, Number: n, Comment: comment}))
	require.NoError(s.t, s.w.Arrive(Arrival{At: s.tick(), Flow: flow, Number: n}))
	require.NoError(s.t, s.w.Send(Message{At: s.now, Flow: flow, Number: n, Response: true, Values: values, Comment: "answer to " + comment}))
	require.NoError(s.t, s.w.Arrive(Arrival{At: s.tick(), Flow: flow, Number: n, Response: true}))
}

var all = []Item{{"LIT101.PV", Number, 0}, {"FIT101.PV", Number, 2}, {"P101.Run", Bool, 5}, {"MV101.Cmd", Integer, 9}}

// everything says whatever a protocol can say.
func (s *story) everything(p Protocol, encrypted bool, rounds int) {
	items := append([]Item{}, all...)
	to := plc
	if p == MQTT {
		to = broker
		for i := range items {
			items[i].Name = strings.ReplaceAll(items[i].Name, ".", "/")
		}
	}
	var flows []int
	for v := Read; v <= Wipe; v++ {
		flows = append(flows, s.flow(Flow{From: pump, To: to, Protocol: p, Verb: v, Items: items, Encrypted: encrypted, QoS: byte(v) % 3, User: "operator"}))
	}
	one := s.flow(Flow{From: hmi, To: to, Protocol: p, Verb: Write, Items: items[2:3], Encrypted: encrypted})
	forged := s.flow(Flow{From: laptop, To: to, Claims: hmi, Protocol: p, Verb: Write, Items: items[:1], Encrypted: encrypted})
	delivery := s.flow(Flow{From: to, To: hmi, Protocol: p, Verb: Publish, Items: items, Encrypted: encrypted, QoS: 1})
	for i := range rounds {
		v := float64(i) / 7
		values := []float64{v, -v, float64(i % 2), float64(i)}
		for verb := Read; verb <= Wipe; verb++ {
			flow, comment := flows[verb], fmt.Sprintf("%v %d", verb, i)
			switch {
			case verb.asks():
				s.poll(flow, comment, values...)
				s.push(flow, Arrival{Refusal: network.Refusal(1 + i%4), Comment: "refused"}, Message{Comment: comment})
			case verb.carries():
				s.push(flow, Arrival{}, Message{Values: values, Comment: comment})
				s.push(flow, Arrival{Refusal: network.Refusal(i % 5), Comment: "checked"}, Message{Values: values})
			default:
				s.push(flow, Arrival{Refusal: network.Refusal(i % 5)}, Message{Comment: comment})
			}
		}
		s.push(one, Arrival{}, Message{Values: values[2:3]})
		s.push(forged, Arrival{}, Message{Values: values[:1], Comment: "attack A1"})
		s.push(delivery, Arrival{}, Message{Values: values})
		if i%3 == 1 {
			s.push(flows[Write], Arrival{}, Message{Values: values, Lost: "lost on conduit uplink"})
			s.push(delivery, Arrival{Lost: "receiver down"}, Message{Values: values})
		}
		if i%3 == 2 {
			s.push(forged, Arrival{}, Message{Values: values[:1], Lost: "blocked by conduit uplink, rule 2"})
			s.push(forged, Arrival{}, Message{Values: values[:1], Lost: "blocked by conduit uplink, rule 2"})
		}
	}
}

// dissect returns what tshark prints about a capture.
func dissect(t *testing.T, capture []byte, args ...string) []string {
	program, err := exec.LookPath("tshark")
	if err != nil {
		t.Skip("there is no tshark: apt-get install tshark")
	}
	path := filepath.Join(t.TempDir(), "run.pcapng")
	require.NoError(t, os.WriteFile(path, capture, 0o644))
	cmd := exec.Command(program, append([]string{"-r", path, "-n",
		"-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	require.NoError(t, err, said.String())
	if len(out) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// full returns the capture of everything that a protocol can say.
func full(t testing.TB, p Protocol, encrypted bool) []byte {
	var out bytes.Buffer
	s := newStory(t, &out)
	s.everything(p, encrypted, 30)
	require.NoError(t, s.w.Close())
	return out.Bytes()
}

// bad is what must not be in a capture: malformed packets, wrong checksums, warnings,
// and what TCP finds missing, there twice, or acknowledged without having been sent.
const bad = "_ws.malformed || _ws.expert.severity >= 0x00600000 || tcp.analysis.flags && !tcp.analysis.duplicate_ack || " +
	"ip.checksum.status != 1 || tcp.checksum.status != 1 || udp.checksum.status != 1"

func TestDissectsCleanly(t *testing.T) {
	var out bytes.Buffer
	s := newStory(t, &out)
	for _, p := range protocols {
		s.everything(p, false, 30)
	}
	for _, p := range protocols {
		s.everything(p, true, 30)
	}
	require.NoError(t, s.w.Close())
	require.Empty(t, dissect(t, out.Bytes(), "-Y", bad))
	seen := map[string]int{}
	for _, stack := range dissect(t, out.Bytes(), "-T", "fields", "-e", "frame.protocols") {
		seen[stack]++
	}
	for _, p := range []string{"udp:data", "udp:dtls", "tcp", "tcp:tls", "tcp:mbtcp:modbus", "tcp:mqtt", "tcp:opcua", "tcp:enip", "tcp:enip:cip:cipcls"} {
		require.Greater(t, seen["eth:ethertype:ip:"+p], 100, "%s of %v", p, seen)
	}
	addresses := bytes.LastIndex(out.Bytes(), []byte{10, 1, 0, 10, 10, 1, 0, 4})
	require.Positive(t, addresses)
	out.Bytes()[addresses+3] ^= 1
	require.Len(t, dissect(t, out.Bytes(), "-Y", bad), 1)
}
