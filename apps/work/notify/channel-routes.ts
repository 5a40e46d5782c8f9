import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { Type } from 'typebox';
import type { NotifyService } from './notify.ts';
import {
  ChannelInvalid,
  ChannelMissing,
  ChannelTaken,
  DeliveryMissing,
  ReceiptRefused,
  TargetInvalid,
} from './problems.ts';
import {
  ChannelBody,
  ChannelList,
  IdReply,
  LogPage,
  LogQuery,
  Ref,
  SmsPage,
  TargetsBody,
  TrialBody,
  TriedView,
} from './schemas.ts';

/** The ways out of the platform. Their settings are the installation's matter: `system:write`. */
export const channelRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyChannels.list',
    at: 'GET /',
    summary: 'Mail, text-message and webhook channels; secrets are never told',
    permission: 'notify:write',
    reply: ChannelList,
    run: async ({ actor }) => ({
      items: (await notify.channels(actor)).map((each) => ({ ...each, settings: { ...each.settings } })),
    }),
  }),
  route({
    id: 'notifyChannels.add',
    at: 'POST /',
    summary: 'Add a channel',
    permission: 'system:write',
    body: ChannelBody,
    reply: IdReply,
    status: 201,
    problems: [ChannelInvalid, ChannelTaken],
    run: ({ actor, body }) => notify.addChannel(actor, body),
  }),
  route({
    id: 'notifyChannels.edit',
    at: 'PUT /:id',
    summary: 'Replace the settings of a channel; a secret that is left out stays',
    permission: 'system:write',
    params: Ref,
    body: ChannelBody,
    problems: [ChannelMissing, ChannelInvalid, EditConflict],
    run: ({ actor, params, body, facts }) => notify.editChannel(actor, params.id, facts.version, body),
  }),
  route({
    id: 'notifyChannels.remove',
    at: 'DELETE /:id',
    summary: 'Remove a channel',
    permission: 'system:write',
    params: Ref,
    problems: [ChannelMissing],
    run: ({ actor, params }) => notify.removeChannel(actor, params.id),
  }),
  route({
    id: 'notifyChannels.try',
    at: 'POST /:id/trial',
    summary: 'Send one test text by a channel as it is saved, and say what stands in the way',
    permission: 'system:write',
    params: Ref,
    body: TrialBody,
    reply: TriedView,
    rate: 20,
    problems: [ChannelMissing, InputInvalid],
    run: async ({ actor, params, body, facts }) => notify.tryChannel(actor, params.id, body.to ?? '', facts.language),
  }),
];

/** Where carriers of text messages tell what became of them, under the channel's secret. */
export const receiptRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyReceipts.take',
    at: 'POST /:id',
    summary: 'Receipts of text messages, signed by the carrier: [{ id, state, code, at }]',
    open: true,
    params: Ref,
    body: 'bytes',
    bodyLimit: 256 * 1024,
    rate: 6000,
    problems: [ChannelMissing, ReceiptRefused],
    run: async ({ params, body, facts }) => {
      await notify.takeReceipts(params.id, facts.header?.('x-keystead-signature') ?? '', body);
    },
  }),
];

export const targetRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyTargets.get',
    at: 'GET /',
    summary: 'Inner addresses that webhooks may go to',
    permission: 'system:write',
    reply: TargetsBody,
    run: async ({ actor }) => ({ targets: await notify.allowedTargets(actor) }),
  }),
  route({
    id: 'notifyTargets.set',
    at: 'PUT /',
    summary: 'Replace the list of inner addresses that webhooks may go to',
    permission: 'system:write',
    body: TargetsBody,
    problems: [TargetInvalid],
    run: ({ actor, body }) => notify.setAllowedTargets(actor, body.targets),
  }),
];

export const deliveryRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyDeliveries.list',
    at: 'GET /',
    summary: 'What was told to whom, and how it went',
    permission: 'notify:write',
    query: LogQuery,
    reply: LogPage,
    problems: [InputInvalid],
    run: async ({ actor, query: { limit, cursor, ...filter } }) => {
      const page = await notify.deliveries(actor, filter, { limit, cursor });
      return { ...page, items: page.items.map(wire) };
    },
  }),
  route({
    id: 'notifyDeliveries.resend',
    at: 'POST /:id/resending',
    summary: 'Send once more',
    permission: 'notify:write',
    params: Ref,
    status: 202,
    rate: 60,
    problems: [DeliveryMissing],
    run: ({ actor, params }) => notify.resend(actor, params.id),
  }),
  route({
    id: 'notifyDeliveries.smsOutbox',
    at: 'GET /sms-outbox',
    summary: 'Texts the demonstration provider kept instead of sending',
    permission: 'notify:write',
    query: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }) }),
    reply: SmsPage,
    run: async ({ actor, query }) => ({ items: (await notify.smsOutbox(actor, query.limit)).map(wire) }),
  }),
];
