import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { GatewayCore } from '../core.ts';
import type { PendingCommand } from '../ports.ts';
import { type ListenAt, type ListenSecurely, openServer } from '../servers.ts';
import { DeviceApi } from './device-api.ts';

export interface HttpOptions {
  /** Clear text; loopback unless a network is allow-listed. */
  plain?: ListenAt;
  tls?: ListenSecurely;
}

/** The HTTP listeners of the device API, on plain `node:http`: no framework stands between a device and its answer. */
export class HttpListener {
  readonly #options: HttpOptions;
  readonly #core: GatewayCore;
  readonly #api: DeviceApi;
  readonly #servers: Server[] = [];

  constructor(options: HttpOptions, core: GatewayCore) {
    this.#options = options;
    this.#core = core;
    this.#api = new DeviceApi(core);
  }

  async listen(): Promise<{ plain?: number; tls?: number }> {
    const { plain, tls } = this.#options;
    const answer: RequestListener = (request, response) => {
      this.#api.handle(request, response).catch((failure: unknown) => {
        this.#core.log.error({ err: failure }, 'device request failed');
        response.destroy();
      });
    };
    const times = {
      requestTimeout: 30_000,
      headersTimeout: this.#core.limits.connectTimeoutMs,
      connectionsCheckingInterval: Math.min(this.#core.limits.connectTimeoutMs, 5_000),
      keepAliveTimeout: 65_000,
      maxHeaderSize: 8 * 1024,
    };
    const ports: { plain?: number; tls?: number } = {};
    if (plain) ports.plain = await this.#open(createServer(times, answer), plain);
    if (tls) {
      const server = createTlsServer(
        {
          ...times,
          key: tls.key,
          cert: tls.cert,
          minVersion: 'TLSv1.2',
          handshakeTimeout: this.#core.limits.connectTimeoutMs,
        },
        answer,
      );
      ports.tls = await this.#open(server, tls);
    }
    return ports;
  }

  forget(thing: number): void {
    this.#api.tokens.forget(thing);
  }

  waits(thing: number): boolean {
    return this.#api.commands.has(thing);
  }

  command(command: PendingCommand): boolean {
    return this.#api.commands.giveOne(command.thing, command);
  }

  sharedAttributes(thing: number, values: Record<string, unknown>): void {
    this.#api.shared.give(thing, values);
  }

  async close(): Promise<void> {
    const closing = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    this.#api.commands.endAll();
    this.#api.shared.endAll();
    for (const server of this.#servers) server.closeIdleConnections();
    const patience = setTimeout(() => {
      for (const server of this.#servers) server.closeAllConnections();
    }, 1_000);
    await Promise.all(closing);
    clearTimeout(patience);
  }

  #open(server: Server, at: ListenAt): Promise<number> {
    this.#servers.push(server);
    return openServer(server, at, this.#core.limits.httpConnections, this.#core.log);
  }
}
