import { setImmediate as nextTurn } from 'node:timers/promises';
import { decoders } from '../fuzz/decoders.ts';
import { Chance } from '../fuzz/inputs.ts';

export interface Fuzzing {
  decoder: string;
  seed: number;
  inputs: number;
}

export interface Fuzzed {
  inputs: number;
  crashes: number;
  /** The first of them: what was thrown, and the input in hexadecimal. */
  samples: string[];
  slowestMs: number;
  /** Megabytes of live heap more than after the first tenth. */
  growthMb: number;
  seconds: number;
}

const turn = 2_000;
const mostSamples = 3;

/** Live heap: garbage is collected before (`--expose-gc`). */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function run({ decoder: name, seed, inputs }: Fuzzing): Promise<Fuzzed> {
  const made = decoders[name];
  if (!made) throw new Error(`no decoder ${name}`);
  const decoder = made();
  const chance = new Chance(seed);
  const wanted = Math.ceil(inputs * (decoder.share ?? 1));
  const out: Fuzzed = { inputs: 0, crashes: 0, samples: [], slowestMs: 0, growthMb: 0, seconds: 0 };
  let settled = 0;
  const began = performance.now();
  const { together = 1 } = decoder;
  for (let calls = 0; out.inputs < wanted; calls++, out.inputs += together) {
    const bytes = decoder.input(chance);
    const before = performance.now();
    try {
      const given = decoder.decode(bytes);
      if (given instanceof Promise) await given;
    } catch (cause) {
      out.crashes++;
      if (out.samples.length < mostSamples)
        out.samples.push(`${String(cause).slice(0, 200)} ← ${Buffer.from(bytes).toString('hex').slice(0, 600)}`);
    }
    out.slowestMs = Math.max(out.slowestMs, performance.now() - before);
    if (calls % Math.ceil(turn / together) === 0) {
      process.send?.({ alive: true });
      await nextTurn();
    }
    if (settled === 0 && out.inputs >= wanted / 10) settled = heap();
  }
  out.seconds = (performance.now() - began) / 1000;
  out.growthMb = heap() - settled;
  await decoder.close?.();
  return out;
}

process.once('message', (task: Fuzzing) => {
  run(task).then(
    (done) => process.send?.({ done }, () => process.exit(0)),
    (cause: Error) => process.send?.({ failed: cause.stack ?? cause.message }, () => process.exit(1)),
  );
});
