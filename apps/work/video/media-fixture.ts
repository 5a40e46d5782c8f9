import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A media server of the test, written from ZLMediaKit's documents: its HTTP interface over a real socket. */
export async function startMediaServer(secret: string) {
  /** `stream/2026-05-01/08-00-00-0.mp4` */
  const files = new Set<string>();
  const live = new Set<string>();
  const sent: Record<string, unknown>[] = [];
  const received: Record<string, unknown>[] = [];
  let well = true;

  function answer(method: string, asked: Record<string, unknown>): Record<string, unknown> {
    if (asked.secret !== secret) return { code: -100, msg: 'Incorrect secret' };
    if (asked.vhost !== '__defaultVhost__' || asked.app !== (method === 'openRtpServer' ? 'rtp' : 'live'))
      return { code: -300, msg: 'Required parameter missed' };
    const folder = `${asked.stream}/${asked.period}/`;
    switch (method) {
      case 'getMp4RecordFile': {
        const paths = [...files].filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
        return { code: 0, data: { paths, rootPath: `/www/record/live/${folder}` } };
      }
      case 'deleteRecordDirectory':
        return files.delete(`${folder}${asked.name}`) ? { code: 0, path: folder } : { code: -1, msg: 'delete error' };
      case 'getMediaList':
        return live.has(String(asked.stream))
          ? { code: 0, data: [{ schema: 'rtsp', totalReaderCount: 2, bytesSpeed: 250_000.5 }, { schema: 'hls' }] }
          : { code: 0 };
      case 'startSendRtp':
        sent.push(asked);
        return live.has(String(asked.stream))
          ? { code: 0, local_port: 40_000 }
          : { code: -500, msg: 'can not find the stream' };
      case 'openRtpServer':
        received.push(asked);
        return { code: 0, port: 30_000 + 2 * received.length };
      case 'stopSendRtp':
        sent.push({ ...asked, stopped: true });
        return { code: 0 };
      default:
        return { code: -400, msg: 'no such api' };
    }
  }

  const server = createServer(async (request, reply) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (!well) return void reply.writeHead(502).end();
    const method = /^\/index\/api\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
    const said = answer(method, JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>);
    reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(said));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

  /** Writes files of ten minutes without a hole over [from, to), by the clock of Shanghai. */
  function record(stream: string, from: number, to: number): void {
    for (let at = from; at < to; at += 600_000) {
      const [day = '', time = ''] = new Date(at + 8 * 3_600_000).toISOString().split('T');
      files.add(`${stream}/${day}/${time.slice(0, 8).replaceAll(':', '-')}-0.mp4`);
    }
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    live,
    sent,
    received,
    record,
    fails: () => {
      well = false;
    },
    recovers: () => {
      well = true;
    },
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}

export type TestMediaServer = Awaited<ReturnType<typeof startMediaServer>>;
