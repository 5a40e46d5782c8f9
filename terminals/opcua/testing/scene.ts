import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkFigures } from '@keystead/terminals/port';

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
