import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@keystead/kernel/base';
import { recordingHost } from '@keystead/terminals/testing';
import { SerialPort } from 'serialport';
import { afterEach, expect, test, vi } from 'vitest';
import { createCodecs, scriptChannel } from './index.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Two serial lines joined crosswise, made by socat. */
async function pair(): Promise<[string, string]> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-serial-'));
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
  const socat = spawn('socat', [`pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`]);
  ends.push(async () => {
    const gone = once(socat, 'exit');
    socat.kill();
    await gone;
    rmSync(folder, { recursive: true });
  });
  await vi.waitFor(() => expect(existsSync(ours) && existsSync(theirs)).toBe(true), 5_000);
  return [ours, theirs];
}

test('over a serial line, frames end in silence, and one command at a time is asked', async () => {
  const [ours, theirs] = await pair();
  const codecs = createCodecs(systemClock);
  ends.push(() => codecs.close());
  await codecs.put(
    'scale',
    `function decodeUplink({ bytes }) {
      const text = String.fromCharCode(...bytes);
      return text[0] === '=' ? { reply: { value: text.slice(1) } } : { data: { weight: Number(text) } };
    }
    function encodeDownlink({ method, device }) { return { bytes: [...(device + method)].map((c) => c.charCodeAt(0)) } }`,
  );
  const host = recordingHost(systemClock, (name) => codecs.codec(name));
  const channel = await scriptChannel.open(
    {
      name: 'weighbridge',
      settings: { over: { kind: 'serial', path: ours, baudRate: 9600 }, codec: 'scale', framing: 'gap', gap: 300 },
      devices: [
        { name: 'north', at: { address: '1' } },
        { name: 'south', at: { address: '2' } },
      ],
    },
    host,
  );
  ends.push(() => channel.close());
  const far = new SerialPort({ path: theirs, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => far.open((cause) => (cause ? reject(cause) : resolve())));
  ends.push(() => new Promise((resolve) => far.close(resolve)));
  let heard = '';
  far.on('data', (bytes: Buffer) => {
    heard += bytes.toString();
    if (bytes.toString().startsWith('1')) setTimeout(() => far.write('=zeroed'), 20);
  });
  await vi.waitFor(() => expect(channel.links().get('')?.state).toBe('up'), 5_000);
  const first = channel.call('north', 'zero', {}, 5_000);
  const second = channel.call('south', 'zero', {}, 1_500);
  expect(await first).toBe('zeroed');
  // The line is asked one by one: the second command was not sent before the first was answered.
  await expect(second).rejects.toMatchObject({ type: 'device-silent' });
  expect(heard).toBe('1zero2zero');
  far.write('12');
  setTimeout(() => far.write('.5'), 10);
  await vi.waitFor(() => expect(host.uplinks).toHaveLength(1), 5_000);
  expect(host.uplinks[0]).toMatchObject({
    kind: 'readings',
    readings: [{ device: 'south', values: { weight: 12.5 } }],
  });
});
