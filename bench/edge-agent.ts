import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../edge/agent/main.ts');

/** A way to the platform that does not exist until it is opened. */
export class Way {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #open = false;
  /** ms (of `performance`) of the last large bytes that went up. */
  lastUp = 0;
  bytes = 0;

  constructor(target: number) {
    this.#server = createServer((near) => {
      if (!this.#open) {
        near.destroy();
        return;
      }
      const far = connect(target, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(from);
        from.setNoDelay(true);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
        from.pipe(to);
      }
      near.on('data', (chunk) => {
        this.bytes += chunk.length;
        if (chunk.length > 2_000) this.lastUp = performance.now();
      });
    });
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
    return this;
  }

  open(): void {
    this.#open = true;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** The edge agent in a process and folder of its own. */
export class EdgeAgent {
  readonly #folder = mkdtempSync(join(tmpdir(), 'keystead-bench-agent-'));
  #child: ChildProcess | undefined;
  log = '';
  /** Of the duty room's page, when it was asked for. */
  dutyPort = 0;

  async start(platform: string, token: string, configuration: unknown, duty = false): Promise<void> {
    const tokenFile = join(this.#folder, 'token');
    const configurationFile = join(this.#folder, 'configuration.json');
    writeFileSync(tokenFile, token);
    writeFileSync(configurationFile, JSON.stringify(configuration));
    const files = [
      '--token-file',
      tokenFile,
      '--configuration',
      configurationFile,
      '--data',
      join(this.#folder, 'data'),
    ];
    const args = [program, '--platform', platform, '--duty', duty ? '127.0.0.1:0' : 'off', ...files];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr?.on('data', (chunk: Buffer) => {
      this.log = `${this.log}${chunk.toString()}`.slice(-20_000);
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', (said: Buffer) => {
        this.dutyPort = Number(JSON.parse(said.toString()).duty ?? 0);
        resolve();
      });
      child.once('exit', () => reject(new Error(`the agent ended: ${this.log}`)));
    });
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
