import { type Static, Type } from 'typebox';

const choice = <T extends string>(values: readonly T[], description: string, standard?: T) =>
  Type.Unsafe<T>(Type.Enum([...values], { description, ...(standard === undefined ? {} : { default: standard }) }));

export const areas = ['coil', 'discrete', 'holding', 'input'] as const;
export const forms = [
  'bit',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
  'bcd16',
  'bcd32',
  'string',
] as const;
export const orders = ['ABCD', 'BADC', 'CDAB', 'DCBA'] as const;

export type Form = (typeof forms)[number];
export type Order = (typeof orders)[number];

/** One value of a device: where it stands and how its bits are read. The schema becomes a form. */
export const PointSchema = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 64,
      description: '点位名,与物模型属性标识一致 · name of the property',
    }),
    area: choice(areas, '数据区:线圈、离散输入、保持寄存器、输入寄存器 · table of the device'),
    address: Type.Integer({
      minimum: 0,
      maximum: 65_535,
      description: '从 0 起的地址(手册写 40001 即保持寄存器 0)· address counted from 0',
    }),
    form: Type.Optional(choice(forms, '数据类型;线圈默认 bit,寄存器默认 uint16 · how the bits are read')),
    order: Type.Optional(
      choice(orders, '字节序:ABCD 大端,BADC 字内交换,CDAB 字交换,DCBA 小端 · order of bytes and words', 'ABCD'),
    ),
    bit: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 15, description: '寄存器中的位,0 为最低位 · bit of a register' }),
    ),
    length: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 120, description: '字符串占用的寄存器数 · registers of a string' }),
    ),
    text: Type.Optional(choice(['utf-8', 'gbk'], '字符串编码 · encoding of a string', 'utf-8')),
    scale: Type.Optional(Type.Number({ description: '倍率:值 = 原始值 × 倍率 + 偏移 · factor', default: 1 })),
    offset: Type.Optional(Type.Number({ description: '偏移 · added after the factor', default: 0 })),
    every: Type.Optional(
      Type.Integer({ minimum: 50, maximum: 86_400_000, description: '采集周期,毫秒;缺省取设备周期 · interval in ms' }),
    ),
    writable: Type.Optional(Type.Boolean({ description: '允许写入 · may be written', default: false })),
    min: Type.Optional(Type.Number({ description: '写入下限(工程值)· least value that may be written' })),
    max: Type.Optional(Type.Number({ description: '写入上限(工程值)· greatest value that may be written' })),
    readBack: Type.Optional(
      Type.Boolean({
        description: '写入后回读核对;脉冲线圈等自复位点位关闭 · read again after a write and compare',
        default: true,
      }),
    ),
    settle: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30_000,
        description: '回读等待的最长时间,毫秒 · how long the value may take to be reached, ms',
        default: 0,
      }),
    ),
  },
  { additionalProperties: false },
);
export type Point = Static<typeof PointSchema>;

export const isBits = (point: Pick<Point, 'area'>): boolean => point.area === 'coil' || point.area === 'discrete';

export const formOf = (point: Point): Form =>
  isBits(point) || point.bit !== undefined ? 'bit' : (point.form ?? 'uint16');

const registers: Readonly<Record<Form, number>> = {
  bit: 1,
  int16: 1,
  uint16: 1,
  bcd16: 1,
  int32: 2,
  uint32: 2,
  float32: 2,
  bcd32: 2,
  int64: 4,
  uint64: 4,
  float64: 4,
  string: 1,
};

/** Coils or registers a point takes. */
export const widthOf = (point: Point): number =>
  formOf(point) === 'string' ? (point.length ?? 1) : registers[formOf(point)];
