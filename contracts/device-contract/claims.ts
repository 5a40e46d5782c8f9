import type { Capabilities, ThingModel } from '@keystead/contracts/thing-model';
import { type DeviceClass, deviceClassOf, meterClasses } from './device-class.ts';
import type { Gap } from './gap.ts';

/** How cold it gets where devices stand (H-6.1-5); not told = as everywhere else. */
export const climateZones = ['severe-cold', 'other'] as const;
export type ClimateZone = (typeof climateZones)[number];

interface Claim {
  clause: string;
  strength: Gap['strength'];
  classes: readonly DeviceClass[];
  subject: keyof Capabilities;
  /** Only asked of models that tell of a battery. */
  battery?: boolean;
  /** What is short of what is asked, as text; undefined when it is enough. */
  short: (capabilities: Capabilities) => string | undefined;
}

const detectors: readonly DeviceClass[] = ['fire-detector', 'gas-detector'];

type Amount = 'cacheHours' | 'batteryYears' | 'freezeDays' | 'lockLogDays';
const atLeast =
  (subject: Amount, least: number) =>
  (capabilities: Capabilities): string | undefined => {
    const stated = capabilities[subject] ?? 0;
    return stated < least ? `${stated} < ${least}` : undefined;
  };

const promised =
  (subject: 'localAlarm' | 'digitised' | 'ota') =>
  (capabilities: Capabilities): string | undefined =>
    capabilities[subject] ? undefined : 'false';

const claims: readonly Claim[] = [
  {
    clause: 'H-6.1-2',
    strength: 'must',
    classes: ['lock', ...detectors],
    subject: 'cacheHours',
    short: atLeast('cacheHours', 24),
  },
  {
    clause: 'H-6.1-3',
    strength: 'should',
    classes: ['lock', ...detectors, 'camera', 'entrance-guard'],
    subject: 'ota',
    short: promised('ota'),
  },
  {
    clause: 'H-6.3-a-3',
    strength: 'must',
    classes: detectors,
    subject: 'localAlarm',
    short: promised('localAlarm'),
  },
  {
    clause: 'H-6.3-d',
    strength: 'should',
    classes: ['fire-detector'],
    subject: 'batteryYears',
    battery: true,
    short: atLeast('batteryYears', 3),
  },
  {
    clause: 'H-6.4-b-1',
    strength: 'must',
    classes: ['water-meter', 'gas-meter'],
    subject: 'digitised',
    short: promised('digitised'),
  },
  {
    clause: 'H-6.4-b-4',
    strength: 'must',
    classes: meterClasses,
    subject: 'freezeDays',
    short: atLeast('freezeDays', 30),
  },
  {
    clause: 'H-6.4-c-1',
    strength: 'must',
    classes: meterClasses,
    subject: 'batteryYears',
    battery: true,
    short: atLeast('batteryYears', 5),
  },
  { clause: 'H-6.4-d', strength: 'should', classes: meterClasses, subject: 'ota', short: promised('ota') },
  {
    clause: 'H-6.5-a-1',
    strength: 'must',
    classes: ['lock'],
    subject: 'bearers',
    short: ({ bearers }) => {
      const bare = [...(bearers?.near.length ? [] : ['near']), ...(bearers?.remote.length ? [] : ['remote'])];
      return bare.length > 0 ? `- ${bare.join(', ')}` : undefined;
    },
  },
  {
    clause: 'H-6.5-b-2',
    strength: 'must',
    classes: ['lock'],
    subject: 'emergencyOpening',
    short: ({ emergencyOpening = [] }) => {
      const lacking = (['password', 'mechanical-key'] as const).filter((way) => !emergencyOpening.includes(way));
      return lacking.length > 0 ? `- ${lacking.join(', ')}` : undefined;
    },
  },
  {
    clause: 'H-6.5-d-2',
    strength: 'must',
    classes: ['lock'],
    subject: 'lockLogDays',
    short: atLeast('lockLogDays', 90),
  },
  {
    clause: 'H-6.6-a-2',
    strength: 'must',
    classes: ['entrance-guard'],
    subject: 'localAlarm',
    short: promised('localAlarm'),
  },
];

export const hasBattery = (model: Pick<ThingModel, 'properties'>): boolean =>
  model.properties.some(({ id }) => id === 'battery');

/** In which points the promises of a model fall short of the contract of its class; nothing when no contract applies. */
export function claimGaps(model: Pick<ThingModel, 'category' | 'properties' | 'capabilities'>): Gap[] {
  const deviceClass = deviceClassOf(model);
  if (!deviceClass) return [];
  const { capabilities = {} } = model;
  return claims.flatMap(({ clause, strength, classes, subject, battery, short }): Gap[] => {
    if (!classes.includes(deviceClass) || (battery && !hasBattery(model))) return [];
    if (capabilities[subject] === undefined) return [{ clause, code: 'claim-missing', subject, strength }];
    const detail = short(capabilities);
    return detail === undefined ? [] : [{ clause, code: 'claim-short', subject, strength, detail }];
  });
}

/** Working temperatures asked for, °C: -20…55 where it is severely cold (H-6.1-5), -10…55 elsewhere (H-6.1-6). */
export function temperatureGap(
  model: Pick<ThingModel, 'category' | 'capabilities'>,
  zone: ClimateZone,
): Gap | undefined {
  if (!deviceClassOf(model)) return undefined;
  const cold = zone === 'severe-cold';
  const base = { clause: cold ? 'H-6.1-5' : 'H-6.1-6', subject: 'temperature', strength: 'should' } as const;
  const stated = model.capabilities?.temperature;
  if (!stated) return { ...base, code: 'claim-missing' };
  if (stated.min <= (cold ? -20 : -10) && stated.max >= 55) return undefined;
  return { ...base, code: 'claim-short', detail: `${stated.min}…${stated.max} °C` };
}

/** What keeps a device from being registered at all: a stated cache too small on a key device (H-6.1-2). */
export const registrationGaps = (model: Pick<ThingModel, 'category' | 'properties' | 'capabilities'>): Gap[] =>
  claimGaps(model).filter(({ clause, code }) => clause === 'H-6.1-2' && code === 'claim-short');
