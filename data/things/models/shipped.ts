import { edgeAgentModel } from '@keystead/contracts/agent';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { contractedModels } from './contracted.ts';
import { controlledModels } from './controlled.ts';
import { doorModels } from './door.ts';
import { dwellingModels } from './dwelling.ts';
import { firefightingModels } from './firefighting.ts';
import { heatingModels } from './heating.ts';
import { housingModels } from './housing.ts';
import { industryModels } from './industry.ts';
import { itopsModels } from './itops.ts';
import { liftModels } from './lift.ts';
import { meteredModels } from './metered.ts';
import { meteringModels } from './metering.ts';
import { sensingModels } from './sensing.ts';
import { videoModels } from './video.ts';

/**
 * Models every organisation has from the start; each version of each family. A version that was released is never
 * edited here: the next one is added beside it, with the keys of the properties it keeps.
 */
export const shippedModels: readonly ThingModel[] = [
  ...housingModels,
  ...meteringModels,
  ...industryModels,
  ...itopsModels,
  ...controlledModels,
  ...dwellingModels,
  ...liftModels,
  ...sensingModels,
  ...contractedModels,
  ...meteredModels,
  ...videoModels,
  ...doorModels,
  ...firefightingModels,
  ...heatingModels,
  edgeAgentModel,
];

/** The terminal classes a community has (H-5-4), by the families that serve them. */
export const terminalClasses: Readonly<Record<string, readonly string[]>> = {
  video: ['camera'],
  fire: ['smoke-detector', 'sounder', 'electrical-fire-monitor'],
  'vital-sign': ['vital-sign-monitor'],
  meter: ['water-meter', 'electricity-meter', 'gas-meter', 'heat-meter'],
  lock: ['lock'],
  other: [
    'gas-detector',
    'temperature-humidity',
    'home-gateway',
    'lift',
    'entrance-guard',
    'medical-aid',
    'smart-light',
    'air-conditioner',
    'curtain',
    'water-heater',
  ],
};
