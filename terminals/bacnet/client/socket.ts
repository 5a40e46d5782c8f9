import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DeviceRefused, DeviceSilent, ProtocolViolated, type Refusal, refuse } from '@keystead/terminals/port';
import {
  type Apdu,
  confirmed,
  unconfirmed,
  writeAbort,
  writeReject,
  writeRequest,
  writeSimpleAck,
  writeUnconfirmed,
} from '../frame/apdu.ts';
import { bvlcFunctions, registration, writeBvlc } from '../frame/bvlc.ts';
import { readDatagram } from '../frame/datagram.ts';
import { abortText, errorText, rejectText } from '../frame/names.ts';
import { type Station, writeNpdu } from '../frame/npdu.ts';
import {
  type CovNotification,
  type IAm,
  readCovNotification,
  readError,
  readIAm,
  writeWhoIs,
} from '../frame/services.ts';

/** Where a device is: an address, and for one behind a router its station there. */
export interface Address {
  host: string;
  port: number;
  station?: Station;
}

export const addressText = ({ host, port, station }: Address): string =>
  station ? `${host}:${port}/${station.network}:${Buffer.from(station.mac).toString('hex')}` : `${host}:${port}`;

/** Thrown when a device cannot answer because the answer would be too long: fewer things may be asked for. */
export class AnswerTooLong extends Error {}

export interface SocketUse {
  iAm(said: IAm, from: Address): void;
  /** Resolves when it is durable; a confirmed one is acknowledged only then. */
  notified(said: CovNotification, from: Address): Promise<void>;
  refused(refusal: Refusal, bytes: Uint8Array): void;
}

interface Pending {
  from: string;
  service: number;
  resolve(inside: Uint8Array): void;
  reject(cause: Error): void;
}

const notSegmented = 4;
const tooLong = new Set([1, 4, 9, 11]);
const unrecognized = 9;

/** One UDP socket: requests and their answers by number, what comes unasked, and the registration at a broadcast device. */
export class BacnetSocket {
  readonly #socket: Socket;
  readonly #use: SocketUse;
  readonly #pending = new Map<number, Pending>();
  #invoke = 0;
  #isClosed = false;
  #registered: ((result: number) => void) | undefined;

  constructor(use: SocketUse) {
    this.#use = use;
    this.#socket = createSocket({ type: 'udp4', reuseAddr: true });
    this.#socket.on('message', (bytes, { address, port }) => this.#received(bytes, { host: address, port }));
    // A port nobody listens on any more is a device that is silent.
    this.#socket.on('error', () => undefined);
  }

