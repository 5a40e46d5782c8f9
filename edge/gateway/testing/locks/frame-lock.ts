import { connect, type Socket } from 'node:net';
import type { KeyKind } from '@keystead/contracts/agent';
import type { LockHand } from './bench.ts';
import { FrameBody, FrameReading, framesOf, millisOf, secondsOf } from './frame-words.ts';

const means: readonly KeyKind[] = ['card', 'pin', 'face', 'fingerprint', 'qr', 'ble'];
const [remote, mechanical, emergency, handle] = [7, 8, 9, 10];
const events = {
  unlocked: 0,
  refused: 1,
  tamper: 4,
  wrong: 5,
  low: 6,
  written: 7,
  revoked: 8,
  frozen: 9,
  unfrozen: 10,
  clock: 11,
};
/** Codes of refusals count from 1. */
const why = { unknown: 1, frozen: 2, early: 3, expired: 4, used: 5, hours: 6 };
const [inside, outside] = [2, 1];
const slotsMost = 200;
const logSeconds = 95 * 86_400;

/** One place of the key table; times are seconds of the lock. */
interface Slot {
  id: string;
  mask: number;
  from: number;
  until: number;
  uses: number;
  left: number;
  days: number;
  start: number;
  end: number;
  credential: string;
}

interface Line {
  seq: number;
  time: number;
  body: FrameBody;
}

/** Firmware of a lock with a maker's own frames over TCP: another table, another clock, other words than the platform's. */
export class FrameLock implements LockHand {
  readonly #port: () => number;
  readonly #address: number;
  #slots: Slot[] = [];
  #frozen = false;
  #rescue = { code: '', until: 0, left: 0 };
  #log: Line[] = [];
  #seq = 0;
  #told = 0;
  /** The line that waits for its receipt on this connection. */
  #underWay = 0;
  #shift: number;
  #wrong = 0;
  #level = 100;
  #socket: Socket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #off = false;

  constructor(port: () => number, address: number, started: number) {
    this.#port = port;
    this.#address = address;
    this.#shift = secondsOf(started) - Date.now() / 1_000;
    this.#dial();
  }

  get #now(): number {
    return Math.floor(Date.now() / 1_000 + this.#shift);
  }

