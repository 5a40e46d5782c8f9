import type { ThingModel } from '@keystead/contracts/thing-model';
import { bringsTo, saying, setPoint } from './guarded.ts';
import { daily, longTerm } from './levels.ts';
import { fault, signal } from './radio.ts';
import { fields, flag, named, number, service } from './words.ts';

/** What heats the water of a dwelling; on, off and set like all of a smart home (H-6.6-d-1), and saves like it (H-6.6-d-3). */
const waterHeater: ThingModel = {
  family: 'water-heater',
  version: 1,
  name: named('电热水器|Water heater'),
  category: { function: 'heating', domain: 'housing', specification: 'smart-home' },
  authentication: 'gateway',
  interval: 300,
  grace: 300,
  properties: [
    flag(1, 'on', '运行|On', daily),
    number(2, 'target', '设定水温|Target temperature', daily, { unit: 'Cel', min: 20, max: 85, resolution: 1 }),
    number(3, 'temperature', '水温|Water temperature', daily, { unit: 'Cel', min: 0, max: 100, resolution: 0.1 }),
    number(4, 'energy', '累计电量|Energy', longTerm, { unit: 'kW.h', min: 0, resolution: 0.001, cumulative: true }),
    flag(20, 'energySaving', '节能模式|Energy saving', daily),
    ...signal,
  ],
  events: [fault],
  services: [
    bringsTo('on', '开|On', 'on', true),
    bringsTo('off', '关|Off', 'on', false),
    setPoint('set', '设定水温|Set temperature', 'target', [30, 75], [1, 60]),
    saying(service('setEnergySaving', '节能模式|Energy saving', 'normal', 15, fields({ value: { type: 'boolean' } })), {
      level: 2,
      repeatable: true,
      readBack: { property: 'energySaving', from: 'value', within: 60 },
    }),
  ],
};

export const heatingModels: readonly ThingModel[] = [waterHeater];
