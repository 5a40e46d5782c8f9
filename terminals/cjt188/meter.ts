import { InputInvalid } from '@keystead/contracts/problem';
import {
  DeviceRefused,
  DeviceSilent,
  isRefusal,
  type Meter,
  type MeterAnswer,
  type MeterReading,
  MethodUnknown,
  type PastEntry,
  type PastRecords,
  problemOf,
  type Talk,
  wallOf,
} from '@keystead/terminals/port';
import { type Answer, type AnswerOptions, answerOf } from './answer.ts';
import { dailyRecords } from './daily.ts';
import { anyAddress, functionOf, isAnswer, type MeterFrame, partsOf } from './frame.ts';
import { identifiers, type Order } from './identifier.ts';
import { settledMonths, settlementOf } from './months.ts';
import { type Addressed, clockRequest, readAddressRequest, readRequest, valveRequest } from './request.ts';
import type { Cjt188At, Cjt188Settings, Maker } from './settings.ts';

const standardValve = { open: 0x55, close: 0x99 };
const valveLook = 500; // ms between two looks at a valve that moves

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One water, heat or gas meter on a line. */
export class Cjt188Meter implements Meter {
  readonly past?: PastRecords;
  readonly #at: Cjt188At;
  readonly #settings: Cjt188Settings;
  readonly #maker: Maker;
  readonly #options: AnswerOptions;
  readonly #type: number;
  #order: Order;
  /** True once an answer has shown that the order is understood. */
  #settled: boolean;
  #serial = 0;

  /** Throws `InputInvalid` when the maker is not in the settings. */
  constructor(at: Cjt188At, settings: Cjt188Settings) {
    const maker = at.maker === undefined ? {} : settings.makers[at.maker];
    if (!maker) throw new InputInvalid({}, [{ pointer: '/maker', code: 'unknown', detail: at.maker }]);
    this.#at = at;
    this.#settings = settings;
    this.#maker = maker;
    this.#type = Number.parseInt(at.type, 16);
    this.#order = at.order === 'low-first' ? 'low-first' : 'high-first';
    this.#settled = at.order !== 'auto';
    const daily = maker.daily && { first: Number.parseInt(maker.daily.first, 16), count: maker.daily.count };
    this.#options = { zone: settings.zone, status: maker.status, heatUnit: maker.heatUnit, daily };
    if (at.past)
      this.past = daily ? dailyRecords(settings.zone, daily, (talk, id) => this.#frozen(talk, id)) : this.#months();
  }

  async read(talk: Talk): Promise<MeterReading> {
    const answer = await this.#read(talk, identifiers.metering);
    if (answer.kind !== 'measured') throw new DeviceRefused({ detail: 'answered something else' });
    const { values, clock, refused } = answer.measured;
    return { values, refused, ...(clock !== undefined && { clock: { shown: clock, at: talk.now() } }) };
  }

  async setClock(talk: Talk): Promise<void> {
    await this.#exchange(talk, clockRequest(this.#to(), wallOf(this.#settings.zone, talk.now())), identifiers.setClock);
  }

  async call(talk: Talk, method: string, params: unknown): Promise<MeterAnswer> {
    switch (method) {
      case 'openValve':
        return this.#valve(talk, true, forced(params));
      case 'closeValve':
        return this.#valve(talk, false, false);
      case 'read': {
        const reading = await this.read(talk);
        return { reply: reading.values, reading };
      }
      case 'readAddress':
        return { reply: await this.#readAddress(talk) };
      case 'readSettlementDay': {
        const answer = await this.#read(talk, identifiers.settlementDay);
        return { reply: { day: answer.kind === 'settlement-day' ? bcdDay(answer.day) : undefined } };
      }
      case 'readPast':
        return { reply: await this.#readPast(talk) };
      case 'setClock': {
        await this.setClock(talk);
        const reading = await this.read(talk);
        return { reply: { clock: reading.clock && new Date(reading.clock.shown).toISOString() }, reading };
      }
      default:
        throw new MethodUnknown({ method });
    }
  }

  /**
   * Moves the valve and looks until the meter says that it has moved. When the answer to the order was lost, the
   * valve's state tells whether it was heard; the order itself is never sent twice.
   */
  async #valve(talk: Talk, open: boolean, force: boolean): Promise<MeterAnswer> {
    const codes = this.#maker.valve ?? standardValve;
    const code = open ? (force ? forceOpenOf(codes) : codes.open) : codes.close;
    let heard = true;
    try {
      await this.#exchange(talk, valveRequest(this.#to(), code), identifiers.valve, 'effect');
    } catch (cause) {
      if (!(cause instanceof DeviceSilent)) throw cause;
      heard = false;
    }
    for (;;) {
      const reading = await this.read(talk);
      if (reading.values.valveOpen === open) return { reply: { valveOpen: open }, reading };
      if (reading.values.valveFault === true) throw new DeviceRefused({ detail: 'the valve is faulty' });
      if (talk.left() < valveLook * 2) {
        if (heard) throw new DeviceRefused({ detail: 'the valve has not moved in time' });
        throw new DeviceSilent({ detail: 'the order was not answered and the valve has not moved' });
      }
      await pause(valveLook);
    }
  }

  /** Works only where one meter is on the line. */
  async #readAddress(talk: Talk): Promise<{ address: string; type: string }> {
    const request = readAddressRequest({ ...this.#to(), address: anyAddress });
    const frame = await talk.ask(request, (bytes) => {
      const parts = partsOf(bytes);
      return parts !== undefined && isAnswer(parts.control) && functionOf(parts.control) === 0x03;
    });
    const parts = partsOf(frame);
    return { address: parts?.address ?? '', type: (parts?.type ?? 0).toString(16) };
  }

  async #readPast(talk: Talk): Promise<{ time: string; values: Record<string, unknown> }[]> {
    const found: { time: string; values: Record<string, unknown> }[] = [];
    const count = this.past?.periods(talk.now()).length ?? 0;
    for (let number = 1; number <= count; number++) {
      const entry = await this.past?.entry(talk, number);
      if (!entry) break;
      found.push({ time: new Date(entry.time / 1000).toISOString(), values: entry.values });
    }
    return found;
  }

  #months(): PastRecords {
    const { zone } = this.#settings;
    const { settlementDay } = this.#at;
    const periods = settledMonths(zone, settlementDay);
    return {
      periods,
      entry: async (talk, number): Promise<PastEntry | undefined> => {
        const period = periods(talk.now())[number - 1];
        const values = period === undefined ? undefined : await this.#frozen(talk, identifiers.firstMonth + number - 1);
        if (period === undefined || !values) return undefined;
        return { period, time: settlementOf(zone, settlementDay, period) * 1000, values };
      },
    };
  }

  /** Undefined when the meter refuses or holds nothing there. */
  async #frozen(talk: Talk, id: number): Promise<Record<string, unknown> | undefined> {
    try {
      const answer = await this.#read(talk, id);
      return answer.kind === 'frozen' && Object.keys(answer.values).length > 0 ? answer.values : undefined;
    } catch (cause) {
      if (cause instanceof DeviceRefused) return undefined;
      throw cause;
    }
  }

