export type { MediaServer, RtpTarget, Span, StreamState } from './media/media-server.ts';
export { type VideoService, video } from './module.ts';
export type { Upward, UpwardChannel } from './upward.ts';
