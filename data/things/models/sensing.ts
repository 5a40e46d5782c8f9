import type { ThingModel } from '@keystead/contracts/thing-model';
import { daily, longTerm, vital } from './levels.ts';
import { battery, fault, lowBattery, signal } from './radio.ts';
import { event, named, number, oneOf, text } from './words.ts';

const sensor = (
  family: string,
  both: `${string}|${string}`,
  interval: number,
  properties: ThingModel['properties'],
): ThingModel => ({
  family,
  version: 1,
  name: named(both),
  category: { function: 'sensor', domain: 'industry', specification: family },
  authentication: 'secret',
  interval,
  grace: interval * 2,
  properties: [...properties, ...battery, ...signal],
  events: [event('out-of-range', '超量程|Out of range', daily, 3), lowBattery, fault],
  services: [],
});

const sensors: readonly ThingModel[] = [
  sensor('temperature-sensor', '温度传感器|Temperature sensor', 10, [
    number(1, 'temperature', '温度|Temperature', daily, { unit: 'Cel', min: -200, max: 1800, resolution: 0.1 }),
  ]),
  sensor('pressure-sensor', '压力传感器|Pressure sensor', 10, [
    number(1, 'pressure', '压力|Pressure', vital, { unit: 'MPa', min: -0.1, max: 100, resolution: 0.0001 }),
    number(2, 'temperature', '介质温度|Medium temperature', longTerm, { unit: 'Cel', min: -60, max: 400 }),
  ]),
  sensor('displacement-sensor', '位移传感器|Displacement sensor', 10, [
    number(1, 'displacement', '位移|Displacement', vital, { unit: 'mm', min: -1000, max: 1000, resolution: 0.001 }),
  ]),
];

/** A card carries the words of a device; `connects` relates the two (M-3.1.1-3b). Traffic starts anew with each month. */
const simCard: ThingModel = {
  family: 'sim-card',
  version: 1,
  name: named('物联网卡|SIM card'),
  category: { function: 'connectivity', domain: 'itops', specification: 'sim-card' },
  authentication: 'gateway',
  interval: 86_400,
  grace: 86_400,
  properties: [
    text(1, 'iccid', 'ICCID|ICCID', longTerm),
    text(2, 'plan', '套餐|Plan', longTerm),
    oneOf(3, 'cardState', '卡状态|Card state', daily, {
      stock: '库存|In stock',
      test: '测试期|Test',
      active: '正常|Active',
      suspended: '停机|Suspended',
      closed: '销户|Closed',
    }),
    number(4, 'allowance', '套餐流量|Allowance', longTerm, { unit: 'MiBy', min: 0, resolution: 1 }),
    number(5, 'traffic', '当月已用流量|Traffic this month', daily, { unit: 'MiBy', min: 0, resolution: 0.001 }),
  ],
  events: [
    event('moved', '机卡分离|Card moved to another device', vital, 2),
    event('suspended', '停机|Suspended', daily, 3),
  ],
  services: [],
};

export const sensingModels: readonly ThingModel[] = [...sensors, simCard];
