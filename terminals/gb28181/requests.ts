import { randomBytes } from 'node:crypto';
import type { SipMessage } from './sip.ts';
import type { Peer } from './transactions.ts';

export interface Ourselves {
  id: string;
  realm: string;
  host: string;
  port: number;
}

const random = () => randomBytes(8).toString('hex');
let sequence = 0;

/** A request of ours to a device or to one of its channels. */
export function requestTo(
  method: string,
  us: Ourselves,
  to: { id: string; peer: Peer },
  body: Uint8Array,
  more: Readonly<Record<string, string>> = {},
): SipMessage {
  sequence = (sequence % 0x7fff_ffff) + 1;
  const { address, port, stream } = to.peer;
  const headers = new Map<string, string[]>([
    ['via', [`SIP/2.0/${stream ? 'TCP' : 'UDP'} ${us.host}:${us.port};rport;branch=z9hG4bK${random()}`]],
    ['from', [`<sip:${us.id}@${us.realm}>;tag=${random()}`]],
    ['to', [`<sip:${to.id}@${us.realm}>`]],
    ['call-id', [`${random()}@${us.host}`]],
    ['cseq', [`${sequence} ${method}`]],
    ['contact', [`<sip:${us.id}@${us.host}:${us.port}>`]],
    ['max-forwards', ['70']],
    ...Object.entries(more).map(([name, value]): [string, string[]] => [name, [value]]),
  ]);
  return { method, uri: `sip:${to.id}@${address}:${port}`, headers, body };
}

/** What follows inside a dialogue an INVITE opened: its ACK or BYE. */
export function within(invite: SipMessage, answer: SipMessage, method: 'ACK' | 'BYE'): SipMessage {
  const headers = new Map(invite.headers);
  for (const name of ['content-type', 'subject']) headers.delete(name);
  const number = Number.parseInt(invite.headers.get('cseq')?.[0] ?? '1', 10);
  headers.set('to', answer.headers.get('to') ?? []);
  headers.set('cseq', [`${method === 'ACK' ? number : number + 1} ${method}`]);
  return { method, uri: invite.uri, headers, body: new Uint8Array(0) };
}
