import { type ChildProcess, fork } from 'node:child_process';
import { environmentFor } from '@keystead/kernel/base/config';

export interface Child {
  readonly name: string;
  /** What the process said when it was ready. */
  readonly ready: Promise<Record<string, unknown>>;
  tell(message: Record<string, unknown>): void;
  /** Its end is no longer a surprise: a signal to the whole group may reach it before we tell it to stop. */
  expectEnd(): void;
  stop(): Promise<void>;
  pid(): number | undefined;
}

const stopPatience = 15_000; // ms; then it is killed
const restartPauses = [200, 1000, 5000, 15_000]; // ms

export interface ChildOptions {
  name: string;
  file: URL;
  handed: Record<string, string>;
  args?: string[];
  /** Started again when it dies, with a growing pause. */
  keep: boolean;
  say(line: string): void;
  /** What else it tells. */
  heard?(message: Record<string, unknown>): void;
}

/** A process of the installation: started, restarted when it dies, ended with us. */
export function startChild(options: ChildOptions): Child {
  let current: ChildProcess | undefined;
  let stopping = false;
  let deaths = 0;
  let timer: NodeJS.Timeout | undefined;
  let settle: (facts: Record<string, unknown>) => void = () => {};
  let fail: (cause: Error) => void = () => {};
  const ready = new Promise<Record<string, unknown>>((resolve, reject) => {
    settle = resolve;
    fail = reject;
  });

  function start(): void {
    const child = fork(options.file, options.args ?? [], {
      env: environmentFor(options.handed),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    current = child;
    let wasReady = false;
    child.on('message', (message: Record<string, unknown>) => {
      if (message.ready) {
        wasReady = true;
        deaths = 0;
        settle(message);
      }
      if (message.say) options.say(String(message.say));
      options.heard?.(message);
    });
    child.on('exit', (code, signal) => {
      if (stopping) return;
      if (!wasReady && deaths === 0) fail(new Error(`${options.name} ended before it was ready (${signal ?? code})`));
      if (!options.keep) return;
      const pause = restartPauses[Math.min(deaths, restartPauses.length - 1)] as number;
      deaths += 1;
      options.say(`! ${options.name} ended (${signal ?? code}); starting it again`);
      timer = setTimeout(start, pause);
    });
  }

  start();
  return {
    name: options.name,
    ready,
    pid: () => current?.pid,
    tell: (message) => {
      if (current?.connected) current.send(message);
    },
    expectEnd: () => {
      stopping = true;
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      const child = current;
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const kill = setTimeout(() => child.kill('SIGKILL'), stopPatience);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(kill);
    },
  };
}
