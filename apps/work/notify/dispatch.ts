import { newId } from '@keystead/contracts/ids';
import type { Clock, Log } from '@keystead/kernel/base';
import type { Outbox } from '@keystead/kernel/bus';
import type { Tx } from '@keystead/kernel/db';
import type { Catalogue } from '@keystead/kernel/i18n';
import { type Channel, channelsOf } from './channel-store.ts';
import { closing, type Delivery, defaultLanguage, type Phase, targetOf } from './delivery.ts';
import * as store from './delivery-store.ts';
import { writeMessage } from './message-store.ts';
import type { Notice } from './notice.ts';
import type { Receiver, Receivers } from './receivers.ts';
import { type Audience, type ChannelKind, digestKey, type NotifyRule, ruleFits, sendAfter } from './rule.ts';
import { furnish, ownTextsOf, rulesOf } from './rule-store.ts';
import { compose, type OwnText, textFor } from './template.ts';

export interface DispatchParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly outbox: Outbox;
  readonly catalogue: Catalogue;
  readonly receivers: Receivers;
  /** Called in the transaction when something waits to be sent. */
  readonly wake: (tx: Tx) => Promise<void>;
}

const audienceLimit = 500;

const nobody: Receiver = { id: '', name: '', language: defaultLanguage };

