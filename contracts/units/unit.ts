export interface Unit {
  /** UCUM code (case sensitive form; `ppm`, `ppb`, `dBm` and `{NTU}` as the field writes them), the only form that is stored. */
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** What people read beside a number; the same in both languages unless `symbolZh` is there. */
  readonly symbol: string;
  readonly symbolZh?: string;
  /** Units of one dimension convert into each other. */
  readonly dimension: string;
  /** value in the base unit of the dimension = value × factor + offset */
  readonly factor: number;
  readonly offset: number;
}

type Row = readonly [
  code: string,
  zh: string,
  en: string,
  symbol: string,
  factor: number,
  offset?: number,
  symbolZh?: string,
];

const table: Readonly<Record<string, readonly Row[]>> = {
  ratio: [
    ['1', '个', 'count', '', 1],
    ['%', '百分比', 'percent', '%', 0.01],
    ['[ppth]', '千分比', 'per thousand', '‰', 1e-3],
    ['ppm', '百万分比', 'parts per million', 'ppm', 1e-6],
    ['ppb', '十亿分比', 'parts per billion', 'ppb', 1e-9],
  ],
  temperature: [
    ['K', '开尔文', 'kelvin', 'K', 1],
    ['Cel', '摄氏度', 'degree Celsius', '°C', 1, 273.15],
    ['[degF]', '华氏度', 'degree Fahrenheit', '°F', 5 / 9, 459.67 * (5 / 9)],
  ],
  pressure: [
    ['Pa', '帕', 'pascal', 'Pa', 1],
    ['hPa', '百帕', 'hectopascal', 'hPa', 100],
    ['kPa', '千帕', 'kilopascal', 'kPa', 1e3],
    ['mm[Hg]', '毫米汞柱', 'millimetre of mercury', 'mmHg', 133.322387415],
    ['MPa', '兆帕', 'megapascal', 'MPa', 1e6],
    ['bar', '巴', 'bar', 'bar', 1e5],
    ['mbar', '毫巴', 'millibar', 'mbar', 100],
    ['m[H2O]', '米水柱', 'metre of water', 'mH₂O', 9806.65],
  ],
  power: [
    ['W', '瓦', 'watt', 'W', 1],
    ['kW', '千瓦', 'kilowatt', 'kW', 1e3],
    ['MW', '兆瓦', 'megawatt', 'MW', 1e6],
  ],
  'apparent-power': [
    ['V.A', '伏安', 'volt-ampere', 'VA', 1],
    ['kV.A', '千伏安', 'kilovolt-ampere', 'kVA', 1e3],
  ],
  'reactive-power': [
    ['var', '乏', 'var', 'var', 1],
    ['kvar', '千乏', 'kilovar', 'kvar', 1e3],
  ],
  'reactive-energy': [
    ['var.h', '乏时', 'var-hour', 'varh', 3600],
    ['kvar.h', '千乏时', 'kilovar-hour', 'kvarh', 3.6e6],
  ],
  energy: [
    ['J', '焦', 'joule', 'J', 1],
    ['kJ', '千焦', 'kilojoule', 'kJ', 1e3],
    ['MJ', '兆焦', 'megajoule', 'MJ', 1e6],
    ['GJ', '吉焦', 'gigajoule', 'GJ', 1e9],
    ['W.h', '瓦时', 'watt-hour', 'Wh', 3600],
    ['kW.h', '千瓦时', 'kilowatt-hour', 'kWh', 3.6e6],
    ['MW.h', '兆瓦时', 'megawatt-hour', 'MWh', 3.6e9],
  ],
  voltage: [
    ['mV', '毫伏', 'millivolt', 'mV', 1e-3],
    ['V', '伏', 'volt', 'V', 1],
    ['kV', '千伏', 'kilovolt', 'kV', 1e3],
  ],
  current: [
    ['mA', '毫安', 'milliampere', 'mA', 1e-3],
    ['A', '安', 'ampere', 'A', 1],
  ],
  resistance: [
    ['Ohm', '欧', 'ohm', 'Ω', 1],
    ['kOhm', '千欧', 'kiloohm', 'kΩ', 1e3],
    ['MOhm', '兆欧', 'megaohm', 'MΩ', 1e6],
  ],
  frequency: [
    ['Hz', '赫兹', 'hertz', 'Hz', 1],
    ['kHz', '千赫', 'kilohertz', 'kHz', 1e3],
    ['MHz', '兆赫', 'megahertz', 'MHz', 1e6],
    ['/s', '次每秒', 'per second', '1/s', 1, 0, '次/秒'],
    ['/min', '次每分', 'per minute', '1/min', 1 / 60, 0, '次/分'],
    ['/h', '次每时', 'per hour', '1/h', 1 / 3600, 0, '次/时'],
    ['{rev}/min', '转每分', 'revolutions per minute', 'rpm', 1 / 60, 0, '转/分'],
  ],
  volume: [
    ['mL', '毫升', 'millilitre', 'mL', 1e-6],
    ['L', '升', 'litre', 'L', 1e-3],
    ['m3', '立方米', 'cubic metre', 'm³', 1],
  ],
  flow: [
    ['m3/h', '立方米每时', 'cubic metre per hour', 'm³/h', 1 / 3600],
    ['m3/s', '立方米每秒', 'cubic metre per second', 'm³/s', 1],
    ['L/h', '升每时', 'litre per hour', 'L/h', 1e-3 / 3600],
    ['L/min', '升每分', 'litre per minute', 'L/min', 1e-3 / 60],
    ['L/s', '升每秒', 'litre per second', 'L/s', 1e-3],
  ],
  illuminance: [['lx', '勒克斯', 'lux', 'lx', 1]],
  'sound-level': [['dB', '分贝', 'decibel', 'dB', 1]],
  'signal-level': [['dBm', '分贝毫瓦', 'decibel milliwatt', 'dBm', 1]],
  time: [
    ['us', '微秒', 'microsecond', 'µs', 1e-6],
    ['ms', '毫秒', 'millisecond', 'ms', 1e-3],
    ['s', '秒', 'second', 's', 1, 0, '秒'],
    ['min', '分钟', 'minute', 'min', 60, 0, '分钟'],
    ['h', '小时', 'hour', 'h', 3600, 0, '小时'],
    ['d', '天', 'day', 'd', 86_400, 0, '天'],
  ],
  length: [
    ['um', '微米', 'micrometre', 'µm', 1e-6],
    ['mm', '毫米', 'millimetre', 'mm', 1e-3],
    ['cm', '厘米', 'centimetre', 'cm', 1e-2],
    ['m', '米', 'metre', 'm', 1],
    ['km', '千米', 'kilometre', 'km', 1e3],
  ],
  area: [['m2', '平方米', 'square metre', 'm²', 1]],
  speed: [
    ['m/s', '米每秒', 'metre per second', 'm/s', 1],
    ['mm/s', '毫米每秒', 'millimetre per second', 'mm/s', 1e-3],
    ['km/h', '千米每时', 'kilometre per hour', 'km/h', 1 / 3.6],
  ],
  acceleration: [['m/s2', '米每二次方秒', 'metre per second squared', 'm/s²', 1]],
  mass: [
    ['mg', '毫克', 'milligram', 'mg', 1e-6],
    ['g', '克', 'gram', 'g', 1e-3],
    ['kg', '千克', 'kilogram', 'kg', 1],
    ['t', '吨', 'tonne', 't', 1e3],
  ],
  concentration: [
    ['ug/m3', '微克每立方米', 'microgram per cubic metre', 'µg/m³', 1e-9],
    ['mg/m3', '毫克每立方米', 'milligram per cubic metre', 'mg/m³', 1e-6],
    ['mg/L', '毫克每升', 'milligram per litre', 'mg/L', 1e-3],
  ],
  angle: [['deg', '度', 'degree', '°', 1]],
  acidity: [['[pH]', '酸碱度', 'pH', 'pH', 1]],
  conductivity: [
    ['uS/cm', '微西每厘米', 'microsiemens per centimetre', 'µS/cm', 1e-4],
    ['mS/cm', '毫西每厘米', 'millisiemens per centimetre', 'mS/cm', 0.1],
  ],
  turbidity: [['{NTU}', '浊度单位', 'nephelometric turbidity unit', 'NTU', 1]],
  data: [
    ['By', '字节', 'byte', 'B', 1],
    ['KiBy', '千字节', 'kibibyte', 'KiB', 1024],
    ['MiBy', '兆字节', 'mebibyte', 'MiB', 1024 ** 2],
    ['GiBy', '吉字节', 'gibibyte', 'GiB', 1024 ** 3],
  ],
  'data-rate': [
    ['bit/s', '比特每秒', 'bit per second', 'bit/s', 1],
    ['kbit/s', '千比特每秒', 'kilobit per second', 'kbit/s', 1e3],
    ['Mbit/s', '兆比特每秒', 'megabit per second', 'Mbit/s', 1e6],
  ],
};

