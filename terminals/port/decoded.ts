import type { DecodedPayload } from './codec.ts';
import type { Uplink } from './driver.ts';
import { DeviceNotListed, type Refusal, refuse } from './refusal.ts';

/** Names on the line → names the platform knows; undefined = not configured. */
export type NameOf = (address: string | undefined) => string | undefined;

/**
 * What a codec made of a payload, in the words of terminals: devices by their configured names, and `time` (µs) where
 * the payload has no time of its own. Parts about devices nobody configured are refused, the others stay.
 */
export function uplinksOf(decoded: DecodedPayload, nameOf: NameOf, time?: number): Uplink[] {
  const refused: Refusal[] = [];
  const named = <T extends { device?: string; time?: number }>(parts: readonly T[]): T[] =>
    parts.flatMap((part) => {
      const device = nameOf(part.device ?? decoded.device);
      if (device !== undefined) return [{ ...part, device, time: part.time ?? time }];
      refused.push(refuse(DeviceNotListed, part.device ?? decoded.device ?? 'a sender without a name'));
      return [];
    });
  const readings = named(decoded.readings);
  const occurrences = named(decoded.occurrences);
  const sets = decoded.attributes === undefined ? [] : named([{ device: decoded.device, values: decoded.attributes }]);
  const uplinks: Uplink[] = [];
  if (readings.length > 0 || refused.length > 0)
    uplinks.push(refused.length > 0 ? { kind: 'readings', readings, refused } : { kind: 'readings', readings });
  if (occurrences.length > 0) uplinks.push({ kind: 'occurrences', occurrences });
  if (sets.length > 0)
    uplinks.push({ kind: 'attributes', sets: sets.map(({ device, values }) => ({ device, values })) });
  return uplinks;
}