/** Turns notices into deliveries: by the rules of the moment, in the transaction of the event. */
export function createDispatch({ clock, log, outbox, catalogue, receivers, wake }: DispatchParts) {
  /** Everyone a rule names, each once. */
  async function audienceOf(audience: Audience, notice: Notice): Promise<Receiver[]> {
    const { organisation, place, assignee } = notice;
    const found = new Map<string, Receiver>();
    const add = (user: Receiver | undefined) => {
      if (user) found.set(user.id, user);
    };
    // Nobody is told of a place that is not his; who was given the case was let in by whoever gave it.
    for (const id of audience.users) add(await receivers.userAt(organisation, id, place));
    if (audience.assignee && assignee) add(await receivers.user(organisation, assignee));
    for (const role of audience.roles)
      for (const user of await receivers.usersInRole(organisation, role, place)) found.set(user.id, user);
    if (audience.permission)
      for (const user of await receivers.usersWith(organisation, audience.permission, place)) found.set(user.id, user);
    if (found.size > audienceLimit)
      log.warn({ organisation, found: found.size }, 'a notice has too many receivers; cut');
    if (notice.except) found.delete(notice.except);
    return [...found.values()].slice(0, audienceLimit);
  }

  function textOf(notice: Notice, channel: ChannelKind, receiver: Receiver, own: readonly OwnText[]) {
    const t = catalogue.in(receiver.language);
    const text = textFor(own, notice.text, channel, receiver.language, t);
    return compose(text, notice, receiver.name, receiver.language, t);
  }

  function draft(
    notice: Notice,
    target: { channel: ChannelKind; channelId: string | null; receiver: Receiver },
    facts: { phase: Phase; episode: number | null; rule: string | null; key: string },
    text: { title: string; body: string },
  ): Delivery {
    const now = clock.now();
    return {
      id: newId(),
      organisation: notice.organisation,
      place: notice.place,
      key: facts.key,
      trigger: notice.text,
      phase: facts.phase,
      thread: notice.thread?.key ?? null,
      episode: facts.episode,
      rule: facts.rule,
      channel: target.channel,
      channelId: target.channelId,
      receiver: target.receiver.id,
      receiverName: target.receiver.name,
      severity: notice.severity,
      ...text,
      aboutKind: notice.about.kind,
      aboutId: notice.about.id,
      state: 'queued',
      reason: null,
      incident: notice.incident?.id ?? null,
      held: false,
      digestKey: null,
      mergedInto: null,
      attempts: 0,
      error: null,
      sentTo: null,
      createdAt: now,
      nextAt: now,
      sentAt: null,
    };
  }

  /** Writes a delivery; one to the inbox that need not wait is there at once. Answers whether something waits. */
  async function put(tx: Tx, row: Delivery, ready = true): Promise<boolean> {
    const now = clock.now();
    const atOnce = ready && row.state === 'queued' && row.channel === 'in-app' && !row.held;
    const written = atOnce ? { ...row, state: 'sent' as const, sentAt: now, nextAt: null } : row;
    if (!(await store.insertDelivery(tx, written))) return false;
    if (atOnce) await writeMessage(tx, outbox, row, row, now);
    return written.state === 'queued';
  }

  /** Why a channel cannot reach someone; undefined when it can. */
  function obstacle(channel: ChannelKind, receiver: Receiver, configured: Channel | undefined): string | undefined {
    if (channel === 'in-app') return undefined;
    if (!configured?.enabled) return 'channel-off';
    if (channel === 'mail' && !receiver.email) return 'no-address';
    if (channel === 'sms' && !receiver.phone) return 'no-address';
    return undefined;
  }

  /** Targets that need not hear of an alarm under another, for they were told of the incident. */
  async function knowing(tx: Tx, { organisation, incident }: Notice): Promise<string[]> {
    return incident?.member ? (await store.toldOfIncident(tx, organisation, incident)).map(targetOf) : [];
  }

  async function begin(tx: Tx, notice: Notice): Promise<void> {
    const { organisation } = notice;
    await furnish(tx, organisation, clock.now());
    const rules = (await tx.all(rulesOf(organisation))).filter((rule) => ruleFits(rule, notice));
    if (rules.length === 0) return;
    const episode = notice.thread ? await store.enterThread(tx, organisation, notice.thread.key, clock.now()) : null;
    const own = await tx.all(ownTextsOf(organisation));
    const channels = await tx.all(channelsOf(organisation));
    const done = new Set(await knowing(tx, notice));
    let waiting = false;

    const plan = async (
      rule: NotifyRule,
      channel: ChannelKind,
      receiver: Receiver,
      configured: Channel | undefined,
    ) => {
      const channelId = channel === 'webhook' ? (configured?.id ?? null) : null;
      const target = targetOf({ channel, channelId, receiver: receiver.id });
      if (done.has(target)) return;
      done.add(target);
      const row = draft(
        notice,
        { channel, channelId, receiver },
        {
          phase: notice.thread?.phase ?? 'single',
          episode,
          rule: rule.id,
          key: `${notice.event}|${notice.text}|${target}`,
        },
        textOf(notice, channel, receiver, own),
      );
      const reason = obstacle(channel, receiver, configured);
      if (reason !== undefined) {
        await put(tx, { ...row, state: 'suppressed', reason, nextAt: null });
        return;
      }
      const digest = digestKey(rule.id, rule.definition, notice, target);
      const last = digest ? await store.lastOfDigest(tx, organisation, digest) : undefined;
      const nextAt = sendAfter(rule.definition, channel, notice.severity, last, clock.now());
      const held = nextAt > clock.now();
      waiting = (await put(tx, { ...row, digestKey: digest ?? null, nextAt, held })) || waiting;
    };

    for (const rule of rules) {
      const people = await audienceOf(rule.definition.audience, notice);
      for (const channel of rule.definition.channels) {
        const configured = channels.find((each) => each.kind === channel);
        for (const person of people) await plan(rule, channel, person, configured);
      }
      for (const id of rule.definition.webhooks) {
        const configured = channels.find((each) => each.id === id);
        if (configured) await plan(rule, 'webhook', { ...nobody, name: configured.name }, configured);
      }
    }
    if (waiting) await wake(tx);
  }

  /** The end of a trouble, to the very targets that were told of it, whatever the rules say by now. */
  async function end(tx: Tx, notice: Notice, key: string): Promise<void> {
    const { organisation } = notice;
    const episode = await store.leaveThread(tx, organisation, key, clock.now());
    if (episode === undefined) return;
    const { tell, drop } = closing(await store.begunIn(tx, organisation, key, episode));
    await store.suppress(
      tx,
      drop.map((row) => row.id),
      'over-before-sent',
    );
    const own = await tx.all(ownTextsOf(organisation));
    const rules = await tx.all(rulesOf(organisation));
    for (const told of tell) {
      const receiver = (told.receiver && (await receivers.user(organisation, told.receiver))) || {
        ...nobody,
        id: told.receiver,
        name: told.receiverName,
      };
      const target = { channel: told.channel, channelId: told.channelId, receiver };
      const facts = {
        phase: 'close' as const,
        episode,
        rule: told.rule,
        key: `close|${key}|${episode}|${targetOf(told)}`,
      };
      const row = draft(notice, target, facts, textOf(notice, told.channel, receiver, own));
      const quiet = rules.find((rule) => rule.id === told.rule)?.definition.quiet;
      const nextAt = sendAfter({ quiet }, told.channel, notice.severity, undefined, clock.now());
      await put(tx, { ...row, nextAt }, told.state === 'sent');
    }
    if (tell.length > 0) await wake(tx);
  }

  return {
    audienceOf,
    textOf,
    draft,
    put,
    /** Decides who is told what, and writes it down. Safe to repeat for the same event. */
    tell: (tx: Tx, notice: Notice): Promise<void> =>
      notice.thread?.phase === 'close' ? end(tx, notice, notice.thread.key) : begin(tx, notice),
  };
}

export type Dispatch = ReturnType<typeof createDispatch>;
