import { localTime } from '@keystead/contracts/calendar';
import { DeviceRefused, type PastEntry, type PastRecords, type Talk } from '@keystead/terminals/port';
import type { MeterExchange } from './exchange.ts';
import { dailyFreeze, itemOf } from './item.ts';
import { valuesOf } from './value.ts';

/** Undefined when the meter holds nothing behind the identifier. */
async function valuesBehind(
  talk: Talk,
  exchange: MeterExchange,
  id: number,
  zone: string,
): Promise<Record<string, unknown> | undefined> {
  const item = itemOf(id);
  try {
    const data = await exchange.data(talk, id);
    return item && valuesOf(item, data, zone).values;
  } catch (cause) {
    if (cause instanceof DeviceRefused) return undefined;
    throw cause;
  }
}

/**
 * The totals a meter keeps of each midnight (H-6.4-b-4). Each is taken under the time the meter itself gives it, since
 * its number says nothing when a midnight passed without power.
 */
export function dailyFreezes(exchange: MeterExchange, zone: string, count: number): PastRecords {
  const periods = (now: number): number[] => {
    const { day } = localTime(zone, now);
    return Array.from({ length: count }, (_, back) => day - back);
  };
  const entry = async (talk: Talk, number: number): Promise<PastEntry | undefined> => {
    const moment = await valuesBehind(talk, exchange, dailyFreeze.moment(number), zone);
    const time = Date.parse(String(moment?.frozenAt));
    if (Number.isNaN(time)) return undefined;
    const values = await valuesBehind(talk, exchange, dailyFreeze.energy(number), zone);
    if (!values || Object.keys(values).length === 0) return undefined;
    return { period: localTime(zone, time).day, time: time * 1000, values };
  };
  return { periods, entry };
}
