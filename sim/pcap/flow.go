package pcap

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/network/enip"
	"github.com/harmproof/harmproof/sim/network/modbus"
	"github.com/harmproof/harmproof/sim/network/mqtt"
)

// A Protocol is how devices talk.
type Protocol byte

// The protocols.
const (
	Plain Protocol = iota
	Modbus
	MQTT
	OPCUA
	ENIP
)

// A Verb is what a message is for.
type Verb byte

// The verbs.
const (
	Read Verb = iota // From asks, To answers with the values
	Write
	Publish
	Subscribe
	Download
	Upload // as Read
	Login
	Scan
	Configure
	Wipe
)

var verbs = [...]string{"read", "write", "publish", "subscribe", "download", "upload", "login", "scan", "configure", "wipe"}

// String returns the verb as scenarios write it.
func (v Verb) String() string { return verbs[v] }

// asks reports whether the values are in the response.
func (v Verb) asks() bool { return v == Read || v == Upload }

// carries reports whether there are values, one for each item.
func (v Verb) carries() bool { return v != Subscribe && v != Login && v != Scan && v != Wipe }

// A Kind is what a value is.
type Kind byte

// The kinds of values.
const (
	Number Kind = iota
	Bool
	Integer
)

// An Item is something that a device says or is told.
type Item struct {
	// Name is the item's in the protocol: a tag, a topic, a node. (For a Subscribe over
	// MQTT, a filter.)
	Name string
	Kind Kind
	// Address is its first register, or its coil.
	Address uint16
}

// An Endpoint is a device in a zone.
type Endpoint struct {
	Name string
	// Rank tells devices and their members apart in the whole system.
	Rank int32
	// Zone is where its messages start or end, of Config.Zones.
	Zone int32
	// Broker says that MQTT clients connect to it.
	Broker bool
}

// A Flow is what one device tells or asks another. It does not change.
type Flow struct {
	// From begins: it asks, writes or publishes. (A broker that delivers is From.)
	From, To Endpoint
	// Claims is who From claims to be; nobody else if it has no Name.
	Claims    Endpoint
	Protocol  Protocol
	Encrypted bool
	Verb      Verb
	Items     []Item
	QoS       byte   // of MQTT
	Retain    bool   // of MQTT
	User      string // who logs in
}

// mostRank and mostZones are what IPv4 addresses of the form 10.zone.x.y can tell
// apart; x.y is neither 0.0 nor 255.255.
const (
	mostRank  = 0xFFFF - 2
	mostZones = 0x100
)

// check returns what of a flow cannot be written.
func (f *Flow) check(zones int) error {
	ends := []Endpoint{f.From, f.To}
	if f.Claims.Name != "" {
		ends = append(ends, f.Claims)
	}
	for _, e := range ends {
		if e.Rank < 0 || e.Rank > mostRank {
			return fmt.Errorf("pcap: %s has rank %d; a capture tells apart %d devices", e.Name, e.Rank, mostRank+1)
		}
		if int(e.Zone) < 0 || int(e.Zone) >= zones {
			return fmt.Errorf("pcap: %s is in zone %d of %d", e.Name, e.Zone, zones)
		}
	}
	if int(f.Verb) >= len(verbs) || f.Protocol > ENIP || f.QoS > 2 {
		return fmt.Errorf("pcap: a flow from %s has no such verb, protocol or QoS", f.From.Name)
	}
	for _, item := range f.Items {
		if !f.names(item.Name) {
			return fmt.Errorf("pcap: %q cannot be the name of what %s tells %s", item.Name, f.From.Name, f.To.Name)
		}
	}
	return nil
}

// names reports whether an item may be called so.
func (f *Flow) names(name string) bool {
	switch {
	case len(name) > 400:
		return false // a frame holds it, whatever is around it
	case f.Protocol == ENIP:
		path, err := enip.AppendTag(nil, name)
		return err == nil && len(path) <= 400
	case f.Protocol == MQTT && f.Verb == Subscribe:
		return mqtt.ValidFilter(name)
	case f.Protocol == MQTT:
		return mqtt.ValidTopic(name)
	}
	return true
}

// port returns where the server of a protocol listens.
func (f *Flow) port() uint16 {
	switch f.Protocol {
	case Modbus:
		if f.Encrypted {
			return 802
		}
		return modbus.Port
	case MQTT:
		if f.Encrypted {
			return mqtt.SecurePort
		}
		return mqtt.Port
	case OPCUA:
		if f.Encrypted {
			return 4843
		}
		return 4840
	case ENIP:
		if f.Encrypted {
			return 2221
		}
		return enip.Port
	}
	return plainPort
}
