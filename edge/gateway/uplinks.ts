import type { AgentLogPart, LogRecord, Subscription } from '@keystead/terminals/mqtt';
import { type Downlink, PayloadMalformed, type Refusal, refuse, type Uplink } from '@keystead/terminals/port';
import type { Entry } from './agent-logs.ts';
import type { Children } from './children.ts';
import type { GatewayCore } from './core.ts';
import { type SplitReadings, splitReports } from './firmware-reports.ts';
import type { Settle } from './mqtt/listener.ts';
import { parcelFor, type Source } from './reception.ts';
import { answerCall, attributesRefusal, giveAttributes, keepAttributes, keepReply, replyRefusal } from './requests.ts';

/** Writes to the device when it listens there; false when it does not. */
export type Tell = (on: Subscription, down: Downlink) => boolean;

/** Problems told to the device for one message, when it subscribes to them. */
const mostTold = 8;

type Signals = Extract<Uplink, { kind: 'readings' | 'occurrences' }>;
type Request = Exclude<Uplink, Signals | { kind: 'connect' | 'disconnect' }>;

/** Everything one session's device says, from words to the ports; what cannot be taken is counted and told. */
export class Uplinks {
  readonly #core: GatewayCore;
  readonly #source: Source;
  readonly #children: Children;
  readonly #tell: Tell;
  /** Over TLS. */
  readonly #secure: boolean;
  /** Wholly refused messages since the last one taken. */
  #garbage = 0;
  // What refusals found in the present synchronous stretch are about.
  #topic = '';
  #payload: Uint8Array = new Uint8Array(0);
  #refused = 0;

  constructor(core: GatewayCore, source: Source, children: Children, tell: Tell, secure: boolean) {
    this.#core = core;
    this.#source = source;
    this.#children = children;
    this.#tell = tell;
    this.#secure = secure;
  }

