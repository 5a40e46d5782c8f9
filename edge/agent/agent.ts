import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '@keystead/contracts/agent';
import { problem } from '@keystead/contracts/problem';
import { disablesAutonomy } from '@keystead/contracts/thing-model';
import { type Clock, type Log, systemClock } from '@keystead/kernel/base';
import { isObject } from '@keystead/terminals/mqtt';
import { MethodUnknown } from '@keystead/terminals/port';
import { CodecShelf } from './channels/codec-shelf.ts';
import { DeviceFolders } from './channels/device-memory.ts';
import type { KindRegistry } from './channels/kind-registry.ts';
import { Lines } from './channels/lines.ts';
import { ClockKeeper } from './clock/clock-keeper.ts';
import { DutyRoom, type DutyRoomOptions } from './duty/duty-room.ts';
import { OpcuaExposure } from './exposure/opcua-exposure.ts';
import { Intake } from './intake.ts';
import { kinds as allKinds } from './kinds.ts';
import { LineKeeper } from './links/line-keeper.ts';
import type { LinkPolicy } from './links/link-keeper.ts';
import { Doors } from './local/doors.ts';
import { LocalWatch } from './local/local-watch.ts';
import { Responses } from './local/responses.ts';
import type { Found } from './local/watched-device.ts';
import { CallBook } from './platform/call-book.ts';
import type { Endpoint, Trust } from './platform/endpoint.ts';
import { type DownCall, PlatformLink } from './platform/platform-link.ts';
import { PlatformWork } from './platform/platform-work.ts';
import { LineWatch } from './report/line-watch.ts';
import { LoadMeter } from './report/load.ts';
import { ConfigurationKeeper } from './setup/configuration-keeper.ts';
import { type PreparedConfiguration, prepareConfiguration } from './setup/prepared-configuration.ts';
import { Spool, type SpoolLimits, spoolLimits } from './spool/spool.ts';
import { ChildUpdates } from './update/child-updates.ts';
import { followUpdates } from './update/following.ts';
import { noUpdater, type Updater, UpdateUnsupported } from './updater.ts';

export const agentVersion = '0.1.0';

/** Nothing here keeps a fire device from starting by itself, whoever asks (H-6.3-b-2). */
export class AutonomyProtected extends problem('autonomy-protected', 403) {}

export interface AgentOptions {
  /** Folder of everything it keeps. */
  data: string;
  /** Ways to the platform, the preferred first; none = alone. */
  endpoints: readonly Endpoint[];
  trust: Trust;
  token: string;
  log: Log;
  clock?: Clock;
  kinds?: KindRegistry;
  /** A configuration file for a start without the platform. */
  configurationFile?: string;
  duty?: DutyRoomOptions;
  /** When the preferred way to the platform is gone back to. */
  linkPolicy?: LinkPolicy;
  /** PEM of the key that signs door grants. */
  grantsKey?: string;
  spool?: Partial<SpoolLimits>;
  updater?: Updater;
}

export interface Agent {
  /** Port of the duty room's page. */
  readonly dutyPort: number | undefined;
  close(): Promise<void>;
}

const secondMs = 1_000;
const lookMs = 2_000;
const reportMs = 60_000;
const defaultDeadline = 10_000;
const longestDeadline = 600_000;

