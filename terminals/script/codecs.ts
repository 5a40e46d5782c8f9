import { createHash } from 'node:crypto';
import { Overloaded, Problem } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import {
  CodecCut,
  CodecFailed,
  CodecUnknown,
  type CodedCommand,
  type CodedPayload,
  isRefusal,
  type PayloadCodec,
  type Refusal,
  refuse,
} from '@keystead/terminals/port';
import { type ScriptLimits, scriptLimits } from './limits.ts';
import { cutOf, decodedOf, encodedOf, fieldsOf } from './results.ts';
import type { Use } from './sandbox.ts';
import { ScriptThread } from './thread.ts';

/** What is known of a script after it was tried. */
export interface ScriptCheck {
  /** Hash of the text: the same text is the same version. */
  version: string;
  /** Which of the known functions it defines. */
  functions: string[];
}

/** Scripts by name, run in a thread of their own. One of these serves a whole process. */
export interface Codecs {
  /** Sets or replaces a script; the next message is decoded by it. Throws `CodecFailed` when it cannot be used. */
  put(name: string, source: string): Promise<ScriptCheck>;
  remove(name: string): void;
  /** Tries a script without keeping it. Throws `CodecFailed` or `CodecCut`. */
  check(source: string): Promise<ScriptCheck>;
  /** A codec that is not kept under a name: for trying one against sample frames. */
  trial(source: string): PayloadCodec;
  /** For `ChannelHost.codec`: undefined when there is no script of that name. */
  codec(name: string): PayloadCodec | undefined;
  /** What a script makes of bytes of a downlink, by `decodeDownlink`; for the desk where scripts are written. */
  explainDownlink(source: string, payload: CodedPayload): Promise<Record<string, unknown> | Refusal>;
  close(): Promise<void>;
}

interface Script {
  source: string;
  cuts: number;
  /** ms; not run before. */
  restsUntil: number;
}

/** Frames one call cuts; what is left is cut by the next. */
const framesAtOnce = 256;

const newScript = (source: string): Script => ({ source, cuts: 0, restsUntil: 0 });
const thrown = (refusal: Refusal): Problem =>
  refusal.problem === CodecCut ? new CodecCut({ detail: refusal.detail }) : new CodecFailed({ detail: refusal.detail });

export function createCodecs(clock: Clock, limits: ScriptLimits = scriptLimits): Codecs {
  const scripts = new Map<string, Script>();
  const thread = new ScriptThread(limits);

  const run = async (script: Script, use: Use, input: object): Promise<Record<string, unknown> | Refusal> => {
    const now = clock.now().getTime();
    if (now < script.restsUntil) return refuse(CodecCut, 'it was cut too often and rests');
    let result: Awaited<ReturnType<typeof thread.run>>;
    try {
      result = await thread.run({ source: script.source, use, input: JSON.stringify(input) });
    } catch (cause) {
      if (cause instanceof Problem) return refuse(Overloaded, 'too many payloads wait for their codec');
      throw cause;
    }
    if (result.ok) {
      script.cuts = 0;
      return fieldsOf(result.json, limits);
    }
    if (result.why !== 'cut') return refuse(CodecFailed, result.text);
    if (++script.cuts >= limits.cuts) {
      script.restsUntil = now + limits.rest;
      script.cuts = 0;
    }
    return refuse(CodecCut, result.text);
  };

  const tooLong = (bytes: Uint8Array): Refusal | undefined =>
    bytes.length > limits.input ? refuse(CodecFailed, `${bytes.length} bytes, at most ${limits.input}`) : undefined;

  const uplink = ({ bytes, fPort, recvTime, variables }: CodedPayload) => ({
    bytes: [...bytes],
    fPort: fPort ?? 0,
    recvTime,
    variables: variables ?? {},
  });

  const codecOf = (find: () => Script | undefined): PayloadCodec => {
    const missing = refuse(CodecUnknown);
    return {
      decode: async (payload) => {
        const script = find();
        if (!script) return missing;
        const given = tooLong(payload.bytes) ?? (await run(script, 'decode', uplink(payload)));
        return isRefusal(given) ? given : decodedOf(given, limits);
      },
      encode: async (command: CodedCommand) => {
        const script = find();
        if (!script) return missing;
        const { method, params, request, device, variables } = command;
        const input = { data: params ?? {}, method, request, device, fPort: 0, variables: variables ?? {} };
        if (JSON.stringify(input).length > limits.output) return refuse(CodecFailed, 'the parameters are too long');
        const given = await run(script, 'encode', input);
        return isRefusal(given) ? given : encodedOf(given, limits);
      },
      cut: async (stream, variables) => {
        const script = find();
        if (!script) return missing;
        const input = { bytes: [...stream], most: framesAtOnce, variables: variables ?? {} };
        const given = tooLong(stream) ?? (await run(script, 'cut', input));
        return isRefusal(given) ? given : cutOf(given, stream.length);
      },
    };
  };

  const check = async (source: string): Promise<ScriptCheck> => {
    if (source.length > limits.source)
      throw new CodecFailed({ detail: `${source.length} characters, at most ${limits.source}` });
    const result = await thread.run({ source, use: 'names', input: '{}' });
    if (!result.ok) throw thrown(refuse(result.why === 'cut' ? CodecCut : CodecFailed, result.text));
    const functions: unknown = JSON.parse(result.json ?? '[]');
    const names = Array.isArray(functions) ? functions.filter((name) => typeof name === 'string') : [];
    if (names.length === 0) throw new CodecFailed({ detail: 'it defines none of the functions of a codec' });
    return { version: createHash('sha256').update(source).digest('hex').slice(0, 16), functions: names };
  };

  return {
    put: async (name, source) => {
      const found = await check(source);
      scripts.set(name, newScript(source));
      return found;
    },
    remove: (name) => {
      scripts.delete(name);
    },
    check,
    trial: (source) => {
      const script = newScript(source);
      return codecOf(() => script);
    },
    codec: (name) => (scripts.has(name) ? codecOf(() => scripts.get(name)) : undefined),
    explainDownlink: (source, payload) => run(newScript(source), 'back', uplink(payload)),
    close: () => thread.close(),
  };
}
