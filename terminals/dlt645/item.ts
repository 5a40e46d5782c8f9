/** One thing in the data behind an identifier. */
export interface ItemField {
  /** Property it is told under. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** `number`: BCD. `moment`: mm hh DD MM YY, a wall clock. `date`, `time`: the two halves of the meter's clock. */
  readonly kind: 'number' | 'moment' | 'date' | 'time' | 'status' | 'battery' | 'address';
  readonly bytes: number;
  readonly decimals?: number;
  /** The platform's unit, of which one count of the meter is `times`. */
  readonly unit?: string;
  readonly times?: number;
  /** The highest bit is a minus sign. */
  readonly signed?: boolean;
}

/** What stands behind one identifier; with `repeats` the last field goes on, numbered, to the end of the data. */
export interface Item {
  readonly id: number;
  readonly fields: readonly ItemField[];
  readonly repeats?: boolean;
}

type Numbers = readonly [bytes: number, decimals: number, unit: string, times?: number];

const number = (name: string, zh: string, en: string, [bytes, decimals, unit, times = 1]: Numbers, signed = false) =>
  ({ name, zh, en, kind: 'number', bytes, decimals, unit, times, signed }) satisfies ItemField;

const other = (name: string, zh: string, en: string, kind: ItemField['kind'], bytes: number): ItemField => ({
  name,
  zh,
  en,
  kind,
  bytes,
});

const volts: Numbers = [2, 1, 'V'];
const amperes: Numbers = [3, 3, 'A'];
const kilowatts: Numbers = [3, 4, 'W', 1000];
const kilovars: Numbers = [3, 4, 'kvar'];
const kilovoltamperes: Numbers = [3, 4, 'kV.A'];
const factor: Numbers = [2, 3, '1'];
const kilowattHours: Numbers = [4, 2, 'kW.h'];
const kilovarHours: Numbers = [4, 2, 'kvar.h'];

const phases = ['', 'B', 'C'] as const;
type Quantity = readonly [name: string, zh: string, en: string, form: Numbers, signed?: boolean];

/** One quantity of the three phases; phase A has the plain name, so that a single-phase meter reads like any other. */
const byPhase = (of: number, [name, zh, en, form, signed]: Quantity): Item[] => {
  const fields = phases.map((phase, at) => {
    const letter = 'ABC'[at];
    return number(`${name}${phase}`, `${letter}相${zh}`, `${en}, phase ${letter}`, form, signed);
  });
  const single = fields.map((field, at): Item => ({ id: of + (at + 1) * 0x100, fields: [field] }));
  return [...single, { id: of + 0xff00, fields }];
};

/** A total and the same of the three phases. */
const withTotal = (of: number, [name, zh, en, form, signed]: Quantity): Item[] => {
  const fields = ['', 'A', 'B', 'C'].map((phase) =>
    phase === ''
      ? number(name, `总${zh}`, en, form, signed)
      : number(`${name}${phase}`, `${phase}相${zh}`, `${en}, phase ${phase}`, form, signed),
  );
  return [...fields.map((field, at): Item => ({ id: of + at * 0x100, fields: [field] })), { id: of + 0xff00, fields }];
};

const variables: readonly Item[] = [
  ...byPhase(0x02010000, ['voltage', '电压', 'Voltage', volts]),
  ...byPhase(0x02020000, ['current', '电流', 'Current', amperes, true]),
  ...withTotal(0x02030000, ['power', '有功功率', 'Power', kilowatts, true]),
  ...withTotal(0x02040000, ['reactivePower', '无功功率', 'Reactive power', kilovars, true]),
  ...withTotal(0x02050000, ['apparentPower', '视在功率', 'Apparent power', kilovoltamperes, true]),
  ...withTotal(0x02060000, ['powerFactor', '功率因数', 'Power factor', factor, true]),
  { id: 0x02800001, fields: [number('neutralCurrent', '零线电流', 'Neutral current', amperes, true)] },
  { id: 0x02800002, fields: [number('frequency', '电网频率', 'Frequency', [2, 2, 'Hz'])] },
  { id: 0x02800007, fields: [number('temperature', '表内温度', 'Temperature inside', [2, 1, 'Cel'], true)] },
  { id: 0x02800008, fields: [number('clockBatteryVoltage', '时钟电池电压', 'Clock battery voltage', [2, 2, 'V'])] },
];

