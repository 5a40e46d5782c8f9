import type { FrameExplanation, FrameField, FrameReader } from '@keystead/terminals/port';

// The frame as it goes through the air (PHYPayload). Its check code needs the device's keys, which only the network
// server has: so a reader can name the parts, and never be very sure.

const kinds = [
  { zh: '入网请求', en: 'join request' },
  { zh: '入网接受', en: 'join accept' },
  { zh: '上行（不确认）', en: 'uplink, unconfirmed' },
  { zh: '下行（不确认）', en: 'downlink, unconfirmed' },
  { zh: '上行（需确认）', en: 'uplink, confirmed' },
  { zh: '下行（需确认）', en: 'downlink, confirmed' },
  { zh: '重新入网请求', en: 'rejoin request' },
] as const;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const reversed = (bytes: Uint8Array): string => hex(bytes.toReversed());

function field(zh: string, en: string, start: number, end: number, value: string): FrameField {
  return { name: { zh, en }, start, end, value };
}

function joinFields(bytes: Uint8Array): FrameField[] {
  return [
    field('入网标识', 'JoinEUI', 1, 9, reversed(bytes.subarray(1, 9))),
    field('设备标识', 'DevEUI', 9, 17, reversed(bytes.subarray(9, 17))),
    field('随机数', 'DevNonce', 17, 19, reversed(bytes.subarray(17, 19))),
  ];
}

function dataFields(bytes: Uint8Array): FrameField[] | undefined {
  const end = bytes.length - 4;
  const control = bytes[5] ?? 0;
  const options = 8 + (control & 0x0f);
  if (end < 8 || options > end) return undefined;
  const flags = [
    [0x80, 'ADR'],
    [0x20, 'ACK'],
    [0x10, 'FPending'],
  ] as const;
  const set = flags.filter(([bit]) => (control & bit) !== 0).map(([, name]) => name);
  const fields = [
    field('设备地址', 'DevAddr', 1, 5, reversed(bytes.subarray(1, 5))),
    field('控制', 'FCtrl', 5, 6, set.join(' ') || '0'),
    field('帧计数', 'FCnt', 6, 8, String((bytes[6] ?? 0) + (bytes[7] ?? 0) * 256)),
  ];
  if (options > 8) fields.push(field('选项', 'FOpts', 8, options, hex(bytes.subarray(8, options))));
  if (options === end) return fields;
  fields.push(field('端口', 'FPort', options, options + 1, String(bytes[options])));
  const payload = hex(bytes.subarray(options + 1, end));
  if (payload !== '') fields.push(field('载荷（密文）', 'FRMPayload (encrypted)', options + 1, end, payload));
  return fields;
}

const lengths: Readonly<Record<number, readonly number[]>> = { 0: [23], 1: [17, 33], 6: [19, 24] };

function explain(bytes: Uint8Array): FrameExplanation | undefined {
  const head = bytes[0];
  if (head === undefined || (head & 0x1f) !== 0 || bytes.length < 12 || bytes.length > 255) return undefined;
  const type = head >> 5;
  const kind = kinds[type];
  const exact = lengths[type];
  if (!kind || (exact && !exact.includes(bytes.length))) return undefined;
  const inner = exact ? (type === 0 ? joinFields(bytes) : []) : dataFields(bytes);
  if (!inner) return undefined;
  const mic = bytes.length - 4;
  return {
    protocol: 'lorawan',
    certainty: exact ? 0.3 : 0.2,
    checksum: 'none',
    fields: [
      { ...field('帧头', 'MHDR', 0, 1, ''), value: `${kind.zh} ${kind.en}` },
      ...inner,
      field('校验码', 'MIC', mic, bytes.length, hex(bytes.subarray(mic))),
    ],
  };
}

export const lorawanFrameReader: FrameReader = { protocol: 'lorawan', explain };
