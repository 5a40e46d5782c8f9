import {
  batteryGap,
  type ClimateZone,
  claimGaps,
  type DeviceClass,
  deviceClassOf,
  type EvidenceItem,
  evidenceGaps,
  type Gap,
  temperatureGap,
} from '@keystead/contracts/device-contract';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { ContractFilter, ContractReport, ShortThing } from './schemas.ts';

/** A device with everything its contract is judged by. */
export interface Judged {
  id: string;
  code: string;
  name: string;
  family: string;
  modelVersion: number;
  state: string;
  placeName: string | null;
  model: ThingModel;
  site: { id: string; name: string } | null;
  climateZone: ClimateZone | null;
  evidence: readonly EvidenceItem[];
  batteryYears: number | null;
}

type Asked = Pick<ContractFilter, 'clause' | 'code' | 'strength'>;

const isAsked =
  ({ clause, code, strength }: Asked) =>
  (gap: Gap): boolean =>
    (clause === undefined || gap.clause === clause) &&
    (code === undefined || gap.code === code) &&
    (strength === undefined || gap.strength === strength);

/** All points in which one device falls short: its model's promises, its site's climate, its papers, its battery. */
export function gapsOf({ model, climateZone, evidence, batteryYears }: Judged, today: string): Gap[] {
  const deviceClass = deviceClassOf(model);
  const temperature = temperatureGap(model, climateZone ?? 'other');
  const battery = batteryGap(deviceClass, batteryYears);
  return [
    ...claimGaps(model),
    ...(temperature ? [temperature] : []),
    ...evidenceGaps(deviceClass, evidence, today),
    ...(battery ? [battery] : []),
  ];
}

type TypeRow = ContractReport['types'][number];
type SiteRow = ContractReport['sites'][number];

const viewOf = (thing: Judged, deviceClass: DeviceClass, gaps: Gap[]): ShortThing => ({
  id: thing.id,
  code: thing.code,
  name: thing.name,
  family: thing.family,
  modelVersion: thing.modelVersion,
  deviceClass,
  state: thing.state,
  placeName: thing.placeName,
  siteName: thing.site?.name ?? null,
  climateZone: thing.climateZone,
  batteryYears: thing.batteryYears,
  gaps,
});

export interface Assessment {
  things: number;
  types: TypeRow[];
  sites: SiteRow[];
  short: ShortThing[];
}

/**
 * Holds devices against their contracts: which device types and which sites fall short, and every device that does.
 * Devices no contract asks anything of are left out. With `asked`, only gaps of that clause, code or strength count.
 */
export function assess(
  devices: readonly Judged[],
  today: string,
  asked: Asked & Pick<ContractFilter, 'deviceClass'> = {},
): Assessment {
  const types = new Map<string, TypeRow>();
  const sites = new Map<string, SiteRow>();
  const short: ShortThing[] = [];
  const wanted = isAsked(asked);
  let things = 0;
  for (const device of devices) {
    const deviceClass = deviceClassOf(device.model);
    if (!deviceClass || (asked.deviceClass !== undefined && deviceClass !== asked.deviceClass)) continue;
    things += 1;
    const { family, version, name } = device.model;
    const type = types.get(`${family} ${version}`) ?? {
      family,
      version,
      name,
      deviceClass,
      things: 0,
      gaps: claimGaps(device.model).filter(wanted),
    };
    type.things += 1;
    types.set(`${family} ${version}`, type);
    const gaps = gapsOf(device, today).filter(wanted);
    const { site, climateZone } = device;
    const row = sites.get(site?.id ?? '') ?? {
      id: site?.id ?? null,
      name: site?.name ?? null,
      climateZone,
      things: 0,
      short: 0,
      must: 0,
    };
    row.things += 1;
    if (gaps.length > 0) {
      row.short += 1;
      if (gaps.some(({ strength }) => strength === 'must')) row.must += 1;
      short.push(viewOf(device, deviceClass, gaps));
    }
    sites.set(site?.id ?? '', row);
  }
  return {
    things,
    types: [...types.values()].filter(({ gaps }) => gaps.length > 0).sort((a, b) => b.things - a.things),
    sites: [...sites.values()].filter((row) => row.short > 0).sort((a, b) => b.short - a.short),
    short,
  };
}
