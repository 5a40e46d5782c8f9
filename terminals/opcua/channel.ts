import type { FieldError } from '@keystead/contracts/problem';
import { type ChannelKind, mustBeMeant } from '@keystead/terminals/port';
import { type OpcuaSetup, openHere } from './client/open.ts';
import { deviceFaults, OpcuaDevice } from './device.ts';
import { OpcuaSettings } from './settings.ts';

/** What the schemas cannot say. */
function faultsOf({ settings, devices }: OpcuaSetup): FieldError[] {
  const faults = devices.flatMap(({ at }, index) =>
    deviceFaults(at).map((fault) => ({ ...fault, pointer: `/devices/${index}/at${fault.pointer}` })),
  );
  const names = new Set<string>();
  for (const [index, { name }] of devices.entries()) {
    if (names.has(name)) faults.push({ pointer: `/devices/${index}/name`, code: 'duplicate' });
    names.add(name);
  }
  if (settings.user !== undefined && settings.securityMode === 'None')
    faults.push({ pointer: '/settings/securityMode', code: 'password-in-clear-text' });
  if ((settings.securityMode === 'None') !== (settings.securityPolicy === 'None'))
    faults.push({ pointer: '/settings/securityPolicy', code: 'does-not-fit-the-mode' });
  return faults;
}

/**
 * OPC UA as a client: one server a channel (I-5.3.1-c, I-6.4-c-3, I-7.1-a). `open` throws `InputInvalid` for a device
 * table that cannot be meant, nothing for a server that is not there. To be run in a thread of its own: loading the
 * library stops a thread for more than a second.
 */
export const opcuaChannel: ChannelKind<typeof OpcuaSettings, typeof OpcuaDevice> = {
  protocol: 'opcua',
  name: { zh: 'OPC UA', en: 'OPC UA' },
  settings: OpcuaSettings,
  device: OpcuaDevice,
  bearers: ['ethernet', 'wifi', 'cellular'],
  open: async (setup, host) => {
    mustBeMeant(setup.name, faultsOf(setup));
    return openHere(setup, host);
  },
};
