import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict } from '@keystead/contracts/problem';
import type { Clock } from '@keystead/kernel/base';
import { type Db, sql, type Tx } from '@keystead/kernel/db';
import type { Catalogue } from '@keystead/kernel/i18n';
import type { Audit } from '@keystead/kernel/security/audit';
import { channelsOf } from './channel-store.ts';
import { targetOf } from './delivery.ts';
import type { Dispatch } from './dispatch.ts';
import type { Notice, Trigger, Values } from './notice.ts';
import { textNames } from './notice.ts';
import { NotifyRuleInvalid, NotifyRuleMissing } from './problems.ts';
import { masked, type Receiver, type Receivers } from './receivers.ts';
import { type ChannelKind, type RuleDefinition, sendAfter } from './rule.ts';
import { furnish, insertRule, ownTextsOf, type RuleDraft, rulesOf } from './rule-store.ts';
import { checkText, type OwnText, textFor } from './template.ts';

interface RuleParts {
  db: Db;
  clock: Clock;
  audit: Audit;
  catalogue: Catalogue;
  receivers: Receivers;
  dispatch: Dispatch;
  wake: (tx: Tx) => Promise<void>;
}

/** A made-up event to look at a rule with. */
export interface Sample {
  readonly trigger: Trigger;
  readonly severity: 1 | 2 | 3 | 4;
  readonly place: string;
  readonly assignee?: string;
}

