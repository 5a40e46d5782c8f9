export interface MediaTarget {
  /** Address and port of the media server that is to receive the stream. */
  host: string;
  port: number;
  /** Ten digits: first 0 live or 1 recorded, then the stream's own number. */
  ssrc: string;
}

/** The offer of an INVITE for one live stream (`s=Play`) towards a media server. */
export function offer(channel: string, { host, port, ssrc }: MediaTarget): Uint8Array {
  const lines = [
    'v=0',
    `o=${channel} 0 0 IN IP4 ${host}`,
    's=Play',
    `c=IN IP4 ${host}`,
    't=0 0',
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