/** Opens everything: rules, log, channels, duty room, the way to the platform. Resolves when the last good configuration runs. */
export async function openAgent(options: AgentOptions): Promise<Agent> {
  const { data, log, clock = systemClock, kinds = allKinds, updater = noUpdater(agentVersion) } = options;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const started = clock.now().toISOString();
  const limits = { ...spoolLimits, ...options.spool };
  const spool = await Spool.open(join(data, 'spool'), limits, clock, log);
  const clockKeeper = new ClockKeeper(clock, spool, log);
  const watch = new LocalWatch(join(data, 'local.json'), clock, log);
  const doors = new Doors();
  const lineWatch = new LineWatch();
  const lineKeeper = new LineKeeper();
  const load = new LoadMeter(data, spool);
  const codecs = new CodecShelf(clock);
  const opcua = new OpcuaExposure(data, log);
  const memory = new DeviceFolders(data);

  const lines = new Lines(
    {
      codec: (name) => codecs.codec(name),
      memory,
      take: (_line, uplink) => intake.take(uplink),
      refused: (line, refusal, device) =>
        log.debug({ channel: line, device, type: refusal.problem.type, detail: refusal.detail }, 'part refused'),
      failed: (line, cause) => intake.say(2, 'channel-failed', { channel: line, problem: String(cause).slice(0, 200) }),
    },
    clock,
    log,
  );

  const call = async (device: string, method: string, params: unknown, deadline: number, urgent: boolean) => {
    const model = watch.get(device)?.model;
    if (model && disablesAutonomy(model, { service: method, values: params })) throw new AutonomyProtected();
    const vital = model?.services.some(({ id, risk }) => id === method && risk === 'vital') ?? false;
    return lines.call(device, method, params, Math.min(deadline, longestDeadline), urgent || vital);
  };
  const responses = new Responses(
    {
      call: ({ device, method, params, deadline = defaultDeadline }) => call(device, method, params, deadline, true),
      tell: (event, about) => intake.keep(3, event, about),
      owed: watch.owed,
      changed: () => watch.changed(),
    },
    clock,
    log,
  );
  const intake: Intake = new Intake({
    spool,
    watch,
    responses,
    doors,
    clock,
    log,
    now: () => clockKeeper.now(),
    call: ({ device, method, params, deadline = defaultDeadline }, urgent) =>
      call(device, method, params, deadline, urgent),
    attributes: (set) => work.attributes(set),
    show: (device, told) => opcua.show(device, told),
  });

  const apply = async ({ document, lines: wanted, devices }: PreparedConfiguration): Promise<void> => {
    const found: Found[] = [];
    watch.apply(devices, document.reporting ?? [], found);
    responses.apply(document.responses ?? []);
    doors.apply(document.doors ?? [], document.grants);
    const { bytes = limits.bytes, hours = limits.hours } = document.store ?? {};
    spool.limits = { ...spool.limits, bytes, hours };
    intake.found(found);
    await codecs.apply(document.codecs ?? []);
    await lines.apply(wanted);
    void responses.resume();
    lineKeeper.apply(lines.alternatives());
    await opcua.apply(document.opcua, devices);
    await memory.keepOnly(wanted.flatMap(({ configuration }) => configuration.devices.map(({ name }) => name)));
  };
  const configuration = new ConfigurationKeeper(
    data,
    {
      prepare: (document) =>
        prepareConfiguration(document, {
          kinds,
          codecs,
          grantsKey: options.grantsKey,
          threadLost: (channel, cause) => lines.failed(channel, cause),
        }),
      apply,
      persevere: () => lines.persevere(),
      changed: (state, applied) => {
        const { version, refused, errors } = state;
        if (applied) intake.say(2, 'configuration-applied', { version });
        else intake.say(2, 'configuration-refused', { version: refused ?? 0, errors: errors.slice(0, 5) });
        void work.announce().then(
          () => children.lookAgain(),
          () => log.info('devices not announced'),
        );
        void work.tellStatus();
      },
    },
    log,
  );

  const status = async (): Promise<AgentStatus> => ({
    version: updater.version,
    configuration: configuration.state,
    kinds: Object.keys(kinds),
    load: await load.look(performance.now()),
    log: spool.name,
    heads: [spool.next(3), spool.next(2), spool.next(1)],
    started,
  });
  const ownCall = async (method: string): Promise<unknown> => {
    if (method === 'status') return status();
    if (method === 'update') throw new UpdateUnsupported();
    throw new MethodUnknown({ method });
  };

  const calls = new CallBook(join(data, 'calls'));
  const link = new PlatformLink(
    {
      endpoints: options.endpoints,
      trust: options.trust,
      token: options.token,
      clientId: clientIdIn(data),
      policy: options.linkPolicy,
    },
    log,
  );
  const work: PlatformWork = new PlatformWork({
    link,
    spool,
    clock: clockKeeper,
    configuration,
    calls,
    intake,
    log,
    devices: () => watch.names(),
    status,
    call: ({ device, method, params }: DownCall) =>
      device === undefined ? ownCall(method) : call(device, method, params, deadlineIn(params), false),
    changed: () => duty?.changed(),
  });

  followUpdates(link, updater, log);
  const children = new ChildUpdates(data, {
    link,
    log,
    updatable: () => lines.updatable(),
    update: (device, wanted, signal) => lines.update(device, wanted, signal),
  });
  clockKeeper.onJump = (ms) => intake.say(2, 'clock-jumped', { ms: Math.round(ms) });
  spool.onDropped = (level, dropped) => {
    // Told as an event while the link lasts; with the link cut the message that follows names the range.
    if (level > 1 || work.isConnected) intake.say(2, 'records-dropped', { level, ...dropped });
    log.warn({ level, ...dropped }, 'records given up');
  };

  await configuration.begin(options.configurationFile);
  const duty =
    options.duty &&
    new DutyRoom(options.duty, {
      alarms: () => watch.alarms.list(),
      acknowledge: (id) => watch.acknowledge(id, Math.round(clockKeeper.now())),
      isConnected: () => work.isConnected,
    });
  const dutyPort = await duty?.listen();
  watch.alarms.onChange = () => duty?.changed();

  let toldSums = '';
  const look = (whole: boolean) => {
    const { findings, summary } = lineWatch.look(lines.links(), clock.now().getTime());
    for (const { event, data: about } of findings) intake.say(2, event, about);
    for (const change of lineKeeper.look(lines.links(), performance.now())) {
      log.warn({ ...change }, 'line runs with other settings');
      intake.say(2, 'line-switched', { ...change });
      lines.change(change.channel, change.to).catch((err: unknown) => log.error({ err }, 'settings not changed'));
    }
    const { links, latency, ...sums } = summary;
    const text = JSON.stringify([sums.onlineRate, sums.damaged, sums.breaks, findings.length > 0]);
    const tell = async () => {
      if (whole || text !== toldSums) await intake.figures(2, { ...sums });
      toldSums = text;
      if (!whole) return;
      const now = await load.look(performance.now());
      await intake.figures(1, {
        links,
        ...(latency !== undefined && { latency }),
        cpu: now.cpu,
        memory: now.memory,
        disk: now.disk,
        backlog3: now.backlog[0],
        backlog2: now.backlog[1],
        backlog1: now.backlog[2],
        clockOffset: (spool.offset ?? 0) / 1000,
        platformBreaks: link.breaks,
        platformWay: link.way + 1,
        ...(now.hoursLeft !== undefined && { hoursLeft: now.hoursLeft }),
        ...(work.latency !== undefined && { platformLatency: Math.round(work.latency) }),
      });
    };
    tell().catch((err: unknown) => log.warn({ err }, 'figures not kept'));
  };
  const timers = [
    setInterval(() => {
      clockKeeper.look().catch((err: unknown) => log.error({ err }, 'clock not looked at'));
      const found: Found[] = [];
      watch.passed(clock.now().getTime() * 1000, found);
      intake.found(found);
    }, secondMs),
    setInterval(() => look(false), lookMs),
    setInterval(() => {
      look(true);
      void work.tellStatus();
      spool.keepWithinBounds().catch((err: unknown) => log.error({ err }, 'store not kept within its bounds'));
    }, reportMs),
  ];
  if (options.endpoints.length > 0) link.start();
  else await spool.fixOffset(0);

  return {
    dutyPort,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      children.close();
      await lines.close();
      await opcua.close();
      await codecs.close();
      work.close();
      await link.close();
      await duty?.close();
      await spool.close();
      await watch.close();
      await calls.close();
    },
  };
}

/** The platform may say how long a call may take, beside its parameters. */
function deadlineIn(params: unknown): number {
  const deadline = isObject(params) ? params.deadlineMs : undefined;
  return typeof deadline === 'number' && deadline > 0 ? deadline : defaultDeadline;
}

/** The same name at each connection, so that a half-open one is taken over. */
function clientIdIn(data: string): string {
  const path = join(data, 'client-id');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const made = `agent-${randomBytes(6).toString('hex')}`;
  writeFileSync(path, made, { mode: 0o600 });
  return made;
}