  async open(port: number, host: string): Promise<void> {
    const failed = new Promise<never>((_, reject) => void this.#socket.once('error', reject));
    this.#socket.bind({ port, address: host });
    await Promise.race([once(this.#socket, 'listening'), failed]);
    failed.catch(() => undefined);
    this.#socket.setBroadcast(true);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { reject } of this.#pending.values()) reject(new DeviceSilent({ detail: 'closed' }));
    this.#pending.clear();
    this.#socket.close();
  }

  /**
   * Asks once. Resolves with what stands in the answer; rejects with `DeviceSilent`, `DeviceRefused` with the standard's
   * word, or `AnswerTooLong` (also for an answer in segments: none are taken).
   */
  async request(to: Address, service: number, inside: Uint8Array, timeout: number): Promise<Uint8Array> {
    const invoke = this.#free();
    if (invoke === undefined) throw new DeviceSilent({ detail: 'too many wait for answers' });
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const timer = setTimeout(() => reject(new DeviceSilent({ detail: `no answer in ${timeout} ms` })), timeout);
    this.#pending.set(invoke, { from: addressText(to), service, resolve, reject });
    try {
      this.#send(to, bvlcFunctions.unicast, writeNpdu(writeRequest(service, invoke, inside), to.station, true));
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#pending.delete(invoke);
    }
  }

  whoIs(to: Address, range: { low: number; high: number } | undefined, through: 'broadcast' | 'distribute'): void {
    const apdu = writeUnconfirmed(unconfirmed.whoIs, writeWhoIs(range?.low, range?.high));
    this.#send(to, bvlcFunctions[through], writeNpdu(apdu, 'all', false));
  }

  /** Registers as a foreign device; resolves with the result's number (0 = done), undefined without an answer. */
  async register(at: Address, ttl: number, timeout: number): Promise<number | undefined> {
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const timer = setTimeout(() => resolve(undefined), timeout);
    this.#registered = resolve;
    this.#socket.send(registration(ttl), at.port, at.host, () => undefined);
    const result = await promise;
    clearTimeout(timer);
    this.#registered = undefined;
    return result;
  }

  #free(): number | undefined {
    for (let tries = 0; tries < 256; tries++) {
      this.#invoke = (this.#invoke + 1) & 255;
      if (!this.#pending.has(this.#invoke)) return this.#invoke;
    }
    return undefined;
  }

  #send(to: Address, code: number, inside: Uint8Array): void {
    this.#socket.send(writeBvlc(code, inside), to.port, to.host, () => undefined);
  }

  #received(bytes: Uint8Array, sender: Address): void {
    const datagram = readDatagram(bytes);
    if (datagram.kind === 'fault') this.#use.refused(refuse(ProtocolViolated, datagram.detail), bytes);
    else if (datagram.kind === 'result') this.#registered?.(datagram.result);
    if (datagram.kind !== 'message') return;
    const { apdu, inside, origin, station } = datagram;
    const from = { ...(origin ?? sender), ...(station && { station }) };
    if (apdu.kind === 'unconfirmed') this.#unasked(apdu.service, inside, from);
    else if (apdu.kind === 'request') void this.#asked(apdu, inside, from);
    else this.#answered(apdu, inside, from);
  }

  #unasked(service: number, inside: Uint8Array, from: Address): void {
    if (service === unconfirmed.iAm) {
      const said = readIAm(inside);
      if (said) this.#use.iAm(said, from);
      else this.#use.refused(refuse(ProtocolViolated, 'no I-Am'), inside);
    } else if (service === unconfirmed.covNotification) {
      const said = readCovNotification(inside);
      // What cannot be kept is told again by the next change or renewal.
      if (said) this.#use.notified(said, from).catch(() => undefined);
      else this.#use.refused(refuse(ProtocolViolated, 'no notification'), inside);
    }
  }

  async #asked(apdu: Extract<Apdu, { kind: 'request' }>, inside: Uint8Array, from: Address): Promise<void> {
    const reply = (answer: Uint8Array) =>
      this.#send(from, bvlcFunctions.unicast, writeNpdu(answer, from.station, false));
    if (apdu.isSegmented) return reply(writeAbort('server', apdu.invoke, notSegmented));
    if (apdu.service !== confirmed.covNotification) return reply(writeReject(apdu.invoke, unrecognized));
    const said = readCovNotification(inside);
    if (!said) return this.#use.refused(refuse(ProtocolViolated, 'no notification'), inside);
    try {
      await this.#use.notified(said, from);
      reply(writeSimpleAck(apdu.service, apdu.invoke));
    } catch {
      // Not acknowledged: the device sends it again.
    }
  }

  #answered(apdu: Answer, inside: Uint8Array, from: Address): void {
    const pending = this.#pending.get(apdu.invoke);
    if (pending?.from !== addressText(from) || ('service' in apdu && apdu.service !== pending.service)) return;
    if (apdu.kind === 'complex-ack' && apdu.isSegmented)
      this.#send(
        from,
        bvlcFunctions.unicast,
        writeNpdu(writeAbort('client', apdu.invoke, notSegmented), from.station, false),
      );
    const fault = faultOf(apdu, inside);
    if (fault) pending.reject(fault);
    else if (apdu.kind !== 'segment-ack') pending.resolve(inside.slice());
  }
}

type Answer = Exclude<Apdu, { kind: 'request' | 'unconfirmed' }>;

/** What an answer says against the question; undefined when it is good. */
function faultOf(apdu: Answer, inside: Uint8Array): Error | undefined {
  switch (apdu.kind) {
    case 'complex-ack':
      return apdu.isSegmented ? new AnswerTooLong('it answers in segments, which were not asked for') : undefined;
    case 'error':
      return new DeviceRefused({ detail: errorText(readError(inside)) });
    case 'abort':
      return tooLong.has(apdu.reason)
        ? new AnswerTooLong(abortText(apdu.reason))
        : new DeviceRefused({ detail: abortText(apdu.reason) });
    case 'reject':
      return apdu.reason === 1
        ? new AnswerTooLong(rejectText(1))
        : new DeviceRefused({ detail: rejectText(apdu.reason) });
    default:
      return undefined;
  }
}
