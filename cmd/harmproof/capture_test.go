package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/pcap"
	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A counter is a tap that counts what it hands on.
type counter struct {
	sim.Tap
	sent, requests, barred, lost, refused int
}

// Sent implements sim.Tap.
func (c *counter) Sent(p *network.Packet, cause string) {
	if c.sent++; p.Request {
		c.sent--
		c.requests++
	}
	c.Tap.Sent(p, cause)
}

// Gone implements sim.Tap.
func (c *counter) Gone(p *network.Packet, e sim.Ending, cause string) {
	switch e.Fate {
	case network.Blocked, network.NeedsLogin:
		c.barred++
	case network.Lost, network.Dropped:
		c.lost++
	case network.Refused:
		c.refused++
	}
	c.Tap.Gone(p, e, cause)
}

// captured runs a scenario and returns its capture.
func captured(t testing.TB, name string, until vtime.Duration) (capture []byte, c counter, r *sim.Result) {
	s, err := scenarios.Load(name)
	require.NoError(t, err)
	var out bytes.Buffer
	tap, err := pcap.NewCapture(&out, s.Plan, s.Plan.Seed, "test")
	require.NoError(t, err)
	c.Tap = tap
	r, err = sim.Run(context.Background(), s.Plan, sim.Capture(&c), sim.Until(vtime.Time(until)))
	require.NoError(t, err)
	require.NoError(t, tap.Close())
	return out.Bytes(), c, r
}

