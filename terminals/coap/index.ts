export { coapChannel } from './channel.ts';
export { coapFrameReader } from './frame-reader.ts';
export { decodeMessage, encodeMessage, isMalformed, type Malformed, type Message } from './message/message.ts';
export { deriveContext, type OscoreKeys } from './oscore/context.ts';
export { CoapDevice, CoapSettings } from './settings.ts';
