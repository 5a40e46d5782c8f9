import { createHmac, randomUUID } from 'node:crypto';
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
  // Of this machine: refused before anybody is asked, wherever the walk runs.
  settings: { url: 'https://127.0.0.1:9/hook' },
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
  'notifyChannels.try': async (world) => ({ params: { id: await world.channel() }, body: {} }),
  'notifyChannels.remove': async (world) => ({ params: { id: await world.channel() } }),
  // A carrier has no account: what it tells is in the journal under the platform's own name for it.
  'notifyReceipts.take': async (world) => {
    const colleague = await world.colleague();
    /** There is one channel for text messages; its id. */
    const carryBy = async (settings: object): Promise<string> => {
      const { body } = await colleague.ask('GET', '/notify-channels');
      const items = (body as { items?: { id: string; kind: string; version: number }[] }).items ?? [];
      const { id = randomUUID(), version = 1 } = items.find(({ kind }) => kind === 'sms') ?? {};
      const draft = { kind: 'sms', name: '短信', enabled: true, settings, secret: 'receipt-secret' };
      const headers = { 'if-match': `"${version}"` };
      await colleague.ask('PUT', `/notify-channels/${id}`, { body: draft, headers });
      return id;
    };
    const id = await carryBy({ provider: 'http', url: 'https://sms.example.org/send' });
    const at = new Date();
    const bytes = Buffer.from(JSON.stringify([{ id: randomUUID(), state: 'delivered', at: at.toISOString() }]));
    const seconds = Math.floor(at.getTime() / 1000);
    const mac = createHmac('sha256', 'receipt-secret').update(`${seconds}.`).update(bytes).digest('hex');
    const headers = { 'x-keystead-signature': `t=${seconds},v1=${mac}` };
    const ask: typeof colleague.ask = async (method, path, asked) => {
      const reply = await colleague.ask(method, path, { ...asked, headers });
      // Codes of other examples go the way they went before.
      await carryBy({ provider: 'log' });
      return reply;
    };
    return { params: { id }, bytes, as: { id: 'notify.sms', ask } };
  },
  'notifyTargets.set': () => ({ body: { targets: ['10.1.0.0/16'] } }),
  'notifyDeliveries.resend': async (world) => ({ params: { id: await world.notice() } }),
};
