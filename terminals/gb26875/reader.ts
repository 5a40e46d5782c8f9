import { defaultZone } from '@keystead/contracts/calendar';
import { type FrameField, type FrameReader, hexOf } from '@keystead/terminals/port';
import { readClock } from './clock-form.ts';
import { addressText, gb26875Form, readFrame } from './frame.ts';
import { readUnit } from './objects.ts';
import { systemNames } from './states.ts';
import { uplinksOf } from './words.ts';

const field = (
  zh: string,
  en: string,
  start: number,
  end: number,
  value: string,
  fields?: FrameField[],
): FrameField => ({
  name: { zh, en },
  start,
  end,
  value,
  ...(fields ? { fields } : {}),
});

const commands: Readonly<Record<number, string>> = {
  1: '控制 control',
  2: '发送 send',
  3: '确认 confirm',
  4: '请求 request',
  5: '应答 answer',
  6: '否认 deny',
};

function objectFields(data: Uint8Array, from: number): FrameField[] {
  if (data.length === 0) return [];
  const { objects, kind } = readUnit(data);
  return [
    field('类型标志', 'Object kind', from, from + 1, String(kind)),
    field('对象数目', 'Objects', from + 1, from + 2, String(data[1] ?? 0)),
    ...objects.map((one) => {
      const { system, component } = one.place;
      const where = system
        ? `${systemNames[system.kind] ?? system.kind} ${system.address} ${component?.address ?? ''}`
        : '';
      const said = Object.entries(one.values).map(([name, value]) => `${name}=${value}`);
      return field(
        '信息对象',
        'Object',
        from + one.at,
        from + one.at + one.length,
        `${where} ${said.join(' ')}`.trim(),
      );
    }),
  ];
}

/** Reads one frame of GB/T 26875.3 at the start of the bytes, for people. */
export const gb26875Reader: FrameReader = {
  protocol: 'gb26875',
  explain: (bytes) => {
    const length = gb26875Form.measure(bytes, 0);
    if (length <= 0 || length > bytes.length) return undefined;
    const whole = bytes.subarray(0, length);
    const frame = readFrame(whole);
    const sound = gb26875Form.sound(whole);
    const time = readClock(frame.time, 'binary', defaultZone, 0);
    const { uplinks, refusal } = uplinksOf(frame.data, {
      transmitter: addressText(frame.source),
      nameOf: ({ system, component }) => `${system?.kind}.${system?.address}/${component?.address ?? ''}`,
      clock: 'binary',
      zone: defaultZone,
      now: 0,
    });
    return {
      protocol: 'gb26875',
      certainty: sound ? 1 : 0.4,
      checksum: sound ? 'right' : 'wrong',
      fields: [
        field('启动符', 'Start', 0, 2, '@@'),
        field('业务流水号', 'Sequence', 2, 4, String(frame.sequence)),
        field('协议版本', 'Version', 4, 6, frame.version.join('.')),
        field('时间标签', 'Time', 6, 12, time === undefined ? hexOf(frame.time) : new Date(time).toISOString()),
        field('源地址', 'Source', 12, 18, addressText(frame.source)),
        field('目的地址', 'Destination', 18, 24, addressText(frame.destination)),
        field('数据长度', 'Length', 24, 26, String(frame.data.length)),
        field('命令', 'Command', 26, 27, commands[frame.command] ?? String(frame.command)),
        ...objectFields(frame.data, 27),
        field('校验和', 'Sum', length - 3, length - 2, hexOf(whole.subarray(length - 3, length - 2))),
        field('结束符', 'End', length - 2, length, '##'),
      ],
      ...(uplinks[0] ? { uplink: uplinks[0] } : {}),
      ...(refusal ? { refusal } : {}),
    };
  },
};
