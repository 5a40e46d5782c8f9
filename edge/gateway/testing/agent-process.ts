import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../agent/main.ts');

export interface AgentStart {
  platforms: readonly string[];
  configuration?: unknown;
  token?: string;
  more?: readonly string[];
}

/** A folder of an edge agent and the processes that run in it, one after the other. */
export class AgentProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'edge-agent-'));
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  log = '';
  dutyPort = 0;

  /** Resolves when the agent is ready. */
  async start({ platforms, configuration, token = 'agent', more = [] }: AgentStart): Promise<void> {
    const tokenFile = join(this.folder, 'token');
    writeFileSync(tokenFile, token);
    const args = ['--data', join(this.folder, 'data'), '--token-file', tokenFile, '--duty', '127.0.0.1:0'];
    for (const platform of platforms) args.push('--platform', platform);
    if (configuration !== undefined) {
      writeFileSync(join(this.folder, 'given.json'), JSON.stringify(configuration));
      args.push('--configuration', join(this.folder, 'given.json'));
    }
    const child = spawn(process.execPath, [program, ...args, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
    child.stderr?.on('data', (chunk: Buffer) => {
      this.log = `${this.log}${chunk.toString()}`.slice(-200_000);
    });
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (!printed.includes('\n')) return;
        this.dutyPort = JSON.parse(printed.split('\n')[0] ?? '{}').duty ?? 0;
        resolve();
      });
      child.once('exit', () => reject(new Error(`the agent ended at its start: ${this.log}`)));
    });
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGTERM');
    await this.#ended;
  }

  async discard(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
