export { readProfiles } from './camera.ts';
export { onvifChannel } from './channel.ts';
export { readMatches } from './discovery.ts';
export { onvifFrameReader } from './frame-reader.ts';
export { OnvifDevice, OnvifSettings } from './settings.ts';
export { faultOf, readEnvelope } from './soap.ts';
