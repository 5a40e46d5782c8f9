import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { lendModules, modulesOf } from './modules.ts';
import { Versions } from './versions.ts';

/** Exit code of an agent that has put another version beside itself. */
export const updateReady = 75;

export interface StarterOptions {
  data: string;
  /** Program this installation came with. */
  program?: string;
  /** Arguments of the agent. */
  args: readonly string[];
  /** ms a version on trial has to say that it is well. */
  healthMs?: number;
}

const pauseMs = 1_000;
const lookMs = 100;

/** Runs the version the pointer names, tries new ones, and goes back when they are not well in time. */
export class Starter {
  readonly #options: StarterOptions;
  readonly #versions: Versions;
  #child: ChildProcess | undefined;
  #over = false;

  constructor(options: StarterOptions) {
    this.#options = options;
    this.#versions = new Versions(options.data);
  }

  /** Resolves with the exit code when the agent ended by itself and is not to be started again. */
  async run(): Promise<number> {
    while (!this.#over) {
      const { version, onTrial } = await this.#versions.next();
      const code = await this.#runOne(version, onTrial);
      if (this.#over || code === 0 || code === 2) return code ?? 0;
      if (code !== updateReady) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return 0;
  }

  stop(signal: NodeJS.Signals): void {
    this.#over = true;
    this.#child?.kill(signal);
  }

  async #runOne(version: string | null, onTrial: boolean): Promise<number | null> {
    const { args, healthMs = 120_000, program = join(import.meta.dirname, '../main.ts') } = this.#options;
    const entry = version === null ? program : (this.#versions.entryOf(version) ?? program);
    const modules = modulesOf(program);
    if (version !== null && modules !== undefined) await lendModules(this.#versions.folder, modules);
    const child = spawn(process.execPath, [entry, ...args, '--supervised', version ?? ''], { stdio: 'inherit' });
    this.#child = child;
    const ended = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.once('error', () => resolve(1));
    });
    if (!onTrial || version === null) return ended;
    if (await this.#isWell(version, ended, healthMs)) {
      await this.#versions.confirm();
      return ended;
    }
    child.kill('SIGKILL');
    await ended;
    if (!this.#over) await this.#versions.fail('not well in time');
    return updateReady;
  }

  async #isWell(version: string, ended: Promise<unknown>, ms: number): Promise<boolean> {
    let gone = false;
    void ended.then(() => {
      gone = true;
    });
    for (const end = performance.now() + ms; performance.now() < end && !gone; ) {
      if (this.#versions.isWell(version)) return true;
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
    return this.#versions.isWell(version);
  }
}

/** `node edge/agent/update/starter.ts …arguments of the agent`; the data folder is read from `--data`. */
export async function startSupervised(args: readonly string[], more: Partial<StarterOptions> = {}): Promise<number> {
  const at = args.indexOf('--data');
  const starter = new Starter({ data: resolve(at < 0 ? './agent' : (args[at + 1] ?? './agent')), args, ...more });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => starter.stop(signal));
  return starter.run();
}

if (import.meta.main) process.exitCode = await startSupervised(process.argv.slice(2));
