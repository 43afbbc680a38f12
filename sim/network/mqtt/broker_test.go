package mqtt

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// list is an access list, and the same as mosquitto reads it.
func list() ([]Rule, string) {
	return []Rule{
			{Access: Read, Topics: "public/#"},
			{User: "alice", Access: ReadWrite, Topics: "plant/#"},
			{User: "alice", Access: Deny, Topics: "plant/secret/+"},
			{User: "bob", Access: Write, Topics: "plant/+/set"},
			{User: "bob", Access: Read, Topics: "plant/a/level"},
			{User: "bob", Access: Deny, Topics: "home/bob/garden"},
			{User: "root", Access: ReadWrite, Topics: "#"},
			{Pattern: true, Access: ReadWrite, Topics: "device/%c/#"},
			{Pattern: true, Access: Read, Topics: "home/%u/#"},
			{Pattern: true, Access: Deny, Topics: "home/%u/private"},
		}, `topic read public/#
user alice
topic readwrite plant/#
topic deny plant/secret/+
user bob
topic write plant/+/set
topic read plant/a/level
topic deny home/bob/garden
user root
topic readwrite #
pattern readwrite device/%c/#
pattern read home/%u/#
pattern deny home/%u/private
`
}

// startBroker starts mosquitto with an access list and returns where it listens.
func startBroker(t *testing.T, rules string) string {
	program, err := exec.LookPath("mosquitto")
	if err != nil {
		program = "/usr/sbin/mosquitto"
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("there is no mosquitto: apt-get install mosquitto")
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := free.Addr().String()
	free.Close()
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o755))
	require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755)) // mosquitto gives up root
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	config := fmt.Sprintf("listener %d 127.0.0.1\nallow_anonymous true\nacl_file %s\n", free.Addr().(*net.TCPAddr).Port, write("acl", rules))
	cmd := exec.Command(program, "-c", write("conf", config))
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	require.Eventually(t, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err == nil
	}, 10*time.Second, 20*time.Millisecond)
	return address
}

// A client talks to a broker.
type client struct {
	t      *testing.T
	c      net.Conn
	stream []byte
	heard  []string // topics delivered
	ids    uint16
}

func dial(t *testing.T, address string, who Client) *client {
	c, err := net.Dial("tcp", address)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
	k := &client{t: t, c: c}
	k.send(&Connect{Client: who.ID, Clean: true, HasUser: who.User != "", User: who.User})
	require.Equal(t, Connack{}, k.next())
	return k
}

func (k *client) send(p Packet) {
	b, err := p.Append(nil)
	require.NoError(k.t, err)
	_, err = k.c.Write(b)
	require.NoError(k.t, err)
}

// next returns the next packet that is no message.
func (k *client) next() Packet {
	for {
		p, rest, err := Decode(k.stream)
		if err == ErrShort {
			part := make([]byte, 4096)
			n, err := k.c.Read(part)
			require.NoError(k.t, err)
			k.stream = append(k.stream, part[:n]...)
			continue
		}
		require.NoError(k.t, err)
		k.stream = rest
		m, ok := p.(*Publish)
		if !ok {
			return p
		}
		k.heard = append(k.heard, m.Topic)
	}
}

func (k *client) id() uint16 { k.ids++; return k.ids }

func (k *client) subscribe(filter string) {
	id := k.id()
	k.send(&Subscribe{id, []Filter{{filter, 0}}})
	require.Equal(k.t, &Suback{id, []byte{0}}, k.next())
}

func (k *client) publish(topic string, qos byte) {
	p := &Publish{Topic: topic, Body: []byte("1"), QoS: qos, ID: k.id()}
	k.send(p)
	if qos == 2 {
		require.Equal(k.t, Ack{KindPubrec, p.ID}, k.next())
		k.send(Ack{KindPubrel, p.ID})
		require.Equal(k.t, Ack{KindPubcomp, p.ID}, k.next())
		return
	}
	require.Equal(k.t, Ack{KindPuback, p.ID}, k.next())
}

// all waits until all has come that the broker was told before.
func (k *client) all() []string {
	k.send(Bare(KindPingreq))
	require.Equal(k.t, Bare(KindPingresp), k.next())
	return k.heard
}

// Mosquitto itself lets the same clients read and write the same topics.
func TestMosquittoAgrees(t *testing.T) {
	rules, text := list()
	address := startBroker(t, text)
	topics := []string{"public/news", "plant/a/level", "plant/a/set", "plant/secret/x", "plant/secret", "device/one/x", "device/two", "device",
		"home/alice/light", "home/bob/light", "home/bob/garden", "home/alice/private", "home/bob/private"}
	clients := []Client{{"one", ""}, {"two", "alice"}, {"three", "bob"}, {"four", "root"}, {"five", "carol"}, {"a+b", "alice"}}
	allowed := func(c Client, want Access) (list []string) {
		for _, topic := range topics {
			if Allows(rules, c, want, topic) {
				list = append(list, topic)
			}
		}
		return list
	}
	root := Client{"super", "root"}
	for i, who := range clients {
		listener := dial(t, address, root)
		listener.subscribe("#")
		writer := dial(t, address, who)
		for j, topic := range topics {
			writer.publish(topic, byte(1+j%2))
		}
		require.Equal(t, allowed(who, Write), listener.all(), "%v writes", who)
		listener.c.Close()

		reader := dial(t, address, who)
		reader.subscribe("#")
		publisher := dial(t, address, Client{fmt.Sprint("super", i), "root"})
		for _, topic := range topics {
			publisher.publish(topic, 1)
		}
		require.Equal(t, allowed(who, Read), reader.all(), "%v reads", who)
	}
	require.Equal(t, []string{"plant/a/set"}, allowed(Client{"x", "bob"}, Write))
}

// An own topic of the broker is nobody's unless a rule names it.
func TestOwnTopics(t *testing.T) {
	rules, _ := list()
	require.False(t, Allows(rules, Client{"four", "root"}, Read, "$SYS/broker/uptime"))
	rules = append(rules, Rule{User: "root", Access: Read, Topics: "$SYS/#"})
	require.True(t, Allows(rules, Client{"four", "root"}, Read, "$SYS/broker/uptime"))
	require.False(t, Allows(rules, Client{"four", "root"}, Write, "$SYS/broker/uptime"))
}
