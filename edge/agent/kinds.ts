import type { ChannelKind } from '@keystead/terminals/port';
import type { KindRegistry } from './channels/kind-registry.ts';

/** A protocol folder's own types are narrower than what a registry can say; its schemas are asked before it is opened. */
const kind = (one: unknown): ChannelKind => one as ChannelKind;

/** Every protocol an agent can run, by the word used in configurations; the code is loaded with the first channel. */
export const kinds: KindRegistry = {
  bacnet: { load: async () => kind((await import('@keystead/terminals/bacnet')).bacnetChannel) },
  // Every picture is some tens of milliseconds of computing.
  camera: { load: async () => kind((await import('@keystead/terminals/camera')).cameraChannel), thread: true },
  cjt188: { load: async () => kind((await import('@keystead/terminals/cjt188')).cjt188Channel) },
  coap: { load: async () => kind((await import('@keystead/terminals/coap')).coapChannel) },
  dlt645: { load: async () => kind((await import('@keystead/terminals/dlt645')).dlt645Channel) },
  gb26875: { load: async () => kind((await import('@keystead/terminals/gb26875')).gb26875Channel) },
  gb28181: { load: async () => kind((await import('@keystead/terminals/gb28181')).gb28181Channel) },
  homeassistant: {
    load: async () => kind((await import('@keystead/terminals/homeassistant')).homeAssistantChannel),
  },
  lorawan: { load: async () => kind((await import('@keystead/terminals/lorawan')).lorawanChannel) },
  modbus: { load: async () => kind((await import('@keystead/terminals/modbus')).modbusChannel) },
  nbiot: { load: async () => kind((await import('@keystead/terminals/nbiot')).nbiotChannel) },
  onvif: { load: async () => kind((await import('@keystead/terminals/onvif')).onvifChannel) },
  // Loading its library stops a thread for more than a second.
  opcua: { load: async () => kind((await import('@keystead/terminals/opcua')).opcuaChannel), thread: true },
  // Somebody's own codec may compute without end.
  script: { load: async () => kind((await import('@keystead/terminals/script')).scriptChannel), thread: true },
  snmp: { load: async () => kind((await import('@keystead/terminals/snmp')).snmpChannel) },
  sparkplug: { load: async () => kind((await import('@keystead/terminals/sparkplug')).sparkplugChannel) },
  trial: { load: async () => kind((await import('./trial-channel.ts')).trialChannel) },
  zigbee: { load: async () => kind((await import('@keystead/terminals/zigbee')).zigbeeChannel) },
};
