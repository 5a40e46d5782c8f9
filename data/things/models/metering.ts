import type { ThingModel } from '@keystead/contracts/thing-model';
import { daily, longTerm, vital } from './levels.ts';
import { battery, fault, lowBattery, signal, tamper } from './radio.ts';
import { event, flag, named, number, service } from './words.ts';

const waterMeter: ThingModel = {
  family: 'water-meter',
  version: 1,
  name: named('水表|Water meter'),
  category: { function: 'metering', domain: 'housing', specification: 'water' },
  authentication: 'secret',
  interval: 900,
  grace: 900,
  properties: [
    number(1, 'volume', '累计水量|Volume', daily, {
      unit: 'm3',
      min: 0,
      resolution: 0.001,
      cumulative: true,
      maxRate: 0.01,
    }),
    number(2, 'flow', '瞬时流量|Flow', longTerm, { unit: 'm3/h', min: 0, max: 100, resolution: 0.001 }),
    flag(3, 'valveOpen', '阀门开|Valve open', daily),
    ...battery,
    ...signal,
  ],
  events: [
    event('leak', '漏水|Leak', daily, 2),
    event('reverse-flow', '倒流|Reverse flow', daily, 3),
    tamper,
    lowBattery,
    fault,
  ],
  services: [
    service('closeValve', '关阀|Close valve', 'dangerous', 60),
    service('openValve', '开阀|Open valve', 'dangerous', 60),
  ],
};

const electricityMeter: ThingModel = {
  family: 'electricity-meter',
  version: 1,
  name: named('电表|Electricity meter'),
  category: { function: 'metering', domain: 'housing', specification: 'single-phase' },
  authentication: 'secret',
  interval: 900,
  grace: 900,
  properties: [
    number(1, 'energy', '累计电量|Energy', daily, {
      unit: 'kW.h',
      min: 0,
      resolution: 0.01,
      cumulative: true,
      maxRate: 0.05,
    }),
    number(2, 'power', '功率|Power', daily, { unit: 'W', min: 0, max: 100_000, resolution: 1 }),
    number(3, 'voltage', '电压|Voltage', longTerm, { unit: 'V', min: 0, max: 500, resolution: 0.1 }),
    number(4, 'current', '电流|Current', longTerm, { unit: 'A', min: 0, max: 500, resolution: 0.01 }),
    flag(5, 'relayClosed', '合闸|Relay closed', vital),
    ...signal,
  ],
  events: [
    event('power-lost', '停电|Power lost', daily, 3),
    event('overload', '过载|Overload', vital, 2),
    tamper,
    fault,
  ],
  services: [
    service('openRelay', '拉闸|Open relay', 'vital', 30),
    service('closeRelay', '合闸|Close relay', 'vital', 30),
  ],
};

const gasMeter: ThingModel = {
  family: 'gas-meter',
  version: 1,
  name: named('燃气表|Gas meter'),
  category: { function: 'metering', domain: 'housing', specification: 'gas' },
  authentication: 'secret',
  interval: 900,
  grace: 900,
  properties: [
    number(1, 'volume', '累计用气量|Volume', daily, { unit: 'm3', min: 0, resolution: 0.001, cumulative: true }),
    number(2, 'flow', '瞬时流量|Flow', longTerm, { unit: 'm3/h', min: 0, max: 100, resolution: 0.001 }),
    flag(3, 'valveOpen', '阀门开|Valve open', vital),
    ...battery,
    ...signal,
  ],
  events: [event('gas-leak', '燃气泄漏|Gas leak', vital, 1), tamper, lowBattery, fault],
  services: [service('closeValve', '关阀|Close valve', 'dangerous', 60)],
  capabilities: {
    temperature: { min: -10, max: 55 },
    freezeDays: 30,
    batteryYears: 5,
    digitised: true,
    ota: true,
  },
};

const heatMeter: ThingModel = {
  family: 'heat-meter',
  version: 1,
  name: named('热量表|Heat meter'),
  category: { function: 'metering', domain: 'housing', specification: 'heat' },
  authentication: 'secret',
  interval: 900,
  grace: 900,
  properties: [
    number(1, 'energy', '累计热量|Energy', daily, { unit: 'kW.h', min: 0, resolution: 0.1, cumulative: true }),
    number(2, 'volume', '累计流量|Volume', daily, { unit: 'm3', min: 0, resolution: 0.01, cumulative: true }),
    number(3, 'power', '热功率|Power', longTerm, { unit: 'kW', min: 0, resolution: 0.01 }),
    number(4, 'supply', '供水温度|Supply temperature', daily, { unit: 'Cel', min: 0, max: 200, resolution: 0.01 }),
    number(5, 'return', '回水温度|Return temperature', daily, { unit: 'Cel', min: 0, max: 200, resolution: 0.01 }),
    ...battery,
    ...signal,
  ],
  events: [tamper, lowBattery, fault],
  services: [],
  capabilities: { temperature: { min: -10, max: 55 }, freezeDays: 30, batteryYears: 5, ota: true },
};

export const meteringModels: readonly ThingModel[] = [waterMeter, electricityMeter, gasMeter, heatMeter];
