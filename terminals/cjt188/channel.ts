import { type ChannelKind, MeterLine } from '@keystead/terminals/port';
import { cjt188Form } from './frame.ts';
import { Cjt188Meter } from './meter.ts';
import { Cjt188At, Cjt188Settings } from './settings.ts';

/** Meters of CJ/T 188 on a bus reached over a serial port or a transparent serial server (H-6.4-a, H-6.4-b-2). */
export const cjt188Channel: ChannelKind<typeof Cjt188Settings, typeof Cjt188At> = {
  protocol: 'cjt188',
  name: { zh: '水、热、气表(CJ/T 188)', en: 'Water, heat and gas meters (CJ/T 188)' },
  settings: Cjt188Settings,
  device: Cjt188At,
  bearers: ['rs485', 'rs232', 'ethernet', 'cellular', 'lora'],
  open: async ({ settings, devices }, host) => {
    const meters = devices.map(({ name, at }): [string, Cjt188Meter] => [name, new Cjt188Meter(at, settings)]);
    return new MeterLine(settings, cjt188Form, new Map(meters), host);
  },
};
