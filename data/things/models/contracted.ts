import type { Capabilities, ThingModel } from '@keystead/contracts/thing-model';
import { controlledModels } from './controlled.ts';
import { base } from './guarded.ts';
import { housingModels } from './housing.ts';
import { meteringModels } from './metering.ts';

/**
 * Versions that carry what a device must be able to do (H-6.*). What is registered under one of these is taken at the
 * word of its contract; a maker that promises more or less publishes a family of its own.
 */
const promising = (models: readonly ThingModel[], family: string, capabilities: Capabilities): ThingModel => {
  const before = base(models, family);
  return { ...before, version: before.version + 1, capabilities };
};

const temperature = { min: -10, max: 55 };
const meter: Capabilities = { temperature, freezeDays: 30, ota: true };

export const contractedModels: readonly ThingModel[] = [
  promising(housingModels, 'lock', {
    temperature,
    cacheHours: 24,
    lockLogDays: 90,
    emergencyOpening: ['password', 'mechanical-key'],
    bearers: { near: ['ble', 'nfc'], remote: ['nb-iot'] },
    localAlarm: true,
    ota: true,
    certificateForm: 'gm-t-0014',
  }),
  promising(housingModels, 'smoke-detector', {
    temperature,
    cacheHours: 24,
    batteryYears: 3,
    localAlarm: true,
    ota: true,
    bearers: { near: [], remote: ['nb-iot'] },
  }),
  promising(controlledModels, 'gas-detector', { temperature, cacheHours: 24, localAlarm: true, ota: true }),
  promising(meteringModels, 'water-meter', { ...meter, batteryYears: 5, digitised: true }),
  promising(meteringModels, 'electricity-meter', meter),
  promising(housingModels, 'camera', { temperature, ota: true, bearers: { near: [], remote: ['ethernet'] } }),
];
