import { InputInvalid } from '@keystead/contracts/problem';
import {
  DeviceRefused,
  type Meter,
  type MeterAnswer,
  type MeterReading,
  MethodUnknown,
  type PastRecords,
  type Refusal,
  type Talk,
  wallOf,
} from '@keystead/terminals/port';
import { itemBehind, noSuchData } from './answer.ts';
import { MeterExchange } from './exchange.ts';
import { control, control1997 } from './frame.ts';
import { dailyFreezes } from './freezes.ts';
import { readable } from './item.ts';
import { readable1997 } from './item-1997.ts';
import { readClock } from './meter-time.ts';
import { moveRelay } from './relay.ts';
import { type Access, addressRequest, broadcastTime, dateRequest, type RelayOrder, timeRequest } from './request.ts';
import type { Dlt645At, Dlt645Settings } from './settings.ts';
import { valuesOf } from './value.ts';

/** ms for which a meter is believed that it does not have an item. */
const believed = 86_400_000;
/** Seconds within which a meter takes the time told to all. */
const broadcastReach = 290;

/** One electricity meter on a line. */
export class Dlt645Meter implements Meter {
  readonly past?: PastRecords;
  readonly #at: Dlt645At;
  readonly #zone: string;
  readonly #preamble: number;
  readonly #access: Access | undefined;
  readonly #exchange: MeterExchange;
  readonly #code: number;
  /** Items this meter has said it does not have, and until when it is believed; ms since 1970. */
  readonly #lacking = new Map<number, number>();
  readonly #ids: readonly number[];
  #drift = 0;

