import {
  type Broker,
  Candidates,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  countedSilence,
  DeviceNotListed,
  fitting,
  type HowPublished,
  isRefusal,
  type LinkCounter,
  linksOf,
  MethodUnknown,
  mustBeMeant,
  openBroker,
  type Refuse,
  refuse,
  refusingOnLine,
  sendToDevice,
} from '@keystead/terminals/port';
import { writePoint } from './commands.ts';
import { NodeSession, type Outcome } from './node-session.ts';
import { type Payload, readPayload } from './payload.ts';
import { namesOf, translate } from './readings.ts';
import { Rebirths } from './rebirths.ts';
import { faultsOf, SparkplugDevice, SparkplugSettings } from './settings.ts';
import {
  commandTopic,
  groupFilter,
  nodeKey,
  readTopic,
  type SparkplugTopic,
  speakerKey,
  statePayload,
  stateTopic,
} from './topics.ts';
import { Watchers } from './watchers.ts';
import { writePayload } from './writing.ts';

type Setup = ChannelSetup<SparkplugSettings, SparkplugDevice>;

interface Known {
  name: string;
  at: SparkplugDevice;
  nameOf(metric: string): string | undefined;
}

const rebirthMetric = 'Node Control/Rebirth';
const commandDeadline = 5_000;
const attributeMost = 12_000;
/** Commands go by QoS 0, states are kept: so the specification says. */
const ordered: HowPublished = { qos: 0 };
const kept: HowPublished = { qos: 1, retain: true };

class SparkplugChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #bySpeaker: ReadonlyMap<string, Known>;
  /** Of the nodes that are configured. */
  readonly #sessions = new Map<string, NodeSession>();
  readonly #rebirths: Rebirths;
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #candidates: Candidates;
  readonly #watchers = new Watchers();
  /** What a message meant, while it is tried again: numbers are counted once. */
  #current: { bytes: Uint8Array; outcome: Outcome } | undefined;
  #stateTime = 0;
  #broker: Broker | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    this.#bySpeaker = new Map(setup.devices.map(({ name, at }) => [speakerKey(at), { name, at, nameOf: namesOf(at) }]));
    for (const { at } of setup.devices) this.#sessions.set(nodeKey(at), new NodeSession());
    this.#rebirths = new Rebirths(setup.settings.rebirth ?? 5_000);
    this.#candidates = new Candidates(setup.name);
  }

  async open(): Promise<this> {
    const { groups, host, broker } = this.#setup.settings;
    const use = {
      filters: [...groups.map(groupFilter), ...(host === undefined ? [] : [stateTopic(host)])],
      clean: true,
      on: (topic: string, bytes: Uint8Array, retained: boolean) => this.#on(topic, bytes, retained),
      up: () => this.#up(),
      broke: () => this.#links.broke(''),
      ...(host !== undefined && {
        will: () => {
          this.#stateTime = this.#host.clock.now().getTime();
          return { topic: stateTopic(host), payload: statePayload(false, this.#stateTime), retain: true };
        },
      }),
    };
    await this.#candidates.tell(this.#host);
    this.#broker = await openBroker(broker, this.#setup.name, use, this.#host);
    return this;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    const { host } = this.#setup.settings;
    // Who leaves by itself says so: the will is for those who are cut off.
    if (host !== undefined && this.#broker?.connected)
      await this.#publish(stateTopic(host), statePayload(false, this.#host.clock.now().getTime()), kept);
    await this.#broker?.close();
  }

  /** `write` with `{ point, value }` (read back from what the device reports), `rebirth` with nothing. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = [...this.#bySpeaker.values()].find((one) => one.name === name);
    if (!known) throw new DeviceNotListed({ device: name });
    const session = this.#sessions.get(nodeKey(known.at)) ?? new NodeSession();
    const send = async (topic: string, payload: Uint8Array, left: number) => {
      this.#links.sent(name);
      await sendToDevice(this.#broker, name, { topic, payload, ...ordered }, left);
    };
    const now = this.#host.clock.now().getTime();
    const tools = { now, send, watchers: this.#watchers, deadline };
    return countedSilence(this.#links, name, async () => {
      if (method === 'write') return writePoint({ ...known, session }, params, tools);
      if (method !== 'rebirth') throw new MethodUnknown({ device: name, method });
      const born = this.#watchers.wait(speakerKey({ ...known.at, device: undefined }), rebirthMetric, deadline);
      const { group, node } = known.at;
      await Promise.all([born.done, send(commandTopic({ group, node }), this.#rebirthPayload(), deadline)]);
      return { reborn: true };
    });
  }

  #rebirthPayload(): Uint8Array {
    const time = this.#host.clock.now().getTime();
    const payload = writePayload([{ name: rebirthMetric, type: 'Boolean', value: true, time }], { time });
    return isRefusal(payload) ? new Uint8Array(0) : payload;
  }

  /** Births are not kept by the broker: whoever comes later has to ask for them. */
  #up(): void {
    this.#links.up('');
    for (const session of this.#sessions.values()) session.doubt();
    const { host } = this.#setup.settings;
    if (host !== undefined) void this.#publish(stateTopic(host), statePayload(true, this.#stateTime), kept);
    const nodes = new Map(this.#setup.devices.map(({ at }) => [nodeKey(at), at]));
    for (const { group, node } of nodes.values()) this.#askRebirth({ group, node });
  }

  #askRebirth({ group, node }: { group: string; node: string }): void {
    const key = nodeKey({ group, node });
    const wait = this.#rebirths.wait(key, performance.now());
    if (wait > 0) this.#askLater(key, { group, node }, wait);
    else void this.#publish(commandTopic({ group, node }), this.#rebirthPayload());
  }

  /** What is asked too soon after the last time is asked when its time has come, unless the node was born meanwhile. */
  #askLater(key: string, node: { group: string; node: string }, wait: number): void {
    if (this.#waiting.has(key)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(key);
      if (this.#sessions.get(key)?.state !== 'alive') this.#askRebirth(node);
    }, wait);
    this.#waiting.set(key, timer);
  }

  async #publish(topic: string, payload: string | Uint8Array, how = ordered): Promise<void> {
    try {
      await this.#broker?.publish(topic, payload, commandDeadline, how);
    } catch (cause) {
      this.#host.log.warn({ err: cause, topic }, 'not published');
    }
  }

  /** A host that someone else declared offline says that it is not; a will of our old connection may come late. */
  #ownState(bytes: Uint8Array): void {
    const { host } = this.#setup.settings;
    if (host === undefined || !/"online"\s*:\s*false/.test(Buffer.from(bytes.subarray(0, 256)).toString('utf8')))
      return;
    if (this.#broker?.connected) void this.#publish(stateTopic(host), statePayload(true, this.#stateTime), kept);
  }

  async #on(topic: string, bytes: Uint8Array, retained: boolean): Promise<void> {
    const { host } = this.#setup.settings;
    if (host !== undefined && topic === stateTopic(host)) return this.#ownState(bytes);
    const about = readTopic(topic);
    // A birth or value that a broker kept may be of any age; the protocol forbids to keep them.
    if (!about || retained || about.type === 'NCMD' || about.type === 'DCMD') return;
    const known = this.#bySpeaker.get(speakerKey(about));
    const payload = readPayload(bytes);
    if (isRefusal(payload)) return this.#refuse(payload, bytes, known?.name);
    const session = this.#sessions.get(nodeKey(about));
    if (!known) await this.#stranger(about, payload, bytes);
    if (!session) return;
    const outcome = this.#outcome(session, about, payload, bytes);
    if (outcome.rebirth !== undefined) this.#askRebirth(about);
    if (known) await this.#take(known, about, payload, outcome, bytes);
    if (about.device === undefined && outcome.meaning === 'death') await this.#nodeDied(about);
    if (about.type === 'NBIRTH') this.#watchers.tell(speakerKey(about), { metric: rebirthMetric, value: true });
    this.#current = undefined;
  }

  #outcome(session: NodeSession, about: SparkplugTopic, payload: Payload, bytes: Uint8Array): Outcome {
    if (this.#current?.bytes === bytes) return this.#current.outcome;
    const outcome = session.take(about, payload);
    this.#current = { bytes, outcome };
    return outcome;
  }

  async #take(known: Known, about: SparkplugTopic, payload: Payload, outcome: Outcome, bytes: Uint8Array) {
    const { name, at, nameOf } = known;
    if (outcome.meaning === 'stale') return;
    if (outcome.meaning === 'death') {
      if (about.device !== undefined) await this.#gone(known);
      return;
    }
    this.#links.received(name);
    if (outcome.meaning === 'birth') {
      await this.#host.take({ kind: 'connect', device: name });
      const { group, node, device } = at;
      const values = { group, node, ...(device !== undefined && { device }), metrics: described(outcome) };
      await this.#host.take({ kind: 'attributes', sets: [{ device: name, values }] });
    }
    const { readings, refused, told } = translate(outcome.metrics, name, nameOf, payload.time);
    const parts = [...outcome.refused.map((part) => ({ ...part, device: name })), ...refused];
    if (readings.length > 0) await this.#host.take({ kind: 'readings', readings, refused: parts });
    else for (const part of parts) this.#host.refuse(part, bytes.subarray(0, 64), name);
    for (const each of told) this.#watchers.tell(speakerKey(at), each);
  }

  async #gone({ name }: Known): Promise<void> {
    await this.#host.take({ kind: 'disconnect', device: name });
    this.#links.broke(name);
  }

  /** What stands behind a node is gone with it. */
  async #nodeDied({ group, node }: SparkplugTopic): Promise<void> {
    for (const known of this.#bySpeaker.values())
      if (known.at.group === group && known.at.node === node) await this.#gone(known);
  }

  /** Who is not configured is listened to, and asked for nothing: a node of strangers is not ours to command. */
  async #stranger(
    { group, node, device, type }: SparkplugTopic,
    { metrics }: Payload,
    bytes: Uint8Array,
  ): Promise<void> {
    const at = { group, node, ...(device !== undefined && { device }) };
    const title = speakerKey(at);
    const isBirth = type === 'NBIRTH' || type === 'DBIRTH';
    if (!isBirth && device !== undefined) this.#refuse(refuse(DeviceNotListed, title.slice(0, 128)), bytes);
    if (!isBirth && this.#candidates.has(title)) return;
    const about = isBirth ? { metrics: metrics.length } : {};
    if (this.#candidates.seen(title, { title, at, about })) await this.#candidates.tell(this.#host);
  }
}

/** The metrics of a birth, for whoever writes a thing model: as many as an attribute may hold. */
function described({ metrics }: Outcome): { name: string; type: string; unit?: string }[] {
  const all = metrics.map(({ declared: { name, type, properties } }) => ({
    name,
    type,
    ...(properties.unit !== undefined && { unit: properties.unit }),
  }));
  return fitting(all, attributeMost);
}

async function open(setup: Setup, host: ChannelHost): Promise<SparkplugChannel> {
  mustBeMeant(setup.name, faultsOf(setup.settings, setup.devices));
  return new SparkplugChannel(setup, host).open();
}

/** Sparkplug B edge nodes as a host application (I-7.1-a, I-7.1-c). */
export const sparkplugChannel = {
  protocol: 'sparkplug',
  name: { zh: 'Sparkplug B', en: 'Sparkplug B' },
  settings: SparkplugSettings,
  device: SparkplugDevice,
  bearers: ['ethernet', 'wifi', 'cellular'],
  open,
} satisfies ChannelKind<typeof SparkplugSettings, typeof SparkplugDevice>;
