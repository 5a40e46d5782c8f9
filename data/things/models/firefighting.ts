import type { ThingModel } from '@keystead/contracts/thing-model';
import { saying } from './guarded.ts';
import { daily, vital } from './levels.ts';
import { fault, signal } from './radio.ts';
import { event, flag, named, number, service } from './words.ts';

/** Watches a distribution board: what leaks to earth, what gets hot, what smokes (H-6.3-a-1). */
const electricalFireMonitor: ThingModel = {
  family: 'electrical-fire-monitor',
  version: 1,
  name: named('电气火灾监控探测器|Electrical fire monitor'),
  category: { function: 'fire', domain: 'housing', specification: 'electrical-fire' },
  authentication: 'secret',
  interval: 30,
  grace: 25,
  properties: [
    number(1, 'residualCurrent', '剩余电流|Residual current', vital, {
      unit: 'mA',
      min: 0,
      max: 10_000,
      resolution: 1,
    }),
    number(2, 'temperature', '线缆温度|Cable temperature', vital, { unit: 'Cel', min: -40, max: 200, resolution: 0.1 }),
    number(3, 'smoke', '烟雾浓度|Smoke density', vital, { unit: '%', min: 0, max: 100, resolution: 0.1 }),
    flag(4, 'sounding', '本地声光报警中|Local alarm sounding', vital),
    ...signal,
  ],
  events: [
    // `data.at`: when it began to sound here, ms.
    event('sounding', '本地声光报警|Local alarm', vital, 1),
    event('alarm-ended', '报警解除|Alarm ended', vital),
    event('tested', '自检|Tested', daily),
    fault,
  ],
  services: [service('silence', '消音|Silence', 'dangerous', 15), service('test', '自检|Self-test', 'normal', 30)],
  capabilities: {
    temperature: { min: -10, max: 55 },
    cacheHours: 24,
    localAlarm: true,
    ota: true,
    bearers: { near: ['rs-485'], remote: ['nb-iot'] },
  },
};

/** Fans that take the smoke out; like the pump they start by themselves, and nobody can keep them from it (H-6.3-b-2). */
const smokeExhaust: ThingModel = {
  family: 'smoke-exhaust',
  version: 1,
  name: named('排烟风机|Smoke exhaust fan'),
  category: { function: 'fire', domain: 'housing', specification: 'smoke-exhaust' },
  authentication: 'secret',
  interval: 30,
  grace: 30,
  properties: [
    flag(1, 'running', '运行|Running', vital),
    flag(2, 'autoStart', '自动启动投入|Autonomous start enabled', vital, { access: 'rw', autonomy: 'disables' }),
    flag(3, 'mains', '供电正常|Powered', vital),
  ],
  events: [event('started', '启动|Started', vital, 1), event('stopped', '停止|Stopped', vital, 2), fault],
  services: [
    saying(service('start', '启动|Start', 'vital', 10), { urgent: true, repeatable: true, level: 1 }),
    service('test', '巡检|Periodic test', 'normal', 60),
    saying(service('setManual', '切至手动|Switch to manual', 'vital', 10), { autonomy: 'disables' }),
  ],
};

export const firefightingModels: readonly ThingModel[] = [electricalFireMonitor, smokeExhaust];