const parameters: readonly Item[] = [
  { id: 0x04000101, fields: [other('date', '日期', 'Date', 'date', 4)] },
  { id: 0x04000102, fields: [other('clockTime', '时间', 'Time', 'time', 3)] },
  { id: 0x04000401, fields: [other('address', '通信地址', 'Address', 'address', 6)] },
  { id: 0x04000501, fields: [other('batteryLow', '运行状态字1', 'Status word 1', 'battery', 2)] },
  { id: 0x04000503, fields: [other('relayClosed', '运行状态字3', 'Status word 3', 'status', 2)] },
];

const fixed: ReadonlyMap<number, Item> = new Map([...variables, ...parameters].map((item) => [item.id, item]));

const energies: ReadonlyMap<number, ItemField> = new Map([
  [0x00, number('combinedEnergy', '组合有功电能', 'Combined energy', kilowattHours, true)],
  [0x01, number('energy', '正向有功电能', 'Energy', kilowattHours)],
  [0x02, number('reverseEnergy', '反向有功电能', 'Reverse energy', kilowattHours)],
  [0x03, number('reactiveEnergy1', '组合无功1电能', 'Reactive energy 1', kilovarHours, true)],
  [0x04, number('reactiveEnergy2', '组合无功2电能', 'Reactive energy 2', kilovarHours, true)],
]);

const demands: ReadonlyMap<number, ItemField> = new Map([
  [0x01, number('maxDemand', '正向有功最大需量', 'Maximum demand', kilowatts)],
  [0x02, number('reverseMaxDemand', '反向有功最大需量', 'Maximum reverse demand', kilowatts)],
]);

const settled = (at: number): string => (at === 0 ? '' : `Settled${at}`);

/** A register: total, tariff 1 … 63, or (FF) all of them; now, or as it was at one of the last twelve settlements. */
function registerOf(id: number, base: ItemField, more: readonly ItemField[]): Item | undefined {
  const [rate, back] = [(id >>> 8) & 0xff, id & 0xff];
  if (back > 12 || (rate > 63 && rate !== 0xff)) return undefined;
  const all = rate === 0xff;
  const name = `${base.name}${all || rate === 0 ? '' : `Rate${rate}`}${settled(back)}`;
  const fields = [{ ...base, name }, ...more.map((field) => ({ ...field, name: `${name}${field.name}` }))];
  return { id, fields, ...(all && more.length === 0 && { repeats: true }) };
}

/** Identifiers of the daily freezes; `number` 1 is the newest. */
export const dailyFreeze = {
  moment: (number: number): number => 0x05060000 + number,
  energy: (number: number): number => 0x05060100 + number,
} as const;

/** What stands behind an identifier of the 2007 edition; undefined for those not listed here. */
export function itemOf(id: number): Item | undefined {
  const known = fixed.get(id);
  if (known) return known;
  const [group, kind] = [id >>> 24, (id >>> 16) & 0xff];
  const energy = energies.get(kind);
  if (group === 0x00 && energy) return registerOf(id, energy, []);
  const demand = demands.get(kind);
  const when = other('Time', '发生时间', 'When', 'moment', 5);
  if (group === 0x01 && demand) return registerOf(id, demand, [when]);
  if (group !== 0x05 || kind !== 0x06 || (id & 0xff) === 0 || (id & 0xff) > 62) return undefined;
  const freeze = (id >>> 8) & 0xff;
  if (freeze === 0) return { id, fields: [other('frozenAt', '日冻结时间', 'Frozen at', 'moment', 5)] };
  const frozen = energies.get(freeze);
  return frozen && freeze > 0 && freeze < 3 ? { id, fields: [frozen], repeats: true } : undefined;
}

/** Identifiers by the names used in configurations. */
export const readable: Readonly<Record<string, number>> = {
  energy: 0x00010000,
  energyRates: 0x0001ff00,
  reverseEnergy: 0x00020000,
  combinedEnergy: 0x00000000,
  reactiveEnergy1: 0x00030000,
  reactiveEnergy2: 0x00040000,
  maxDemand: 0x01010000,
  voltage: 0x02010100,
  voltages: 0x0201ff00,
  current: 0x02020100,
  currents: 0x0202ff00,
  power: 0x02030000,
  powers: 0x0203ff00,
  reactivePower: 0x02040000,
  apparentPower: 0x02050000,
  powerFactor: 0x02060000,
  neutralCurrent: 0x02800001,
  frequency: 0x02800002,
  temperature: 0x02800007,
  clockBatteryVoltage: 0x02800008,
  batteryLow: 0x04000501,
  relay: 0x04000503,
};