// tshark returns the lines that it prints of a capture.
func tshark(t *testing.T, capture []byte, args ...string) []string {
	program, err := exec.LookPath("tshark")
	if err != nil {
		t.Skip("there is no tshark to read captures with: apt-get install tshark")
	}
	path := filepath.Join(t.TempDir(), "run.pcapng")
	require.NoError(t, os.WriteFile(path, capture, 0o644))
	cmd := exec.Command(program, append([]string{"-n", "-r", path, "-o", "ip.check_checksum:TRUE",
		"-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	require.NoError(t, err, said.String())
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == '\n' })
}

// ailing is what no capture may show, whatever is lost in the run: a connection that
// lost something is given up. (Who is refused acknowledges twice.)
const ailing = "_ws.malformed || _ws.expert.severity >= 0x00600000 || tcp.analysis.flags && !tcp.analysis.duplicate_ack || " +
	"ip.checksum.status != 1 || tcp.checksum.status != 1 || udp.checksum.status != 1"

// begins is what the comment of each message begins with.
var begins = regexp.MustCompile(`^(answer to )?[a-z]+ \d+( again)?, \S+ > \S+: `)

// What is captured is what was sent, each message with its cause and its end, and
// tshark finds nothing wrong with it.
func TestCaptures(t *testing.T) {
	for name, until := range map[string]vtime.Duration{
		"tower/spoofed-gauge": 10 * vtime.Minute, "broker/retained-spoof-checked": 25 * vtime.Minute,
		"swat/attack-01-from-laptop": 3 * vtime.Minute, "testdata/pcap/foothold.yaml": 2 * vtime.Minute,
	} {
		capture, seen, result := captured(t, name, until)
		again, _, _ := captured(t, name, until)
		require.True(t, bytes.Equal(capture, again), name)
		require.Empty(t, tshark(t, capture, "-Y", ailing), name)
		var got counter
		for _, comment := range tshark(t, capture, "-T", "fields", "-e", "frame.comment", "-Y", "frame.comment") {
			if !begins.MatchString(comment) {
				continue
			}
			switch {
			case strings.Contains(comment, ",blocked: "):
				got.barred++
				continue
			case strings.Contains(comment, " asks every "):
				got.requests++
			default:
				got.sent++
			}
			switch {
			case strings.Contains(comment, ",lost ") || strings.Contains(comment, ",dropped "):
				got.lost++
			case strings.Contains(comment, " refused it"):
				got.refused++
			}
		}
		got.Tap = seen.Tap
		require.Equal(t, seen, got, name)
		require.EqualValues(t, result.Stats.Sent, got.sent, name)
		require.EqualValues(t, result.Stats.Lost, got.lost, name)
	}
}

// What a device refuses is answered as its protocol says so, in the capture as in the
// decisions; what a conduit stops gets no answer.
func TestCapturedRefusals(t *testing.T) {
	said := func(capture []byte, protocol, code string) (list []string) {
		for _, line := range tshark(t, capture, "-Y", code, "-T", "fields", "-E", "separator= ", "-e", "frame.time_relative", "-e", protocol, "-e", code) {
			at, what, _ := strings.Cut(line, " ")
			seconds, _, _ := strings.Cut(at, ".")
			list = append(list, seconds+" "+what)
		}
		return slices.Compact(list)
	}
	decided := func(r *sim.Result) (list []string) {
		for i := range r.Decisions {
			d := &r.Decisions[i]
			_, f := r.Plan.Function(d)
			a, ok := r.Plan.Answer(d)
			require.True(t, ok, d.Check)
			if f != 15 { // the plc's, which says two things at once
				list = append(list, fmt.Sprintf("%d %d %d", d.At/vtime.Time(vtime.Second), f, a.Code))
			}
		}
		return slices.Compact(list)
	}
	const name = "testdata/pcap/refusals.yaml"
	capture, _, r := captured(t, name, 93*vtime.Second)
	want := []string{"0 16 2", "11 5 1", "21 16 3", "32 5 6", "33 5 6", "50 16 2", "82 5 1", "91 16 3"}
	require.Equal(t, want, decided(r))
	require.Equal(t, want, said(capture, "modbus.func_code", "modbus.exception_code"))
	require.Empty(t, tshark(t, capture, "-Y", "modbus && frame.time_relative > 60 && frame.time_relative < 62 && modbus.func_code == 16 && ip.src == 10.0.0.3"),
		"the firewall is silent")

	text, err := os.ReadFile(name)
	require.NoError(t, err)
	by := strings.NewReplacer("speaks: modbus", "speaks: enip", "modbus, function: write-multiple-registers", "enip, service: write-tag",
		"modbus, function: [2, 4, 5, 15, 16, 43]", `enip, service: [read-tag, "0x4D"]`, "drive.run, value: true, from: laptop", "drive.run, value: true, from: station, as: plc")
	path := filepath.Join(t.TempDir(), "enip.yaml")
	require.NoError(t, os.WriteFile(path, []byte(by.Replace(string(text))), 0o644))
	capture, _, r = captured(t, path, 93*vtime.Second)
	want = []string{"0 0x4d 0x05", "21 0x4d 0x09", "32 0x4d 0x02", "33 0x4d 0x02", "50 0x4d 0x05", "82 0x4d 0x10", "91 0x4d 0x09"}
	var got []string
	for _, line := range said(capture, "cip.sc", "cip.genstat") {
		if !strings.HasSuffix(line, "0x00") {
			got = append(got, line)
		}
	}
	require.Equal(t, want, got)
	require.Len(t, decided(r), len(want))
}

// By what tshark knows of the protocols, as many messages as the run sent.
func TestCapturedMessages(t *testing.T) {
	capture, _, result := captured(t, "tower/spoofed-gauge", 10*vtime.Minute)
	require.EqualValues(t, result.Stats.Sent, len(tshark(t, capture, "-Y", "udp")))

	capture, _, result = captured(t, "swat/attack-01-from-laptop", 3*vtime.Minute)
	written := len(tshark(t, capture, "-Y", "cip.sc == 0x4d && cip.rr == 0"))
	answered := len(tshark(t, capture, "-Y", "cip.sc == 0x4c && cip.rr == 1"))
	scanned := len(tshark(t, capture, "-Y", "enip.command == 0x63 && tcp.dstport == 44818"))
	attempts := len(tshark(t, capture, "-Y", `tcp.flags.syn == 1 && frame.comment contains "lost"`))
	require.Positive(t, attempts)
	require.EqualValues(t, result.Stats.Sent, written+answered+scanned+attempts)
}

// Each way in which a message can end is there, in the words of the scenario.
func TestCapturedCauses(t *testing.T) {
	capture, _, _ := captured(t, "testdata/pcap/foothold.yaml", 2*vtime.Minute)
	comments := strings.Join(tshark(t, capture, "-T", "fields", "-e", "frame.comment", "-Y", "frame.comment"), "\n")
	for _, says := range []string{
		"read 0, plc > gauge: plc asks every 300ms",
		"answer to read 2, gauge > plc: gauge decides (init)",
		"gauge decides (init); changed on its way by attack lie",
		"attack run-it (T0855); pump refused it (check key): it bears no plc_key,sent by ews, which claims to be plc",
		"attack direct,blocked: conduit it has no rule that allows write pump.run from laptop to pump by modbus",
		"attack flood,dropped on conduit uplink, where too much waits",
		"lost on conduit uplink",
		"lost by attack hush",
	} {
		require.True(t, strings.Contains(comments, says), says)
	}
	// The forged write has the controller's IP address and the station's MAC.
	forged := tshark(t, capture, "-T", "fields", "-E", "separator= ", "-e", "ip.src", "-e", "eth.src", "-e", "modbus.func_code", "-e", "modbus.reference_num",
		"-Y", `modbus && frame.comment contains "run-it"`)
	require.Equal(t, "10.1.0.4 02:01:00:00:00:00 5 0", forged[0])
	require.Contains(t, tshark(t, capture, "-T", "fields", "-e", "frame.time_epoch", "-c", "1")[0], "1451296800.000000000")
	require.Contains(t, string(capture[:400]), "foothold, seed 1, simulated by harmproof test")
}

// What can be sent is described from who begins, with the values as the device offers
// them that is asked or told.
func TestTraffic(t *testing.T) {
	s, err := scenarios.Load("testdata/pcap/foothold.yaml")
	require.NoError(t, err)
	traffic := s.Plan.Traffic()
	require.Equal(t, []string{"field", "control", "office"}, traffic.Zones)
	var got []string
	for _, f := range traffic.Flows {
		text := fmt.Sprintf("%s@%d %v %s@%d %v", f.From.Device, f.From.Zone, f.Verb, f.To.Device, f.To.Zone, f.Protocol)
		for _, item := range f.Items {
			text += fmt.Sprintf(" %s %s %d %v", item.Signal, item.Unit.Symbol, item.Place, item.Written)
		}
		if f.Step >= 0 {
			text += fmt.Sprintf(" (step %d as %q)", f.Step, f.Claims.Device)
		}
		got = append(got, text)
	}
	require.Equal(t, []string{
		"plc@1 read gauge@0 modbus level m 0 false",
		"plc@1 write pump@0 modbus run  0 true",
	}, got[:2])
	require.Contains(t, got, `ews@1 write pump@0 modbus run  0 true (step 3 as "plc")`)
	require.Contains(t, got, `laptop@2 write pump@0 modbus run  0 true (step 4 as "")`)
	require.Contains(t, got, `ews@1 write pump@0 modbus (step 6 as "")`)
}

// protocols is members that ask, are told and subscribe over a network that loses
// messages; %[1]s stands for the language, %[2]s for how it is secured.
const protocols = `
scenario: protocols
run: 20s
seed: 1
system:
  devices:
    tower: {is: tank, count: 5, area: 3 m2, height: 4 m, level: 2 m, inflow: pump.flow}
    pump: {is: pump, count: 5, rate: 50 L/s, run: plc.command, security: %[2]s}
    gauge: {is: level-gauge, count: 5, of: tower.level, every: 200ms, security: %[2]s}
    plc: {is: hysteresis, count: 5, reads: {poll: gauge.level, every: 300ms}, low: 1.5 m, high: 3.5 m}
    scada:
      is: plc
      scan: 1s
      inputs: {a: {poll: 'gauge[3].level', every: 1s}, b: {subscribe: 'gauge[1].level', every: 500ms}}
      outputs: {x: a}
  zones: {field: {devices: [tower, pump, gauge], speaks: %[1]s}, control: [plc, scada]}
  conduits: {uplink: {joins: [field, control], latency: 5ms, loss: 2%%}}
`

// Every protocol, open and encrypted: tshark finds nothing wrong, and reads what is open.
func TestCapturedProtocols(t *testing.T) {
	trials.Long(t)
	seen := map[string]string{
		"plain none": "udp.port == 47100", "plain encrypt": "dtls", "modbus none": "modbus", "modbus encrypt": "tls", "mqtt none": "mqtt",
		"mqtt encrypt": "tls", "opcua none": "opcua", "opcua encrypt": "tls", "enip none": "cip", "enip encrypt": "tls",
	}
	for how, filter := range seen {
		protocol, security, _ := strings.Cut(how, " ")
		name := filepath.Join(t.TempDir(), "protocols.yaml")
		require.NoError(t, os.WriteFile(name, fmt.Appendf(nil, protocols, protocol, security), 0o644))
		capture, _, result := captured(t, name, 20*vtime.Second)
		require.Empty(t, tshark(t, capture, "-Y", ailing), how)
		require.Positive(t, result.Stats.Lost, how)
		require.Greater(t, len(tshark(t, capture, "-Y", filter)), 500, how)
		if security == "none" {
			require.Empty(t, tshark(t, capture, "-Y", "tls || dtls"), how)
		}
	}
}

// Who listens changes no byte of the run, from the start or from a kept state on.
func TestCaptureChangesNothing(t *testing.T) {
	for _, name := range []string{"tower/spoofed-gauge", "testdata/pcap/foothold.yaml", "broker/retained-spoof"} {
		s, err := scenarios.Load(name)
		require.NoError(t, err)
		bare, err := sim.Run(context.Background(), s.Plan)
		require.NoError(t, err)
		listen := func(options ...sim.Option) *sim.Result {
			tap, err := pcap.NewCapture(&bytes.Buffer{}, s.Plan, 1, "test")
			require.NoError(t, err)
			r, err := sim.Run(context.Background(), s.Plan, append(options, sim.Capture(tap))...)
			require.NoError(t, err)
			require.NoError(t, tap.Close())
			return r
		}
		whole := listen()
		require.Equal(t, bare.Digest, whole.Digest, name)
		require.Equal(t, bare.Stats, whole.Stats, name)
		require.Equal(t, fmt.Sprint(bare.Decisions), fmt.Sprint(whole.Decisions), name) // with numbers that are none
		var state []byte
		keep := sim.Keep(func(data []byte) error { state = data; return nil })
		_, err = sim.Run(context.Background(), s.Plan, sim.Until(vtime.Time(61003*vtime.Millisecond)), keep)
		require.NoError(t, err)
		require.Equal(t, bare.Digest, listen(sim.From(state)).Digest, name)
	}
}

// BenchmarkCapture says how many times as long an hour of a water plant takes that is
// captured.
func BenchmarkCapture(b *testing.B) {
	s, err := scenarios.Load("swat/normal")
	require.NoError(b, err)
	for _, listens := range []bool{false, true} {
		b.Run(map[bool]string{false: "bare", true: "captured"}[listens], func(b *testing.B) {
			for b.Loop() {
				options := []sim.Option{sim.Until(vtime.Time(vtime.Hour))}
				if listens {
					tap, err := pcap.NewCapture(io.Discard, s.Plan, 1, "test")
					require.NoError(b, err)
					options = append(options, sim.Capture(tap))
				}
				_, err := sim.Run(context.Background(), s.Plan, options...)
				require.NoError(b, err)
			}
		})
	}
}
