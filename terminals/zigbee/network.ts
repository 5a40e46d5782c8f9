import { isUtf8 } from 'node:buffer';
import { isJsonObject, PayloadMalformed, type Refusal, refuse } from '@keystead/terminals/port';
import { type Point, pointsOf } from './points.ts';

/** A device as the coordinator knows it. */
export interface ZigbeeDevice {
  /** `0x` and 16 hex digits, small. */
  ieee: string;
  friendlyName: string;
  model?: string;
  vendor?: string;
  powerSource?: string;
  points: Point[];
}

const most = 1_000;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 256 ? value : undefined;

/** The list `bridge/devices`: without the coordinator, at most 1,000. */
export function readDevices(bytes: Uint8Array): ZigbeeDevice[] | Refusal {
  let list: unknown;
  try {
    list = isUtf8(bytes) ? JSON.parse(Buffer.from(bytes).toString('utf8')) : undefined;
  } catch {
    list = undefined;
  }
  if (!Array.isArray(list)) return refuse(PayloadMalformed, 'no list of devices');
  return list
    .slice(0, most)
    .filter(isJsonObject)
    .flatMap((device) => {
      const ieee = text(device.ieee_address)?.toLowerCase();
      const friendlyName = text(device.friendly_name);
      if (!ieee || !/^0x[0-9a-f]{16}$/.test(ieee) || !friendlyName || device.type === 'Coordinator') return [];
      const definition = isJsonObject(device.definition) ? device.definition : {};
      return [
        {
          ieee,
          friendlyName,
          model: text(definition.model),
          vendor: text(definition.vendor),
          powerSource: text(device.power_source),
          points: pointsOf(definition.exposes),
        },
      ];
    });
}

/** `online` as JSON or, from older versions, as a bare word. */
export function readPresence(bytes: Uint8Array): boolean | undefined {
  const word = Buffer.from(bytes.subarray(0, 64)).toString('utf8');
  if (word === 'online' || /^\{\s*"state"\s*:\s*"online"\s*\}$/.test(word)) return true;
  if (word === 'offline' || /^\{\s*"state"\s*:\s*"offline"\s*\}$/.test(word)) return false;
  return undefined;
}

export type ZigbeeTopic =
  | { use: 'bridge-state' | 'devices' | 'bridge-event' | 'none' }
  | { use: 'state' | 'availability'; friendlyName: string };

/** What a topic below the base is about. Friendly names may have slashes; only their ends tell. */
export function readTopic(base: string, topic: string): ZigbeeTopic {
  if (!topic.startsWith(`${base}/`)) return { use: 'none' };
  const rest = topic.slice(base.length + 1);
  switch (rest) {
    case 'bridge/state':
      return { use: 'bridge-state' };
    case 'bridge/devices':
      return { use: 'devices' };
    case 'bridge/event':
      return { use: 'bridge-event' };
  }
  if (rest === '' || rest.startsWith('bridge/') || /\/(set|get)(\/[^/]+)?$/.test(rest)) return { use: 'none' };
  const availability = /^(.+)\/availability$/.exec(rest)?.[1];
  return availability === undefined
    ? { use: 'state', friendlyName: rest }
    : { use: 'availability', friendlyName: availability };
}
