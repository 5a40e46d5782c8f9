import { InputInvalid } from '@keystead/contracts/problem';
import {
  type Channel,
  type ChannelHost,
  type ChannelSetup,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  MethodUnknown,
  PropertyUnknown,
  problemOf,
  refuse,
} from '@keystead/terminals/port';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import type { OpcuaDevice, OpcuaPoint } from '../device.ts';
import type { OpcuaSettings } from '../settings.ts';
import { browse } from './browsing.ts';
import { type OpcuaLine, openLine } from './line.ts';
import { callMethod } from './methods.ts';
import { readNode, writePoint } from './writing.ts';

const ReadParams = Type.Object({ point: Type.String() }, { additionalProperties: false });
const WriteParams = Type.Object({ point: Type.String(), value: Type.Unknown() }, { additionalProperties: false });
const BrowseParams = Type.Object(
  { node: Type.Optional(Type.String({ maxLength: 600 })) },
  { additionalProperties: false },
);

function pointOf(at: OpcuaDevice, name: string): OpcuaPoint {
  const point = at.points.find((each) => each.name === name);
  if (!point) throw problemOf(refuse(PropertyUnknown, name));
  return point;
}

const wrongParams = (code: string) => new InputInvalid({}, [{ pointer: '', code }]);

async function carryOut({ library, session }: OpcuaLine, at: OpcuaDevice, method: string, params: unknown) {
  if (method === 'read') {
    if (!Value.Check(ReadParams, params)) throw wrongParams('point');
    const { name, node } = pointOf(at, params.point);
    return { point: name, value: await readNode(library, session(), node) };
  }
  if (method === 'write') {
    if (!Value.Check(WriteParams, params)) throw wrongParams('point-and-value');
    return writePoint(library, session(), pointOf(at, params.point), params.value);
  }
  if (method === 'browse') {
    if (!Value.Check(BrowseParams, params ?? {})) throw wrongParams('node');
    return browse(library, session(), (params as { node?: string } | undefined)?.node);
  }
  const known = at.methods?.find(({ name }) => name === method);
  if (!known) throw problemOf(refuse(MethodUnknown, method));
  return callMethod(library, session(), known, params);
}

/** What the library throws (a status in words) becomes a problem of ours; problems stay what they are. */
function asProblem(error: unknown): unknown {
  if (!(error instanceof Error) || 'status' in error) return error;
  const detail = error.message.split('\n')[0]?.slice(0, 200);
  const silent = /timeout|closed|disconnect|connection|premature/i.test(error.message);
  return problemOf(refuse(silent ? DeviceSilent : DeviceRefused, detail));
}

async function within<T>(work: Promise<T>, deadline: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(problemOf(refuse(DeviceSilent, `no result in ${deadline} ms`))), deadline);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw asProblem(error);
  } finally {
    clearTimeout(timer);
  }
}

export type OpcuaSetup = ChannelSetup<OpcuaSettings, OpcuaDevice>;

/** Opens a channel in this thread; its settings have been held against everything that can be checked without I/O. */
export async function openHere({ name, settings, devices }: OpcuaSetup, host: ChannelHost): Promise<Channel> {
  const line = await openLine({ name, settings, devices }, host);
  const places = new Map(devices.map((device) => [device.name, device.at]));
  return {
    call: async (device, method, params, deadline) => {
      const at = places.get(device);
      if (!at) throw problemOf(refuse(DeviceNotListed, device));
      return within(carryOut(line, at, method, params), deadline);
    },
    links: line.links,
    close: line.close,
  };
}
