import { instantOfWall, type Occurrence } from '@keystead/terminals/port';
import { type Manscdp, textIn } from './manscdp.ts';

/** What an alarm came from, by its method number. */
const methods: Readonly<Record<string, string>> = {
  1: 'phone',
  2: 'device',
  3: 'message',
  4: 'gps',
  5: 'video',
  6: 'fault',
  7: 'other',
};

/** Device times are wall clocks without a zone: `2026-09-19T14:30:05`. µs since 1970. */
export function deviceTime(text: string, zone: string): number | undefined {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})/.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  const instant = instantOfWall(zone, { year, month, day, hour, minute, second });
  return instant === undefined ? undefined : instant * 1000;
}

/** An alarm of a camera or of an input at it: event `alarm` with priority 1 (gravest) to 4, method and type. */
export function alarmOf(document: Manscdp, device: string, zone: string): Occurrence {
  const { content } = document;
  const info = content.Info;
  const type =
    info !== null && typeof info === 'object' && !Array.isArray(info) ? (info as Record<string, unknown>) : {};
  const time = deviceTime(textIn(content, 'AlarmTime'), zone);
  const method = textIn(content, 'AlarmMethod');
  return {
    device,
    ...(time === undefined ? {} : { time }),
    event: 'alarm',
    data: {
      channel: document.device,
      priority: Number(textIn(content, 'AlarmPriority')) || 4,
      method: methods[method] ?? (method || 'other'),
      type: textIn(type, 'AlarmType') || textIn(content, 'AlarmType'),
      description: textIn(content, 'AlarmDescription').slice(0, 500),
    },
  };
}