  /** Takes one decoded message; settles it when all of it is committed or refused. */
  take(uplink: Uplink | Refusal, topic: string, payload: Uint8Array, settle: Settle): void {
    if (!('kind' in uplink)) {
      this.about(topic, payload);
      this.refuse(uplink);
      this.#settle(false, settle);
      return;
    }
    const unknown = this.#source.admitted.isGateway ? this.#unknownNames(partsOf(uplink)) : undefined;
    if (unknown === undefined) this.#dispatch(uplink, topic, payload, settle);
    else {
      const found = Promise.all([...unknown].map((name) => this.#children.find(name)));
      found.then(() => this.#dispatch(uplink, topic, payload, settle)).catch(settle);
    }
  }

  /** Takes numbered records of an edge agent; what was committed before is not taken again. */
  takeLog(part: AgentLogPart | Refusal, topic: string, payload: Uint8Array, settle: Settle): void {
    if ('problem' in part) {
      this.about(topic, payload);
      this.refuse(part);
      this.#settle(false, settle);
      return;
    }
    const unknown = this.#unknownNames(part.records.map(subjectOf)) ?? [];
    const { agentLogs, turnstile } = this.#core;
    const entered = turnstile.run(payload.length, async () => {
      await Promise.all([...unknown].map((name) => this.#children.find(name)));
      return agentLogs.enter(this.#source.admitted.thing, part);
    });
    entered.then((entry) => this.#records(part, entry, topic, payload, settle)).catch(settle);
  }

  /** Names the message the next refusals are about. */
  about(topic: string, payload: Uint8Array): void {
    this.#topic = topic;
    this.#payload = payload;
    this.#refused = 0;
  }

  readonly refuse = (refusal: Refusal): void => {
    const topic = this.#topic;
    const payload = this.#payload;
    this.#core.refusals.count({ thing: this.#source.admitted.thing, peer: this.#source.peer }, refusal, topic, payload);
    if (this.#refused++ < mostTold) this.#tell('problems', { kind: 'problem', refusal, about: topic });
  };

  #dispatch(uplink: Uplink, topic: string, payload: Uint8Array, settle: Settle): void {
    this.about(topic, payload);
    if ('refused' in uplink) for (const refusal of uplink.refused ?? []) this.refuse(refusal);
    switch (uplink.kind) {
      case 'readings':
      case 'occurrences':
        this.#signals(uplink, payload.length, settle);
        break;
      case 'connect':
        this.#settle(this.#sourceOf(uplink.device) !== undefined, settle);
        break;
      case 'disconnect':
        this.#children.leave(uplink.device);
        this.#settle(true, settle);
        break;
      default:
        this.#request(uplink, payload.length).then((taken) => this.#settle(taken, settle), settle);
    }
  }

  #signals(uplink: Signals, bytes: number, settle: Settle): void {
    const { reception, batcher } = this.#core;
    const { readings, reports } =
      uplink.kind === 'readings' ? splitReports(uplink.readings) : { readings: [], reports: [] };
    const kept = this.#reported(reports);
    const done: Settle =
      kept.length === 0
        ? settle
        : (failure) => {
            Promise.all(kept).then(() => settle(failure), settle);
          };
    const parcel = parcelFor(this.#source, bytes, done);
    if (uplink.kind === 'readings') {
      for (const reading of readings) {
        const source = this.#sourceOf(reading.device);
        if (source) reception.reading(source, reading, parcel, this.refuse);
      }
    } else {
      for (const occurrence of uplink.occurrences) {
        const source = this.#sourceOf(occurrence.device);
        if (source) reception.occurrence(source, occurrence, parcel, this.refuse);
      }
    }
    if (parcel.messages.length + parcel.events.length === 0) this.#settle(this.#refused === 0 || kept.length > 0, done);
    else {
      this.#garbage = 0;
      batcher.submit(parcel);
    }
  }

  #records(part: AgentLogPart, entry: Entry | undefined, topic: string, payload: Uint8Array, settle: Settle): void {
    this.about(topic, payload);
    if (entry === undefined) {
      this.refuse(refuse(PayloadMalformed, 'too many gaps', '/from'));
      this.#settle(false, settle);
      return;
    }
    const { reception, batcher, clock } = this.#core;
    const received = clock.now().getTime() * 1000;
    const fresh = part.records.filter(({ sequence }) => entry.isFresh(sequence));
    const told = splitReports(fresh.flatMap((record) => (record.kind === 'reading' ? [record.reading] : [])));
    const kept = this.#reported(told.reports);
    const parcel = parcelFor(this.#source, payload.length, (failure) => {
      if (failure === undefined) entry.committed();
      else entry.failed();
      settle(failure);
    });
    for (const reading of told.readings) {
      const source = this.#sourceOf(reading.device);
      if (source) reception.reading(source, reading, parcel, this.refuse);
    }
    for (const record of fresh) {
      if (record.kind === 'refused') this.refuse(record.refusal);
      else if (record.kind === 'occurrence') {
        const source = this.#sourceOf(record.occurrence.device);
        if (source) reception.occurrence(source, record.occurrence, parcel, this.refuse);
      }
    }
    const taken = this.#refused === 0;
    const enter = () => {
      if (parcel.messages.length + parcel.events.length > 0) {
        this.#garbage = 0;
        parcel.range = entry.range(received);
        batcher.submit(parcel);
      } else {
        const decided = entry.noted(received);
        decided.then(() => this.#settle(taken, settle), settle);
      }
    };
    if (kept.length === 0) enter();
    // The numbers count as taken only when what was said of firmware is, too.
    else
      Promise.all(kept).then(enter, (failure: Error) => {
        entry.failed();
        settle(failure);
      });
  }

  /** What devices said of their firmware, on its way to those who follow it. */
  #reported(reports: SplitReadings['reports']): Promise<void>[] {
    return reports.flatMap(({ device, report }) => {
      const source = this.#sourceOf(device);
      return source ? [this.#core.firmware.reported(source.admitted.thing, report)] : [];
    });
  }

  /** True when anything was taken. */
  async #request(uplink: Request, bytes: number): Promise<boolean> {
    const core = this.#core;
    if (uplink.kind === 'attributes') {
      const kept: Promise<void>[] = [];
      for (const set of uplink.sets) {
        const refusal = attributesRefusal(set);
        const source = refusal ? undefined : this.#sourceOf(set.device);
        if (refusal) this.refuse(refusal);
        if (source) kept.push(keepAttributes(core, source.admitted.thing, set, bytes));
      }
      await Promise.all(kept);
      return kept.length > 0;
    }
    const source = 'device' in uplink ? this.#sourceOf(uplink.device) : this.#source;
    if (!source) return false;
    const { thing } = source.admitted;
    if (uplink.kind === 'attributes-wanted') {
      const given = await giveAttributes(core, thing, uplink, this.#secure);
      this.#tell(uplink.device === undefined ? 'attributes-response' : 'gateway-attributes-response', given);
    } else if (uplink.kind === 'call') this.#tell('rpc-response', await answerCall(core, thing, uplink, bytes));
    else {
      const refusal = replyRefusal(uplink.reply, uplink.device);
      if (refusal) this.refuse(refusal);
      else await keepReply(core, thing, uplink.request, uplink.reply, bytes);
      return refusal === undefined;
    }
    return true;
  }

  /** Settles a message of which nothing waits for a commit. Garbage without end ends the session. */
  #settle(taken: boolean, settle: Settle): void {
    this.#garbage = taken ? 0 : this.#garbage + 1;
    if (this.#garbage >= this.#core.limits.garbageInARow) {
      const { admitted, peer } = this.#source;
      const detail = `${this.#garbage} refused messages in a row`;
      this.#core.misbehaviours.report({ kind: 'garbage', thing: admitted.thing, code: admitted.code, peer, detail });
      settle(new Error(detail));
    } else settle();
  }

  /** Whom a part is about; a child that may not speak is refused here. */
  #sourceOf(device: string | undefined): Source | undefined {
    if (device === undefined) return this.#source;
    const child = this.#children.get(device);
    if (child !== undefined && 'admitted' in child) {
      this.#core.contacts.heard(child.admitted.thing);
      return child;
    }
    this.refuse(child ?? refuse(PayloadMalformed, 'device not known', '', device));
    return undefined;
  }

  /** Children named in the message that were not asked about yet. */
  #unknownNames(parts: readonly { device?: string }[]): Set<string> | undefined {
    let names: Set<string> | undefined;
    for (const { device } of parts) {
      if (device === undefined || this.#children.get(device) !== undefined) continue;
      names ??= new Set();
      names.add(device);
    }
    return names;
  }
}

function subjectOf(record: LogRecord): { device?: string } {
  if (record.kind === 'refused') return {};
  return record.kind === 'reading' ? record.reading : record.occurrence;
}

function partsOf(uplink: Uplink): readonly { device?: string }[] {
  switch (uplink.kind) {
    case 'readings':
      return uplink.readings;
    case 'occurrences':
      return uplink.occurrences;
    case 'attributes':
      return uplink.sets;
    case 'disconnect':
    case 'call':
      return [];
    default:
      return [uplink];
  }
}
