import { newWord } from '../world.ts';
import type { Examples } from './example.ts';

/** A media server nobody listens for: links are only signed. */
export const videoSettings = {
  mediaUrl: 'http://127.0.0.1:9',
  publicUrl: null,
  app: 'live',
  segment: 600,
  retentionDays: 30,
  middleSlots: ['face'],
  uplink: null,
  secret: 'media-secret-1',
};
const channel = '34020000001320000001';

/** Cameras, recorders, communities, and what the media server asks. */
export const video: Examples = {
  'video.set': () => ({ body: videoSettings }),
  'video.enterCamera': async (world) => ({
    params: { id: await world.device('camera') },
    body: { stream: newWord(), upward: null },
  }),
  'video.check': async (world) => ({
    params: { id: await world.device('camera'), item: 'coverage' },
    body: { state: 'unmet', record: null },
  }),
  'video.nightLight': async (world) => ({
    params: { id: await world.device('camera') },
    body: { light: await world.device('smart-light') },
  }),
  'video.setSite': async (world) => ({
    params: { place: await world.project() },
    body: { households: 1000, slots: {} },
  }),
  'video.askChannels': async (world) => ({ params: { id: await world.device('video-recorder') } }),
  'video.assignChannel': async (world) => ({
    params: { id: await world.device('video-recorder'), channel },
    body: { camera: await world.device('camera') },
  }),
  'video.move': async (world) => ({
    params: { id: await world.device('video-recorder'), channel },
    body: { ways: ['left'] },
  }),
  'video.preset': async (world) => ({
    params: { id: await world.device('video-recorder'), channel },
    body: { act: 'call', number: 1 },
  }),
  'video.playRecorded': async (world) => {
    await world.mediaServer();
    return {
      params: { id: await world.device('video-recorder'), channel },
      body: { from: '2026-03-01T08:00:00Z', to: '2026-03-01T08:10:00Z' },
    };
  },
  'video.endPlayback': async (world) => ({
    params: { id: await world.device('video-recorder') },
    body: { stream: 'dialogue-1' },
  }),
  'video.playHook': async (world) => ({ body: await world.liveLink() }),
  'video.fileHook': async (world) => {
    const { app, stream, params } = await world.liveLink();
    return { body: { path: `/${app}/${stream}`, params } };
  },
};