  /** Throws `InputInvalid` for an item the edition of 1997 does not have. */
  constructor(at: Dlt645At, settings: Dlt645Settings) {
    const names: Readonly<Record<string, number>> = at.version === '1997' ? readable1997 : readable;
    const asked = at.version === '1997' ? at.items.filter((name) => name !== 'relay') : at.items;
    this.#ids = asked.map((name) => {
      const id = names[name];
      if (id === undefined) throw new InputInvalid({}, [{ pointer: '/items', code: 'unknown', detail: name }]);
      return id;
    });
    this.#at = at;
    this.#zone = settings.zone;
    this.#preamble = settings.preamble;
    this.#access = at.access ?? settings.access;
    this.#exchange = new MeterExchange(at.address, settings.preamble, at.version);
    this.#code = at.version === '1997' ? control1997.read : control.read;
    if (at.freezes > 0 && at.version === '2007') this.past = dailyFreezes(this.#exchange, settings.zone, at.freezes);
  }

  async read(talk: Talk): Promise<MeterReading> {
    const reading = await this.#values(talk, this.#ids);
    const clock = await this.#clock(talk);
    if (clock) this.#drift = Math.round((clock.shown - clock.at) / 1000);
    return { ...reading, ...(clock && { clock }) };
  }

  /**
   * The time goes to all on the line when this meter is within reach of that; otherwise date and time are written with
   * the password. Rejects with `DeviceRefused` when it is far off and no password is configured.
   */
  async setClock(talk: Talk, drift: number): Promise<void> {
    if (Math.abs(drift) <= broadcastReach) {
      await talk.say(broadcastTime(wallOf(this.#zone, talk.now()), this.#preamble));
      return;
    }
    if (!this.#access || this.#at.version === '1997')
      throw new DeviceRefused({ detail: `clock ${drift} s off: setting it needs a password` });
    const { to } = this.#exchange;
    await this.#exchange.order(talk, dateRequest(to, wallOf(this.#zone, talk.now()), this.#access));
    await this.#exchange.order(talk, timeRequest(to, wallOf(this.#zone, talk.now()), this.#access));
  }

  async call(talk: Talk, method: string, params: unknown): Promise<MeterAnswer> {
    switch (method) {
      case 'openRelay':
        return this.#relay(talk, 'open');
      case 'closeRelay':
        return this.#relay(talk, this.#at.closing === 'allow' ? 'allow' : 'close');
      case 'read': {
        const reading = await this.read(talk);
        return { reply: reading.values, reading };
      }
      case 'readItems': {
        const { values } = await this.#values(talk, this.#wanted(params));
        return { reply: values };
      }
      case 'readAddress':
        return { reply: await this.#readAddress(talk) };
      case 'readPast':
        return { reply: await this.#readPast(talk) };
      case 'readClock': {
        const clock = await this.#clock(talk);
        return { reply: { clock: clock && new Date(clock.shown).toISOString(), drift: clock && this.#off(clock) } };
      }
      case 'setClock': {
        const clock = await this.#clock(talk);
        await this.setClock(talk, clock ? this.#off(clock) : Number.POSITIVE_INFINITY);
        const reading = await this.read(talk);
        return { reply: { clock: reading.clock && new Date(reading.clock.shown).toISOString() }, reading };
      }
      default:
        throw new MethodUnknown({ method });
    }
  }

  async #values(talk: Talk, ids: readonly number[]): Promise<MeterReading> {
    const values: Record<string, unknown> = {};
    const refused: Refusal[] = [];
    for (const id of ids) {
      const item = itemBehind(this.#code, id);
      if (!item || (this.#lacking.get(id) ?? 0) > talk.now()) continue;
      try {
        const found = valuesOf(item, await this.#exchange.data(talk, id), this.#zone);
        Object.assign(values, found.values);
        refused.push(...found.refused);
      } catch (cause) {
        if (!(cause instanceof DeviceRefused && cause.data.detail === noSuchData)) throw cause;
        this.#lacking.set(id, talk.now() + believed);
      }
    }
    return { values, refused };
  }

  async #clock(talk: Talk): Promise<{ shown: number; at: number } | undefined> {
    try {
      return await readClock(talk, this.#exchange, this.#at.version, this.#zone);
    } catch (cause) {
      if (cause instanceof DeviceRefused) return undefined;
      throw cause;
    }
  }

  #off({ shown, at }: { shown: number; at: number }): number {
    return Math.round((shown - at) / 1000);
  }

  async #relay(talk: Talk, order: RelayOrder): Promise<MeterAnswer> {
    if (this.#at.version === '1997') throw new MethodUnknown({ method: 'relay' });
    if (!this.#access) throw new DeviceRefused({ detail: 'no password is configured for this meter' });
    const { reading, ...reply } = await moveRelay(talk, this.#exchange, order, this.#access, {
      zone: this.#zone,
      drift: this.#drift,
      read: () => this.#values(talk, [readable.relay ?? 0]),
    });
    return { reply, reading };
  }

  /** `{ items: ['voltages', …] }`. */
  #wanted(params: unknown): number[] {
    const names: Readonly<Record<string, number>> = this.#at.version === '1997' ? readable1997 : readable;
    const items = typeof params === 'object' && params !== null && 'items' in params ? params.items : undefined;
    if (!Array.isArray(items) || items.length === 0 || items.length > 30)
      throw new InputInvalid({}, [{ pointer: '/items', code: 'type' }]);
    return items.map((name, at) => {
      const id = names[String(name)];
      if (id === undefined) throw new InputInvalid({}, [{ pointer: `/items/${at}`, code: 'unknown' }]);
      return id;
    });
  }

  /** Works only where one meter is on the line. */
  async #readAddress(talk: Talk): Promise<{ address: string }> {
    const request = addressRequest({ address: 'AAAAAAAAAAAA', preamble: this.#preamble });
    const answer = await this.#exchange.ask(talk, request, ({ kind }) => kind === 'address', { anyone: true });
    return { address: answer.kind === 'address' ? answer.address : '' };
  }

  async #readPast(talk: Talk): Promise<{ time: string; values: Record<string, unknown> }[]> {
    const found: { time: string; values: Record<string, unknown> }[] = [];
    for (let number = 1; number <= this.#at.freezes; number++) {
      const entry = await this.past?.entry(talk, number);
      if (!entry) break;
      found.push({ time: new Date(entry.time / 1000).toISOString(), values: entry.values });
    }
    return found;
  }
}
