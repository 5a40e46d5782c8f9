"""An independent Modbus server: `tcp`, or `serial <path>`. Prints its port (or `ready`) when it listens.

Unit 1. Holding 0..99 = 1000 + address, input 0..99 = 2000 + address, coils even ones on, inputs odd ones on.
"""
import asyncio
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer, ModbusSocketFramer


def context():
    count = range(100)
    unit = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [at % 2 == 1 for at in count]),
        co=ModbusSequentialDataBlock(0, [at % 2 == 0 for at in count]),
        hr=ModbusSequentialDataBlock(0, [1000 + at for at in count]),
        ir=ModbusSequentialDataBlock(0, [2000 + at for at in count]),
        zero_mode=True,
    )
    return ModbusServerContext(slaves={1: unit}, single=False)


async def serve():
    mode = sys.argv[1]
    if mode == "serial":
        server = ModbusSerialServer(
            context(), framer=ModbusRtuFramer, port=sys.argv[2], baudrate=19200, ignore_missing_slaves=True
        )
        await server.start()
        print("ready", flush=True)
        await server.serve_forever()
        return
    framer = ModbusRtuFramer if mode == "rtu-over-tcp" else ModbusSocketFramer
    server = ModbusTcpServer(
        context(), framer=framer, address=("127.0.0.1", 0), allow_reuse_address=True, ignore_missing_slaves=True
    )
    running = asyncio.create_task(server.serve_forever())
    await server.serving
    print(server.server.sockets[0].getsockname()[1], flush=True)
    await running


asyncio.run(serve())
