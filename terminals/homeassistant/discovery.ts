import {
  isJsonObject,
  isRefusal,
  type JsonObject,
  PayloadMalformed,
  type Refusal,
  readJsonObject,
  refuse,
} from '@keystead/terminals/port';
import { type Availability, readAvailability } from './availability.ts';
import { spellOut } from './config.ts';
import { type Face, facesOf, isUnread } from './faces.ts';

/** The device an entity belongs to, as the message describes it. */
export interface DeviceInfo {
  /** Identifiers, and connections as `mac:aa:bb…`; the first is its name on the line. */
  ids: string[];
  name?: string;
  manufacturer?: string;
  model?: string;
  version?: string;
}

/** What one discovery topic announces. */
export interface Announcement {
  device: DeviceInfo;
  faces: Face[];
  availability: Availability;
  /** What of it is not read, and why. */
  unread: string[];
}

export interface DiscoveryTopic {
  component: string;
  node?: string;
  object: string;
}

const bytesMost = 256 * 1024;
const facesMost = 500;

/** `<prefix>/<component>/[<node>/]<object>/config`; undefined for another topic. */
export function readDiscoveryTopic(prefix: string, topic: string): DiscoveryTopic | undefined {
  if (!topic.startsWith(`${prefix}/`)) return undefined;
  const parts = topic.slice(prefix.length + 1).split('/');
  if (parts.pop() !== 'config' || parts.some((part) => !/^[\w-]{1,128}$/.test(part))) return undefined;
  const [component, first, second, ...more] = parts;
  if (component === undefined || first === undefined || more.length > 0) return undefined;
  return second === undefined ? { component, object: first } : { component, node: first, object: second };
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 256 ? value : undefined;

function infoOf(config: JsonObject, fallback: string): DeviceInfo {
  const device = isJsonObject(config.device) ? config.device : {};
  const { identifiers, connections } = device;
  const own = (Array.isArray(identifiers) ? identifiers : [identifiers]).slice(0, 16);
  const links = (Array.isArray(connections) ? connections : []).slice(0, 16).flatMap((pair) => {
    const [kind, value] = Array.isArray(pair) ? pair : [];
    return typeof kind === 'string' && typeof value === 'string' ? [`${kind}:${value}`] : [];
  });
  const ids = [...own, ...links].flatMap((id) => word(typeof id === 'number' ? String(id) : id) ?? []);
  const info: DeviceInfo = { ids: ids.length > 0 ? ids : [word(config.unique_id) ?? fallback] };
  const [name, manufacturer, model] = [
    word(device.name) ?? word(config.name),
    word(device.manufacturer),
    word(device.model),
  ];
  const version = word(device.sw_version);
  return {
    ...info,
    ...(name && { name }),
    ...(manufacturer && { manufacturer }),
    ...(model && { model }),
    ...(version && { version }),
  };
}

/** Entities of one message; several in the form for whole devices, each with its platform. */
function entitiesOf(
  topic: DiscoveryTopic,
  config: JsonObject,
): { component: string; id: string; config: JsonObject }[] {
  if (topic.component !== 'device') return [{ component: topic.component, id: topic.object, config }];
  const { components, ...shared } = config;
  return Object.entries(isJsonObject(components) ? components : {}).flatMap(([id, one]) => {
    if (!isJsonObject(one) || typeof one.platform !== 'string') return [];
    return [{ component: one.platform, id, config: { ...shared, ...one } }];
  });
}

/** What a discovery message announces; `gone` for an empty one, which takes back what the topic announced. */
export function readDiscovery(topic: DiscoveryTopic, bytes: Uint8Array): Announcement | Refusal | 'gone' {
  if (bytes.length === 0) return 'gone';
  const read = readJsonObject(bytes, bytesMost);
  if (isRefusal(read)) return read;
  const config = spellOut(read);
  const fallback = [topic.component, topic.node, topic.object].filter((part) => part !== undefined).join('/');
  const entities = entitiesOf(topic, config).slice(0, facesMost);
  if (entities.length === 0) return refuse(PayloadMalformed, 'announces nothing');
  const all = entities.flatMap((one) => facesOf(one.component, one.id, one.config));
  const [first] = entities;
  return {
    device: infoOf(config, fallback),
    faces: all.filter((face) => !isUnread(face)) as Face[],
    availability: readAvailability(first?.config ?? config),
    unread: all.filter(isUnread).map(({ unread }) => unread),
  };
}
