import { type ChannelKind, MeterLine } from '@keystead/terminals/port';
import { dlt645Form } from './frame.ts';
import { Dlt645Meter } from './meter.ts';
import { Dlt645At, Dlt645Settings } from './settings.ts';

/** Electricity meters of DL/T 645 on a bus reached over a serial port or a transparent serial server (H-6.4-b-2). */
export const dlt645Channel: ChannelKind<typeof Dlt645Settings, typeof Dlt645At> = {
  protocol: 'dlt645',
  name: { zh: '电能表(DL/T 645)', en: 'Electricity meters (DL/T 645)' },
  settings: Dlt645Settings,
  device: Dlt645At,
  bearers: ['rs485', 'rs232', 'ethernet', 'cellular', 'lora'],
  open: async ({ settings, devices }, host) => {
    const meters = devices.map(({ name, at }): [string, Dlt645Meter] => [name, new Dlt645Meter(at, settings)]);
    return new MeterLine(settings, dlt645Form, new Map(meters), host);
  },
};
