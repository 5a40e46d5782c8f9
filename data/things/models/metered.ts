import type { Property, ThingModel } from '@keystead/contracts/thing-model';
import { contractedModels } from './contracted.ts';
import { base } from './guarded.ts';
import { daily, longTerm } from './levels.ts';
import { meteringModels } from './metering.ts';
import { flag, number } from './words.ts';

/** Versions that take everything the meter protocols can read (CJ/T 188, DL/T 645). */
const reading = (models: readonly ThingModel[], family: string, more: readonly Property[]): ThingModel => {
  const before = base(models, family);
  return { ...before, version: before.version + 1, properties: [...before.properties, ...more] };
};

/** Seconds the meter's clock is ahead of ours; settlement by tariff hangs on it (H-6.4-b-2). */
const clockDrift = number(30, 'clockDrift', '时钟偏差|Clock drift', longTerm, { unit: 's', resolution: 1 });
const batteryLow = flag(31, 'batteryLow', '电池欠压|Battery low', daily);
const valveFault = flag(32, 'valveFault', '阀门故障|Valve fault', daily);
const workingHours = number(33, 'workingHours', '累计工作时间|Working hours', longTerm, {
  unit: 'h',
  min: 0,
  resolution: 1,
  cumulative: true,
});

const cubic = { unit: 'm3', min: 0, resolution: 0.001 } as const;
const settlementVolume = number(34, 'settlementVolume', '结算日累计量|Volume at settlement', daily, cubic);
const settlementEnergy = number(35, 'settlementEnergy', '结算日热量|Energy at settlement', daily, {
  unit: 'kW.h',
  min: 0,
  resolution: 0.1,
});

const kilowattHours = { unit: 'kW.h', min: 0, resolution: 0.01, cumulative: true } as const;
const reactive = { unit: 'kvar.h', resolution: 0.01 } as const;
const volt = { unit: 'V', min: 0, max: 500, resolution: 0.1 } as const;
const ampere = { unit: 'A', min: -500, max: 500, resolution: 0.001 } as const;

const powerExtras: readonly Property[] = [
  number(6, 'reverseEnergy', '反向有功电能|Reverse energy', daily, kilowattHours),
  number(7, 'combinedEnergy', '组合有功电能|Combined energy', daily, { unit: 'kW.h', resolution: 0.01 }),
  number(8, 'reactiveEnergy1', '组合无功1电能|Reactive energy 1', longTerm, reactive),
  number(9, 'reactiveEnergy2', '组合无功2电能|Reactive energy 2', longTerm, reactive),
  number(10, 'maxDemand', '最大需量|Maximum demand', longTerm, { unit: 'W', min: 0, resolution: 0.1 }),
  number(11, 'reactivePower', '无功功率|Reactive power', longTerm, { unit: 'kvar', resolution: 0.0001 }),
  number(12, 'apparentPower', '视在功率|Apparent power', longTerm, { unit: 'kV.A', resolution: 0.0001 }),
  number(13, 'powerFactor', '功率因数|Power factor', longTerm, { unit: '1', min: -1, max: 1, resolution: 0.001 }),
  number(14, 'frequency', '电网频率|Frequency', longTerm, { unit: 'Hz', min: 0, max: 100, resolution: 0.01 }),
  number(15, 'neutralCurrent', '零线电流|Neutral current', longTerm, ampere),
  number(16, 'voltageB', 'B相电压|Voltage, phase B', longTerm, volt),
  number(17, 'voltageC', 'C相电压|Voltage, phase C', longTerm, volt),
  number(18, 'currentB', 'B相电流|Current, phase B', longTerm, ampere),
  number(19, 'currentC', 'C相电流|Current, phase C', longTerm, ampere),
  number(20, 'temperature', '表内温度|Temperature inside', longTerm, {
    unit: 'Cel',
    min: -40,
    max: 120,
    resolution: 0.1,
  }),
  number(21, 'clockBatteryVoltage', '时钟电池电压|Clock battery voltage', longTerm, {
    unit: 'V',
    min: 0,
    max: 10,
    resolution: 0.01,
  }),
];

const flowMeter = [clockDrift, batteryLow, valveFault, settlementVolume];

export const meteredModels: readonly ThingModel[] = [
  reading(contractedModels, 'water-meter', flowMeter),
  reading(meteringModels, 'gas-meter', flowMeter),
  reading(contractedModels, 'electricity-meter', [...powerExtras, clockDrift, batteryLow]),
  reading(meteringModels, 'heat-meter', [
    number(6, 'flow', '瞬时流量|Flow', longTerm, { unit: 'm3/h', min: 0, resolution: 0.001 }),
    ...[clockDrift, batteryLow, workingHours, settlementEnergy],
  ]),
];
