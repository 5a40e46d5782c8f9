/** Kinds of values by their number in a metric's `datatype`. */
export const dataTypes = [
  'Unknown',
  'Int8',
  'Int16',
  'Int32',
  'Int64',
  'UInt8',
  'UInt16',
  'UInt32',
  'UInt64',
  'Float',
  'Double',
  'Boolean',
  'String',
  'DateTime',
  'Text',
  'UUID',
  'DataSet',
  'Bytes',
  'File',
  'Template',
  'PropertySet',
  'PropertySetList',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Int64Array',
  'UInt8Array',
  'UInt16Array',
  'UInt32Array',
  'UInt64Array',
  'FloatArray',
  'DoubleArray',
  'BooleanArray',
  'StringArray',
  'DateTimeArray',
] as const;
export type DataType = (typeof dataTypes)[number];

export const dataTypeOf = (number: number): DataType => dataTypes[number] ?? 'Unknown';
export const numberOfType = (type: DataType): number => dataTypes.indexOf(type);

export interface IntegerForm {
  bits: 8 | 16 | 32 | 64;
  signed: boolean;
}

const integers: Readonly<Partial<Record<DataType, IntegerForm>>> = {
  Int8: { bits: 8, signed: true },
  Int16: { bits: 16, signed: true },
  Int32: { bits: 32, signed: true },
  Int64: { bits: 64, signed: true },
  UInt8: { bits: 8, signed: false },
  UInt16: { bits: 16, signed: false },
  UInt32: { bits: 32, signed: false },
  UInt64: { bits: 64, signed: false },
  DateTime: { bits: 64, signed: false },
};

/** How whole numbers of this type are kept; undefined when it is no whole number. */
export const integerForm = (type: DataType): IntegerForm | undefined => integers[type];

/** The type of one item of an array type. */
export function itemType(type: DataType): DataType | undefined {
  if (!type.endsWith('Array')) return undefined;
  return dataTypes.find((one) => one === type.slice(0, -'Array'.length));
}
