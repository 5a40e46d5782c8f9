import { openSerial, type SerialSettings } from '@keystead/terminals/port';
import type { OpenWire } from './wire.ts';

/** Silence that ends an RTU frame: 3.5 characters, at least 1.75 ms from 19,200 baud on (ms). */
export const frameGap = ({ baudRate }: Pick<SerialSettings, 'baudRate'>): number =>
  baudRate > 19_200 ? 1.75 : (3.5 * 11 * 1000) / baudRate;

/** A serial port (RS-232, RS-485). */
export function serialWire(settings: SerialSettings): OpenWire {
  return async (events, signal) => {
    signal.throwIfAborted();
    const port = await openSerial(settings);
    let ours = false;
    let reason = 'the port is gone';
    const stop = () => {
      ours = true;
      if (port.isOpen) port.close();
    };
    port.on('data', (bytes: Uint8Array) => events.data(bytes));
    port.on('error', (error: Error) => {
      reason = error.message;
    });
    port.on('close', () => {
      signal.removeEventListener('abort', stop);
      if (!ours) events.closed(reason);
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return { write: (bytes) => void port.write(Buffer.from(bytes)), close: stop };
  };
}
