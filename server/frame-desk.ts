import type { FoundFrame, FrameDesk, FramePart, FramePoint } from '@keystead/apps/work/codecs';
import type { FrameField, FrameReader, Uplink } from '@keystead/terminals/port';
import { type Looking, type Sighting, sightings } from './frame-search.ts';

interface Register {
  protocol: string;
  looking: Looking;
  load(): Promise<FrameReader>;
}

/** Every reader there is; its code is loaded with the first frame that is looked at. A new protocol is one line here. */
const readers: readonly Register[] = [
  {
    protocol: 'bacnet',
    looking: 'anchored',
    load: async () => (await import('@keystead/terminals/bacnet')).bacnetFrameReader,
  },
  { protocol: 'cjt188', looking: 'own', load: async () => (await import('@keystead/terminals/cjt188')).cjt188Reader },
  { protocol: 'coap', looking: 'exact', load: async () => (await import('@keystead/terminals/coap')).coapFrameReader },
  { protocol: 'dlt645', looking: 'own', load: async () => (await import('@keystead/terminals/dlt645')).dlt645Reader },
  {
    protocol: 'gb26875',
    looking: 'anchored',
    load: async () => (await import('@keystead/terminals/gb26875')).gb26875Reader,
  },
  {
    protocol: 'homeassistant',
    looking: 'exact',
    load: async () => (await import('@keystead/terminals/homeassistant')).homeAssistantFrameReader,
  },
  {
    protocol: 'lorawan',
    looking: 'exact',
    load: async () => (await import('@keystead/terminals/lorawan')).lorawanFrameReader,
  },
  {
    protocol: 'onvif',
    looking: 'exact',
    load: async () => (await import('@keystead/terminals/onvif')).onvifFrameReader,
  },
  {
    protocol: 'opcua',
    looking: 'anchored',
    load: async () => (await import('@keystead/terminals/opcua')).opcuaFrameReader,
  },
  { protocol: 'modbus', looking: 'exact', load: async () => (await import('@keystead/terminals/modbus')).modbusReader },
  { protocol: 'snmp', looking: 'exact', load: async () => (await import('@keystead/terminals/snmp')).snmpReader },
  {
    protocol: 'sparkplug',
    looking: 'exact',
    load: async () => (await import('@keystead/terminals/sparkplug')).sparkplugFrameReader,
  },
];

const mostFrames = 64;
const mostPoints = 200;

const moved = (offset: number) => {
  const move = ({ name, start, end, value, fields }: FrameField): FramePart => ({
    ...{ name: { ...name }, start: start + offset, end: end + offset, value },
    ...(fields && { fields: fields.map(move) }),
  });
  return move;
};

type About = Pick<FramePoint, 'device' | 'time'>;
const about = ({ device, time }: About): About => ({
  ...(device !== undefined && { device }),
  ...(time !== undefined && { time }),
});

const pointsIn = (kind: 'reading' | 'attribute', from: About & { values: Record<string, unknown> }): FramePoint[] =>
  Object.entries(from.values).map(([name, value]) => ({ kind, ...about(from), name, value }));

/** What the platform would take from what a frame says. */
function pointsOf(uplink: Uplink | undefined): FramePoint[] {
  switch (uplink?.kind) {
    case 'readings':
      return uplink.readings.flatMap((reading) => pointsIn('reading', reading));
    case 'attributes':
      return uplink.sets.flatMap((set) => pointsIn('attribute', set));
    case 'occurrences':
      return uplink.occurrences.map(({ event, data, ...from }) => ({
        ...{ kind: 'event' as const, ...about(from), name: event },
        ...(data !== undefined && { value: data }),
      }));
    default:
      return [];
  }
}

function frameOf({ offset, start, end, explanation }: Sighting): FoundFrame {
  const { protocol, certainty, checksum, fields, uplink, refusal } = explanation;
  const refused = refusal && {
    refused: refusal.problem.type,
    ...(refusal.detail !== undefined && { detail: refusal.detail }),
  };
  return {
    ...{ protocol, start, end, certainty, checksum },
    fields: fields.map(moved(offset)),
    points: pointsOf(uplink).slice(0, mostPoints),
    ...(refused && { refused }),
  };
}

/** The readers of all drivers as one desk. Bounded: at most 20,000 looks a reader, 64 frames in an answer. */
export function createFrameDesk(): FrameDesk {
  return {
    protocols: readers.map(({ protocol }) => protocol),
    explain: async (bytes) => {
      const found: FoundFrame[] = [];
      for (const { load, looking } of readers) {
        const reader = await load();
        for (const sighting of sightings(reader, looking, bytes)) found.push(frameOf(sighting));
        // Long captures must not hold up everybody else for all readers at once.
        await new Promise((resolve) => setImmediate(resolve));
      }
      return found.sort((a, b) => b.certainty - a.certainty || a.start - b.start).slice(0, mostFrames);
    },
  };
}
