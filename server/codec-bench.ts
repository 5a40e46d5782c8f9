import type { CodecBench, Outcome } from '@keystead/apps/work/codecs';
import { Problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { isRefusal, type Refusal } from '@keystead/terminals/port';
import type { Codecs } from '@keystead/terminals/script';

const refused = ({ problem, detail }: Refusal) => ({
  refused: problem.type,
  ...(detail !== undefined && { detail: detail.slice(0, 1_000) }),
});
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Only what says something: no empty lists, nothing undefined. */
const filled = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );

/** The sandbox of the script driver as the bench where codecs are written; begun with the first script that is run. */
export function createCodecBench(clock: Clock): CodecBench & { close(): Promise<void> } {
  let begun: Promise<Codecs> | undefined;
  const codecs = (): Promise<Codecs> => {
    begun ??= import('@keystead/terminals/script').then(({ createCodecs }) => createCodecs(clock));
    return begun;
  };
  const made = <Made extends object>(result: Made | Refusal, told: (made: Made) => Record<string, unknown>): Outcome =>
    isRefusal(result) ? refused(result) : { made: filled(told(result)) };

  return {
    check: async (source) => {
      try {
        const { functions } = await (await codecs()).check(source);
        return { functions };
      } catch (cause) {
        if (!(cause instanceof Problem) || cause.status !== 422) throw cause;
        return { refused: cause.type, detail: String(cause.data.detail ?? '').slice(0, 1_000) };
      }
    },
    decode: async (source, frame) =>
      made(await (await codecs()).trial(source).decode(frame), ({ answer, readings, occurrences, ...rest }) => ({
        ...rest,
        readings: readings.map((each) => filled({ ...each })),
        occurrences: occurrences.map((each) => filled({ ...each })),
        answer: answer && hexOf(answer),
      })),
    encode: async (source, { params, ...call }) =>
      made(await (await codecs()).trial(source).encode({ ...call, params }), ({ bytes, ...rest }) => ({
        ...rest,
        hex: hexOf(bytes),
      })),
    explainDownlink: async (source, frame) =>
      made(await (await codecs()).explainDownlink(source, frame), (fields) => fields),
    close: async () => (await begun)?.close(),
  };
}
