import { dayOf } from '@keystead/contracts/calendar';
import { instantOfWall, type Talk } from '@keystead/terminals/port';
import { itemBehind } from './answer.ts';
import type { MeterExchange } from './exchange.ts';
import { control, control1997 } from './frame.ts';
import { valuesOf } from './value.ts';

const identifiers = {
  '2007': { date: 0x04000101, time: 0x04000102, code: control.read },
  '1997': { date: 0xc010, time: 0xc011, code: control1997.read },
} as const;

/** What the meter's clock shows, and when; undefined when it shows no real time. */
export async function readClock(
  talk: Talk,
  exchange: MeterExchange,
  version: '2007' | '1997',
  zone: string,
): Promise<{ shown: number; at: number } | undefined> {
  const { date, time, code } = identifiers[version];
  const read = async (id: number): Promise<unknown> => {
    const item = itemBehind(code, id);
    const data = await exchange.data(talk, id);
    return item && Object.values(valuesOf(item, data, zone).values)[0];
  };
  let day = await read(date);
  const clock = await read(time);
  const at = talk.now();
  // Date and time are two questions: just after midnight the first answer may be of the day before.
  if (typeof clock === 'string' && clock.startsWith('00:00')) day = await read(date);
  if (typeof day !== 'string' || typeof clock !== 'string' || dayOf(day) === undefined) return undefined;
  const [year = 0, month = 0, date_ = 0] = day.split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
  const shown = instantOfWall(zone, { year, month, day: date_, hour, minute, second });
  return shown === undefined ? undefined : { shown, at };
}
