import type { Bearer } from '@keystead/contracts/bearer';

/** Words in a row that may fail to come before what is known of a thing is stale (H-9.5.2-b-1). */
export const staleBeats = 3;

const near: readonly Bearer[] = ['wifi', 'ble', 'zigbee', 'nearlink'];
export const nearBearers: readonly string[] = near;
/** dBm below which the next words may not arrive: radio of a room, and radio of a district. */
export const weakBelow = { near: -85, far: -110 } as const;

/** What an edge agent says of the line of one device. Counters since its channel was opened. */
export interface AgentLine {
  state: string;
  lost: number;
  damaged: number;
  breaks: number;
  latency?: number;
}

const count = (value: unknown): number => (typeof value === 'number' && value >= 0 ? Math.floor(value) : 0);

/** Lines by device name from the property `links` of an agent, as text of JSON; anything else in it is left out. */
export function readAgentLines(text: string | undefined): Map<string, AgentLine> {
  const found = new Map<string, AgentLine>();
  const channels = entriesOf(parsed(text));
  for (const [, devices] of channels)
    for (const [device, row] of entriesOf(devices)) {
      if (device === '' || !Array.isArray(row)) continue;
      const [state, lost, damaged, breaks, latency] = row as unknown[];
      if (typeof state !== 'string') continue;
      const line: AgentLine = { state, lost: count(lost), damaged: count(damaged), breaks: count(breaks) };
      if (typeof latency === 'number' && latency >= 0) line.latency = latency;
      found.set(device, line);
    }
  return found;
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const entriesOf = (value: unknown): [string, unknown][] =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];

/** A delay beyond this says more about the device's clock, or a backlog, than about the line; ms. */
const longestDelay = 60_000;

/** How long the newest value was on its way, ms; undefined where the times cannot mean that. Times in µs. */
export function delayOf(time: number, received: number): number | undefined {
  const ms = (received - time) / 1000;
  return ms >= 0 && ms <= longestDelay ? Math.round(ms) : undefined;
}
