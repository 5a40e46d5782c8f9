import { edgeAgentModel } from '@keystead/contracts/agent';
import type { ThingModel } from '@keystead/contracts/thing-model';
import { contractedModels } from './contracted.ts';
import { controlledModels } from './controlled.ts';
import { dwellingModels } from './dwelling.ts';
import { housingModels } from './housing.ts';
import { industryModels } from './industry.ts';
import { itopsModels } from './itops.ts';
import { liftModels } from './lift.ts';
import { meteringModels } from './metering.ts';
import { sensingModels } from './sensing.ts';

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
  edgeAgentModel,
];

/** The terminal classes a community has (H-5-4), by the families that serve them. */
export const terminalClasses: Readonly<Record<string, readonly string[]>> = {
  video: ['camera'],
  fire: ['smoke-detector', 'sounder'],
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
  ],
};
