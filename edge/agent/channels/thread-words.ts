import { Overloaded, type Problem } from '@keystead/contracts/problem';
import {
  CommitFailed,
  DeviceRefused,
  DeviceSilent,
  type LinkFigures,
  MethodUnknown,
  type Uplink,
} from '@keystead/terminals/port';
import type { CodecResult, CodecUse } from './codec-words.ts';

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

/** A failure as it crosses to another thread: stable type, own words. */
export interface Failure {
  type: string;
  detail: string;
}

const known = {
  overloaded: Overloaded,
  'commit-failed': CommitFailed,
  'device-silent': DeviceSilent,
  'method-unknown': MethodUnknown,
};

export function failureOf(cause: unknown): Failure {
  const error = cause as Partial<Problem>;
  const detail = error.data?.detail;
  return {
    type: typeof error.type === 'string' ? error.type : 'internal',
    detail: typeof detail === 'string' ? detail : String(error.message ?? cause).slice(0, 200),
  };
}

export function problemFrom({ type, detail }: Failure): Problem {
  const Known = known[type as keyof typeof known];
  return Known ? new Known({ detail }) : new DeviceRefused({ detail: `${type}: ${detail}` });
}
