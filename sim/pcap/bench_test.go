package pcap

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/vtime"
)

// Writing what is told, and the answer where the protocol has one. (A message of MQTT
// at QoS 0 is one frame and an acknowledgement; all of TCP are two frames.)
func BenchmarkWriter(b *testing.B) {
	for _, p := range []struct {
		name     string
		protocol Protocol
	}{{"plain", Plain}, {"modbus", Modbus}, {"mqtt", MQTT}, {"opcua", OPCUA}, {"enip", ENIP}} {
		b.Run(p.name, func(b *testing.B) {
			w, err := New(io.Discard, Config{Zones: zones})
			require.NoError(b, err)
			to := plc
			if p.protocol == MQTT {
				to = broker
			}
			id, err := w.Flow(Flow{From: pump, To: to, Protocol: p.protocol, Verb: Write, Items: []Item{{"level", Number, 0}}})
			require.NoError(b, err)
			b.ReportAllocs()
			begun, n := time.Now(), uint64(0)
			for b.Loop() {
				values := [1]float64{float64(n)}
				if err := w.Send(Message{At: vtime.Time(2 * n), Flow: id, Number: n, Values: values[:], Comment: "the scan of plc"}); err != nil {
					b.Fatal(err)
				}
				if err := w.Arrive(Arrival{At: vtime.Time(2*n + 1), Flow: id, Number: n}); err != nil {
					b.Fatal(err)
				}
				n++
			}
			b.ReportMetric(float64(n)/time.Since(begun).Seconds(), "messages/s")
		})
	}
}
