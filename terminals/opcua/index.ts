export { opcuaChannel } from './channel.ts';
export { deviceFaults, OpcuaDevice, OpcuaPoint } from './device.ts';
export { opcuaFrameReader } from './frame-reader.ts';
export type { Wishes } from './server/address-space.ts';
export { type OpcuaServer, type OpcuaServerHost, startOpcuaServer } from './server/server.ts';
export { OpcuaServerSettings } from './server/settings.ts';
export type {
  ExposedProperty,
  ExposedService,
  ExposedThing,
  ExposedType,
  ExposedValues,
} from './server/things.ts';
export { OpcuaSettings } from './settings.ts';
export { type CertificateFace, faceOf } from './trust-list.ts';
export { fromVariant, type VariantLike } from './values.ts';
