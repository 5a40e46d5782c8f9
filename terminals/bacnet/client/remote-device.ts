import {
  countedExchange,
  DeviceRefused,
  DeviceSilent,
  type LinkCounter,
  ProtocolViolated,
} from '@keystead/terminals/port';
import { confirmed } from '../frame/apdu.ts';
import type { ObjectId } from '../frame/names.ts';
import {
  type PropertyAddress,
  type ReadResult,
  readReadMultipleAck,
  readReadPropertyAck,
  writeReadMultiple,
  writeReadProperty,
  writeSubscribeCov,
  writeWriteProperty,
} from '../frame/services.ts';
import { addressKey } from '../points.ts';
import { type Address, AnswerTooLong, type BacnetSocket } from './socket.ts';
import { Turns } from './turns.ts';

export interface RemoteUse {
  socket: BacnetSocket;
  links: LinkCounter;
  timeout: number;
  retries: number;
}

/** How one question is put: calls go ahead, and end at their deadline (ms of the clock that only goes on). */
export interface Asking {
  isUrgent: boolean;
  until?: number;
}

const reading: Asking = { isUrgent: false };
/** Of this channel; a device tells it with each notification. */
export const subscriber = 1;

/** One BACnet device, asked one thing at a time. */
export class RemoteDevice {
  readonly name: string;
  readonly #use: RemoteUse;
  readonly #turns = new Turns();
  readonly #batch: number;
  /** It does not know how to read several properties at once. */
  #isSingle = false;
  /** Undefined until it is known where it is. */
  address: Address | undefined;

  constructor(name: string, batch: number, use: RemoteUse) {
    this.name = name;
    this.#batch = batch;
    this.#use = use;
  }

  /** Values in the order they were asked for; undefined for what was left out of the answer. */
  async read(addresses: readonly PropertyAddress[], how = reading): Promise<(ReadResult | undefined)[]> {
    const found = new Map<string, ReadResult>();
    for (let from = 0; from < addresses.length; from += this.#batch)
      for (const result of await this.#some(addresses.slice(from, from + this.#batch), how))
        found.set(addressKey(result), result);
    return addresses.map((address) => found.get(addressKey(address)));
  }

  /** Sent once, whatever becomes of it. */
  async write(address: PropertyAddress, value: Uint8Array, priority: number | undefined, how: Asking): Promise<void> {
    await this.#ask(confirmed.writeProperty, writeWriteProperty(address, value, priority), how, 0);
  }

  async subscribe(object: ObjectId, cov: { isConfirmed: boolean; lifetime: number } | undefined): Promise<void> {
    await this.#ask(confirmed.subscribeCov, writeSubscribeCov(subscriber, object, cov), reading, this.#use.retries);
  }

  async #some(addresses: readonly PropertyAddress[], how: Asking): Promise<ReadResult[]> {
    const [first] = addresses;
    if (first === undefined) return [];
    if (addresses.length === 1) return [await this.#one(first, how)];
    if (this.#isSingle) return this.#halves(addresses, how);
    try {
      const inside = writeReadMultiple(addresses);
      const answer = await this.#ask(confirmed.readMultiple, inside, how, this.#use.retries);
      const results = readReadMultipleAck(answer);
      if (!results) throw new ProtocolViolated({ device: this.name, detail: 'an answer that cannot be read' });
      return results;
    } catch (cause) {
      if (!(cause instanceof DeviceRefused) && !(cause instanceof AnswerTooLong)) throw cause;
      // Too long, refused for one of them, or not known at all: fewer are asked for, in the end one.
      if (/unrecognized-service/.test(cause.message)) this.#isSingle = true;
      return this.#halves(addresses, how);
    }
  }

  async #halves(addresses: readonly PropertyAddress[], how: Asking): Promise<ReadResult[]> {
    const middle = Math.ceil(addresses.length / 2);
    const before = await this.#some(addresses.slice(0, middle), how);
    return [...before, ...(await this.#some(addresses.slice(middle), how))];
  }

  /** What is refused of one property is its result: the others go on. */
  async #one(address: PropertyAddress, how: Asking): Promise<ReadResult> {
    try {
      const answer = await this.#ask(confirmed.readProperty, writeReadProperty(address), how, this.#use.retries);
      const result = readReadPropertyAck(answer);
      if (result) return result;
      throw new ProtocolViolated({ device: this.name, detail: 'an answer that cannot be read' });
    } catch (cause) {
      if (cause instanceof AnswerTooLong) return { ...address, error: cause.message };
      if (cause instanceof DeviceRefused) return { ...address, error: String(cause.data.detail) };
      throw cause;
    }
  }

  async #ask(service: number, inside: Uint8Array, how: Asking, retries: number): Promise<Uint8Array> {
    for (let left = retries; ; left--) {
      try {
        return await this.#turns.run(() => this.#exchange(service, inside, how), how.isUrgent);
      } catch (cause) {
        const isOver = how.until !== undefined && performance.now() >= how.until;
        if (!(cause instanceof DeviceSilent) || left <= 0 || isOver || !this.address) throw cause;
      }
    }
  }

  async #exchange(service: number, inside: Uint8Array, { until }: Asking): Promise<Uint8Array> {
    const { socket, links, timeout } = this.#use;
    const { address } = this;
    if (!address) throw new DeviceSilent({ device: this.name, detail: 'it was not found yet' });
    const patience = until === undefined ? timeout : Math.min(timeout, until - performance.now());
    if (patience <= 0) throw new DeviceSilent({ device: this.name });
    return countedExchange(links, this.name, () => socket.request(address, service, inside, patience));
  }
}
