import { Problem } from '@keystead/contracts/problem';
import {
  decodePayload,
  type FirmwareTopic,
  type JsonLimits,
  mqttDriver,
  readAgentLog,
  readJson,
  type Subscription,
  topics,
} from '@keystead/terminals/mqtt';
import { CommitFailed, refuse, TopicForbidden } from '@keystead/terminals/port';
import { Children } from './children.ts';
import type { GatewayCore } from './core.ts';
import { FirmwareNotOffered, FirmwareRangeInvalid, largestPart, readChildSize, readSize } from './firmware-desk.ts';
import type { Hello, Link, MqttSession, Settle } from './mqtt/listener.ts';
import type { PendingCommand } from './ports.ts';
import type { Source } from './reception.ts';
import { freshAttribute, freshCredential } from './requests.ts';
import type { LiveSession } from './sessions.ts';
import { compileRights, type TopicRights } from './topic-rights.ts';
import { type Tell, Uplinks } from './uplinks.ts';

const nothing = new Uint8Array(0);
/** Commands a device is given at its contact; the rest follows with the next look at the queue. */
const mostPending = 100;

/** One connected thing: its rights and subscriptions, its children when it is a gateway, its beginning and end. */
export class DeviceSession implements MqttSession, LiveSession {
  readonly source: Source;
  readonly thing: number;
  readonly peer: string;
  readonly urgent: boolean;
  readonly keepalive: number;
  readonly id: string;
  lastHeard: number;
  readonly #core: GatewayCore;
  readonly #link: Link;
  readonly #rights: TopicRights;
  /** Over TLS. */
  readonly #secure: boolean;
  readonly #json: JsonLimits;
  readonly #children: Children;
  readonly #uplinks: Uplinks;
  readonly #subscribed = new Map<Subscription, 0 | 1>();
  #ended = false;

