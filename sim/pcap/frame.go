package pcap

import (
	"net"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
)

// A host is a device as a frame names it.
type host struct {
	mac  [6]byte
	ip   [4]byte
	port uint16
	zone int32
}

// at returns where a device is reached.
func at(e Endpoint) host {
	number := e.Rank + 1
	return host{
		mac:  [6]byte{2, byte(e.Zone), byte(e.Rank >> 24), byte(e.Rank >> 16), byte(e.Rank >> 8), byte(e.Rank)},
		ip:   [4]byte{10, byte(e.Zone), byte(number >> 8), byte(number)},
		zone: e.Zone,
	}
}

// hosts returns the two ends of a flow, where From has the address that it claims.
func (f *Flow) hosts() (from, to host) {
	from, to = at(f.From), at(f.To)
	if f.Claims.Name != "" {
		from.ip = at(f.Claims).ip
	}
	return from, to
}

// next returns the MAC that a frame is sent to: the receiver's, or the gateway's.
func (h *host) next(to *host) [6]byte {
	if h.zone == to.zone {
		return to.mac
	}
	return [6]byte{2, byte(h.zone), 0xFF, 0xFF, 0xFF, 0xFF}
}

// A frame is put together here, again and again.
type frame struct {
	buffer   gopacket.SerializeBuffer
	macs     [12]byte
	ips      [8]byte
	ethernet layers.Ethernet
	ip       layers.IPv4
	tcp      layers.TCP
	udp      layers.UDP
	options  []layers.TCPOption
}

func (f *frame) init() {
	f.buffer = gopacket.NewSerializeBuffer()
	f.ethernet = layers.Ethernet{SrcMAC: f.macs[:6], DstMAC: f.macs[6:], EthernetType: layers.EthernetTypeIPv4}
	f.ip = layers.IPv4{Version: 4, TTL: 64, Flags: layers.IPv4DontFragment, SrcIP: net.IP(f.ips[:4]), DstIP: net.IP(f.ips[4:])}
	f.options = []layers.TCPOption{{OptionType: layers.TCPOptionKindMSS, OptionData: []byte{mss >> 8, mss & 0xFF}}}
}

// address fills in the two ends.
func (f *frame) address(from, to *host) {
	next := from.next(to)
	copy(f.macs[:6], from.mac[:])
	copy(f.macs[6:], next[:])
	copy(f.ips[:4], from.ip[:])
	copy(f.ips[4:], to.ip[:])
}

// A mark is what a segment says besides its bytes.
type mark byte

const (
	markSyn mark = 1 << iota
	markAck
	markPush
)

// segment makes a frame of TCP.
func (f *frame) segment(from, to *host, seq, ack uint32, m mark, payload []byte) error {
	f.address(from, to)
	f.ip.Protocol = layers.IPProtocolTCP
	f.tcp = layers.TCP{
		SrcPort: layers.TCPPort(from.port), DstPort: layers.TCPPort(to.port), Seq: seq, Ack: ack, Window: window,
		SYN: m&markSyn != 0, ACK: m&markAck != 0, PSH: m&markPush != 0,
	}
	if f.tcp.SYN {
		f.tcp.Options = f.options
	}
	if err := f.tcp.SetNetworkLayerForChecksum(&f.ip); err != nil {
		return err
	}
	return f.serialize(&f.tcp, payload)
}

// datagram makes a frame of UDP.
func (f *frame) datagram(from, to *host, payload []byte) error {
	f.address(from, to)
	f.ip.Protocol = layers.IPProtocolUDP
	f.udp = layers.UDP{SrcPort: layers.UDPPort(from.port), DstPort: layers.UDPPort(to.port)}
	if err := f.udp.SetNetworkLayerForChecksum(&f.ip); err != nil {
		return err
	}
	return f.serialize(&f.udp, payload)
}

func (f *frame) serialize(transport gopacket.SerializableLayer, payload []byte) error {
	// Each layer goes before what is there already.
	if err := f.buffer.Clear(); err != nil {
		return err
	}
	b, err := f.buffer.PrependBytes(len(payload))
	if err != nil {
		return err
	}
	copy(b, payload)
	options := gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true}
	for _, layer := range [...]gopacket.SerializableLayer{transport, &f.ip, &f.ethernet} {
		if err := layer.SerializeTo(f.buffer, options); err != nil {
			return err
		}
	}
	return nil
}
