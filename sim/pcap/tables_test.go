package pcap

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/network/enip"
	"github.com/harmproof/harmproof/sim/network/modbus"
)

// What the network calls functions and answers is what the codecs call so.
func TestNumbersOfProtocols(t *testing.T) {
	words := map[network.Refusal]modbus.Exception{
		network.Forbidden: modbus.IllegalFunction, network.Unknown: modbus.IllegalAddress, network.BadValue: modbus.IllegalValue,
		network.Failed: modbus.DeviceFailure, network.Pending: modbus.Acknowledge, network.Busy: modbus.DeviceBusy,
		network.WrongState: modbus.IllegalFunction,
	}
	statuses := map[network.Refusal]enip.Status{
		network.Forbidden: enip.PrivilegeMissing, network.Unknown: enip.UnknownPath, network.BadValue: enip.BadValue,
		network.Failed: enip.StateConflict, network.Pending: enip.StateConflict, network.Busy: enip.NoResource,
		network.WrongState: enip.StateConflict,
	}
	for r := network.Forbidden; r <= network.Failed; r++ {
		a, ok := network.Modbus.Answer(r)
		require.True(t, ok)
		require.Equal(t, words[r], modbus.Exception(a.Code))
		require.True(t, strings.HasPrefix(words[r].Error(), "modbus: "+a.Name), "%v is %s", words[r], a.Name)
		a, ok = network.EtherNetIP.Answer(r)
		require.True(t, ok)
		require.Equal(t, statuses[r], enip.Status(a.Code))
		_, ok = network.MQTT.Answer(r)
		require.False(t, ok)
	}
	for name, f := range map[string]modbus.Function{
		"read-coils": modbus.ReadCoils, "read-discrete-inputs": modbus.ReadDiscreteInputs, "read-holding-registers": modbus.ReadHoldingRegisters,
		"read-input-registers": modbus.ReadInputRegisters, "write-single-coil": modbus.WriteCoil, "write-single-register": modbus.WriteRegister,
		"diagnostics": modbus.Diagnostics, "write-multiple-coils": modbus.WriteCoils, "write-multiple-registers": modbus.WriteRegisters,
		"read-write-multiple-registers": modbus.ReadWriteRegisters, "read-device-identification": modbus.EncapsulatedIdentify,
	} {
		require.Equal(t, name, network.Modbus.FunctionName(network.Function(f)))
	}
	for name, s := range map[string]enip.Service{
		"reset": enip.Reset, "get-attribute-single": enip.GetAttribute, "set-attribute-single": enip.SetAttribute,
		"read-tag": enip.ReadTag, "write-tag": enip.WriteTag,
	} {
		require.Equal(t, name, network.EtherNetIP.FunctionName(network.Function(s)))
	}
}

// What writes does so by its function, and what reads does not.
func TestFunctionsWrite(t *testing.T) {
	for v := network.Read; v <= network.Wipe; v++ {
		for shape := range 4 {
			f := modbus.Function(network.Modbus.Function(v, shape&1 != 0, shape&2 != 0))
			reads := v == network.Read || v == network.Upload || v == network.Login || v == network.Subscribe || v == network.Scan || v == network.Wipe
			require.Equal(t, !reads, f.Writes(), "%v %d", v, f)
		}
	}
}