/** All units the platform knows, by code. */
export const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(table).flatMap(([dimension, rows]) =>
    rows.map(([code, zh, en, symbol, factor, offset = 0, symbolZh]): [string, Unit] => [
      code,
      { code, name: { zh, en }, symbol, ...(symbolZh && { symbolZh }), dimension, factor, offset },
    ]),
  ),
);

/** What devices and people write instead of the code. Read on the way in, never stored. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['', '1'],
  ['°C', 'Cel'],
  ['℃', 'Cel'],
  ['°F', '[degF]'],
  ['℉', '[degF]'],
  ['[ppm]', 'ppm'],
  ['[ppb]', 'ppb'],
  ['‰', '[ppth]'],
  ['dB[mW]', 'dBm'],
  ['rpm', '{rev}/min'],
  ['r/min', '{rev}/min'],
  ['Wh', 'W.h'],
  ['kWh', 'kW.h'],
  ['MWh', 'MW.h'],
  ['VA', 'V.A'],
  ['kVA', 'kV.A'],
  ['m³', 'm3'],
  ['m³/h', 'm3/h'],
  ['m²', 'm2'],
  ['l', 'L'],
  ['kvarh', 'kvar.h'],
  ['l/h', 'L/h'],
  ['l/min', 'L/min'],
  ['lux', 'lx'],
  ['Ω', 'Ohm'],
  ['°', 'deg'],
  ['pH', '[pH]'],
  ['NTU', '{NTU}'],
  ['µg/m³', 'ug/m3'],
  ['μg/m³', 'ug/m3'],
  ['mg/m³', 'mg/m3'],
]);

/** The unit of a code or of one of the usual ways to write it; undefined when unknown. */
export function unitOf(text: string): Unit | undefined {
  return units.get(text) ?? units.get(aliases.get(text) ?? '');
}

/** True for a code as it is stored ('' = a plain number); other spellings are not codes. */
export const isUnitCode = (code: string): boolean => code === '' || units.has(code);
