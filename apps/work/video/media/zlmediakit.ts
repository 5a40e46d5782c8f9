import { defaultZone, instantOf, localTime } from '@keystead/contracts/calendar';
import { isJsonRecord } from '../json-record.ts';
import { type MediaServer, MediaServerFailed, type RtpTarget, type Span } from './media-server.ts';

export interface ZlmSettings {
  url: string;
  secret: string;
  /** Application name its streams are under. */
  app: string;
  /** Longest file it writes, seconds (`mp4MaxSecond`). */
  segment: number;
}

const vhost = '__defaultVhost__';
/** Streams that come in by RTP are under this name in every version of it. */
const receivedApp = 'rtp';
const dayMs = 86_400_000;
const mostBytes = 4 * 1024 * 1024;
const mostDays = 400;

const textOf = (days: number) => new Date(days * dayMs).toISOString().slice(0, 10);

/**
 * ZLMediaKit by its HTTP interface `/index/api/…`: answers are `{code, msg, …}`, code 0 is well. Recorded files are
 * listed by day and named by the local time they begin at, so a file lasts to the next one or its longest length.
 */
export function zlMediaKit({ url, secret, app, segment }: ZlmSettings, timeout = 10_000): MediaServer {
  const base = url.replace(/\/+$/, '');

  async function call(method: string, fields: Record<string, string | number>): Promise<Record<string, unknown>> {
    try {
      const answer = await fetch(`${base}/index/api/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ secret, vhost, app, ...fields }),
        signal: AbortSignal.timeout(timeout),
        redirect: 'error',
      });
      const text = await answer.text();
      if (!answer.ok || text.length > mostBytes)
        throw new MediaServerFailed({ method, detail: `HTTP ${answer.status}` });
      const said: unknown = JSON.parse(text);
      if (!isJsonRecord(said)) throw new MediaServerFailed({ method, detail: 'no object' });
      if (said.code !== 0) throw new MediaServerFailed({ method, detail: String(said.msg ?? said.code).slice(0, 200) });
      return said;
    } catch (cause) {
      if (cause instanceof MediaServerFailed) throw cause;
      throw new MediaServerFailed({ method, detail: cause instanceof Error ? cause.message : String(cause) });
    }
  }

  async function ofDay(stream: string, day: number): Promise<{ from: number; path: string }[]> {
    const period = textOf(day);
    const { data } = await call('getMp4RecordFile', { stream, period });
    const names = isJsonRecord(data) && Array.isArray(data.paths) ? data.paths : [];
    return names.flatMap((name: unknown) => {
      const found = typeof name === 'string' ? /^(\d{2})-(\d{2})-(\d{2})(?:-\d+)?\.mp4$/.exec(name) : null;
      if (!found) return [];
      const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map(Number);
      const from = instantOf(defaultZone, day, (hours * 3600 + minutes * 60 + seconds) * 1000);
      return [{ from, path: `/record/${app}/${stream}/${period}/${name}` }];
    });
  }

  return {
    livePath: (stream) => `/${app}/${stream}.live.mp4`,

    async state(stream) {
      const { data } = await call('getMediaList', { stream });
      const list = Array.isArray(data) ? data.filter(isJsonRecord) : [];
      const sum = (name: string) => Math.round(Math.max(0, ...list.map((each) => Number(each[name]) || 0)));
      return { live: list.length > 0, viewers: sum('totalReaderCount'), speed: sum('bytesSpeed') };
    },

    async recorded(stream, from, to) {
      const first = localTime(defaultZone, from).day;
      const last = Math.min(localTime(defaultZone, to - 1).day, first + mostDays);
      const files: { from: number; path: string }[] = [];
      for (let day = first; day <= last; day++) files.push(...(await ofDay(stream, day)));
      files.sort((one, other) => one.from - other.from);
      return files
        .map((file, n): Span => ({ ...file, to: Math.min(files[n + 1]?.from ?? to, file.from + segment * 1000) }))
        .filter((span) => span.from >= from && span.from < to);
    },

    async remove(stream, { path }) {
      const [period = '', name = ''] = path.split('/').slice(-2);
      await call('deleteRecordDirectory', { stream, period, name });
    },

    async send(stream, { host, port, ssrc }: RtpTarget) {
      const said = await call('startSendRtp', { stream, ssrc, dst_url: host, dst_port: port, is_udp: 1 });
      return { port: Number(said.local_port) || 0 };
    },

    async receive(stream) {
      const said = await call('openRtpServer', { app: receivedApp, stream_id: stream, port: 0, tcp_mode: 0 });
      const port = Number(said.port);
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new MediaServerFailed({ method: 'openRtpServer', detail: 'no port' });
      return { port };
    },

    received: (stream) => ({
      signed: `/${receivedApp}/${stream}`,
      played: `/${receivedApp}/${stream}.live.mp4`,
    }),

    async stopSending(stream, ssrc) {
      await call('stopSendRtp', { stream, ssrc });
    },
  };
}
