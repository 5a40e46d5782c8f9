import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, systemClock } from '@keystead/kernel/base';
import type { ChannelHost, LinkFigures, Reading, Refusal, Uplink } from '@keystead/terminals/port';

/** A process around a channel that keeps what it is told. */
export interface RecordingHost extends ChannelHost {
  readonly readings: Reading[];
  readonly refused: { type: string; detail?: string; pointer?: string; device?: string }[];
}

export function recordingHost(): RecordingHost {
  const readings: Reading[] = [];
  const refused: RecordingHost['refused'] = [];
  const note = (refusal: Refusal, device = refusal.device) =>
    void refused.push({ type: refusal.problem.type, detail: refusal.detail, pointer: refusal.pointer, device });
  return {
    clock: systemClock,
    log: createLog('test', 'silent'),
    readings,
    refused,
    take: async (uplink: Uplink) => {
      if (uplink.kind !== 'readings') return;
      readings.push(...uplink.readings);
      for (const each of uplink.refused ?? []) note(each);
    },
    refuse: (refusal, _sample, device) => note(refusal, device),
  };
}

/** Looks every few ms until there is something. */
export async function eventually<T>(look: () => T | undefined | false, what: string, within = 20_000): Promise<T> {
  for (const until = performance.now() + within; ; ) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > until) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const stateOf = (links: ReadonlyMap<string, LinkFigures>, device: string): string | undefined =>
  links.get(device)?.state;

/** A folder that is removed by the answer. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'keystead-opcua-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The independent server; `port` 0 = any free one. */
export interface PlainServer {
  readonly endpoint: string;
  readonly port: number;
  /** Stops it from answering; its connections stay open. */
  freeze(): void;
  thaw(): void;
  /** Ends it without a word, as a power cut does. */
  kill(): Promise<void>;
}

export async function startPlainServer(folder: string, port = 0): Promise<PlainServer> {
  const file = join(import.meta.dirname, 'plain-server.ts');
  const child: ChildProcess = fork(file, [folder, String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const bound = await new Promise<number>((resolve, reject) => {
    child.once('message', (said: { port?: number; failed?: string }) =>
      said.port ? resolve(said.port) : reject(new Error(said.failed)),
    );
    child.once('exit', (code) => reject(new Error(`the server ended (${code})`)));
  });
  return {
    port: bound,
    endpoint: `opc.tcp://127.0.0.1:${bound}`,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
