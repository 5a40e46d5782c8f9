import {
  decideOpening,
  grantFaults,
  type LockEvent,
  type LockGrant,
  type LockRecord,
  lockLogDays,
  wrongCodesBeforeAlarm,
} from '@keystead/contracts/lock';
import mqtt, { type MqttClient } from 'mqtt';
import type { LockHand } from './bench.ts';

type Told = Omit<LockRecord, 'seq' | 'time' | 'event'>;

const day = 86_400_000;
const linesMost = 20_000;
const grantsMost = 500;
const lowAt = 20; // %

/** What stays when the battery is out. */
interface Flash {
  grants: Map<string, LockGrant>;
  used: Map<string, number>;
  frozen: boolean;
  emergency: { code: string; until: number; left: number } | undefined;
  log: LockRecord[];
  seq: number;
  /** Last line the platform has acknowledged. */
  told: number;
}

/** Firmware of a Wi-Fi or NB-IoT lock that speaks the platform's own JSON: decides alone, remembers, tells when it can. */
export class JsonLock implements LockHand {
  readonly #flash: Flash = {
    grants: new Map(),
    used: new Map(),
    frozen: false,
    emergency: undefined,
    log: [],
    seq: 0,
    told: 0,
  };
  readonly #connect: () => MqttClient;
  #client: MqttClient;
  #shift: number;
  #wrong = 0;
  #level = 100;
  #telling = false;

  constructor(port: () => number, token: string, started: number) {
    this.#shift = started - Date.now();
    this.#connect = () => {
      const options = { username: token, protocolVersion: 4, reconnectPeriod: 100, connectTimeout: 2_000 } as const;
      const client = mqtt.connect({ ...options, host: '127.0.0.1', port: port() });
      client.on('error', () => undefined);
      client.on('connect', () => {
        client.subscribe('v1/devices/me/rpc/request/+', { qos: 1 });
        this.#report();
        this.#tell();
      });
      client.on('message', (topic, payload) => this.#asked(client, topic, payload.toString()));
      return client;
    };
    this.#client = this.#connect();
  }

  get time(): number {
    return Math.floor((Date.now() + this.#shift) / 1_000) * 1_000;
  }

  show(means: Parameters<LockHand['show']>[0], credential: string): boolean {
    const { grants, used, frozen, emergency } = this.#flash;
    if (means === 'pin' && emergency?.code === credential && emergency.left > 0 && this.time < emergency.until) {
      emergency.left--;
      return this.#opened({ direction: 'in', means: 'emergency' });
    }
    const held = { grants: grants.values(), used, frozen, offset: 480 };
    const decision = decideOpening(held, { means, credential, time: this.time });
    if (decision.opens) {
      const { id } = decision.grant;
      used.set(id, (used.get(id) ?? 0) + 1);
      return this.#opened({ direction: 'in', means, grant: id });
    }
    this.#note('refused', { direction: 'in', means, reason: decision.reason });
    if (decision.reason === 'key-unknown' && ++this.#wrong % wrongCodesBeforeAlarm === 0) this.#note('wrong-code');
    this.#report();
    return false;
  }

  leave = (): boolean => this.#opened({ direction: 'out', means: 'handle' });
  mechanicalKey = (): boolean => this.#opened({ direction: 'in', means: 'mechanical' });
  tamper = (): void => this.#note('tamper');

  battery(level: number): void {
    const crossed = this.#level >= lowAt && level < lowAt;
    this.#level = level;
    if (crossed) this.#note('low-battery');
    this.#report();
  }

  powerCycle(): void {
    this.#wrong = 0;
    this.#telling = false;
    this.#client.end(true);
    this.#client = this.#connect();
  }

  pass(seconds: number): void {
    this.#shift += seconds * 1_000;
  }

  off = (): Promise<void> => this.#client.endAsync(true);

  #opened(how: Told): true {
    this.#wrong = 0;
    this.#note('unlocked', how);
    this.#report();
    return true;
  }

  #note(event: LockEvent, told: Told = {}): void {
    const flash = this.#flash;
    flash.log.push({ seq: ++flash.seq, time: this.time, event, ...told });
    const oldest = this.time - (lockLogDays + 5) * day;
    while (flash.log.length > linesMost || (flash.log[0]?.time ?? oldest) < oldest) flash.log.shift();
    this.#tell();
  }

  /** Lines one after the other; what was not acknowledged comes again after the next connection. */
  #tell(): void {
    const client = this.#client;
    const next = this.#flash.log.find(({ seq }) => seq > this.#flash.told);
    if (this.#telling || !client.connected || next === undefined) return;
    this.#telling = true;
    const { time, event, ...data } = next;
    const words = JSON.stringify({ ts: time, event, data });
    const done = (failure?: Error | null) => {
      this.#telling = false;
      if (client !== this.#client) return;
      if (!failure) this.#flash.told = next.seq;
      this.#tell();
    };
    // The library keeps what is under way over a reconnect, and calls back once it is acknowledged.
    client.publish('v1/devices/me/events', words, { qos: 1 }, done);
  }

  #state() {
    const { frozen, grants } = this.#flash;
    return { locked: true, open: false, battery: this.#level, wrongCodes: this.#wrong, frozen, grants: grants.size };
  }

  #report(): void {
    if (!this.#client.connected) return;
    this.#client.publish('v1/devices/me/telemetry', JSON.stringify({ ts: this.time, values: this.#state() }), {
      qos: 1,
    });
  }

  #asked(client: MqttClient, topic: string, payload: string): void {
    const request = topic.slice(topic.lastIndexOf('/') + 1);
    let answer: unknown;
    try {
      const { method, params } = JSON.parse(payload) as { method: string; params: Record<string, unknown> };
      answer = this.#does(method, params);
    } catch {
      answer = { error: 'payload-malformed' };
    }
    client.publish(`v1/devices/me/rpc/response/${request}`, JSON.stringify(answer), { qos: 1 });
    this.#report();
  }

  #does(method: string, input: Record<string, unknown>): unknown {
    const flash = this.#flash;
    switch (method) {
      case 'writeGrant': {
        if (grantFaults(input).length > 0) return { error: 'input-invalid' };
        const grant = input as unknown as LockGrant;
        if (!flash.grants.has(grant.id) && flash.grants.size >= grantsMost) return { error: 'full' };
        flash.grants.set(grant.id, grant);
        flash.used.delete(grant.id);
        this.#note('grant-written', { grant: grant.id });
        return { id: grant.id };
      }
      case 'revokeGrant':
        if (flash.grants.delete(String(input.id))) this.#note('grant-revoked', { grant: String(input.id) });
        return { id: input.id };
      case 'readGrants':
        return {
          grants: [...flash.grants.values()].map(({ credential: _kept, ...grant }) => grant),
          frozen: flash.frozen,
        };
      case 'unlock':
        return { ok: this.#opened({ direction: 'in', means: 'remote' }) };
      case 'setEmergencyCode':
        flash.emergency = { code: String(input.pin), until: Number(input.until), left: Number(input.uses) };
        return { ok: true };
      case 'freeze':
        if (flash.frozen !== input.frozen) this.#note(input.frozen ? 'frozen' : 'unfrozen');
        flash.frozen = input.frozen === true;
        return { frozen: flash.frozen };
      case 'readRecords': {
        const { after, most } = input as { after: number; most: number };
        return { records: flash.log.filter(({ seq }) => seq > after).slice(0, most), last: flash.seq };
      }
      case 'setClock':
        this.#shift = Number(input.time) - Date.now();
        this.#note('clock-set');
        return { time: this.time };
      case 'readState':
        return { time: this.time, ...this.#state() };
      default:
        return { error: 'method-unknown' };
    }
  }
}
