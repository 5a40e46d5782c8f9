import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@keystead/terminals/testing';

/** A program of somebody else that speaks the protocol. A missing one makes the test fail. */
export interface Peer {
  /** What it said on its first line. */
  readonly said: string;
  stop(): Promise<void>;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => void child.once('exit', () => resolve()));
}

async function start(command: string, args: readonly string[], firstLine: boolean): Promise<Peer> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let failed: string | undefined;
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.on('error', (error) => {
    failed = error.message;
  });
  child.on('exit', (code) => {
    failed ??= `${command} ended with ${code}: ${errors}`;
  });
  const look = () => {
    if (failed !== undefined) throw new Error(failed);
    return !firstLine || output.includes('\n') ? { line: output.split('\n')[0] ?? '' } : undefined;
  };
  const { line } = await eventually(look, `the first line of ${command}`, 15_000);
  return {
    said: line,
    stop: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}

const script = join(import.meta.dirname, 'pymodbus-server.py');

/** Debian's python3-pymodbus. `said` is its port in the TCP modes. */
export const startPymodbus = (...mode: string[]): Promise<Peer> => start('/usr/bin/python3', [script, ...mode], true);

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
      peer = await start('socat', [`pty,raw,echo=0,link=${ours}`, `pty,raw,echo=0,link=${theirs}`], false);
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
