import { defaultZone } from '@keystead/contracts/calendar';
import { type FrameExplanation, type FrameField, type FrameReader, hexOf, isRefusal } from '@keystead/terminals/port';
import { cjt188Driver, functionName } from './driver.ts';
import { cjt188Form, isAnswer, isRefusalCode, type MeterFrame, partsOf } from './frame.ts';
import { identifierOf, identifiers } from './identifier.ts';
import { clockOf, layoutOf } from './measured.ts';

const field = (zh: string, en: string, start: number, end: number, value: string): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
});

const meterKinds: ReadonlyMap<number, string> = new Map([
  [0x10, '冷水 cold water'],
  [0x11, '热水 hot water'],
  [0x12, '直饮水 drinking water'],
  [0x13, '中水 reclaimed water'],
  [0x20, '热量 heat'],
  [0x21, '冷量 cooling'],
  [0x30, '燃气 gas'],
  [0x40, '电 electricity'],
]);

const fieldNames: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  volume: ['累计流量', 'Volume'],
  settlementVolume: ['结算日流量', 'Volume at settlement'],
  energy: ['当前热量', 'Energy'],
  settlementEnergy: ['结算日热量', 'Energy at settlement'],
  power: ['热功率', 'Thermal power'],
  flow: ['流量', 'Flow'],
  supply: ['供水温度', 'Supply temperature'],
  return: ['回水温度', 'Return temperature'],
  workingHours: ['累计工作时间', 'Working hours'],
};

/** The data part: identifier, serial number, and for metering data its fields one by one. */
function dataFields({ type, control, data }: MeterFrame, from: number, values: Record<string, unknown>): FrameField[] {
  if (data.length < 3) return [];
  const { id, order } = identifierOf(data[0] ?? 0, data[1] ?? 0);
  const fields = [
    field('数据标识', 'Identifier', from, from + 2, `${id.toString(16).toUpperCase()} (${order})`),
    field('序号', 'Serial number', from + 2, from + 3, String(data[2])),
  ];
  const body = data.subarray(3);
  const layout = layoutOf(type);
  if (id !== identifiers.metering || !isAnswer(control) || isRefusalCode(control) || body.length < layout.length) {
    if (body.length > 0) fields.push(field('数据', 'Data', from + 3, from + data.length, hexOf(body)));
    return fields;
  }
  for (const [index, [name, , at]] of layout.fields.entries()) {
    const end = layout.fields[index + 1]?.[2] ?? layout.clock;
    const [zh, en] = fieldNames[name] ?? [name, name];
    const value = values[name];
    fields.push(field(zh, en, from + 3 + at, from + 3 + end, value === undefined ? '无 none' : String(value)));
  }
  const clock = clockOf(body.subarray(layout.clock, layout.clock + 7), defaultZone);
  const shown = typeof clock === 'number' ? new Date(clock).toISOString() : (clock ?? '无 none');
  const base = from + 3;
  fields.push(field('时间', 'Clock', base + layout.clock, base + layout.status, shown));
  fields.push(field('状态', 'Status', base + layout.status, base + layout.length, hexOf(body.slice(layout.status))));
  return fields;
}

/** Start of the first frame, whole or not; -1 = none. */
function findHead(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) {
    const length = cjt188Form.measure(bytes, at);
    if (length > 0 && at + length <= bytes.length) return at;
  }
  return -1;
}

/** Tells people what a CJ/T 188 frame says; bytes before the frame and after it are passed over. */
export const cjt188Reader: FrameReader = {
  protocol: 'cjt188',
  explain: (bytes): FrameExplanation | undefined => {
    const start = findHead(bytes);
    if (start < 0) return undefined;
    const frame = bytes.slice(start, start + cjt188Form.measure(bytes, start));
    const parts = partsOf(frame);
    if (!parts) return undefined;
    const sound = cjt188Form.sound(frame);
    const said = cjt188Driver().decode(frame);
    const values = !isRefusal(said) && said.kind === 'readings' ? (said.readings[0]?.values ?? {}) : {};
    const name = functionName(parts.control);
    const way = isAnswer(parts.control)
      ? isRefusalCode(parts.control)
        ? '异常应答 refused'
        : '应答 answer'
      : '请求 request';
    const last = start + frame.length;
    const kind = meterKinds.get(parts.type) ?? parts.type.toString(16);
    return {
      protocol: 'cjt188',
      certainty: sound ? 1 : frame.at(-1) === 0x16 ? 0.6 : 0.2,
      checksum: sound ? 'right' : 'wrong',
      fields: [
        ...(start > 0 ? [field('前导', 'Preamble', 0, start, hexOf(bytes.slice(0, Math.min(start, 16))))] : []),
        field('起始', 'Start', start, start + 1, '68'),
        field('仪表类型', 'Kind of meter', start + 1, start + 2, kind),
        field('地址', 'Address', start + 2, start + 9, parts.address),
        field('控制码', 'Control', start + 9, start + 10, `${name.zh} ${name.en}, ${way}`),
        field('长度', 'Length', start + 10, start + 11, String(parts.data.length)),
        ...dataFields(parts, start + 11, values),
        field('校验和', 'Checksum', last - 2, last - 1, hexOf(frame.slice(-2, -1))),
        field('结束', 'End', last - 1, last, hexOf(frame.slice(-1))),
      ],
      ...(isRefusal(said) ? { refusal: said } : { uplink: said }),
    };
  },
};
