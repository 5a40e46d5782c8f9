import { type Bank, startModbusServer } from '@keystead/terminals/modbus';

/** PLCs in a process of their own: one listening server each, registers that say where they stand. */
async function run(plcs: number): Promise<number[]> {
  const ports: number[] = [];
  for (let plc = 0; plc < plcs; plc++) {
    const bank: Bank = {
      read: (area, address, count) =>
        Array.from({ length: count }, (_, at) =>
          area === 'coil' || area === 'discrete' ? (address + at + plc) & 1 : (address + at + plc * 7) & 0xffff,
        ),
      write: () => false,
    };
    ports.push((await startModbusServer({ units: new Map([[1, bank]]) })).port);
  }
  return ports;
}

process.once('message', ({ plcs }: { plcs: number }) => {
  run(plcs).then(
    (ports) => process.send?.({ ports }),
    (cause: Error) => process.send?.({ failed: cause.message }, () => process.exit(1)),
  );
});
process.once('disconnect', () => process.exit(0));
