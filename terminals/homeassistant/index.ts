export { homeAssistantChannel } from './channel.ts';
export { type Announcement, readDiscovery, readDiscoveryTopic } from './discovery.ts';
export type { Face } from './faces.ts';
export { homeAssistantFrameReader } from './frame-reader.ts';
export { HomeAssistantDevice, HomeAssistantSettings } from './settings.ts';
export { readTemplate } from './template/template.ts';
export { payloadFor, wordOf } from './words.ts';
