import {
  CodecFailed,
  CodecUnknown,
  isRefusal,
  type PayloadCodec,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import { problemNamed } from './problem-words.ts';

/** A use of a codec as it crosses to the thread that keeps the scripts: which function, and what it is given. */
export type CodecUse = {
  [Use in keyof PayloadCodec]: { use: Use; given: Parameters<PayloadCodec[Use]> };
}[keyof PayloadCodec];

/** What came of it: a class cannot cross, so a refusal goes by its type. */
export type CodecResult = { made: unknown } | { refused: string; detail?: string };

/** Runs a use where the scripts are. */
export async function useCodec(codec: PayloadCodec | undefined, { use, given }: CodecUse): Promise<CodecResult> {
  if (codec === undefined) return { refused: CodecUnknown.type };
  const run = codec[use] as (...given: readonly unknown[]) => Promise<object>;
  const made = await run(...given);
  if (!isRefusal(made)) return { made };
  return { refused: made.problem.type, ...(made.detail !== undefined && { detail: made.detail }) };
}

/** The same codec, seen from another thread; `ask` carries a use across. */
export function distantCodec(ask: (use: CodecUse) => Promise<CodecResult>): PayloadCodec {
  const asked = async <Made>(use: CodecUse): Promise<Made | Refusal> => {
    const result = await ask(use);
    if ('made' in result) return result.made as Made;
    return refuse(problemNamed(result.refused) ?? CodecFailed, result.detail);
  };
  return {
    decode: (...given) => asked({ use: 'decode', given }),
    encode: (...given) => asked({ use: 'encode', given }),
    cut: (...given) => asked({ use: 'cut', given }),
  };
}
