package modbus

import (
	"bytes"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// serve answers on a port of this machine until it is stopped; then the server is the
// test's again.
func serve(t *testing.T, s *Server) (port string, stop func()) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	done := make(chan struct{})
	stop = func() { listener.Close(); <-done }
	t.Cleanup(stop)
	go func() {
		defer close(done)
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			converse(c, s)
		}
	}()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port), stop
}

// converse answers one client until it goes.
func converse(c net.Conn, s *Server) {
	defer c.Close()
	var stream []byte
	part := make([]byte, 300)
	for {
		n, err := c.Read(part)
		if err != nil {
			return
		}
		stream = append(stream, part[:n]...)
		for {
			f, rest, err := DecodeFrame(stream)
			if err == ErrShort {
				break
			}
			if err != nil {
				return
			}
			f.PDU = s.Answer(nil, f.PDU)
			stream = rest
			if b, err := f.Append(nil); err == nil {
				c.Write(b)
			}
		}
	}
}

// plc is a server with something in it. Its register 9 is locked.
func plc() *Server {
	return &Server{
		Coils:            []bool{true, false, false, true, false, false, false, false, false, true},
		DiscreteInputs:   []bool{false, false, false, true, true, false, true, false, false, false},
		HoldingRegisters: []uint16{10, 20, 30, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
		InputRegisters:   []uint16{1, 65535, 3},
		Names:            []string{"harmproof", "plc", "1.0"},
		Refuse: func(r *Request) Exception {
			if r.Function == WriteRegister && r.Address == 9 {
				return DeviceBusy
			}
			return 0
		},
	}
}

// A client that others wrote understands the server.
func TestPymodbus(t *testing.T) {
	python := "/usr/bin/python3" // the one that Debian's packages are for
	if exec.Command(python, "-c", "import pymodbus").Run() != nil {
		t.Skip("there is no pymodbus: apt-get install python3-pymodbus")
	}
	s := plc()
	port, stop := serve(t, s)
	out, err := exec.Command(python, "testdata/client.py", port).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, `1 [True, False, False, True, False, False, False, False, False, True, False, False, False, False, False, False]
2 [True, True, False, True, False, False, False, False]
3 [10, 20, 30, 40]
4 [65535, 3]
5 ok
6 ok
15 ok
16 ok
23 [4711, 1, 2, 8, 9]
1 [True, False, True, True, True, False, True, False]
8 (4660,)
43 {0: b'harmproof', 1: b'plc', 2: b'1.0'}
3 beyond exception 2
6 locked exception 6
`, string(out))
	stop()
	require.Equal(t, []uint16{10, 20, 30, 4711, 1, 2, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0}, s.HoldingRegisters)
}

func TestMbpoll(t *testing.T) {
	if _, err := exec.LookPath("mbpoll"); err != nil {
		t.Skip("there is no mbpoll: apt-get install mbpoll")
	}
	s := plc()
	s.HoldingRegisters = append(AppendRegisters(nil, AppendFloat(nil, 1.5)), s.HoldingRegisters...)
	port, stop := serve(t, s)
	poll := func(args ...string) string {
		out, err := exec.Command("mbpoll", append([]string{"-m", "tcp", "-p", port, "-0", "-1"}, args...)...).CombinedOutput()
		require.NoError(t, err, string(out))
		var values []string
		for line := range bytes.Lines(out) {
			if strings.HasPrefix(string(line), "[") {
				values = append(values, string(bytes.Join(bytes.Fields(line), []byte(" "))))
			}
		}
		return strings.Join(values, " ")
	}
	require.Equal(t, "[0]: 1.5", poll("-t", "4:float", "-B", "-r", "0", "127.0.0.1"))
	require.Equal(t, "[2]: 10 [3]: 20 [4]: 30", poll("-t", "4", "-r", "2", "-c", "3", "127.0.0.1"))
	require.Equal(t, "[0]: 1 [1]: 65535 (-1)", poll("-t", "3", "-r", "0", "-c", "2", "127.0.0.1"))
	require.Equal(t, "[3]: 1 [4]: 1 [5]: 0", poll("-t", "1", "-r", "3", "-c", "3", "127.0.0.1"))
	poll("-t", "4", "-r", "4", "127.0.0.1", "100", "200")
	poll("-t", "0", "-r", "1", "127.0.0.1", "1")
	stop()
	require.Equal(t, []uint16{100, 200}, s.HoldingRegisters[4:6])
	require.True(t, s.Coils[1])
}
