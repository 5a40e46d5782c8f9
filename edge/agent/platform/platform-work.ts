import type { AgentStatus } from '@keystead/contracts/agent';
import type { Log } from '@keystead/kernel/base';
import { isObject, topics } from '@keystead/terminals/mqtt';
import type { AttributeSet } from '@keystead/terminals/port';
import { failureOf } from '../channels/problem-words.ts';
import type { ClockKeeper } from '../clock/clock-keeper.ts';
import type { Intake } from '../intake.ts';
import type { ConfigurationKeeper } from '../setup/configuration-keeper.ts';
import type { Spool } from '../spool/spool.ts';
import type { CallBook } from './call-book.ts';
import type { Connection } from './connection.ts';
import { Drain } from './drain.ts';
import type { DownCall, PlatformLink, WayChange } from './platform-link.ts';
import { type ParameterChange, SendWindow } from './send-window.ts';

export interface PlatformPorts {
  link: PlatformLink;
  spool: Spool;
  clock: ClockKeeper;
  configuration: ConfigurationKeeper;
  calls: CallBook;
  intake: Intake;
  log: Log;
  devices(): string[];
  status(): Promise<AgentStatus>;
  /** Carries out a call from above; `device` absent = the agent itself. */
  call(call: DownCall): Promise<unknown>;
  changed(): void;
}

const atOnce = 100;
const compareEveryMs = 600_000;

/** What is done over a connection while it lasts: clock, log, configuration, calls. */
export class PlatformWork {
  readonly #ports: PlatformPorts;
  readonly #window = new SendWindow();
  readonly #attributes = new Map<string, Record<string, unknown>>();
  readonly #timer: NodeJS.Timeout;
  #drain: Drain | undefined;
  #connection: Connection | undefined;

  constructor(ports: PlatformPorts) {
    this.#ports = ports;
    const { link, spool } = ports;
    link.on('up', (connection, change) => {
      this.#begin(connection, change).catch((err: unknown) => {
        if (!connection.isOver) ports.log.error({ err }, 'connection not begun');
      });
    });
    link.on('down', () => this.#end());
    link.on('call', (call) => void this.#answer(call));
    link.on('shared', (values) => void this.#consider(values));
    spool.onDurable = (level) => this.#drain?.poke(level);
    this.#timer = setInterval(() => void this.#compareClock(), compareEveryMs);
  }

  get isConnected(): boolean {
    return this.#drain !== undefined;
  }

  /** ms of the last acknowledgement. */
  get latency(): number | undefined {
    return this.#drain?.latency;
  }

  /** Attributes of a device (without one: of the agent), sent when there is a connection; the newest of each name counts. */
  attributes({ device = '', values }: AttributeSet): void {
    this.#attributes.set(device, { ...this.#attributes.get(device), ...values });
    void this.#tellAttributes();
  }

  async tellStatus(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    try {
      await connection.publish(topics.attributes, JSON.stringify({ agent: await this.#ports.status() }));
    } catch (err) {
      if (!connection.isOver) this.#ports.log.warn({ err }, 'status not told');
    }
  }

  async announce(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const devices = this.#ports.devices();
    for (let from = 0; from < devices.length; from += atOnce) {
      const some = devices.slice(from, from + atOnce);
      await Promise.all(some.map((device) => connection.publish('v1/gateway/connect', JSON.stringify({ device }))));
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#end();
  }

  async #begin(connection: Connection, change: WayChange | undefined): Promise<void> {
    const { clock, spool, intake, log } = this.#ports;
    this.#connection = connection;
    const compared = await clock.compare(() => timeOf(connection));
    if (connection.isOver) return;
    // A platform that tells no time leaves the own clock as the only one.
    if (!compared) await spool.fixOffset(0);
    this.#drain = new Drain(
      spool,
      (topic, payload) => connection.publish(topic, payload),
      this.#window,
      log,
      (change) => this.#adapted(change),
    );
    log.info({ change, backlog: spool.backlog(1) }, 'platform reached');
    this.#ports.changed();
    if (change) intake.say(2, 'link-switched', { ...change, breaks: this.#ports.link.breaks });
    await this.announce();
    await this.tellStatus();
    await this.#tellAttributes();
    await this.#consider(await connection.shared(['agentConfiguration']));
  }

  #end(): void {
    this.#drain?.stop();
    this.#drain = undefined;
    this.#connection = undefined;
    const change = this.#window.broken(performance.now());
    if (change) this.#adapted(change);
    this.#ports.changed();
  }

  #adapted({ from, to, reason }: ParameterChange): void {
    this.#ports.log.warn({ from, to, reason }, 'transfer parameters changed');
    this.#ports.intake.say(1, 'parameters-changed', { reason, from: { ...from }, to: { ...to } });
  }

  async #compareClock(): Promise<void> {
    const connection = this.#connection;
    if (connection) await this.#ports.clock.compare(() => timeOf(connection));
  }

  /** The platform wants another version: it is asked for, and taken whole or not at all. */
  async #consider(shared: Record<string, unknown>): Promise<void> {
    const { configuration, log } = this.#ports;
    const wanted = shared.agentConfiguration;
    const connection = this.#connection;
    if (typeof wanted !== 'number' || connection === undefined) return;
    if (wanted === configuration.state.version || wanted === configuration.state.refused) return;
    try {
      const document = await connection.call('getAgentConfiguration', { version: wanted });
      if (isObject(document) && isObject(document.error)) throw new Error(`refused: ${String(document.error.type)}`);
      await configuration.take(document);
    } catch (err) {
      log.warn({ err, version: wanted }, 'configuration not fetched');
    }
  }

  async #tellAttributes(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined || this.#attributes.size === 0) return;
    const sets = [...this.#attributes];
    const own = this.#attributes.get('');
    const others = sets.filter(([device]) => device !== '');
    try {
      if (own) await connection.publish(topics.attributes, JSON.stringify(own));
      if (others.length > 0)
        await connection.publish('v1/gateway/attributes', JSON.stringify(Object.fromEntries(others)));
      // What changed meanwhile stays for the next time.
      for (const [device, values] of sets) if (this.#attributes.get(device) === values) this.#attributes.delete(device);
    } catch (err) {
      if (!connection.isOver) this.#ports.log.warn({ err }, 'attributes not told');
    }
  }

  async #answer(call: DownCall): Promise<void> {
    const { calls, log } = this.#ports;
    const { device, request, method } = call;
    const memory = calls.begin(device, request);
    if (memory.state === 'running') return;
    let reply: unknown;
    if (memory.state === 'done') reply = memory.reply;
    else if (memory.state === 'interrupted')
      reply = { error: { type: 'outcome-unknown', detail: 'the agent was restarted' } };
    else {
      try {
        reply = (await this.#ports.call(call)) ?? null;
      } catch (cause) {
        log.warn({ err: cause, device, method }, 'call failed');
        reply = { error: failureOf(cause) };
      }
      calls.end(device, request, reply);
    }
    const connection = this.#connection;
    const [topic, body] =
      device === undefined
        ? [topics.rpcResponse(request), reply]
        : [topics.gatewayRpc, { device, id: request, data: reply }];
    // Lost with the connection, the answer is given when the platform asks again.
    await connection
      ?.publish(topic, JSON.stringify(body))
      .catch(() => log.info({ device, request }, 'answer not told'));
  }
}

async function timeOf(connection: Connection): Promise<number> {
  const answer = await connection.call('getCurrentTime', {});
  if (isObject(answer) && typeof answer.time === 'number') return answer.time;
  throw new Error('the platform told no time');
}
