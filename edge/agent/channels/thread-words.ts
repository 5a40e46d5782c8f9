import type { LinkFigures, Uplink } from '@keystead/terminals/port';
import type { CodecResult, CodecUse } from './codec-words.ts';
import type { Failure } from './problem-words.ts';

/** What passes between the agent and a channel in a thread. */
export type ToThread =
  | { say: 'open'; protocol: string; setup: unknown }
  | { say: 'call'; id: number; device: string; method: string; params: unknown; deadline: number }
  | { say: 'taken'; id: number; failure?: Failure }
  | { say: 'coded'; id: number; result: CodecResult }
  | { say: 'ping' }
  | { say: 'close' };

export type FromThread =
  | { say: 'opened'; failure?: Failure }
  | { say: 'answered'; id: number; value?: unknown; failure?: Failure }
  | { say: 'take'; id: number; uplink: Uplink }
  | { say: 'code'; id: number; codec: string; use: CodecUse }
  | { say: 'refuse'; type: string; detail?: string; pointer?: string; device?: string }
  | { say: 'links'; links: [string, LinkFigures][] }
  | { say: 'closed' };
