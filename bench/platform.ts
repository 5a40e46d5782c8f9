import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const longestStart = 180_000; // ms
const longestStop = 30_000;
const pollMs = 20;

/** A real installation in a folder of its own, started as people start it. */
export interface Platform {
  /** `http://127.0.0.1:…`, without a path. */
  api: string;
  mqttPort: number;
  mqttsPort: number;
  deviceApi: string;
  apiKey: string;
  password: string;
  dataDir: string;
  pid: number;
  /** From the start of its first process to the first 200 of /health/ready. */
  readyMs: number;
  /** PEM of the authority of its TLS listeners. */
  ca(): string;
  /** The last it said. */
  output(): string;
  /** Stops it and keeps its data. */
  stop(): Promise<void>;
}

export interface PlatformOptions {
  /** A folder of an earlier one, to start it again. */
  dataDir?: string;
  /** Homes of the demo community; absent = `--empty`. */
  demoHomes?: number;
  /** Through the launcher, as `npm start` does. */
  launcher?: boolean;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          const address = server.address();
          server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
        }),
    ),
  );
}

/** One that the database's account can reach too, so that all data are on one disk. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keystead-bench-'));
  chmodSync(folder, 0o711);
  return folder;
}

async function ready(api: string): Promise<boolean> {
  try {
    return (await fetch(`${api}/health/ready`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false; // Not listening yet.
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), longestStop);
  await gone;
  clearTimeout(late);
}

const running = new Set<() => Promise<void>>();

/** Starts a platform on free ports and waits until it is ready; throws with what it said when it ends before. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const dataDir = options.dataDir ?? newFolder();
  const [port, https, mqtt, mqtts, device, deviceTls] = await freePorts(6);
  const apiKey = `ks_bench_${randomBytes(24).toString('base64url')}`;
  const password = randomBytes(15).toString('base64url');
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: String(port),
    HTTPS_PORT: String(https),
    MQTT_PORT: String(mqtt),
    MQTTS_PORT: String(mqtts),
    DEVICE_HTTP_PORT: String(device),
    DEVICE_HTTPS_PORT: String(deviceTls),
    ADMIN_PASSWORD: password,
    ADMIN_API_KEY: apiKey,
    ...(options.demoHomes === undefined ? {} : { DEMO_HOMES: String(options.demoHomes) }),
  };
  const program = options.launcher ? 'server/launcher/start.mjs' : 'server/main.ts';
  const args = [join(root, program), ...(options.demoHomes === undefined ? ['--empty'] : [])];
  const began = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output = `${output}${text}`.slice(-8000);
    });
  }
  const stop = async () => {
    running.delete(stop);
    await end(child);
  };
  running.add(stop);
  const api = `http://127.0.0.1:${port}`;
  while (!(await ready(api))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - began > longestStart) {
      await stop();
      throw new Error(`the platform did not become ready:\n${output}`);
    }
    await sleep(pollMs);
  }
  return {
    api,
    mqttPort: mqtt ?? 0,
    mqttsPort: mqtts ?? 0,
    deviceApi: `http://127.0.0.1:${device}`,
    apiKey,
    password,
    dataDir,
    pid: child.pid ?? 0,
    readyMs: performance.now() - began,
    ca: () => readFileSync(join(dataDir, 'tls', 'ca.crt'), 'utf8'),
    output: () => output,
    stop,
  };
}

/** Runs with a platform of its own, which is gone afterwards with all its data. */
export async function withPlatform<T>(options: PlatformOptions, run: (platform: Platform) => Promise<T>): Promise<T> {
  const platform = await startPlatform(options);
  try {
    return await run(platform);
  } finally {
    await platform.stop();
    discard(platform.dataDir);
  }
}

/** Removes a data folder, also when its database had to live elsewhere. */
export function discard(dataDir: string): void {
  const note = join(dataDir, 'postgres', 'database-is-at.txt');
  if (existsSync(note)) rmSync(readFileSync(note, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([...running].map((stop) => stop())).finally(() => process.exit(1));
  });
}
