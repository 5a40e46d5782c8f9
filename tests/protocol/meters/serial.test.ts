import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clause } from '@keystead/kernel/testing';
import { cjt188Channel } from '@keystead/terminals/cjt188';
import { dlt645Channel } from '@keystead/terminals/dlt645';
import type { Channel } from '@keystead/terminals/port';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineSettings, powerAt, ReadingDesk, until, waterAt } from './reading-desk.ts';
import { SimulatedMeters } from './simulated-meters.ts';

let folder: string;
let pty: ChildProcess | undefined;
let channel: Channel | undefined;
let meters: SimulatedMeters | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keystead-pty-'));
});
afterEach(async () => {
  await channel?.close();
  if (pty && pty.exitCode === null) {
    pty.kill();
    await once(pty, 'exit');
  }
  await meters?.stop();
  rmSync(folder, { recursive: true });
});

/** A serial port whose other end is the simulated bus. */
async function serialPort(tcpPort: number): Promise<string> {
  const path = join(folder, 'tty');
  const child = spawn('socat', [`pty,raw,echo=0,link=${path}`, `tcp:127.0.0.1:${tcpPort},nodelay`]);
  pty = child;
  const failed = once(child, 'error').then(([cause]) => {
    throw cause;
  });
  await Promise.race([failed, until('the pty', () => existsSync(path), 5_000)]);
  return path;
}

test(
  clause('H-6.4-a', 'water meters are read over a serial line at 2400 8E1 that hears itself and cuts frames'),
  async () => {
    const addresses = ['00000000000042', '00000000000043'];
    meters = await SimulatedMeters.start([{ protocol: 'cjt188', addresses }]);
    await meters.wish({ faults: { echo: true, pieces: true, noise: 0.2 } });
    const path = await serialPort(meters.ports[0] ?? 0);
    const desk = new ReadingDesk();
    const line = { over: 'serial' as const, path };
    const devices = addresses.map((name) => ({ name, at: waterAt(name) }));
    channel = await cjt188Channel.open(
      { name: 'line', settings: lineSettings(0, { line, timeout: 300 }), devices },
      desk,
    );
    await until('both', () => addresses.every((address) => desk.of(address).length > 0), 20_000);
    await expect(channel.call(addresses[0] ?? '', 'closeValve', {}, 5_000)).resolves.toEqual({ valveOpen: false });
  },
);

test('an electricity meter is read over a serial line that comes only later', async () => {
  const address = '000000000007';
  meters = await SimulatedMeters.start([{ protocol: 'dlt645', addresses: [address] }]);
  const desk = new ReadingDesk();
  const line = { over: 'serial' as const, path: join(folder, 'tty'), baudRate: 9600 };
  const settings = lineSettings(0, { line, timeout: 300 });
  channel = await dlt645Channel.open(
    { name: 'line', settings, devices: [{ name: address, at: powerAt(address) }] },
    desk,
  );
  await expect(channel.call(address, 'read', {}, 300)).rejects.toMatchObject({ type: 'device-silent' });
  await serialPort(meters.ports[0] ?? 0);
  await until('read', () => desk.of(address).length > 0, 20_000);
  expect(desk.of(address)[0]?.values).toMatchObject({ relayClosed: true });
});
