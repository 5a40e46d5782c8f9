/** One SIP message (RFC 3261), as far as GB/T 28181 signalling uses it. Header names are lower case. */
export interface SipMessage {
  /** A request has a method, an answer a status. */
  method?: string;
  uri?: string;
  status?: number;
  reason?: string;
  headers: Map<string, string[]>;
  body: Uint8Array;
}

export const mostSipBytes = 65_536;
const mostHeaders = 64;
const compact: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  c: 'content-type',
  l: 'content-length',
  s: 'subject',
};

export const header = (message: SipMessage, name: string): string => message.headers.get(name)?.[0] ?? '';

/** The quoted or plain parameter of a header value: `tag`, `branch`, `nonce`. */
export function parameter(value: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|[;,\\s])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;,>]+))`, 'i').exec(value);
  return found?.[1] ?? found?.[2];
}

/** The user part of the address in a From, To or Contact header, or of a request line. */
export const userOf = (value: string): string => /sips?:([^@;>\s]+)@/i.exec(value)?.[1] ?? '';

/** Reads one message from a datagram; undefined when it is none. */
export function readSip(bytes: Uint8Array): SipMessage | undefined {
  if (bytes.length > mostSipBytes) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const cut = buffer.indexOf('\r\n\r\n');
  if (cut < 0) return undefined;
  const [first = '', ...lines] = buffer.toString('latin1', 0, cut).split('\r\n');
  if (lines.length > mostHeaders) return undefined;
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return undefined;
    const given = line.slice(0, colon).trim().toLowerCase();
    const name = compact[given] ?? given;
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const length = Number(headers.get('content-length')?.[0] ?? buffer.length - cut - 4);
  if (!Number.isInteger(length) || length < 0 || cut + 4 + length > buffer.length) return undefined;
  const body = bytes.slice(cut + 4, cut + 4 + length);
  const answer = /^SIP\/2\.0 ([1-6]\d\d) ?(.*)$/.exec(first);
  if (answer) return { status: Number(answer[1]), reason: answer[2] ?? '', headers, body };
  const request = /^([A-Z]{2,16}) (sips?:\S{1,255}) SIP\/2\.0$/.exec(first);
  return request ? { method: request[1], uri: request[2], headers, body } : undefined;
}

const shown = (name: string) =>
  name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()).replace('Call-Id', 'Call-ID');

export function writeSip(message: SipMessage): Uint8Array {
  const first =
    message.method === undefined
      ? `SIP/2.0 ${message.status} ${message.reason ?? ''}`
      : `${message.method} ${message.uri} SIP/2.0`;
  const lines = [first];
  for (const [name, values] of message.headers) {
    if (name === 'content-length') continue;
    // What stands in a header can never begin a header of its own.
    for (const value of values) lines.push(`${shown(name)}: ${value.replace(/[\r\n]+/g, ' ')}`);
  }
  lines.push(`Content-Length: ${message.body.length}`, '', '');
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), message.body]);
}

const copied = ['via', 'from', 'to', 'call-id', 'cseq'] as const;

/** The answer to a request, with what an answer must repeat; `tag` marks our side of the dialogue. */
export function answerTo(request: SipMessage, status: number, reason: string, tag: string): SipMessage {
  const headers = new Map<string, string[]>();
  for (const name of copied) {
    const values = request.headers.get(name) ?? [];
    const own = name === 'to' && !/;\s*tag=/i.test(values[0] ?? '') ? [`${values[0] ?? ''};tag=${tag}`] : values;
    headers.set(name, own);
  }
  return { status, reason, headers, body: new Uint8Array(0) };
}
