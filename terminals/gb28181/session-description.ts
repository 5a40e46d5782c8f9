export interface MediaTarget {
  /** Address and port of the media server that is to receive the stream. */
  host: string;
  port: number;
  /** Ten digits: first 0 live or 1 recorded, then the stream's own number. */
  ssrc: string;
}

/** A while of the past, ms since 1970; the signalling counts whole seconds. */
export interface While {
  from: number;
  to: number;
}

export const isChannel = (value: unknown): value is string => typeof value === 'string' && /^\d{20}$/.test(value);

/** The offer of an INVITE towards a media server: the live picture (`s=Play`), or what was recorded in a while (`s=Playback`). */
export function offer(channel: string, { host, port, ssrc }: MediaTarget, past?: While): Uint8Array {
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const lines = [
    'v=0',
    `o=${channel} 0 0 IN IP4 ${host}`,
    `s=${past ? 'Playback' : 'Play'}`,
    ...(past ? [`u=${channel}:0`] : []),
    `c=IN IP4 ${host}`,
    past ? `t=${seconds(past.from)} ${seconds(past.to)}` : 't=0 0',
    `m=video ${port} RTP/AVP 96 98 97`,
    'a=recvonly',
    'a=rtpmap:96 PS/90000',
    'a=rtpmap:98 H264/90000',
    'a=rtpmap:97 MPEG4/90000',
    `y=${ssrc}`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** Where the camera sends from, as far as its answer says. */
export function readAnswer(body: Uint8Array): { host?: string; port?: number; ssrc?: string } {
  const text = Buffer.from(body).toString('latin1');
  const port = /^m=video (\d{1,5}) /m.exec(text)?.[1];
  return {
    host: /^c=IN IP4 (\S{1,64})/m.exec(text)?.[1],
    port: port === undefined ? undefined : Number(port),
    ssrc: /^y=(\d{10})/m.exec(text)?.[1],
  };
}

export interface Wanted extends MediaTarget {
  /** `Play` is live; others are recordings or downloads. */
  kind: string;
  /** The stream is wanted over TCP. */
  tcp: boolean;
}

/** What an INVITE from above asks for; undefined when it does not say where to. */
export function readOffer(body: Uint8Array): Wanted | undefined {
  const text = Buffer.from(body).toString('latin1');
  const media = /^m=video (\d{1,5}) (\S{1,20})/m.exec(text);
  const host = /^c=IN IP4 ([0-9A-Za-z.-]{1,64})/m.exec(text)?.[1];
  const ssrc = /^y=(\d{10})/m.exec(text)?.[1];
  const port = Number(media?.[1] ?? 0);
  if (host === undefined || ssrc === undefined || port < 1 || port > 65_535) return undefined;
  const kind = /^s=(\w{1,20})/m.exec(text)?.[1] ?? '';
  return { kind, host, port, ssrc, tcp: (media?.[2] ?? '').startsWith('TCP') };
}

/** Our answer to it: from where the media server sends. */
export function accept(channel: string, { host, port, ssrc }: MediaTarget): Uint8Array {
  const lines = [
    'v=0',
    `o=${channel} 0 0 IN IP4 ${host}`,
    's=Play',
    `c=IN IP4 ${host}`,
    't=0 0',
    `m=video ${port} RTP/AVP 96`,
    'a=sendonly',
    'a=rtpmap:96 PS/90000',
    `y=${ssrc}`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
