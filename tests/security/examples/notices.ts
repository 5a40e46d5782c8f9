import type { Examples } from './example.ts';

/** Tells whoever may read alarms, in the platform only. */
export const definition = {
  triggers: ['alarm.raised'],
  severity: { from: 1, to: 4 },
  place: '',
  audience: { users: [], roles: [], permission: 'alarm:read', assignee: false },
  channels: ['in-app'],
  webhooks: [],
};

const rule = (name: string) => ({ name, enabled: true, definition });
export const hook = (name: string) => ({
  kind: 'webhook',
  name,
  enabled: false,
  settings: { url: 'https://example.org/hook' },
});

export const notices: Examples = {
  'messages.markRead': async (world) => ({ params: { id: await world.message() } }),
  'messages.markAllRead': () => ({}),
  'notifyRules.add': (world) => ({ body: rule(world.word()) }),
  'notifyRules.preview': () => ({
    body: { definition, sample: { trigger: 'alarm.raised', severity: 1, place: '' } },
  }),
  'notifyRules.edit': async (world) => ({
    params: { id: await world.notifyRule() },
    body: rule(world.word()),
    version: 1,
  }),
  'notifyRules.remove': async (world) => ({ params: { id: await world.notifyRule() } }),
  'notifyRules.try': async (world) => ({ params: { id: await world.notifyRule() } }),
  'notifyTexts.set': () => ({
    params: { trigger: 'alarm.raised', channel: 'any', language: 'en' },
    body: { title: '{title}', body: '{subject}' },
  }),
  'notifyTexts.reset': () => ({ params: { trigger: 'alarm.raised', channel: 'any', language: 'en' } }),
  'notifyChannels.add': (world) => ({ body: hook(world.word()) }),
  'notifyChannels.edit': async (world) => ({
    params: { id: await world.channel() },
    body: hook(world.word()),
    version: 1,
  }),
  'notifyChannels.remove': async (world) => ({ params: { id: await world.channel() } }),
  'notifyTargets.set': () => ({ body: { targets: ['10.1.0.0/16'] } }),
  'notifyDeliveries.resend': async (world) => ({ params: { id: await world.notice() } }),
};
