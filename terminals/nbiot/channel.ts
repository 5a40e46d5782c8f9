import {
  bearers,
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  CodecUnknown,
  countedSilence,
  DeviceNotListed,
  isRefusal,
  type LinkCounter,
  linksOf,
  MethodUnknown,
  problemOf,
  type Receiver,
  type Refusal,
  type Refuse,
  refuse,
  refusingOnLine,
  type Uplink,
  uplinksOf,
} from '@keystead/terminals/port';
import type { Cloud, CloudEvent, Push } from './cloud.ts';
import { type CloudCommand, type CloudCommands, ctwingCommands, onenetCommands } from './commands.ts';
import { ctwing } from './ctwing.ts';
import { base64, hex } from './fields.ts';
import { onenet } from './onenet.ts';
import { openPushes } from './pushes.ts';
import { Receipts } from './receipts.ts';
import { NbiotDevice, NbiotSettings } from './settings.ts';
import { Tasks } from './tasks.ts';

type Setup = ChannelSetup<NbiotSettings, NbiotDevice>;

interface Known {
  name: string;
  at: NbiotDevice;
}

function cloudOf(cloud: NbiotSettings['cloud']): Cloud {
  return cloud.kind === 'ctwing' ? ctwing(cloud.token) : onenet(cloud);
}

function commandsOf(cloud: NbiotSettings['cloud'], host: ChannelHost): CloudCommands | undefined {
  if (cloud.kind === 'ctwing') return cloud.commands && ctwingCommands(cloud.commands, host.clock);
  return cloud.commands && onenetCommands(cloud.commands, host.clock);
}

class NbiotChannel implements Channel {
  readonly #setup: Setup;
  readonly #host: ChannelHost;
  readonly #links: LinkCounter;
  readonly #refuse: Refuse;
  readonly #byId: ReadonlyMap<string, Known>;
  readonly #commands: CloudCommands | undefined;
  readonly #receipts: Receipts;
  readonly #tasks = new Tasks();
  #receiver: Receiver | undefined;

  constructor(setup: Setup, host: ChannelHost) {
    this.#setup = setup;
    this.#host = host;
    this.#byId = new Map(setup.devices.map((device) => [device.at.id, device]));
    this.#links = linksOf(setup, host);
    this.#refuse = refusingOnLine({ host, links: this.#links });
    this.#commands = commandsOf(setup.settings.cloud, host);
    this.#receipts = new Receipts(host.clock);
  }

  async open(): Promise<this> {
    const use = {
      cloud: cloudOf(this.#setup.settings.cloud),
      take: async (push: Push, body: Uint8Array) => {
        await this.#receipts.once(push.id, () => this.#push(push, body));
      },
      refused: (refusal: Refusal, sample: Uint8Array) => this.#refuse(refusal, sample),
    };
    this.#receiver = await openPushes(this.#setup.settings.listen, use, this.#host.log);
    return this;
  }

  /** Port it listens on. */
  get port(): number {
    return this.#receiver?.port ?? 0;
  }

  links() {
    return this.#links.all();
  }

  async close(): Promise<void> {
    this.#tasks.close();
    await this.#receiver?.close();
  }

  /** Bytes by the device's codec, or a service of the cloud's thing model by its name. */
  async call(name: string, method: string, params: unknown, deadline: number): Promise<unknown> {
    const known = this.#setup.devices.find((device) => device.name === name);
    if (!known || !this.#commands) throw new MethodUnknown({ device: name, detail: 'commands are not configured' });
    const until = performance.now() + deadline;
    const command = await this.#encode(known, method, params);
    this.#links.sent(name);
    const { send } = this.#commands;
    return countedSilence(this.#links, name, async () => {
      const answer = await send(known.at, command, deadline);
      if ('result' in answer) return answer.result;
      return this.#tasks.outcome(known.at.id, answer.task, Math.max(1, until - performance.now()));
    });
  }

  async #encode(known: Known, method: string, params: unknown): Promise<CloudCommand> {
    const name = known.at.codec ?? this.#setup.settings.codec;
    if (name === undefined) return { service: method, params };
    const codec = this.#host.codec?.(name);
    if (!codec) throw problemOf(refuse(CodecUnknown, name));
    const encoded = await codec.encode({ method, params, device: known.at.id, variables: known.at.variables });
    if (isRefusal(encoded)) throw problemOf(encoded);
    return { bytes: encoded.bytes };
  }

  /** Rejects when it could not be stored: the cloud is told to come again with all of it. */
  async #push({ events }: Push, body: Uint8Array): Promise<void> {
    for (const event of events) {
      const known = this.#byId.get(event.device);
      if (!known) {
        this.#refuse(refuse(DeviceNotListed, event.device), body);
        continue;
      }
      this.#links.received(known.name);
      for (const uplink of await this.#uplinks(event, known)) await this.#host.take(uplink);
    }
  }

  async #uplinks(event: CloudEvent, known: Known): Promise<Uplink[]> {
    const device = known.name;
    switch (event.kind) {
      case 'fate':
        this.#tasks.told(event);
        return [];
      case 'presence':
        return [{ kind: event.online ? 'connect' : 'disconnect', device }];
      case 'event': {
        const { event: name, data, time } = event;
        return [{ kind: 'occurrences', occurrences: [{ device, event: name, data, time }] }];
      }
      case 'bytes':
        return this.#decoded(event.bytes, event.time, known);
      case 'values': {
        const { values, bytes } = apart(event.values, known.at.raw);
        const uplinks = bytes ? await this.#decoded(bytes, event.time, known) : [];
        if (Object.keys(values).length === 0) return uplinks;
        return [...uplinks, { kind: 'readings', readings: [{ device, time: event.time, values }] }];
      }
    }
  }

  async #decoded(bytes: Uint8Array, time: number | undefined, known: Known): Promise<Uplink[]> {
    const name = known.at.codec ?? this.#setup.settings.codec ?? '';
    const codec = this.#host.codec?.(name);
    const recvTime = time === undefined ? undefined : time / 1000;
    const decoded = codec
      ? await codec.decode({ bytes, recvTime, variables: known.at.variables })
      : refuse(CodecUnknown, name === '' ? 'the device has no codec for its bytes' : name);
    if (!isRefusal(decoded)) return uplinksOf(decoded, () => known.name, time);
    this.#refuse(decoded, bytes, known.name);
    return [];
  }
}

/** The device's own bytes, where one of its properties carries them, apart from the others. */
function apart(values: Record<string, unknown>, raw: NbiotDevice['raw']) {
  if (!raw) return { values, bytes: undefined };
  const { [raw.property]: coded, ...others } = values;
  const bytes = raw.coding === 'hex' ? hex(coded) : base64(coded);
  return bytes ? { values: others, bytes } : { values, bytes: undefined };
}

/** NB-IoT devices through their operator's cloud: CTWing (AEP) and OneNET (H-6.1-1). */
export const nbiotChannel = {
  protocol: 'nbiot',
  name: { zh: 'NB-IoT 云平台', en: 'NB-IoT cloud' },
  settings: NbiotSettings,
  device: NbiotDevice,
  bearers: bearers.filter((bearer) => bearer === 'nb-iot' || bearer === 'cellular'),
  open: (setup: Setup, host: ChannelHost) => new NbiotChannel(setup, host).open(),
} satisfies ChannelKind<typeof NbiotSettings, typeof NbiotDevice>;