  constructor(core: GatewayCore, source: Source, hello: Hello, link: Link, id: string) {
    const { admitted } = source;
    this.#core = core;
    this.#link = link;
    this.source = source;
    this.thing = admitted.thing;
    this.peer = source.peer;
    this.id = id;
    this.keepalive = hello.keepalive;
    this.lastHeard = core.clock.now().getTime();
    this.urgent = source.model.urgent || admitted.isGateway;
    this.#rights = compileRights(source.model, admitted.isGateway);
    this.#json = { bytes: core.limits.payloadBytes, depth: 16 };
    this.#children = new Children(
      {
        admit: (name) => core.turnstile.run(name.length, () => core.ports.admission.child(admitted, name)),
        joined: (child) => this.#joined(child.admitted.thing),
        left: (child) => this.#left(child.admitted.thing),
        now: () => core.clock.now(),
      },
      source.peer,
      core.limits.children,
    );
    this.#secure = hello.secure;
    this.#uplinks = new Uplinks(core, source, this.#children, this.#tell, hello.secure);
    core.sessions.add(this);
    core.ports.contact.connected(this.thing, id);
  }

  publish(topic: string, payload: Uint8Array, settle: Settle): void {
    if (this.#ended) {
      settle(new Error('session ended'));
      return;
    }
    this.heard();
    this.#core.counters.bytes += payload.length;
    const meant = this.#rights.publish(topic);
    if (meant === undefined) {
      this.#forbidden('publish', topic, payload);
      // What stands behind it in the same bytes is not taken either.
      this.#ended = true;
      settle(new Error('topic-forbidden'));
      return;
    }
    if (meant.use === 'firmware-request') this.#firmware(meant, payload, settle);
    else if (meant.use === 'agent-log')
      this.#uplinks.takeLog(readAgentLog(payload, this.#json), topic, payload, settle);
    else this.#uplinks.take(decodePayload(meant, payload, this.#json), topic, payload, settle);
  }

  subscribe(filter: string, qos: 0 | 1): boolean {
    const meant = this.#rights.subscribe(filter);
    if (meant === undefined) {
      this.#forbidden('subscribe', filter, nothing);
      return false;
    }
    this.#subscribed.set(meant, qos);
    if (meant === 'attributes') this.#offerFresh(this.thing);
    if (meant === 'rpc-request') this.#deliverPending(this.thing);
    if (meant === 'gateway-rpc') for (const thing of this.#children.things()) this.#deliverPending(thing);
    return true;
  }

  unsubscribe(filter: string): void {
    const meant = this.#rights.subscribe(filter);
    if (meant !== undefined) this.#subscribed.delete(meant);
  }

  heard(): void {
    this.lastHeard = this.#core.clock.now().getTime();
    this.#core.contacts.heard(this.thing, this.lastHeard);
  }

  end(): void {
    this.#ended = true;
    this.#link.end();
  }

  closed(broken: boolean): void {
    this.#core.sessions.remove(this);
    this.#children.leaveAll();
    this.#core.ports.contact.disconnected(this.thing, this.id, broken);
  }

  forgetChild(thing: number): void {
    this.#children.forget(thing);
  }

  listens(thing: number): boolean {
    if (this.#ended) return false;
    return thing === this.thing
      ? this.#subscribed.has('rpc-request')
      : this.#children.nameOf(thing) !== undefined && this.#subscribed.has('gateway-rpc');
  }

  command(command: PendingCommand): boolean {
    const { thing, request, method, params } = command;
    const device = this.#children.nameOf(thing);
    if (thing !== this.thing && device === undefined) return false;
    return this.#tell(device === undefined ? 'rpc-request' : 'gateway-rpc', {
      kind: 'call',
      request,
      device,
      method,
      params,
    });
  }

  sharedAttributes(thing: number, values: Record<string, unknown>): void {
    const device = this.#children.nameOf(thing);
    if (thing !== this.thing && device === undefined) return;
    this.#tell(device === undefined ? 'attributes' : 'gateway-attributes', { kind: 'attributes', device, values });
    this.#offerFresh(thing);
  }

  readonly #tell: Tell = (on, down) => {
    const qos = this.#subscribed.get(on);
    if (qos === undefined || this.#ended) return false;
    this.#link.send(mqttDriver.encode(down), qos);
    return true;
  };

  /** Answers with the part, or says on the error topic why none comes; only a part that was given or denied is settled. */
  #firmware({ request, chunk, gateway }: FirmwareTopic, payload: Uint8Array, settle: Settle): void {
    const { log } = this.#core;
    const send = (on: Subscription, topic: string, bytes: Uint8Array) => {
      const qos = this.#subscribed.get(on);
      if (qos !== undefined && !this.#ended) this.#link.send({ topic, payload: bytes }, qos);
    };
    (gateway ? this.#childPart(chunk, payload) : this.#core.firmware.part(this.thing, chunk, readSize(payload)))
      .then(
        (bytes) => send('firmware-response', topics.firmwareResponse(request, chunk), bytes),
        (cause: unknown) => {
          if (!(cause instanceof Problem)) log.warn({ err: cause, thing: this.thing }, 'part of firmware not given');
          const type = cause instanceof Problem ? cause.type : CommitFailed.type;
          send('firmware-error', topics.firmwareError, Buffer.from(type));
        },
      )
      .then(() => settle(), settle);
  }

  /** A part for a device behind this gateway; rejects as if nothing were offered to one that is not. */
  async #childPart(chunk: number, payload: Uint8Array): Promise<Uint8Array> {
    const json = readJson(payload, this.#json);
    const asked = 'problem' in json ? undefined : readChildSize(json.value);
    if (asked === undefined) throw new FirmwareRangeInvalid({ most: largestPart });
    await this.#children.find(asked.device);
    const child = this.#children.get(asked.device);
    if (child === undefined || !('admitted' in child)) throw new FirmwareNotOffered();
    return this.#core.firmware.part(child.admitted.thing, chunk, asked.size);
  }

  /** Tells a credential that waits for the thing, where nobody can listen in. */
  #offerFresh(thing: number): void {
    freshCredential(this.#core, thing, this.#secure).then(
      (fresh) => {
        if (!fresh) return;
        const device = this.#children.nameOf(thing);
        const values = { [freshAttribute]: fresh };
        this.#tell(device === undefined ? 'attributes' : 'gateway-attributes', { kind: 'attributes', device, values });
      },
      (failure: unknown) => this.#core.log.warn({ err: failure, thing }, 'waiting credential not read'),
    );
  }

  #forbidden(act: 'publish' | 'subscribe', topic: string, payload: Uint8Array): void {
    const { admitted, peer } = this.source;
    this.#uplinks.about(topic, payload);
    this.#uplinks.refuse(refuse(TopicForbidden, act));
    const detail = `${act} ${topic.slice(0, 200)}`;
    this.#core.misbehaviours.report({
      kind: 'topic-forbidden',
      thing: admitted.thing,
      code: admitted.code,
      peer,
      detail,
    });
  }

  #joined(thing: number): void {
    // A session that closed while its child was being asked about must not come back to life through it.
    if (this.#core.sessions.reach(this.thing) !== this) return;
    this.#core.sessions.addBehind(thing, this);
    this.#core.ports.contact.connected(thing, this.id);
    if (this.#subscribed.has('gateway-rpc')) this.#deliverPending(thing);
  }

  #left(thing: number): void {
    this.#core.sessions.removeBehind(thing, this);
    this.#core.ports.contact.disconnected(thing, this.id);
  }

  #deliverPending(thing: number): void {
    const core = this.#core;
    core.turnstile
      .run(64, () => core.ports.commands.take(thing, { limit: mostPending, again: true }))
      .then(
        (commands) => {
          for (const command of commands)
            if (!this.command(command)) core.ports.commands.returned(thing, command.request);
        },
        (failure: unknown) => core.log.warn({ err: failure, thing }, 'commands not read'),
      );
  }
}
