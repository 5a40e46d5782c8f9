import type { Feature } from '../shell/feature.ts';
import { alarms } from './alarms/feature.tsx';
import { caseSettings } from './case-settings/feature.tsx';
import { cases } from './cases/feature.tsx';
import { codecs } from './codecs/feature.tsx';
import { commands } from './commands/feature.tsx';
import { deviceContract } from './device-contract/feature.tsx';
import { fleet } from './fleet/feature.tsx';
import { identity } from './identity/feature.tsx';
import { journal } from './journal/feature.tsx';
import { notify } from './notify/feature.tsx';
import { overview } from './overview/feature.tsx';
import { patches } from './patches/feature.tsx';
import { places } from './places/feature.tsx';
import { search } from './search/feature.tsx';
import { system } from './system/feature.tsx';
import { things } from './things/feature.tsx';

/** Every feature of the console, in no particular order: the menu sorts by group and order. */
export const features: Feature[] = [
  search,
  overview,
  places,
  things,
  deviceContract,
  alarms,
  cases,
  codecs,
  commands,
  fleet,
  caseSettings,
  notify,
  identity,
  journal,
  patches,
  system,
];
