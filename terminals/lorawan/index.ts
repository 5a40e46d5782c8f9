export { lorawanChannel } from './channel.ts';
export { chirpstack } from './chirpstack.ts';
export { lorawanFrameReader } from './frame-reader.ts';
export type { Downlink, NetworkEvent, NetworkServer, Reception } from './network-server.ts';
export { LorawanDevice, LorawanSettings } from './settings.ts';
export { thingsStack } from './things-stack.ts';
