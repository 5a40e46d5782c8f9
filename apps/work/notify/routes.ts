import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import { type MountedRoute, route, wire } from '@keystead/kernel/http';
import { placeholders } from './notice.ts';
import type { NotifyService } from './notify.ts';
import { MessageMissing, NotifyRuleInvalid, NotifyRuleMissing, TemplateInvalid } from './problems.ts';
import {
  CountReply,
  IdReply,
  MessagePage,
  MessageQuery,
  PreviewBody,
  PreviewReply,
  Ref,
  RuleBody,
  RuleList,
  TextBody,
  TextList,
  TextRef,
  TrialReply,
} from './schemas.ts';

/** Everyone's own inbox. */
export const messageRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'messages.list',
    at: 'GET /',
    summary: 'My messages, newest first',
    permission: 'notify:read',
    query: MessageQuery,
    reply: MessagePage,
    problems: [InputInvalid],
    run: async ({ actor, query }) => {
      const page = await notify.messages(actor, query);
      return { ...page, items: page.items.map(wire) };
    },
  }),
  route({
    id: 'messages.unreadCount',
    at: 'GET /unread-count',
    summary: 'How many of my messages are unread',
    permission: 'notify:read',
    reply: CountReply,
    run: async ({ actor }) => ({ count: await notify.unreadCount(actor) }),
  }),
  route({
    id: 'messages.markRead',
    at: 'PUT /:id/read',
    summary: 'Mark one of my messages read',
    permission: 'notify:read',
    params: Ref,
    problems: [MessageMissing],
    run: ({ actor, params }) => notify.markRead(actor, params.id),
  }),
  route({
    id: 'messages.markAllRead',
    at: 'PUT /read',
    summary: 'Mark all my messages read',
    permission: 'notify:read',
    reply: CountReply,
    run: async ({ actor }) => ({ count: await notify.markAllRead(actor) }),
  }),
];

const channelOf = (channel: 'any' | 'in-app' | 'mail' | 'sms' | 'webhook') => (channel === 'any' ? '*' : channel);

/** Who is told what, and in which words. */
export const ruleRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyRules.list',
    at: 'GET /',
    summary: 'Rules of notices',
    permission: 'notify:write',
    reply: RuleList,
    run: async ({ actor }) => ({ items: await notify.rules(actor) }),
  }),
  route({
    id: 'notifyRules.add',
    at: 'POST /',
    summary: 'Add a rule; it decides from the next event on',
    permission: 'notify:write',
    body: RuleBody,
    reply: IdReply,
    status: 201,
    problems: [NotifyRuleInvalid],
    run: ({ actor, body }) => notify.addRule(actor, body),
  }),
  route({
    id: 'notifyRules.preview',
    at: 'POST /preview',
    summary: 'Who would be told what if this happened now; nothing is sent',
    permission: 'notify:write',
    body: PreviewBody,
    reply: PreviewReply,
    problems: [NotifyRuleInvalid],
    run: async ({ actor, body }) => ({ items: await notify.preview(actor, body.definition, body.sample) }),
  }),
  route({
    id: 'notifyRules.edit',
    at: 'PUT /:id',
    summary: 'Replace a rule; it decides from the next event on',
    permission: 'notify:write',
    params: Ref,
    body: RuleBody,
    problems: [NotifyRuleMissing, NotifyRuleInvalid, EditConflict],
    run: ({ actor, params, body, facts }) => notify.editRule(actor, params.id, facts.version, body),
  }),
  route({
    id: 'notifyRules.remove',
    at: 'DELETE /:id',
    summary: 'Remove a rule',
    permission: 'notify:write',
    params: Ref,
    problems: [NotifyRuleMissing],
    run: ({ actor, params }) => notify.removeRule(actor, params.id),
  }),
  route({
    id: 'notifyRules.try',
    at: 'POST /:id/trial',
    summary: 'Send a test message to me by the channels of the rule',
    permission: 'notify:write',
    params: Ref,
    reply: TrialReply,
    status: 202,
    rate: 20,
    problems: [NotifyRuleMissing],
    run: async ({ actor, params }) => ({ deliveries: await notify.tryRule(actor, params.id) }),
  }),
];

export const textRoutes = (notify: NotifyService): MountedRoute[] => [
  route({
    id: 'notifyTexts.list',
    at: 'GET /',
    summary: 'Texts of notices: the platform’s own and those the organisation wrote',
    permission: 'notify:write',
    reply: TextList,
    run: async ({ actor }) => ({ items: await notify.texts(actor), placeholders: [...placeholders] }),
  }),
  route({
    id: 'notifyTexts.set',
    at: 'PUT /:trigger/:channel/:language',
    summary: 'Write a text',
    permission: 'notify:write',
    params: TextRef,
    body: TextBody,
    problems: [TemplateInvalid],
    run: ({ actor, params, body }) => notify.setText(actor, { ...params, channel: channelOf(params.channel), ...body }),
  }),
  route({
    id: 'notifyTexts.reset',
    at: 'DELETE /:trigger/:channel/:language',
    summary: 'Go back to the platform’s text',
    permission: 'notify:write',
    params: TextRef,
    run: ({ actor, params }) => notify.resetText(actor, { ...params, channel: channelOf(params.channel) }),
  }),
];
