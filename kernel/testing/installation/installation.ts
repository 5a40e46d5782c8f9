import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { discard, newFolder } from './folder.ts';
import { freePorts, type InstallationPorts, portSettings } from './ports.ts';
import { preparedFolder } from './prepared.ts';

/** A whole installation as `npm start` runs it, in a folder of its own, seen from outside only. */
export interface Installation {
  readonly dataDir: string;
  readonly ports: InstallationPorts;
  /** Console and API, clear text. */
  readonly url: string;
  readonly admin: { username: string; password: string };
  readonly apiKey: string;
  /** Process number of the supervisor. */
  readonly pid: number;
  /** From the start of its first process to the first 200 of /health/ready. */
  readonly readyMs: number;
  /** Everything it printed so far, of which the last 200,000 characters are kept. */
  output(): string;
  /** PEM of the authority of its TLS listeners. */
  authority(): string;
  /** `POST /things` → JSON, with the administrator's key; throws with the answer when it is refused. */
  call<Reply>(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Ends it as Ctrl-C does; `keep` leaves the folder for another start. */
  stop(options?: { keep?: boolean }): Promise<void>;
  /** Ends it as a power cut does: no process gets to say a word. */
  kill(): Promise<void>;
}

export interface InstallationOptions {
  /** Settings beside ports and folder. */
  settings?: Record<string, string>;
  /** With the demo community, of so many homes when it is a number. */
  demo?: boolean | number;
  /** Folder of an earlier installation to go on with. */
  dataDir?: string;
  /** From nothing and on the disk, as people start it first; else from the prepared database where there is one. */
  fresh?: boolean;
  /** Through the launcher, as `npm start` does, instead of the server itself. */
  launcher?: boolean;
  /** Seconds until it must be ready. */
  patience?: number;
}

const sourceRoot = new URL('../../..', import.meta.url).pathname;
const admin = { username: 'admin', password: 'keystone-arch-27' };
const apiKey = 'ks_test_0123456789abcdefghijklmnopqrstuv';
const longestStop = 30_000; // ms
const pollMs = 20;
const kept = 200_000;

/** Every process below one, itself included. */
async function familyOf(pid: number): Promise<number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const below = await Promise.all(
    children
      .split(' ')
      .filter(Boolean)
      .map((child) => familyOf(Number(child))),
  );
  return [pid, ...below.flat()];
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Asks until it answers that work can start; throws with what the platform said when it ends before, or never does. */
async function readiness(url: string, child: ChildProcess, seconds: number, output: () => string): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(pollMs)) {
    if (hasEnded(child)) throw new Error(`the platform ended at its start:\n${output()}`);
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
  }
  throw new Error(`the platform was not ready in ${seconds} s:\n${output()}`);
}

function run(dataDir: string, ports: InstallationPorts, { demo, launcher, settings }: InstallationOptions) {
  const program = launcher ? 'server/launcher/start.mjs' : 'server/main.ts';
  const child = spawn(process.execPath, [join(sourceRoot, program), ...(demo ? [] : ['--empty'])], {
    cwd: launcher ? sourceRoot : dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...{ DATA_DIR: dataDir, ADMIN_PASSWORD: admin.password, ADMIN_API_KEY: apiKey },
      ...portSettings(ports),
      ...(typeof demo === 'number' ? { DEMO_HOMES: String(demo) } : {}),
      ...settings,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-kept);
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { child, ended, output: () => printed };
}

/** Ends it as Ctrl-C does; as a power cut when it does not end in half a minute. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (hasEnded(child)) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), longestStop);
  await ended;
  clearTimeout(late);
}

/** Starts a real installation on free ports and waits until it is ready. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = options.dataDir ?? (options.fresh ? undefined : preparedFolder()) ?? newFolder();
  const ports = await freePorts();
  const url = `http://127.0.0.1:${ports.http}`;
  const began = performance.now();
  const { child, ended, output } = run(dataDir, ports, options);
  try {
    await readiness(url, child, options.patience ?? 60, output);
  } catch (cause) {
    await end(child, ended);
    throw cause;
  }
  const readyMs = performance.now() - began;
  const pid = child.pid as number;

  return {
    ...{ dataDir, ports, url, admin, apiKey, pid, readyMs, output },
    authority: () => readFileSync(join(dataDir, 'tls', 'ca.crt'), 'utf8'),
    call: async <Reply>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 800)}`);
      return (text === '' ? undefined : JSON.parse(text)) as Reply;
    },
    stop: async ({ keep = false } = {}) => {
      await end(child, ended);
      if (!keep) discard(dataDir);
    },
    kill: async () => {
      for (const each of await familyOf(pid)) process.kill(each, 'SIGKILL');
      await ended;
    },
  };
}
