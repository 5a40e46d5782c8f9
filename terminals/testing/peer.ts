import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from './eventually.ts';

/** A program of somebody else that speaks the protocol. A missing one makes the test fail. */
export interface Peer {
  /** What it said on its first line. */
  readonly said: string;
  /** Everything it said, line by line. */
  lines(): string[];
  /** Writes a line to its standard input. */
  tell(line: string): void;
  stop(): Promise<void>;
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => void child.once('exit', () => resolve()));
}

/** Starts a program; with `firstLine` it is ready when it has said something. */
export async function startPeer(command: string, args: readonly string[], firstLine = true): Promise<Peer> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let failed: string | undefined;
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  // It may be gone when it is told something; its exit says so.
  child.stdin.on('error', () => undefined);
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
    lines: () => output.split('\n').slice(0, -1),
    tell: (text) => void child.stdin.write(`${text}\n`),
    stop: async () => {
      child.kill('SIGKILL');
      await ended(child);
    },
  };
}
