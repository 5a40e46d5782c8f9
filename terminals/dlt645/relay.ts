import { DeviceRefused, DeviceSilent, type MeterReading, type Talk, wallOf } from '@keystead/terminals/port';
import type { MeterExchange } from './exchange.ts';
import { type Access, type RelayOrder, relayRequest } from './request.ts';

const look = 500; // ms between two looks at a relay that moves
/** ms after which the meter no longer obeys an order, whoever kept it back on the way. */
const orderLife = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Opens or closes the relay: an order with password and operator that the meter journals, sent once, then looked at
 * until the meter says that the relay stands there. When the confirmation was lost, the relay itself tells.
 * `drift`: seconds the meter's clock is ahead, since the order's end is written in the meter's time.
 */
export async function moveRelay(
  talk: Talk,
  exchange: MeterExchange,
  order: RelayOrder,
  access: Access,
  { zone, drift, read }: { zone: string; drift: number; read: () => Promise<MeterReading> },
): Promise<{ relayClosed: boolean; allowed?: true; reading: MeterReading }> {
  const until = wallOf(zone, talk.now() + drift * 1000 + orderLife);
  let heard = true;
  try {
    await exchange.order(talk, relayRequest(exchange.to, order, access, until));
  } catch (cause) {
    if (!(cause instanceof DeviceSilent)) throw cause;
    heard = false;
  }
  for (;;) {
    const reading = await read();
    const closed = reading.values.relayClosed;
    if (order === 'allow' && heard) return { relayClosed: closed === true, allowed: true, reading };
    if (closed === (order !== 'open')) return { relayClosed: closed === true, reading };
    if (talk.left() < look * 2) {
      if (heard) throw new DeviceRefused({ detail: 'the relay has not moved in time' });
      throw new DeviceSilent({ detail: 'the order was not answered and the relay has not moved' });
    }
    await pause(look);
  }
}
