import { createCodecs, scriptLimits } from '@keystead/terminals/script';
import type { Benchmark } from '../result.ts';

const small = `function decodeUplink(input) {
  const b = input.bytes;
  return { data: { temperature: ((b[0] << 8) | b[1]) / 10, humidity: b[2] / 2, battery: b[3] / 100 } };
}`;

/** As long as codecs of device makers get: 400 cases in 28 KB. */
const large = `function decodeUplink(input) {
  var b = input.bytes, data = {};
  ${Array.from({ length: 400 }, (_, n) => `if (b[0] === ${n}) { data.value${n} = (b[1] << 8) | b[2]; data.text = "${n}"; }`).join('\n')}
  return { data: data };
}`;

const waiting = 64;

/** Runs of scripts through their thread, each in a fresh engine heap. */
export const codecs: Benchmark = {
  name: 'codecs',
  summary: 'payload codecs in the sandbox: calls/s of a small script and of one of 28 KB, time of a cut loop',
  run: async ({ say, option }) => {
    const runner = createCodecs({ now: () => new Date() }, { ...scriptLimits, time: 50 });
    const seconds = option('seconds', 5);
    const bytes = Uint8Array.from([1, 35, 80, 36]);
    const rate = async (source: string): Promise<number> => {
      const codec = runner.trial(source);
      await codec.decode({ bytes });
      const start = performance.now();
      const until = start + seconds * 1000;
      let done = 0;
      const work = async () => {
        while (performance.now() < until) {
          const answer = await codec.decode({ bytes });
          if (!('readings' in answer)) throw new Error(`${answer.problem.type}: ${answer.detail}`);
          done++;
        }
      };
      await Promise.all(Array.from({ length: waiting }, work));
      return Math.round((done / (performance.now() - start)) * 1000);
    };
    try {
      say(`${waiting} calls at a time, ${seconds} s each`);
      const calls_per_s = await rate(small);
      const large_calls_per_s = await rate(large);
      const start = performance.now();
      await runner.trial('decodeUplink = () => { for (;;) {} }').decode({ bytes });
      return { calls_per_s, large_calls_per_s, cut_ms: Math.round(performance.now() - start) };
    } finally {
      await runner.close();
    }
  },
};
