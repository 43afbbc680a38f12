"""Asks a Modbus server on a port of this machine, prints what it answers."""
import sys
from pymodbus.client import ModbusTcpClient
from pymodbus.diag_message import ReturnQueryDataRequest
from pymodbus.mei_message import ReadDeviceInformationRequest

client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]))
assert client.connect()


def show(what, response, field=None):
    if response.isError():
        print(what, "exception", response.exception_code)
    else:
        print(what, getattr(response, field) if field else "ok")


def addressed(request):
    request.unit_id = 1
    return request


unit = {"slave": 1}
show("1", client.read_coils(0, 10, **unit), "bits")
show("2", client.read_discrete_inputs(3, 5, **unit), "bits")
show("3", client.read_holding_registers(0, 4, **unit), "registers")
show("4", client.read_input_registers(1, 2, **unit), "registers")
show("5", client.write_coil(2, True, **unit))
show("6", client.write_register(3, 4711, **unit))
show("15", client.write_coils(4, [True, False, True], **unit))
show("16", client.write_registers(5, [7, 8, 9], **unit))
show("23", client.readwrite_registers(read_address=3, read_count=5, write_address=4, write_registers=[1, 2], **unit), "registers")
show("1", client.read_coils(0, 8, **unit), "bits")
show("8", client.execute(addressed(ReturnQueryDataRequest(0x1234))), "message")
show("43", client.execute(addressed(ReadDeviceInformationRequest(1, 0))), "information")
show("3 beyond", client.read_holding_registers(15, 4, **unit))
show("6 locked", client.write_register(9, 1, **unit))
client.close()