  get time(): number {
    return millisOf(this.#now);
  }

  show(kind: KeyKind, credential: string): boolean {
    const rescue = this.#rescue;
    if (kind === 'pin' && rescue.code === credential && rescue.left > 0 && this.#now < rescue.until) {
      rescue.left--;
      return this.#open(outside, emergency);
    }
    const bit = 1 << means.indexOf(kind);
    const fitting = this.#slots.filter((slot) => slot.credential === credential && (slot.mask & bit) !== 0);
    const code = means.indexOf(kind) + 1;
    let reason = this.#frozen && fitting.length > 0 ? why.frozen : why.unknown;
    for (const slot of this.#frozen ? [] : fitting) {
      reason = this.#obstacle(slot);
      if (reason !== 0) continue;
      slot.left--;
      return this.#open(outside, code, slot.id);
    }
    this.#note(events.refused, outside, code, reason);
    if (reason === why.unknown && ++this.#wrong % 6 === 0) this.#note(events.wrong);
    this.#state();
    return false;
  }

  leave = (): boolean => this.#open(inside, handle);
  mechanicalKey = (): boolean => this.#open(outside, mechanical);
  tamper = (): void => this.#note(events.tamper);

  battery(level: number): void {
    const crossed = this.#level >= 20 && level < 20;
    this.#level = level;
    if (crossed) this.#note(events.low);
    this.#state();
  }

  powerCycle(): void {
    this.#wrong = 0;
    this.#socket?.destroy();
  }

  pass(seconds: number): void {
    this.#shift += seconds;
  }

  async off(): Promise<void> {
    this.#off = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #obstacle({ from, until, uses, left, days, start, end }: Slot): number {
    const now = this.#now;
    if (now < from) return why.early;
    if (now >= until) return why.expired;
    if (uses > 0 && left <= 0) return why.used;
    if (days === 0) return 0;
    const local = new Date(millisOf(now) + 8 * 3_600_000);
    const day = (local.getUTCDay() + 6) % 7;
    const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
    return (days & (1 << day)) !== 0 && minute >= start && minute < end ? 0 : why.hours;
  }

  #open(side: number, code: number, id = ''): true {
    this.#wrong = 0;
    this.#note(events.unlocked, side, code, 0, id);
    this.#state();
    return true;
  }

  #note(event: number, side = 0, code = 0, reason = 0, id = ''): void {
    const [seq, time] = [++this.#seq, this.#now];
    const body = new FrameBody().quad(seq).quad(time).one(event).one(side).one(code).one(reason).text(id);
    this.#log.push({ seq, time, body });
    this.#log = this.#log.filter((line) => line.time > time - logSeconds);
    this.#tell();
  }

  /** One line at a time; the next when this one's receipt is there. */
  #tell(): void {
    const next = this.#log.find(({ seq }) => seq === this.#told + 1);
    if (!next || this.#underWay === next.seq || this.#socket?.readyState !== 'open') return;
    this.#underWay = next.seq;
    this.#say(next.body, 0x02);
  }

  #say(body: FrameBody, kind: number): void {
    if (this.#socket?.readyState === 'open') this.#socket.write(body.frame(this.#address, kind));
  }

  #facts = (body: FrameBody): FrameBody =>
    body
      .quad(this.#now)
      .one(this.#frozen ? 5 : 1)
      .one(this.#level)
      .one(this.#wrong)
      .pair(this.#slots.length);

  #state(): void {
    this.#say(this.#facts(new FrameBody()), 0x01);
  }

  #dial(): void {
    const socket = connect({ port: this.#port(), host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    let rest: Buffer = Buffer.alloc(0);
    socket.on('connect', () => {
      this.#underWay = 0;
      this.#state();
      this.#tell();
    });
    socket.on('data', (bytes) => {
      const cut = framesOf(Buffer.concat([rest, bytes]));
      rest = cut.rest;
      for (const { kind, body } of cut.frames) this.#asked(kind, new FrameReading(body));
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (!this.#off) this.#timer = setTimeout(() => this.#dial(), 100);
    });
  }

  #asked(kind: number, from: FrameReading): void {
    if (kind === 0x81) {
      this.#told = Math.max(this.#told, from.quad());
      this.#tell();
      return;
    }
    const answer = new FrameBody().pair(from.pair()).one(kind);
    this.#say(answer.add(this.#does(kind, from)), 0x03);
    this.#state();
  }

  /** Status, then what was asked for. */
  #does(kind: number, from: FrameReading): FrameBody {
    const done = new FrameBody().one(0);
    switch (kind) {
      case 0x10:
        return this.#write(from);
      case 0x11: {
        const id = from.text();
        const kept = this.#slots.filter((slot) => slot.id !== id);
        if (kept.length < this.#slots.length) this.#note(events.revoked, 0, 0, 0, id);
        this.#slots = kept;
        return done.text(id);
      }
      case 0x12:
        done.one(this.#frozen ? 1 : 0);
        for (const { id, mask, from, until, uses, days, start, end } of this.#slots)
          done.text(id).one(mask).quad(from).quad(until).one(uses).one(days).pair(start).pair(end);
        return done;
      case 0x13:
        this.#open(outside, remote);
        return done;
      case 0x14:
        this.#rescue = { code: from.text(), until: from.quad(), left: from.one() };
        return done;
      case 0x15: {
        const frozen = from.one() === 1;
        if (frozen !== this.#frozen) this.#note(frozen ? events.frozen : events.unfrozen);
        this.#frozen = frozen;
        return done.one(frozen ? 1 : 0);
      }
      case 0x16: {
        const [after, most] = [from.quad(), from.one()];
        done.quad(this.#seq);
        for (const { body } of this.#log.filter(({ seq }) => seq > after).slice(0, most)) done.add(body);
        return done;
      }
      case 0x17:
        this.#shift = from.quad() - Date.now() / 1_000;
        this.#note(events.clock);
        return done.quad(this.#now);
      case 0x18:
        return this.#facts(done);
      default:
        return new FrameBody().one(3);
    }
  }

  #write(from: FrameReading): FrameBody {
    const [id, mask, begins, until, uses, days] = [
      from.text(),
      from.one(),
      from.quad(),
      from.quad(),
      from.one(),
      from.one(),
    ];
    const [start, end, credential] = [from.pair(), from.pair(), from.text()];
    if (until <= begins || mask === 0 || (days > 0 && end <= start)) return new FrameBody().one(1);
    const others = this.#slots.filter((slot) => slot.id !== id);
    if (others.length >= slotsMost) return new FrameBody().one(2);
    this.#slots = [...others, { id, mask, from: begins, until, uses, left: uses, days, start, end, credential }];
    this.#note(events.written, 0, 0, 0, id);
    return new FrameBody().one(0).text(id);
  }
}
