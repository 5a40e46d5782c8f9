import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { problem } from '@keystead/contracts/problem';
import type { LocalAlarm } from '../local/alarm-book.ts';

export class DutyRoomInvalid extends problem('duty-room-invalid', 400) {}

export interface DutyRoomOptions {
  host: string;
  port: number;
  /** Asked for as the password of any name; needed when the page is seen beyond this machine. */
  code?: string;
}

export interface DutyRoomPorts {
  alarms(): LocalAlarm[];
  /** Resolves when it is on disk; false = there is no such alarm. */
  acknowledge(id: string): Promise<boolean>;
  isConnected(): boolean;
}

const mostWatchers = 50;
const page = readFileSync(join(import.meta.dirname, 'page.html'));
const loopback = new Set(['127.0.0.1', '::1', 'localhost']);
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The duty room's page: the open alarms of this place, live, and the button that says somebody saw one. It needs nothing
 * but this process, so it works with the line to the centre cut.
 */
export class DutyRoom {
  readonly #options: DutyRoomOptions;
  readonly #ports: DutyRoomPorts;
  readonly #server: Server;
  readonly #watchers = new Set<ServerResponse>();
  #timer: NodeJS.Timeout | undefined;
  #due: NodeJS.Immediate | undefined;

  constructor(options: DutyRoomOptions, ports: DutyRoomPorts) {
    if (!loopback.has(options.host) && (options.code?.length ?? 0) < 8)
      throw new DutyRoomInvalid({ detail: 'beyond this machine a code of eight characters or more is needed' });
    this.#options = options;
    this.#ports = ports;
    this.#server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, (request, response) =>
      this.#answer(request, response),
    );
    this.#server.maxConnections = 200;
  }

  /** Resolves with the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, this.#options.host, resolve);
    });
    this.#timer = setInterval(() => this.#push(), 10_000);
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  /** Something changed: everybody who looks sees it at once. */
  changed(): void {
    this.#due ??= setImmediate(() => {
      this.#due = undefined;
      this.#push();
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#due) clearImmediate(this.#due);
    for (const watcher of this.#watchers) watcher.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #state(): string {
    return JSON.stringify({ alarms: this.#ports.alarms().slice(0, 500), platform: this.#ports.isConnected() });
  }

  #push(): void {
    const words = `data: ${this.#state()}\n\n`;
    for (const watcher of this.#watchers) {
      // One that does not read is not written to without end.
      if (watcher.writableLength > 1_000_000) watcher.destroy();
      else watcher.write(words);
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const say = (status: number, more: Record<string, string> = {}, body: string | Buffer = '') =>
      response.writeHead(status, { ...headers, ...more }).end(body);
    if (!this.#isOurName(request.headers.host)) return void say(421);
    if (!this.#mayEnter(request.headers.authorization))
      return void say(401, { 'www-authenticate': 'Basic realm="duty room", charset="UTF-8"' });
    const { method, url = '/' } = request;
    if (method === 'GET' && url === '/') return void say(200, { 'content-type': 'text/html; charset=utf-8' }, page);
    if (method === 'GET' && url === '/alarms')
      return void say(200, { 'content-type': 'application/json' }, this.#state());
    if (method === 'GET' && url === '/events') return void this.#watch(response);
    const [, id] = /^\/alarms\/(\d{1,12})\/acknowledgement$/.exec(url) ?? [];
    if (method === 'POST' && id !== undefined) {
      // Another site's page cannot send this type without being asked.
      if (request.headers['content-type'] !== 'application/json') return void say(415);
      request.resume();
      this.#ports.acknowledge(id).then(
        (known) => say(known ? 204 : 404),
        () => say(503),
      );
      return;
    }
    say(404);
  }

  #watch(response: ServerResponse): void {
    if (this.#watchers.size >= mostWatchers) return void response.writeHead(503, headers).end();
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    response.write(`retry: 2000\ndata: ${this.#state()}\n\n`);
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
    response.on('error', () => response.destroy());
  }

  /** Reached under a name that is not this machine's, a page of somebody else could be speaking. */
  #isOurName(host: string | undefined): boolean {
    if (this.#options.code !== undefined) return true;
    return loopback.has((host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
  }

  #mayEnter(authorization: string | undefined): boolean {
    const { code } = this.#options;
    if (code === undefined) return true;
    const [scheme, words] = authorization?.split(' ') ?? [];
    if (scheme !== 'Basic' || words === undefined) return false;
    const shown = Buffer.from(words, 'base64').toString('utf8').split(':').slice(1).join(':');
    const [a, b] = [Buffer.from(shown.padEnd(64).slice(0, 64)), Buffer.from(code.padEnd(64).slice(0, 64))];
    return a.length === b.length && timingSafeEqual(a, b);
  }
}
