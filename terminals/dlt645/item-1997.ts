import type { Item, ItemField } from './item.ts';

const number = (
  name: string,
  zh: string,
  en: string,
  [bytes, decimals, unit, times = 1]: readonly [bytes: number, decimals: number, unit: string, times?: number],
): ItemField => ({ name, zh, en, kind: 'number', bytes, decimals, unit, times });

const item = (id: number, ...fields: ItemField[]): [number, Item] => [id, { id, fields }];

/** Identifiers of the 1997 edition, two bytes long, as far as they are still read in the field. */
const items: ReadonlyMap<number, Item> = new Map([
  item(0x9010, number('energy', '正向有功总电能', 'Energy', [4, 2, 'kW.h'])),
  item(0x9020, number('reverseEnergy', '反向有功总电能', 'Reverse energy', [4, 2, 'kW.h'])),
  item(0x9011, number('energyRate1', '费率1电能', 'Energy, tariff 1', [4, 2, 'kW.h'])),
  item(0x9012, number('energyRate2', '费率2电能', 'Energy, tariff 2', [4, 2, 'kW.h'])),
  item(0x9013, number('energyRate3', '费率3电能', 'Energy, tariff 3', [4, 2, 'kW.h'])),
  item(0x9014, number('energyRate4', '费率4电能', 'Energy, tariff 4', [4, 2, 'kW.h'])),
  item(0x9410, number('energySettled1', '上月正向有功总电能', 'Energy last month', [4, 2, 'kW.h'])),
  item(0xa010, number('maxDemand', '正向有功最大需量', 'Maximum demand', [3, 4, 'W', 1000])),
  item(0xb611, number('voltage', 'A相电压', 'Voltage, phase A', [2, 0, 'V'])),
  item(0xb612, number('voltageB', 'B相电压', 'Voltage, phase B', [2, 0, 'V'])),
  item(0xb613, number('voltageC', 'C相电压', 'Voltage, phase C', [2, 0, 'V'])),
  item(0xb621, number('current', 'A相电流', 'Current, phase A', [2, 2, 'A'])),
  item(0xb622, number('currentB', 'B相电流', 'Current, phase B', [2, 2, 'A'])),
  item(0xb623, number('currentC', 'C相电流', 'Current, phase C', [2, 2, 'A'])),
  item(0xb630, number('power', '瞬时有功功率', 'Power', [3, 4, 'W', 1000])),
  item(0xb640, number('reactivePower', '瞬时无功功率', 'Reactive power', [2, 2, 'kvar'])),
  item(0xb650, number('powerFactor', '总功率因数', 'Power factor', [2, 3, '1'])),
  item(0xc010, { name: 'date', zh: '日期', en: 'Date', kind: 'date', bytes: 4 }),
  item(0xc011, { name: 'clockTime', zh: '时间', en: 'Time', kind: 'time', bytes: 3 }),
]);

export const itemOf1997 = (id: number): Item | undefined => items.get(id);

/** Identifiers by the names used in configurations. */
export const readable1997: Readonly<Record<string, number>> = {
  energy: 0x9010,
  reverseEnergy: 0x9020,
  maxDemand: 0xa010,
  voltage: 0xb611,
  current: 0xb621,
  power: 0xb630,
  reactivePower: 0xb640,
  powerFactor: 0xb650,
};
