import { fork } from 'node:child_process';
import { decoders } from '../fuzz/decoders.ts';
import type { Fuzzed, Fuzzing } from '../load/fuzzing.ts';
import { type Benchmark, type Figures, rounded } from '../result.ts';

/** Without a sign of life for so long it hangs. */
const patienceMs = 20_000;
const atOnce = 2;

interface Said {
  alive?: true;
  done?: Fuzzed;
  failed?: string;
}

type Fate = { done: Fuzzed } | { hung: true } | { failed: string };

/** One decoder in a process of its own, which is ended when it hangs or falls with it when it dies. */
function fuzzed(task: Fuzzing): Promise<Fate> {
  const child = fork(new URL('../load/fuzzing.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--expose-gc', '--max-old-space-size=512'],
  });
  return new Promise((resolve) => {
    const end = (fate: Fate) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(fate);
    };
    const watch = () => setTimeout(() => end({ hung: true }), patienceMs);
    let timer = watch();
    child.on('message', ({ done, failed }: Said) => {
      clearTimeout(timer);
      timer = watch();
      if (done) end({ done });
      if (failed) end({ failed });
    });
    child.once('exit', (code, signal) => end({ failed: `it ended (${code ?? signal})` }));
    child.send(task);
  });
}

/** Seeded inputs into every decoder of every terminal: damaged frames, strange documents, noise. */
export const fuzz: Benchmark = {
  name: 'fuzz',
  summary: 'a million seeded inputs for each decoder: crashes, hangs, slowest input, memory that stays',
  goals: {
    crashes: { at: '≤', value: 0 },
    hangs: { at: '≤', value: 0 },
    growth_mb: { at: '≤', value: 16 },
  },
  run: async ({ say, option }) => {
    const inputs = option('inputs', 1_000_000);
    const seed = option('seed', 20_260);
    const left = Object.keys(decoders);
    const figures: Figures = { decoders: left.length, inputs: 0, crashes: 0, hangs: 0, slowest_ms: 0, growth_mb: 0 };
    const add = (name: string, value: number) => {
      figures[name] = (figures[name] ?? 0) + value;
    };
    const atMost = (name: string, value: number) => {
      figures[name] = Math.max(figures[name] ?? 0, rounded(value));
    };
    const worker = async () => {
      for (let decoder = left.shift(); decoder !== undefined; decoder = left.shift()) {
        const fate = await fuzzed({ decoder, seed, inputs });
        if ('hung' in fate) {
          add('hangs', 1);
          say(`${decoder}: hung`);
        } else if ('failed' in fate) {
          add('crashes', 1);
          say(`${decoder}: ${fate.failed}`);
        } else {
          const { done } = fate;
          const { slowestMs, growthMb, seconds, samples } = done;
          add('inputs', done.inputs);
          add('crashes', done.crashes);
          atMost('slowest_ms', slowestMs);
          atMost('growth_mb', growthMb);
          figures[`${decoder}_inputs`] = done.inputs;
          say(
            `${decoder}: ${done.inputs} inputs, ${Math.round(done.inputs / seconds)}/s, ${done.crashes} crashes, slowest ${slowestMs.toFixed(1)} ms, ${growthMb.toFixed(2)} MB stay`,
          );
          for (const sample of samples) say(`  ${sample}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return figures;
  },
};
