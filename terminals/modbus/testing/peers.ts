import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, type Peer, startPeer } from '@keystead/terminals/testing';

export type { Peer };

const script = join(import.meta.dirname, 'pymodbus-server.py');

/** Debian's python3-pymodbus. `said` is its port in the TCP modes. */
export const startPymodbus = (...mode: string[]): Promise<Peer> => startPeer('/usr/bin/python3', [script, ...mode]);

/** Two serial ports with a cable between them, made by socat; they can be pulled out and put back. */
export interface SerialPair {
  readonly ours: string;
  readonly theirs: string;
  plug(): Promise<void>;
  unplug(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSerialPair(): Promise<SerialPair> {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-pty-'));
  const [ours, theirs] = [join(folder, 'ours'), join(folder, 'theirs')];
  let peer: Peer | undefined;
  const pair: SerialPair = {
    ours,
    theirs,
    plug: async () => {
      peer = await startPeer('socat', [`pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`], false);
      await eventually(() => existsSync(ours) && existsSync(theirs), 'both ends of the pty pair');
    },
    unplug: async () => {
      await peer?.stop();
      for (const end of [ours, theirs]) rmSync(end, { force: true });
    },
    stop: async () => {
      await pair.unplug();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await pair.plug();
  return pair;
}

/** Runs a program to its end and answers what it printed. */
export async function output(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  return text;
}
