import type { Feature } from '../shell/feature.ts';
import { alarms } from './alarms/feature.tsx';
import { allocation } from './allocation/feature.tsx';
import { care } from './care/feature.tsx';
import { caseSettings } from './case-settings/feature.tsx';
import { cases } from './cases/feature.tsx';
import { codecs } from './codecs/feature.tsx';
import { commands } from './commands/feature.tsx';
import { deviceContract } from './device-contract/feature.tsx';
import { dials } from './dials/feature.tsx';
import { doorkeys } from './doorkeys/feature.tsx';
import { eligibility } from './eligibility/feature.tsx';
import { exits } from './exits/feature.tsx';
import { firmware } from './firmware/feature.tsx';
import { fleet } from './fleet/feature.tsx';
import { households } from './households/feature.tsx';
import { identity } from './identity/feature.tsx';
import { journal } from './journal/feature.tsx';
import { links } from './links/feature.tsx';
import { movein } from './movein/feature.tsx';
import { notices } from './notices/feature.tsx';
import { notify } from './notify/feature.tsx';
import { overview } from './overview/feature.tsx';
import { papers } from './papers/feature.tsx';
import { patches } from './patches/feature.tsx';
import { places } from './places/feature.tsx';
import { plans } from './plans/feature.tsx';
import { policy } from './policy/feature.tsx';
import { privacy } from './privacy/feature.tsx';
import { rent } from './rent/feature.tsx';
import { risk } from './risk/feature.tsx';
import { search } from './search/feature.tsx';
import { stock } from './stock/feature.tsx';
import { supervision } from './supervision/feature.tsx';
import { swaps } from './swaps/feature.tsx';
import { system } from './system/feature.tsx';
import { things } from './things/feature.tsx';
import { video } from './video/feature.tsx';

/** Every feature of the console, in no particular order: the menu sorts by group and order. */
export const features: Feature[] = [
  search,
  overview,
  places,
  rent,
  things,
  deviceContract,
  dials,
  alarms,
  cases,
  codecs,
  commands,
  firmware,
  fleet,
  links,
  caseSettings,
  notify,
  identity,
  journal,
  households,
  doorkeys,
  eligibility,
  allocation,
  movein,
  exits,
  policy,
  papers,
  privacy,
  care,
  risk,
  patches,
  plans,
  stock,
  supervision,
  swaps,
  system,
  video,
  notices,
];
