import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const starter = join(root, 'edge/agent/update/starter.ts');
const releaseTool = join(root, 'edge/agent/release/run.ts');
/** Rooms an agent is made of. */
const rooms = ['edge', 'contracts', 'kernel/base', 'terminals'];

export interface Manifest {
  title: string;
  version: string;
  models: string[];
  size: number;
  hash: string;
  signature: string;
}

/** Releases made by the tool people use, from this work tree or from one somebody has spoilt. */
export class Releases {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keystead-releases-'));
  readonly publicKey: string;
  readonly keyFile: string;
  readonly #private: string;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.publicKey = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    this.keyFile = join(this.#folder, 'public.pem');
    this.#private = join(this.#folder, 'private.pem');
    writeFileSync(this.keyFile, this.publicKey);
    writeFileSync(this.#private, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), { mode: 0o600 });
  }

  async make(version: string, from = root): Promise<{ bytes: Buffer; manifest: Manifest }> {
    const out = join(this.#folder, version);
    const args = ['--version', version, '--key', this.#private, '--out', out, '--root', from];
    const { stdout } = await run(process.execPath, [releaseTool, ...args]);
    const made = JSON.parse(stdout) as { archive: string; manifest: string };
    return { bytes: readFileSync(made.archive), manifest: JSON.parse(readFileSync(made.manifest, 'utf8')) };
  }

  /** A copy of the work tree whose agent runs and never reaches the platform. */
  spoilt(): string {
    const copy = join(this.#folder, 'spoilt');
    for (const room of rooms)
      cpSync(join(root, room), join(copy, room), {
        recursive: true,
        filter: (path) => !['node_modules', 'testing'].includes(basename(path)) && !path.endsWith('.test.ts'),
      });
    mkdirSync(copy, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const main = join(copy, 'edge/agent/main.ts');
    const text = readFileSync(main, 'utf8');
    writeFileSync(
      main,
      text.replace('main().catch', 'setTimeout(() => process.exit(1), 500);\nnew Promise(() => {}).catch'),
    );
    return copy;
  }

  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** An agent under its starter, as a process of its own: it takes releases signed with the key. */
export class SupervisedAgent {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keystead-supervised-'));
  readonly #process: ChildProcess;
  log = '';

  constructor(options: { platform: number; token: string; keyFile: string; configuration: object }) {
    const { platform, token, keyFile, configuration } = options;
    const [tokenFile, configurationFile] = ['token', 'configuration.json'].map((name) => join(this.#folder, name));
    writeFileSync(tokenFile ?? '', token);
    writeFileSync(configurationFile ?? '', JSON.stringify(configuration));
    const files = [
      '--token-file',
      tokenFile ?? '',
      '--configuration',
      configurationFile ?? '',
      '--update-key',
      keyFile,
    ];
    const way = ['--platform', `mqtt://127.0.0.1:${platform}`, '--data', join(this.#folder, 'data'), '--duty', 'off'];
    this.#process = spawn(process.execPath, [starter, ...way, ...files], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (part: Buffer) => (this.log = `${this.log}${part}`.slice(-40_000)));
  }

  /** The version the pointer names; null = the one of the work tree. */
  get current(): string | null {
    const pointer = readFileSync(join(this.#folder, 'data/versions/pointer.json'), 'utf8');
    return (JSON.parse(pointer) as { current: string | null }).current;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
