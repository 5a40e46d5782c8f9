/** A position in PostgreSQL's write-ahead log, `16/B374D848`, as a number of bytes. */
export function bytesOf(lsn: string): bigint {
  const [high = '', low = ''] = lsn.split('/');
  if (!/^[0-9A-F]{1,8}$/i.test(high) || !/^[0-9A-F]{1,8}$/i.test(low))
    throw new RangeError(`not a log position: ${lsn}`);
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export const lsnOf = (bytes: bigint): string =>
  `${(bytes >> 32n).toString(16)}/${(bytes & 0xffffffffn).toString(16)}`.toUpperCase();

const hex = (value: bigint): string => value.toString(16).toUpperCase().padStart(8, '0');

/** Name of the log file with this number: timeline and number, 8 + 8 + 8 digits. */
export function segmentName(timeline: number, number: bigint, segmentBytes: number): string {
  const perLog = 0x1_0000_0000n / BigInt(segmentBytes);
  return `${hex(BigInt(timeline))}${hex(number / perLog)}${hex(number % perLog)}`;
}

/** Number of the log file that holds this position. */
export const segmentAt = (lsn: string, segmentBytes: number): bigint => bytesOf(lsn) / BigInt(segmentBytes);

/** Number of the log file of this name. */
export function segmentNumber(name: string, segmentBytes: number): bigint {
  const perLog = 0x1_0000_0000n / BigInt(segmentBytes);
  return BigInt(`0x${name.slice(8, 16)}`) * perLog + BigInt(`0x${name.slice(16, 24)}`);
}

export const timelineOf = (name: string): number => Number.parseInt(name.slice(0, 8), 16);
