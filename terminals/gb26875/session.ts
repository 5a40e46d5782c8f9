import type { Socket } from 'node:net';
import {
  type ChannelHost,
  ChecksumWrong,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  FrameScanner,
  type LinkCounter,
  refuse,
  type Scanned,
} from '@keystead/terminals/port';
import { type ClockForm, writeClock } from './clock-form.ts';
import type { FireDirectory } from './directory.ts';
import { type Question, questionOf } from './downward.ts';
import { addressText, command, type Frame, gb26875Form, isBroken, readFrame, writeFrame } from './frame.ts';
import { readUnit } from './objects.ts';
import { uplinksOf } from './words.ts';

export interface SessionUse {
  host: ChannelHost;
  directory: FireDirectory;
  links: LinkCounter;
  clock: ClockForm;
  zone: string;
  /** ms half a frame may wait for its other half: who lets bytes drip holds no place. */
  patience: number;
  /** The transmitter at the other end said who it is. */
  known(name: string, session: TransmitterSession): void;
}

interface Waiting {
  sequence: number;
  asked: number;
  question: Question;
  answer(value: unknown): void;
  fail(error: Error): void;
}

const nothing = new Uint8Array(0);

/** One connection of one transmitter: frames in, confirmations out once what they say is durable. */
export class TransmitterSession {
  readonly #socket: Socket;
  readonly #use: SessionUse;
  readonly #scanner = new FrameScanner(gb26875Form);
  readonly #waiting = new Set<Waiting>();
  #last: Frame | undefined;
  #sequence = 0;
  #work: Promise<void> = Promise.resolve();
  #half: NodeJS.Timeout | undefined;

  constructor(socket: Socket, use: SessionUse) {
    this.#socket = socket;
    this.#use = use;
    socket.on('data', (part: Uint8Array) => this.#take(part));
    socket.on('close', () => this.#whole());
  }

  #take(part: Uint8Array): void {
    const scanned = this.#scanner.push(part);
    if (scanned.length > 0 || this.#scanner.waiting === 0) this.#whole();
    if (this.#scanner.waiting > 0) this.#waitForRest();
    if (scanned.length === 0) return;
    // Nothing more is read until what came is durable, so a flood is held back by TCP and memory stays small.
    this.#socket.pause();
    this.#work = this.#work
      .then(async () => {
        for (const one of scanned) await this.#one(one);
      })
      .catch((cause: unknown) => this.#use.host.log.warn({ err: cause }, 'a frame was not taken'))
      .finally(() => this.#socket.resume());
  }

  #whole(): void {
    clearTimeout(this.#half);
    this.#half = undefined;
  }

  #waitForRest(): void {
    this.#half ??= setTimeout(() => {
      this.#half = undefined;
      // Its other half may be held back by ourselves.
      if (this.#socket.isPaused()) this.#waitForRest();
      else this.#socket.destroy();
    }, this.#use.patience);
  }

  async #one(scanned: Scanned): Promise<void> {
    const { host, directory, links } = this.#use;
    if (scanned.kind === 'damaged') {
      const name = this.#last && directory.transmitter(addressText(this.#last.source));
      links.damaged(name ?? '');
      host.refuse(refuse(ChecksumWrong), scanned.bytes.subarray(0, 64), name);
      if (isBroken(scanned)) this.#reply(readFrame(scanned.bytes), command.deny);
      return;
    }
    const frame = readFrame(scanned.bytes);
    const address = addressText(frame.source);
    const name = directory.transmitter(address);
    if (name === undefined) {
      host.refuse(refuse(DeviceNotListed, address), scanned.bytes.subarray(0, 64));
      this.#reply(frame, command.deny);
      return;
    }
    this.#last = frame;
    this.#use.known(name, this);
    links.received(name);
    if (frame.command === command.confirm || frame.command === command.deny) {
      this.#settled(frame);
      return;
    }
    await this.#words(frame, address, name);
    if (frame.command === command.send) this.#reply(frame, command.confirm);
  }

  /** Hands over what a data unit says; rejects when it could not be stored, and then nothing is confirmed. */
  async #words(frame: Frame, address: string, transmitter: string): Promise<void> {
    const { host, directory, clock, zone } = this.#use;
    if (frame.data.length === 0) return;
    const { uplinks, refusal } = uplinksOf(frame.data, {
      transmitter,
      nameOf: (place) => directory.at(address, place),
      clock,
      zone,
      now: host.clock.now().getTime(),
    });
    for (const uplink of uplinks) await host.take(uplink);
    if (refusal) host.refuse(refusal, frame.data.subarray(0, 64), transmitter);
    const unit = readUnit(frame.data);
    for (const waiting of [...this.#waiting]) {
      const { answer } = waiting.question;
      if (answer === 'confirm' || answer.kind !== unit.kind) continue;
      const found = unit.objects.find(({ values }) => answer.when === undefined || values[answer.when] === true);
      if (found) waiting.answer(found.values);
    }
  }

  #settled(frame: Frame): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.sequence !== frame.sequence) continue;
      if (frame.command === command.deny) waiting.fail(new DeviceRefused());
      else if (waiting.question.answer === 'confirm') waiting.answer({ confirmed: true });
    }
  }

  #clock(): Uint8Array {
    const form = this.#use.clock === 'bcd' ? 'bcd' : 'binary';
    return writeClock(this.#use.host.clock.now().getTime(), form, this.#use.zone);
  }

  #reply(to: Frame, kind: number): void {
    const { sequence, version, source, destination } = to;
    const back = { sequence, version, source: destination, destination: source, command: kind, data: nothing };
    this.#socket.write(writeFrame({ ...back, time: this.#clock() }));
  }

  /** Asks the transmitter; `deadline`: ms. */
  ask(device: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const question = questionOf(method, params, this.#clock());
    const { host, links } = this.#use;
    const to = this.#last;
    if (!to) throw new DeviceSilent();
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const sequence = this.#sequence;
    const { version, source, destination } = to;
    return new Promise((answer, fail) => {
      const over = (end: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
        end();
      };
      const waiting: Waiting = {
        sequence,
        asked: host.clock.now().getTime(),
        question,
        answer: (value) =>
          over(() => {
            links.received(device, host.clock.now().getTime() - waiting.asked);
            answer(value);
          }),
        fail: (error) => over(() => fail(error)),
      };
      const timer = setTimeout(() => {
        links.lost(device);
        waiting.fail(new DeviceSilent());
      }, deadline);
      this.#waiting.add(waiting);
      links.sent(device);
      const down = { sequence, version, source: destination, destination: source };
      this.#socket.write(writeFrame({ ...down, time: this.#clock(), command: question.command, data: question.data }));
    });
  }

  close(): void {
    for (const waiting of [...this.#waiting]) waiting.fail(new DeviceSilent());
    this.#socket.destroy();
  }
}
