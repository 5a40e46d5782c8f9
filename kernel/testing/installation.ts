import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceRoot } from './database.ts';

export interface InstallationPorts {
  http: number;
  https: number;
  mqtt: number;
  mqtts: number;
  deviceHttp: number;
  deviceHttps: number;
}

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
  /** Everything it printed so far. */
  output(): string;
  /** `POST /api/v1/things` → JSON, with the administrator's key; throws with the answer when it is refused. */
  call<Reply>(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Ends it as Ctrl-C does; `keep` leaves the folder for another start. */
  stop(options?: { keep?: boolean }): Promise<void>;
  /** Ends it as a power cut does: no process gets to say a word. */
  kill(): Promise<void>;
}

export interface InstallationOptions {
  /** Settings beside ports and folder. */
  settings?: Record<string, string>;
  /** With the demo community. */
  demo?: boolean;
  /** Folder of an earlier installation to go on with. */
  dataDir?: string;
  /** Seconds until it must be ready. */
  patience?: number;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function freePorts(): Promise<InstallationPorts> {
  const [http, https, mqtt, mqtts, deviceHttp, deviceHttps] = await Promise.all(Array.from({ length: 6 }, freePort));
  return { http, https, mqtt, mqtts, deviceHttp, deviceHttps } as InstallationPorts;
}

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

const admin = { username: 'admin', password: 'keystone-arch-27' };
const apiKey = 'ks_test_0123456789abcdefghijklmnopqrstuv';

async function readiness(url: string, child: ChildProcess, seconds: number, output: () => string): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (child.exitCode !== null) throw new Error(`the platform ended at its start:\n${output()}`);
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the platform was not ready in ${seconds} s:\n${output()}`);
}

/** Starts a real installation on free ports and waits until it is ready. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'keystead-run-'));
  const ports = await freePorts();
  const url = `http://127.0.0.1:${ports.http}`;
  const child = spawn(process.execPath, [join(sourceRoot, 'server/main.ts'), ...(options.demo ? [] : ['--empty'])], {
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      PORT: String(ports.http),
      HTTPS_PORT: String(ports.https),
      MQTT_PORT: String(ports.mqtt),
      MQTTS_PORT: String(ports.mqtts),
      DEVICE_HTTP_PORT: String(ports.deviceHttp),
      DEVICE_HTTPS_PORT: String(ports.deviceHttps),
      ADMIN_PASSWORD: admin.password,
      ADMIN_API_KEY: apiKey,
      ...options.settings,
    },
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  await readiness(url, child, options.patience ?? 60, () => printed);
  const pid = child.pid as number;

  return {
    dataDir,
    ports,
    url,
    admin,
    apiKey,
    pid,
    output: () => printed,
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
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Reply;
    },
    stop: async ({ keep = false } = {}) => {
      child.kill('SIGTERM');
      await ended;
      if (!keep) remove();
    },
    kill: async () => {
      for (const each of await familyOf(pid)) process.kill(each, 'SIGKILL');
      await ended;
    },
  };
}
