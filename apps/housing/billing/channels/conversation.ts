import { PayChannelSilent } from '../problems.ts';
import type { ChannelSettings } from './channel.ts';

const usualPatience = 10_000; // ms
const mostBytes = 64 * 1024 * 1024;

export interface Reply {
  readonly status: number;
  header(name: string): string | undefined;
  readonly body: Buffer;
}

export interface Words {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** ms a channel may take to answer: `patienceMs` of its settings, 10 s otherwise. */
const patienceOf = ({ patienceMs }: ChannelSettings): number => {
  const asked = Number(patienceMs ?? usualPatience);
  return asked >= 50 && asked <= 60_000 ? asked : usualPatience;
};

async function read(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > mostBytes) throw new RangeError('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Asks once. No answer within the patience, a broken line or an endless answer leave it unknown what the other side did: then
 * PayChannelSilent is thrown. Redirects are not followed: they would lead away from the address that was set.
 */
export async function converse(settings: ChannelSettings, url: string, words: Words): Promise<Reply> {
  try {
    const answer = await fetch(url, { ...words, redirect: 'error', signal: AbortSignal.timeout(patienceOf(settings)) });
    const body = await read(answer);
    return { status: answer.status, header: (name) => answer.headers.get(name) ?? undefined, body };
  } catch (cause) {
    throw new PayChannelSilent({ why: cause instanceof Error ? cause.name : 'unknown' });
  }
}

/** Where a channel is asked: its own address unless the settings name another. */
export const gatewayOf = ({ gateway }: ChannelSettings, usual: string): string =>
  (gateway || usual).replace(/\/+$/, '');

/** May the address be set? Clear text only to this machine, where a stand-in listens. */
export function isGateway(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const plain = username === '' && password === '' && search === '' && hash === '';
  const here = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return plain && (protocol === 'https:' || (protocol === 'http:' && here));
}
