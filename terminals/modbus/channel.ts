import type { FieldError } from '@keystead/contracts/problem';
import {
  type Channel,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  DeviceNotListed,
  type LinkFigures,
  mustBeMeant,
  problemOf,
  refuse,
  type Uplink,
  untaken,
} from '@keystead/terminals/port';
import { callDevice } from './calls/call.ts';
import { deviceFaults, ModbusDevice } from './device.ts';
import { rtuFraming } from './frame/rtu-framing.ts';
import { tcpFraming } from './frame/tcp-framing.ts';
import { createLine, type Line } from './line/line.ts';
import { type Link, WholeLink } from './line/link.ts';
import { frameGap, serialWire } from './line/serial-wire.ts';
import { socketWire } from './line/socket-wire.ts';
import type { OpenWire } from './line/wire.ts';
import { groupsOf } from './polling/polled-device.ts';
import { openStation, type Station } from './polling/station.ts';
import { ModbusSettings } from './settings.ts';

type Setup = ChannelSetup<ModbusSettings, ModbusDevice>;
type Configured = Setup['devices'][number];

const standardTimeout = 1000;
const connectTimeout = 3000;
const none = new Uint8Array(0);

/** Devices by the wire they are on. */
function wiresOf({ settings, devices }: Setup): Map<string, Configured[]> {
  if (settings.transport === 'serial') return new Map([[settings.path, [...devices]]]);
  return Map.groupBy(devices, ({ at }) => `${at.host ?? settings.host}\n${at.port ?? settings.port ?? 502}`);
}

function faultsOf({ settings, devices }: Setup): FieldError[] {
  const faults = devices.flatMap(({ at }, index) =>
    deviceFaults(at).map((fault) => ({ ...fault, pointer: `/devices/${index}/at${fault.pointer}` })),
  );
  const names = new Set<string>();
  for (const [index, { name, at }] of devices.entries()) {
    if (names.has(name)) faults.push({ pointer: `/devices/${index}/name`, code: 'duplicate' });
    names.add(name);
    if (settings.transport !== 'serial' && (at.host ?? settings.host) === undefined)
      faults.push({ pointer: `/devices/${index}/at/host`, code: 'required' });
  }
  return faults;
}

function openerOf(settings: ModbusSettings, key: string): OpenWire {
  if (settings.transport !== 'serial') {
    const [host = '', port = ''] = key.split('\n');
    return socketWire(host, Number(port), connectTimeout);
  }
  const { path, baudRate = 9600, dataBits = 8, parity = 'none', stopBits = 1 } = settings;
  return serialWire({ path, baudRate, dataBits, parity, stopBits });
}

const pauseOf = (settings: ModbusSettings): number =>
  settings.pause ??
  (settings.transport === 'serial' ? Math.ceil(frameGap({ baudRate: settings.baudRate ?? 9600 })) : 0);

interface Opened {
  line: Line;
  station: Station;
}

function openWire(setup: Setup, key: string, members: { at: ModbusDevice; link: Link }[], host: ChannelHost): Opened {
  const { settings } = setup;
  const timeout = settings.timeout ?? standardTimeout;
  const first = setup.devices.findIndex(({ name }) => name === members[0]?.link.device);
  let station: Station | undefined;
  let wasUp: boolean | undefined;
  const line = createLine({
    open: openerOf(settings, key),
    framing: settings.transport === 'tcp' ? tcpFraming : rtuFraming,
    timeout,
    pause: pauseOf(settings),
    deadAfter: settings.transport === 'serial' ? 0 : 3,
    changed: (up, reason) => {
      if (up !== wasUp) host.log.info({ channel: setup.name, line: key.replace('\n', ':'), up, reason }, 'modbus line');
      wasUp = up;
      station?.changed(up);
    },
    refused: (refusal, sample, device) => host.refuse(refusal, sample.subarray(0, 64), device),
  });
  const tools = {
    clock: host.clock,
    retries: settings.retries ?? 1,
    patience: Math.max(10_000, timeout * 10),
    refuse: host.refuse,
    take: (uplink: Uplink) => take(host, uplink),
  };
  const polled = members.map(({ at, link }) => ({ link, groups: groupsOf(at) }));
  station = openStation(line, polled, tools, first);
  return { line, station };
}

/** A reading that cannot be kept is counted; the next turn brings a newer one. */
async function take(host: ChannelHost, uplink: Uplink): Promise<void> {
  try {
    await host.take(uplink);
  } catch (error) {
    const device = uplink.kind === 'readings' ? uplink.readings[0]?.device : undefined;
    host.log.warn({ err: error, device }, 'a reading was not taken');
    host.refuse(untaken(error), none, device);
  }
}

/** Opens a channel; throws `InputInvalid` for a device table that cannot be meant, nothing for a line that is not there. */
async function open(setup: Setup, host: ChannelHost): Promise<Channel> {
  mustBeMeant(setup.name, faultsOf(setup));
  const whole = new WholeLink(host.clock);
  const places = new Map<string, { line: Line; link: Link; at: ModbusDevice }>();
  const wires = [...wiresOf(setup)].map(([key, devices]) => {
    const members = devices.map(({ name, at }) => ({ at, link: whole.add(name, at.unit ?? 1, host.clock) }));
    const wire = openWire(setup, key, members, host);
    for (const member of members) places.set(member.link.device, { ...member, line: wire.line });
    return wire;
  });
  return {
    call: async (device, method, params, deadline) => {
      const place = places.get(device);
      if (!place) throw problemOf(refuse(DeviceNotListed, device));
      const up = { clock: host.clock, take: (uplink: Uplink) => take(host, uplink) };
      return callDevice(place, { method, params, deadline }, up);
    },
    links: () => {
      const links = new Map<string, LinkFigures>();
      for (const [name, { link }] of places) links.set(name, { ...link.figures });
      links.set('', whole.figures);
      return links;
    },
    close: async () => {
      for (const { station } of wires) station.close();
      await Promise.all(wires.map(({ line }) => line.close()));
    },
  };
}

/** Modbus RTU, TCP and RTU over TCP as a master (H-7.1-b-1, I-5.3.1-c, I-7.1-a). */
export const modbusChannel: ChannelKind<typeof ModbusSettings, typeof ModbusDevice> = {
  protocol: 'modbus',
  name: { zh: 'Modbus', en: 'Modbus' },
  settings: ModbusSettings,
  device: ModbusDevice,
  bearers: ['rs232', 'rs485', 'ethernet', 'wifi', 'cellular', 'ble'],
  open,
};