/** Rules and texts, as people edit them; what they say holds from the next event on (I-5.1-d-0). */
export function createRules({ db, clock, audit, catalogue, receivers, dispatch, wake }: RuleParts) {
  async function check(tx: Tx, organisation: string, definition: RuleDefinition): Promise<void> {
    const known = new Set(
      (await tx.all(channelsOf(organisation))).filter((each) => each.kind === 'webhook').map((each) => each.id),
    );
    const errors = definition.webhooks
      .map((id, index) => ({ id, pointer: `/definition/webhooks/${index}`, code: 'unknown' }))
      .filter((each) => !known.has(each.id));
    const { users, roles, permission, assignee } = definition.audience;
    const personal = definition.channels.length > 0;
    if (personal && users.length + roles.length === 0 && !permission && !assignee)
      errors.push({ id: '', pointer: '/definition/audience', code: 'empty' });
    if (!personal && definition.webhooks.length === 0)
      errors.push({ id: '', pointer: '/definition/channels', code: 'empty' });
    if (definition.severity.from > definition.severity.to)
      errors.push({ id: '', pointer: '/definition/severity', code: 'order' });
    if (errors.length > 0)
      throw new NotifyRuleInvalid(
        {},
        errors.map(({ pointer, code }) => ({ pointer, code })),
      );
  }

  const sampleNotice = (actor: Actor, sample: Sample): Notice => {
    const values: Values = { title: '示例', subject: '示例设备', code: 'SAMPLE-1', state: 'sample', detail: '示例' };
    return {
      event: newId(),
      organisation: actor.scope.organisation,
      place: sample.place,
      at: clock.now(),
      trigger: sample.trigger,
      text: sample.trigger,
      severity: sample.severity,
      about: { kind: 'sample', id: 'sample' },
      values: { 'zh-CN': values, en: { ...values, title: 'Sample', subject: 'Sample device', detail: 'Sample' } },
      ...(sample.assignee ? { assignee: sample.assignee } : {}),
    };
  };

  return {
    rules: (actor: Actor) =>
      db.transaction(actor.scope, async (tx) => {
        await furnish(tx, actor.scope.organisation, clock.now());
        return tx.all(rulesOf(actor.scope.organisation));
      }),

    addRule: (actor: Actor, rule: RuleDraft) =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        await furnish(tx, organisation, clock.now());
        await check(tx, organisation, rule.definition);
        const id = await insertRule(tx, organisation, rule, clock.now());
        await audit.add(tx, actor, { action: 'notify-rule.add', subject: `notify-rule:${id}`, detail: { ...rule } });
        return { id };
      }),

    /** Throws NotifyRuleMissing, NotifyRuleInvalid, EditConflict. */
    editRule: (actor: Actor, id: string, version: number | undefined, rule: RuleDraft) =>
      db.transaction(actor.scope, async (tx) => {
        const found = await tx.one(
          sql<{ version: number }>`select version from notify.rule where id = ${id} for update`,
          () => new NotifyRuleMissing({ id }),
        );
        if (found.version !== version) throw new EditConflict({ id, version: found.version });
        await check(tx, actor.scope.organisation, rule.definition);
        await tx.run(sql`
          update notify.rule set name = ${rule.name}, enabled = ${rule.enabled}, definition = ${JSON.stringify(rule.definition)},
            changed_at = ${clock.now()}, version = version + 1 where id = ${id}`);
        await audit.add(tx, actor, { action: 'notify-rule.edit', subject: `notify-rule:${id}`, detail: { ...rule } });
      }),

    removeRule: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        if ((await tx.run(sql`delete from notify.rule where id = ${id}`)) === 0) throw new NotifyRuleMissing({ id });
        await audit.add(tx, actor, { action: 'notify-rule.remove', subject: `notify-rule:${id}` });
      }),

    /** Who would be told what, by which channel and when, if this happened now. Nothing is sent. */
    preview: (actor: Actor, definition: RuleDefinition, sample: Sample) =>
      db.transaction(actor.scope, async (tx) => {
        await check(tx, actor.scope.organisation, definition);
        const notice = sampleNotice(actor, sample);
        const people = await dispatch.audienceOf(definition.audience, notice);
        const own = await tx.all(ownTextsOf(actor.scope.organisation));
        const line = (channel: ChannelKind, receiver: Receiver) => ({
          channel,
          receiver: receiver.name,
          address: masked((channel === 'mail' ? receiver.email : channel === 'sms' ? receiver.phone : undefined) ?? ''),
          at: sendAfter(definition, channel, notice.severity, undefined, clock.now()).toISOString(),
          ...dispatch.textOf(notice, channel, receiver, own),
        });
        return definition.channels.flatMap((channel) => people.map((person) => line(channel, person)));
      }),

    /** Sends a test message to the actor himself by the channels of the rule, and to its webhooks. */
    tryRule: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const rules = await tx.all(rulesOf(organisation));
        const rule = rules.find((each) => each.id === id);
        if (!rule) throw new NotifyRuleMissing({ id });
        const me = (await receivers.user(organisation, actor.id)) ?? {
          id: actor.id,
          name: actor.name,
          language: 'zh-CN' as const,
        };
        const notice: Notice = {
          ...sampleNotice(actor, { trigger: 'alarm.raised', severity: 4, place: '' }),
          text: 'trial',
        };
        const own = await tx.all(ownTextsOf(organisation));
        const targets = [
          ...rule.definition.channels.map((channel) => ({ channel, channelId: null, receiver: me })),
          ...rule.definition.webhooks.map((channelId) => ({
            channel: 'webhook' as const,
            channelId,
            receiver: { ...me, id: '' },
          })),
        ];
        const made: string[] = [];
        for (const target of targets) {
          const key = `trial|${notice.event}|${targetOf({ ...target, receiver: target.receiver.id })}`;
          const facts = { phase: 'single' as const, episode: null, rule: id, key };
          const row = dispatch.draft(notice, target, facts, dispatch.textOf(notice, target.channel, me, own));
          await dispatch.put(tx, row);
          made.push(row.id);
        }
        await audit.add(tx, actor, { action: 'notify-rule.try', subject: `notify-rule:${id}` });
        await wake(tx);
        return made;
      }),

    /** The texts in use: the platform's own, and over them what the organisation wrote. */
    texts: async (actor: Actor) => {
      const own = await db.read(actor.scope, ownTextsOf(actor.scope.organisation));
      const standard = textNames.flatMap((trigger) =>
        (['zh-CN', 'en'] as const).map((language) => ({
          trigger,
          channel: '*' as const,
          language,
          ...textFor([], trigger, 'in-app', language, catalogue.in(language)),
          version: 0,
        })),
      );
      return [...own, ...standard].sort((a, b) => (`${a.trigger} ${a.channel}` < `${b.trigger} ${b.channel}` ? -1 : 1));
    },

    /** Writes a text. Throws TemplateInvalid for a placeholder nobody knows. */
    setText: (actor: Actor, text: OwnText) =>
      db.transaction(actor.scope, async (tx) => {
        checkText(text);
        await tx.run(sql`
          insert into notify.template as m (organisation, trigger, channel, language, title, body, version, changed_at)
          values (${actor.scope.organisation}, ${text.trigger}, ${text.channel}, ${text.language}, ${text.title}, ${text.body}, 1, ${clock.now()})
          on conflict (organisation, trigger, channel, language) do update set title = excluded.title, body = excluded.body,
            version = m.version + 1, changed_at = excluded.changed_at`);
        await audit.add(tx, actor, {
          action: 'notify-text.set',
          subject: `notify-text:${text.trigger}/${text.channel}/${text.language}`,
          detail: { title: text.title, body: text.body },
        });
      }),

    /** Goes back to the platform's text. */
    resetText: (actor: Actor, of: Pick<OwnText, 'trigger' | 'channel' | 'language'>) =>
      db.transaction(actor.scope, async (tx) => {
        await tx.run(sql`
          delete from notify.template where trigger = ${of.trigger} and channel = ${of.channel} and language = ${of.language}`);
        await audit.add(tx, actor, {
          action: 'notify-text.reset',
          subject: `notify-text:${of.trigger}/${of.channel}/${of.language}`,
        });
      }),
  };
}

export type Rules = ReturnType<typeof createRules>;