  #to(): Addressed {
    this.#serial = (this.#serial + 1) & 0xff;
    const { preamble } = this.#settings;
    return { type: this.#type, address: this.#at.address, order: this.#order, serial: this.#serial, preamble };
  }

  /** Reads, and finds out by the way which order of the identifier this meter understands. */
  async #read(talk: Talk, id: number): Promise<Answer> {
    try {
      const answer = await this.#exchange(talk, readRequest(this.#to(), id), id);
      this.#settled = true;
      return answer;
    } catch (cause) {
      if (!this.#settled) this.#order = this.#order === 'high-first' ? 'low-first' : 'high-first';
      throw cause;
    }
  }

  async #exchange(talk: Talk, request: Uint8Array, id: number, effect?: 'effect'): Promise<Answer> {
    const asked = functionOf(partsOf(request.subarray(this.#settings.preamble))?.control ?? 0);
    const frame = await talk.ask(request, (bytes) => this.#fits(partsOf(bytes), asked, id), effect);
    const parts = partsOf(frame);
    const answer = parts && answerOf(parts, this.#options);
    if (!answer) throw new DeviceSilent({});
    if (isRefusal(answer)) throw problemOf(answer);
    return answer;
  }

  /** An answer of this meter to this question; serial numbers are not compared, for too many meters make their own. */
  #fits(frame: MeterFrame | undefined, asked: number, id: number): boolean {
    if (!frame || frame.address !== this.#at.address || !isAnswer(frame.control)) return false;
    if (functionOf(frame.control) !== asked) return false;
    const answer = answerOf(frame, this.#options);
    return isRefusal(answer) || answer.id === id;
  }
}

/** Parameters of `openValve`: nothing, or `{ force: true }`. */
function forced(params: unknown): boolean {
  if (params === undefined || params === null) return false;
  if (typeof params === 'object' && 'force' in params) return params.force === true;
  return false;
}

function forceOpenOf(codes: NonNullable<Maker['valve']>): number {
  if (codes.forceOpen === undefined) throw new DeviceRefused({ detail: 'this maker has no forced opening' });
  return codes.forceOpen;
}

const bcdDay = (byte: number | undefined): number | undefined =>
  byte === undefined || byte === 0xff ? undefined : (byte >> 4) * 10 + (byte & 0x0f);
